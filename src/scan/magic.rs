//! What the first bytes of a file say of it, and a file that tells when it became shorter.

use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// What the first bytes of a file say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Magic {
    Gzip,
    Zip,
    Other,
}

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

/// A stream whose first bytes were read already.
pub(super) type Peeked<R> = io::Chain<io::Cursor<Vec<u8>>, R>;

/// What the first bytes of a stream say, and the stream from its beginning. A pipe cannot be wound back.
pub(super) fn peeked<R: Read>(mut reader: R) -> io::Result<(Peeked<R>, Magic)> {
    let mut magic = Vec::new();
    reader.by_ref().take(4).read_to_end(&mut magic)?;
    let kind = Magic::of(&magic);
    Ok((io::Cursor::new(magic).chain(reader), kind))
}

/// How many bytes an input will come to, where that is known beforehand: not of a folder or a pipe, nor of what is packed.
pub fn bytes_to_read(input: &Path) -> Option<u64> {
    let metadata = input.metadata().ok().filter(|metadata| metadata.is_file())?;
    let (_, magic) = peeked(File::open(input).ok()?).ok()?;
    (magic == Magic::Other).then_some(metadata.len())
}

impl Magic {
    /// Judges by the beginning of a file.
    pub(super) fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0x1F, 0x8B, ..] => Self::Gzip,
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            _ => Self::Other,
        }
    }
}

/// What is in a stream, unpacked.
pub(super) fn plain(reader: Box<dyn Read + Send>, magic: Magic) -> Box<dyn Read + Send> {
    match magic {
        Magic::Gzip => Box::new(MultiGzDecoder::new(reader)),
        Magic::Zip | Magic::Other => reader,
    }
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
