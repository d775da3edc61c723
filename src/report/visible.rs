//! A writer that makes invisible characters visible: those that reverse text, have no width, or begin a line where none is expected.

use super::Output;
use std::io::{self, Write};

/// Returns `true` if a character is invisible, or changes the appearance of the text around it.
pub fn is_unseen(c: char) -> bool {
    matches!(u32::from(c),
        0x80..=0x9F | 0xAD | 0x061C | 0x115F | 0x1160 | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164
        | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// A text with such characters escaped, such as `\u{202e}`.
///
/// ```
/// assert_eq!(jewelcase::internals::report::visible::text("a\u{202E}b"), r"a\u{202e}b");
/// ```
pub fn text(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        if is_unseen(c) {
            shown.extend(c.escape_unicode())
        } else {
            shown.push(c)
        }
        shown
    })
}

/// An output that escapes such characters.
pub(super) fn output<'o>(out: Output<'o>) -> Output<'o> {
    Box::new(Visible { out, rest: Vec::new() })
}

struct Visible<'o> {
    out: Output<'o>,
    /// The beginning of a character whose other bytes are still to come.
    rest: Vec<u8>,
}

impl Write for Visible<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.rest.is_empty() && bytes.is_ascii() {
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        }
        self.rest.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.rest) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            // Invalid UTF-8, which this program does not write, is passed on unchanged.
            Err(_) => self.rest.len(),
        };
        let after = self.rest.split_off(whole);
        self.out.write_all(text(&String::from_utf8_lossy(&self.rest)).as_bytes())?;
        self.rest = after;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
