//! The bytes of an image or archive, readable at any offset.

use super::Fault;
use crate::model::within::Within;
use std::{
    io::{self, Read, Seek, SeekFrom},
    sync::{Arc, Mutex, PoisonError},
};

/// Bytes that can be read at any offset: a file on disk, or the disk inside a container.
pub(super) trait Bytes: Send + Sync {
    /// The number of bytes.
    fn length(&self) -> u64;

    /// Reads bytes from `offset` on, and returns their number. Fewer than asked for are not an error: a read from there returns none at the
    /// end, and otherwise reports the fault of the bytes that follow.
    ///
    /// # Errors
    /// The byte at `offset` cannot be read; the fault has no path.
    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault>;
}

/// A range of bytes, such as a whole image or one partition of it. Clones share one source.
#[derive(Clone)]
pub struct View {
    bytes: Arc<dyn Bytes>,
    start: u64,
    length: u64,
}

impl View {
    /// All bytes of a reader.
    pub(super) fn new(reader: impl Read + Seek + Send + 'static) -> io::Result<Self> {
        Ok(Self::over(SeekBytes::new(reader)?))
    }

    /// All bytes of a source.
    pub(super) fn over(bytes: impl Bytes + 'static) -> Self {
        let length = bytes.length();
        Self { bytes: Arc::new(bytes), start: 0, length }
    }

    /// A part of this range, as far as the range extends.
    pub(super) fn part(&self, start: u64, length: u64) -> Self {
        let start = start.min(self.length);
        let length = length.min(self.length.saturating_sub(start));
        Self { bytes: Arc::clone(&self.bytes), start: self.start.saturating_add(start), length }
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// A reader that starts at the first byte.
    pub fn reader(&self) -> ViewReader {
        ViewReader { view: self.clone(), position: 0 }
    }

    /// The offset in the whole image of an offset in this range.
    pub(super) fn absolute(&self, offset: u64) -> u64 {
        self.start.saturating_add(offset)
    }

    /// Reads bytes from `offset` on, as [`Bytes::read`] does, for the file or folder at `path`.
    pub(super) fn read(&self, offset: u64, into: &mut [u8], path: &str) -> Result<usize, Fault> {
        let there = self.length.saturating_sub(offset).min(into.len() as u64) as usize;
        let mut read = 0;
        while read < there {
            match self.bytes.read(self.absolute(offset.saturating_add(read as u64)), into.within_mut(read..there)) {
                Ok(0) => break,
                Ok(more) => read = read.saturating_add(more),
                Err(fault) if read == 0 => return Err(Fault { path: path.to_owned(), ..fault }),
                Err(_) => break,
            }
        }
        Ok(read)
    }

    /// Fills `into` from `offset` on, for the file or folder at `path`.
    pub(super) fn fill(&self, offset: u64, into: &mut [u8], path: &str) -> Result<(), Fault> {
        let read = self.read(offset, into, path)?;
        self.check_filled(offset, into.len(), read, path)
    }

    /// Explains why [`View::read`] returned fewer bytes than the file or folder at `path` has.
    pub(super) fn check_filled(&self, offset: u64, wanted: usize, read: usize, path: &str) -> Result<(), Fault> {
        if read >= wanted {
            return Ok(());
        }
        self.read(offset.saturating_add(read as u64), &mut [0], path)?;
        let until = self.absolute(offset.saturating_add(wanted as u64));
        let end = self.absolute(self.length);
        let message = format!("expected bytes up to {until:#x}; the image or partition ends at {end:#x}");
        Err(Fault::truncated(path, message).at(end))
    }
}

/// The bytes of a seekable reader.
struct SeekBytes<R> {
    reader: Mutex<R>,
    length: u64,
}

impl<R: Read + Seek> SeekBytes<R> {
    fn new(mut reader: R) -> io::Result<Self> {
        let length = reader.seek(SeekFrom::End(0))?;
        Ok(Self { reader: Mutex::new(reader), length })
    }
}

impl<R: Read + Seek + Send> Bytes for SeekBytes<R> {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let unreadable = |error: io::Error| Fault::unreadable("", error.to_string()).at(offset);
        // A panic in another thread does no harm to the reader: every read seeks first.
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.seek(SeekFrom::Start(offset)).map_err(unreadable)?;
        let mut read = 0;
        while read < into.len() {
            match reader.read(into.within_mut(read..)) {
                Ok(0) => break,
                Ok(more) => read = read.saturating_add(more),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if read == 0 => return Err(unreadable(error)),
                Err(_) => break,
            }
        }
        Ok(read)
    }
}

/// A reader of a view, from its beginning to its end.
pub struct ViewReader {
    view: View,
    position: u64,
}

impl Read for ViewReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.view.read(self.position, into, "")?;
        self.position = self.position.saturating_add(read as u64);
        Ok(read)
    }
}
