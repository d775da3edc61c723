//! What the first bytes of a file say of it, and a file that tells when it became shorter.

use crate::source::may_hold_files;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Bytes at the beginning of a file that tell whether it is an archive or an image.
const HEAD: u64 = 1 << 9;

/// Reads up to `size` bytes and one more into a buffer, whatever is in it; gives whether the file ended there.
pub(super) fn read_whole(file: &mut File, size: u64, into: &mut Vec<u8>) -> io::Result<bool> {
    into.resize(size as usize + 1, 0);
    let mut filled = 0;
    while filled < into.len() {
        match file.read(&mut into[filled..]) {
            Ok(0) => {
                into.truncate(filled);
                return Ok(true);
            }
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// How many bytes an input will come to, where that is known beforehand: not of a folder or a pipe, nor of what is packed or
/// holds files.
pub fn bytes_to_read(input: &Path) -> Option<u64> {
    let metadata = input.metadata().ok().filter(|metadata| metadata.is_file())?;
    let mut head = Vec::new();
    File::open(input).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    (!may_hold_files(&head)).then_some(metadata.len())
}

/// A file that says so when it ends before the size that it had when it was opened.
pub(super) struct LengthChecked<R> {
    reader: R,
    missing: u64,
}

impl<R> LengthChecked<R> {
    /// A file, or the rest of one, of at least `missing` bytes.
    pub(super) fn new(reader: R, missing: u64) -> Self {
        Self { reader, missing }
    }
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
