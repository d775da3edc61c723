//! How the bytes of a file stand for characters.

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::{
    borrow::Cow,
    io::{self, Read},
};
use yore::code_pages::CP437;

/// An encoding that files of the 1990s come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, of which ASCII is a part.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// The Windows code page of Western Europe and America.
    Windows1252,
    /// The code page of MS-DOS in the United States.
    Cp437,
}

/// What the beginning of a file tells of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The encoding.
    pub encoding: Encoding,
    /// How many bytes at the start are a byte order mark.
    pub mark: usize,
}

impl Guess {
    /// Judges by the byte order mark, then by NUL bytes, then by which letters the bytes beyond ASCII would be.
    pub fn of(head: &[u8]) -> Self {
        let guess = |encoding, mark| Self { encoding, mark };
        match head {
            [0xEF, 0xBB, 0xBF, ..] => guess(Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => guess(Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => guess(Encoding::Utf16Be, 2),
            _ => guess(without_mark(head), 0),
        }
    }
}

fn without_mark(head: &[u8]) -> Encoding {
    // UTF-16 of mostly ASCII text: every other byte is NUL.
    let nuls = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = if memchr::memchr(0, head).is_some() { head.len() / 2 } else { 0 };
    if pairs >= 4 && nuls(1) * 10 >= pairs * 9 && nuls(0) == 0 {
        return Encoding::Utf16Le;
    }
    if pairs >= 4 && nuls(0) * 10 >= pairs * 9 && nuls(1) == 0 {
        return Encoding::Utf16Be;
    }
    match std::str::from_utf8(head) {
        Ok(_) => Encoding::Utf8,
        // Only cut in the middle of a character.
        Err(error) if error.error_len().is_none() => Encoding::Utf8,
        Err(_) => {
            // The accented letters of code page 437 are the rare punctuation of Windows 1252, and those of Windows the line
            // drawings and Greek of code page 437.
            let dos = head.iter().filter(|byte| matches!(byte, 0x80..=0x9A | 0xA0..=0xA5 | 0xE1)).count();
            let windows = head.iter().filter(|byte| matches!(byte, 0xC0..=0xFF | 0x91..=0x94 | 0xA9 | 0xAE)).count();
            if dos > windows { Encoding::Cp437 } else { Encoding::Windows1252 }
        }
    }
}

impl Encoding {
    /// Whether digits, letters and line ends are single bytes, so that a text can be searched as it is.
    pub fn is_ascii_compatible(self) -> bool {
        match self {
            Self::Utf8 | Self::Windows1252 | Self::Cp437 => true,
            Self::Utf16Le | Self::Utf16Be => false,
        }
    }

    /// The characters of some bytes, cut between two characters. A byte that stands for none becomes U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf8 => lossy(bytes),
            Self::Utf16Le => UTF_16LE.decode_without_bom_handling(bytes).0,
            Self::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0,
            Self::Windows1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            Self::Cp437 => CP437.decode(bytes),
        }
    }
}

/// A stream of UTF-16 as UTF-8.
pub struct Utf16<R> {
    reader: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    /// Decodes a stream that stands after its byte order mark, the high byte first for [`Encoding::Utf16Be`].
    pub fn new(reader: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf16Be => UTF_16BE.new_decoder_without_bom_handling(),
            Encoding::Utf16Le | Encoding::Utf8 | Encoding::Windows1252 | Encoding::Cp437 => {
                UTF_16LE.new_decoder_without_bom_handling()
            }
        };
        Self { reader, decoder, bytes: vec![0; 1 << 14], text: Vec::new(), given: 0, ended: false }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            let read = self.reader.read(&mut self.bytes)?;
            self.ended = read == 0;
            let mut text = String::with_capacity(self.decoder.max_utf8_buffer_length(read).unwrap_or(4 * read + 16));
            let _ = self.decoder.decode_to_string(&self.bytes[..read], &mut text, self.ended);
            (self.text, self.given) = (text.into_bytes(), 0);
        }
        let count = into.len().min(self.text.len() - self.given);
        into[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// The offset of the first byte that is no UTF-8, if there is one.
pub fn fault_in_utf8(bytes: &[u8]) -> Option<usize> {
    let valid = encoding_rs::Encoding::utf8_valid_up_to(bytes);
    (valid < bytes.len()).then_some(valid)
}

/// A text, with a replacement for what is no UTF-8.
///
/// The standard library's own reads every byte by itself, also where all are ASCII.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}
