//! The character encodings of files.

use crate::model::within::{Within, copy};
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::{
    borrow::Cow,
    io::{self, Read},
};
use yore::code_pages::CP437;

/// An encoding of files of the 1990s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, of which ASCII is a part.
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// The Windows code page of Western Europe and America.
    Windows1252,
    /// The code page of MS-DOS in the United States.
    Cp437,
}

/// The encoding guessed from the first bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The encoding.
    pub encoding: Encoding,
    /// The length of the byte order mark, in bytes.
    pub mark: usize,
}

impl Guess {
    /// Guesses by the byte order mark, then by NUL bytes, then by the letters that the non-ASCII bytes would be.
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
    if pairs >= 4 && nuls(1).saturating_mul(10) >= pairs.saturating_mul(9) && nuls(0) == 0 {
        return Encoding::Utf16Le;
    }
    if pairs >= 4 && nuls(0).saturating_mul(10) >= pairs.saturating_mul(9) && nuls(1) == 0 {
        return Encoding::Utf16Be;
    }
    if pairs >= 4 {
        let of = |encoding| Some((ascii_units(head, encoding)?, encoding));
        let found =
            [of(Encoding::Utf16Le), of(Encoding::Utf16Be)].into_iter().flatten().max_by_key(|(count, _)| *count);
        if let Some((_, encoding)) = found {
            return encoding;
        }
    }
    match std::str::from_utf8(head) {
        Ok(_) => Encoding::Utf8,
        // The text is only cut in the middle of a character.
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

/// The number of ASCII characters, if some bytes are UTF-16 text: letters of Europe or East Asia, with spaces or digits among them.
fn ascii_units(head: &[u8], encoding: Encoding) -> Option<usize> {
    /// The number of characters of which at least one is ASCII: a space, a digit or a line end.
    const MAX_WITHOUT_ASCII: usize = 20;
    /// The number of characters of which one may be of another script.
    const MAX_PER_FOREIGN: usize = 50;
    let units = head.as_chunks().0.iter().map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(*pair),
        Encoding::Utf16Le | Encoding::Utf8 | Encoding::Windows1252 | Encoding::Cp437 => u16::from_le_bytes(*pair),
    });
    let all = head.len() / 2;
    let (mut ascii, mut strange) = (0_usize, 0_usize);
    for unit in units {
        match unit {
            0x09 | 0x0A | 0x0D | 0x20..=0x7E => ascii = ascii.saturating_add(1),
            0xA0..=0x024F | 0x0370..=0x052F | 0x1E00..=0x1EFF | 0x2010..=0x2044 | 0x20AC | 0x2116 | 0x2122 => {}
            0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF00..=0xFFEF => {}
            // A text has no control characters.
            0..=0x1F => return None,
            _ => strange = strange.saturating_add(1),
        }
        if strange.saturating_mul(MAX_PER_FOREIGN) > all {
            return None;
        }
    }
    (ascii.saturating_mul(MAX_WITHOUT_ASCII) >= all).then_some(ascii)
}

impl Encoding {
    /// Returns `true` if digits, letters and line ends are single bytes, so that a text can be searched without decoding it.
    pub fn is_ascii_compatible(self) -> bool {
        match self {
            Self::Utf8 | Self::Windows1252 | Self::Cp437 => true,
            Self::Utf16Le | Self::Utf16Be => false,
        }
    }

    /// Decodes some bytes, which must not be cut within a character. A byte that represents no character becomes U+FFFD.
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

/// A stream of UTF-16, converted to UTF-8.
pub struct Utf16<R> {
    reader: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    /// Decodes a stream, positioned after its byte order mark, as little-endian or big-endian UTF-16.
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
            let mut text = String::with_capacity(
                self.decoder.max_utf8_buffer_length(read).unwrap_or(read.saturating_mul(4).saturating_add(16)),
            );
            let _ = self.decoder.decode_to_string(self.bytes.within(..read), &mut text, self.ended);
            (self.text, self.given) = (text.into_bytes(), 0);
        }
        let count = copy(self.text.within(self.given..), into);
        self.given = self.given.saturating_add(count);
        Ok(count)
    }
}

/// The offset of the first byte that is not valid UTF-8, if there is one.
pub fn fault_in_utf8(bytes: &[u8]) -> Option<usize> {
    let valid = encoding_rs::Encoding::utf8_valid_up_to(bytes);
    (valid < bytes.len()).then_some(valid)
}

/// A text, with U+FFFD in place of invalid UTF-8.
///
/// The standard library's function examines every byte, even if all are ASCII.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_letters() {
        for text in [
            "Ключ продукта: 111-1111111\r\n",
            "Серийный номер Windows 95: 111-1111111",
            "产品密钥：111-1111111\r\n一二三",
            "プロダクトキーは 111-1111111 です。",
            "제품 키: 111-1111111",
            "CD-Schlüssel: 111-1111111",
            "Klíč CD: 111-1111111",
        ] {
            assert_eq!(Guess::of(&utf16(text, u16::to_le_bytes)).encoding, Encoding::Utf16Le, "{text}");
            assert_eq!(Guess::of(&utf16(text, u16::to_be_bytes)).encoding, Encoding::Utf16Be, "{text}");
            assert_eq!(Guess::of(text.as_bytes()).encoding, Encoding::Utf8, "{text}");
        }
    }

    #[test]
    fn other_bytes_with_nuls_are_not_utf16() {
        for bytes in [
            &b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0"[..],
            b"\0\0\0\0\0\0\0\0\0\0\0\0",
            b"a text with one NUL\0 in it, and more of it",
            b"PK\x03\x04\x14\0\0\0\x08\0abcdefgh",
        ] {
            assert!(Guess::of(bytes).encoding.is_ascii_compatible(), "{bytes:?}");
        }
    }
}
