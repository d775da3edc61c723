//! The bytes of an image or archive, read in pieces wherever they are wanted.

use super::Fault;
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// What an image can be read from.
pub(super) trait Reader: Read + Seek + Send {}

impl<R: Read + Seek + Send> Reader for R {}

/// A stretch of bytes, such as a whole image or one partition of it. Clones share one reader.
#[derive(Clone)]
pub(super) struct View {
    reader: Arc<Mutex<Box<dyn Reader>>>,
    start: u64,
    length: u64,
}

impl View {
    /// All that a reader gives.
    pub(super) fn new(mut reader: Box<dyn Reader>) -> io::Result<Self> {
        let length = reader.seek(SeekFrom::End(0))?;
        Ok(Self { reader: Arc::new(Mutex::new(reader)), start: 0, length })
    }

    /// A file of the machine, or a drive that the system shows as one.
    pub(super) fn of_file(path: &Path) -> Result<Self, Fault> {
        let unreadable = |error: io::Error| Fault::unreadable("", error.to_string());
        // Opening a pipe would wait for somebody to write into it.
        if !is_seekable(path).map_err(unreadable)? {
            return Err(Fault::unsupported("", "expected a folder, an archive or an image; found a device or a pipe"));
        }
        Self::new(Box::new(File::open(path).map_err(unreadable)?)).map_err(unreadable)
    }

    /// A part of this stretch: as much of it as there is.
    pub(super) fn part(&self, start: u64, length: u64) -> Self {
        let start = start.min(self.length);
        let length = length.min(self.length - start);
        Self { reader: Arc::clone(&self.reader), start: self.start + start, length }
    }

    /// Its length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The place in the whole image of a place in this stretch.
    pub(super) fn absolute(&self, offset: u64) -> u64 {
        self.start.saturating_add(offset)
    }

    /// Reads what there is from `offset` on, up to the length of `into`.
    pub(super) fn read(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let there = self.length.saturating_sub(offset).min(into.len() as u64) as usize;
        if there == 0 {
            return Ok(0);
        }
        // A reader that panicked in another thread is none the worse: every read seeks first.
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.seek(SeekFrom::Start(self.absolute(offset)))?;
        let mut read = 0;
        while read < there {
            match reader.read(&mut into[read..there]) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }

    /// Fills `into` from `offset` on, for the file or folder at `path`.
    pub(super) fn fill(&self, offset: u64, into: &mut [u8], path: &str) -> Result<(), Fault> {
        let read = self.read(offset, into);
        self.check_filled(offset, into.len(), read, path)
    }

    /// What is to be said where [`View::read`] gave fewer bytes than the file or folder at `path` has.
    pub(super) fn check_filled(
        &self,
        offset: u64,
        wanted: usize,
        read: io::Result<usize>,
        path: &str,
    ) -> Result<(), Fault> {
        let read = read.map_err(|error| Fault::unreadable(path, error.to_string()).at(self.absolute(offset)))?;
        if read == wanted {
            return Ok(());
        }
        let until = self.absolute(offset.saturating_add(wanted as u64));
        let end = self.absolute(self.length);
        let message = format!("expected bytes up to {until:#x}; the image or partition ends at {end:#x}");
        Err(Fault::truncated(path, message).at(end))
    }
}

fn is_seekable(path: &Path) -> io::Result<bool> {
    let file_type = std::fs::metadata(path)?.file_type();
    #[cfg(unix)]
    let is_drive = std::os::unix::fs::FileTypeExt::is_block_device(&file_type);
    #[cfg(not(unix))]
    let is_drive = true;
    Ok(file_type.is_file() || is_drive)
}
