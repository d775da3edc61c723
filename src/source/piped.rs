//! Inputs that can be read only once, from beginning to end: standard input, a pipe, a device.

use super::{
    CodePage, Fault, InputFile, image,
    nesting::Nesting,
    unpacked::{Failing, unpacked},
};
use std::io::{self, Cursor, Read};

/// The longest image or archive, in bytes, that is kept in memory if it comes through a pipe.
const MAX_HELD: u64 = 32 << 20;

/// The number of first bytes from which the contents are recognised.
const HEAD_BYTES: u64 = 1 << 16;

/// A pipe whose first bytes were read.
pub struct Piped {
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
    failure: Option<io::Error>,
}

impl Piped {
    /// Reads the first bytes.
    ///
    /// # Errors
    /// Not a byte can be read.
    pub fn new(mut reader: impl Read + Send + 'static) -> io::Result<Self> {
        let mut head = Vec::new();
        let failure = reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head).err();
        match failure {
            Some(error) if head.is_empty() => Err(error),
            failure => Ok(Self { head, rest: Box::new(reader), failure }),
        }
    }

    /// The first bytes: all of them if there are few.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Returns `true` if its first bytes are those of an archive or an image, compressed by gzip or not.
    pub fn holds_files(&self) -> bool {
        image::begins_with_files(self.head.clone(), &Nesting::new(CodePage::default(), 0))
    }

    /// Reads the whole pipe into memory, so that it can be read at any offset.
    ///
    /// # Errors
    /// It is too long, or cannot be read.
    pub fn hold(self, code_page: CodePage) -> Result<InputFile, Fault> {
        let mut bytes = Vec::new();
        let read = self.raw().take(MAX_HELD + 1).read_to_end(&mut bytes);
        read.map_err(|error| Fault::unreadable("", error.to_string()))?;
        if bytes.len() as u64 > MAX_HELD {
            let message = format!(
                "an archive or image from a pipe is kept in memory, so it can have at most {MAX_HELD} bytes: save it as a file"
            );
            return Err(Fault::unsupported("", message));
        }
        Ok(InputFile::of_memory(bytes, code_page))
    }

    /// A reader of the whole pipe, which unpacks a gzip file, however often it was packed.
    ///
    /// # Errors
    /// It is packed too often, or its beginning is damaged.
    pub fn reader(self) -> Result<Box<dyn Read + Send>, Fault> {
        let nesting = Nesting::new(CodePage::default(), 0);
        Ok(unpacked(Arriving { reader: self.raw(), nesting: nesting.clone() }, &nesting)?)
    }

    fn raw(self) -> impl Read + Send + 'static {
        Cursor::new(self.head).chain(Failing(self.failure)).chain(self.rest)
    }
}

/// What comes through a pipe, counted: how much it may unpack to depends on it.
struct Arriving<R> {
    reader: R,
    nesting: Nesting,
}

impl<R: Read> Read for Arriving<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.nesting.arrive(read as u64);
        Ok(read)
    }
}
