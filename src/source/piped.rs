//! What can be read only once, from its beginning to its end: standard input, a pipe, a device.

use super::{CodePage, Fault, InputFile, image, input::unpacked};
use std::io::{self, Cursor, Read};

/// The most bytes of an image or archive that are held in memory, where it comes through a pipe.
const MAX_HELD: u64 = 32 << 20;

/// Bytes at the beginning that tell what it is.
const HEAD: u64 = 1 << 16;

/// A pipe, of which the beginning was read.
pub struct Piped {
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
    failure: Option<io::Error>,
}

impl Piped {
    /// Reads the beginning.
    ///
    /// # Errors
    /// Not a byte can be read.
    pub fn new(mut reader: impl Read + Send + 'static) -> io::Result<Self> {
        let mut head = Vec::new();
        let failure = reader.by_ref().take(HEAD).read_to_end(&mut head).err();
        match failure {
            Some(error) if head.is_empty() => Err(error),
            failure => Ok(Self { head, rest: Box::new(reader), failure }),
        }
    }

    /// The beginning: all of it where it is short.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether it is an archive or an image, packed by gzip or not, as far as the beginning tells.
    pub fn holds_files(&self) -> bool {
        image::begins_with_files(self.head.clone(), CodePage::default())
    }

    /// Reads all of it into memory, to read it from any place.
    ///
    /// # Errors
    /// It is too long, or cannot be read.
    pub fn hold(self, code_page: CodePage) -> Result<InputFile, Fault> {
        let mut bytes = Vec::new();
        let read = self.raw().take(MAX_HELD + 1).read_to_end(&mut bytes);
        read.map_err(|error| Fault::unreadable("", error.to_string()))?;
        if bytes.len() as u64 > MAX_HELD {
            let message = format!(
                "an archive or image that comes through a pipe is held in memory, so it can have at most {MAX_HELD} bytes: save it as a file"
            );
            return Err(Fault::unsupported("", message));
        }
        Ok(InputFile::of_memory(bytes, code_page))
    }

    /// A reader of all of it, unpacked where gzip has packed it.
    pub fn reader(self) -> Box<dyn Read + Send> {
        let head = self.head.clone();
        unpacked(&head, self.raw())
    }

    fn raw(self) -> impl Read + Send + 'static {
        Cursor::new(self.head).chain(Failing(self.failure)).chain(self.rest)
    }
}

/// Fails once, where the reading of the beginning has failed.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
