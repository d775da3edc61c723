//! A file on disk that is read unchanged, up to the size that it had when it was opened.

use super::{file, may_hold_files, ranges::Ranges};
use crate::{model::within::Within, small_file};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The number of first bytes that show whether a file is an archive or an image.
const HEAD_BYTES: u64 = 1 << 9;

/// A file, and the size that it had when it was opened.
pub(crate) struct PlainFile {
    file: File,
    size: u64,
}

impl PlainFile {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be opened.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = small_file::open(path)?;
        if !file::is_seekable(&file.metadata()?) {
            // It was a file a moment ago.
            return Err(io::Error::other("expected a file; found a device or a pipe"));
        }
        let size = file.metadata()?.len();
        Ok(Self { file, size })
    }

    /// Its size; 0 for a drive.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Reads up to `most` bytes from the beginning, and one more, into a buffer, replacing its contents. Returns `true` if the file ended
    /// there.
    ///
    /// # Errors
    /// The error of reading the file.
    pub(crate) fn read(&mut self, most: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        into.resize((self.size.min(most) as usize).saturating_add(1), 0);
        let mut filled = 0;
        while filled < into.len() {
            match self.file.read(into.within_mut(filled..)) {
                Ok(0) => {
                    into.truncate(filled);
                    return Ok(true);
                }
                Ok(count) => filled = filled.saturating_add(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// A reader of everything after the first `read` bytes, which were read already.
    pub(crate) fn rest(self, read: u64) -> LengthChecked<File> {
        LengthChecked { reader: self.file, missing: self.size.saturating_sub(read) }
    }

    /// The same file for threads that read it themselves, from an offset on in steps of about this many bytes.
    ///
    /// # Errors
    /// The system cannot open another handle.
    pub(crate) fn ranges(&self) -> io::Result<impl FnOnce(u64, usize) -> Ranges + use<>> {
        let (file, size) = (self.file.try_clone()?, self.size);
        Ok(move |start, step| Ranges::new(file, start, size, step))
    }
}

/// The number of bytes that will be read from an input, if it is known beforehand: not of a folder or a pipe, nor of anything compressed or
/// containing files.
pub fn bytes_to_read(input: &Path) -> Option<u64> {
    let metadata = input.metadata().ok().filter(|metadata| metadata.is_file())?;
    let mut head = Vec::new();
    small_file::open_regular(input).ok()?.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
    (!may_hold_files(&head)).then_some(metadata.len())
}

/// A reader that fails if the file ends before the size that it had when it was opened.
pub(crate) struct LengthChecked<R> {
    reader: R,
    missing: u64,
}

impl<R: Read> Read for LengthChecked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        if read == 0 && !into.is_empty() && self.missing > 0 {
            let message = format!("the file became shorter by {} bytes while it was read", self.missing);
            self.missing = 0;
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        self.missing = self.missing.saturating_sub(read as u64);
        Ok(read)
    }
}
