//! Numbers in running text that could be keys, judged only by their own characters and their two neighbours.

use crate::{model::within::Within, source::encoding::lossy};
use std::{borrow::Cow, ops::Range, str::Utf8Chunk};

/// The minimum number of consecutive digits in a key in running text: a serial's suffix has five, and the longest group of every form has
/// at least five.
const MIN_RUN: usize = 5;

/// The length of the longest form in bytes, with room to recognise a longer number.
const MAX_LENGTH: usize = 32;

/// Finds the runs of letters, digits and hyphens that have five consecutive digits.
///
/// Five digits always cover a byte whose offset is a multiple of five, so only every fifth byte is read.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "an offset is at most a few bytes after the end of the slice, and no slice is longer than isize::MAX"
)]
pub(in crate::scan) fn candidates(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = MIN_RUN - 1;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            if !byte.is_ascii_digit() {
                at += MIN_RUN;
                continue;
            }
            let digit = |byte: &u8| byte.is_ascii_digit();
            let start = bytes.within(..at).iter().rposition(|byte| !digit(byte)).map_or(0, |at| at + 1);
            let end = bytes.within(at..).iter().position(|byte| !digit(byte)).map_or(bytes.len(), |length| at + length);
            if end - start < MIN_RUN {
                at += MIN_RUN;
                continue;
            }
            let mut span = token(bytes, start..end);
            at = span.end.max(end) + MIN_RUN - 1;
            // The letter of an escape is not part of the number: `"\n111-1111111"`.
            span.start +=
                usize::from(span.start < start && is_escape(bytes.within(span.start.saturating_sub(1)..start)));
            if span.len() <= MAX_LENGTH && stands_alone(bytes, &span) {
                return Some(span);
            }
        }
        None
    })
}

/// Recognises the line ends and tabs of string literals.
fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'\\', b'n' | b'r' | b't', ..])
}

/// The whole run of letters, digits and hyphens around some digits.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "`start` is above 0 where a byte before it is read, `end` below the length, and no slice is longer than isize::MAX"
)]
fn token(bytes: &[u8], digits: Range<usize>) -> Range<usize> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let mut start = digits.start;
    while start > 0 && digits.start - start <= MAX_LENGTH {
        if part(bytes[start - 1]) {
            start -= 1;
        } else if start > DASH_BYTES
            && is_dash(&bytes[start - DASH_BYTES..start])
            && part(bytes[start - DASH_BYTES - 1])
        {
            start -= DASH_BYTES;
        } else {
            break;
        }
    }
    let mut end = digits.end;
    while end < bytes.len() && end - digits.end <= MAX_LENGTH {
        if part(bytes[end]) {
            end += 1;
        } else if bytes.get(end..end + DASH_BYTES).is_some_and(is_dash)
            && bytes.get(end + DASH_BYTES).is_some_and(|byte| part(*byte))
        {
            end += DASH_BYTES;
        } else {
            break;
        }
    }
    start..end
}

/// The length of a Unicode dash in UTF-8, in bytes.
const DASH_BYTES: usize = 3;

/// Recognises the hyphens and dashes of Unicode, which word processors write in place of a hyphen.
fn is_dash(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x90..=0x95] | [0xE2, 0x88, 0x92])
}

/// Distinguishes a number from a part of something longer: a decimal number, a path, an address.
fn stands_alone(bytes: &[u8], span: &Range<usize>) -> bool {
    let joins = |byte: u8| matches!(byte, b'_' | b'.' | b'\\' | b'@' | b'+' | b'%' | b'$');
    let before = bytes.within(..span.start);
    let after = bytes.within(span.end..);
    // A full stop ends a sentence if no letter follows it.
    let continues = match after {
        [b'.', next, ..] => next.is_ascii_alphanumeric(),
        [b'.'] | [] | [b'\\', b'"' | b'\'' | b'n' | b'r' | b't', ..] => false,
        [byte, ..] => joins(*byte) || *byte == b'/' || !byte.is_ascii() && is_letter(after.utf8_chunks().next()),
    };
    let continued = match before.last() {
        Some(b'n' | b'r' | b't') if matches!(before, [.., b'\\', _]) => false,
        Some(byte) if byte.is_ascii() => joins(*byte) || matches!(byte, b'/' | b'#'),
        Some(_) => {
            let from = before.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or(0);
            is_letter(before.within(from..).utf8_chunks().next())
        }
        None => false,
    };
    !continued && !continues
}

/// Recognises a letter at the beginning of a text. Any byte that is not UTF-8 counts as a letter, except the quotes and dashes of Windows
/// 1252.
fn is_letter(text: Option<Utf8Chunk<'_>>) -> bool {
    let Some(text) = text else { return false };
    match (text.valid().chars().next(), text.invalid().first()) {
        (Some(c), _) => c.is_alphanumeric(),
        (None, Some(byte)) => !matches!(byte, 0x85 | 0x8B | 0x91..=0x97 | 0x9B | 0xA0 | 0xAB | 0xB7 | 0xBB),
        (None, None) => false,
    }
}

/// A number with its dashes written as ASCII hyphens.
pub(in crate::scan) fn with_hyphens(number: &[u8]) -> Cow<'_, str> {
    let text = lossy(number);
    if text.is_ascii() { text } else { Cow::Owned(text.replace(|c: char| !c.is_ascii(), "-")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_five_digits_is_found_anywhere() {
        for offset in 0..12 {
            let text = format!("{}12345-67{}", " ".repeat(offset), " ".repeat(7));
            let found: Vec<_> = candidates(text.as_bytes()).collect();
            assert_eq!(found.as_slice(), std::slice::from_ref(&(offset..offset + 8)), "{text:?}");
        }
        assert_eq!(candidates(b"1234 5678 9012 in 1998, at 12:34").count(), 0);
        assert_eq!(candidates(b"123-4567890 and 932-9619111").count(), 2);
    }

    #[test]
    fn a_part_of_something_longer_is_not_a_candidate() {
        for text in
            ["3.14159265", "/k/1234567890", "a_1234567890", "1234567890.txt", "1234567890@example", "\u{e9}12345"]
        {
            assert_eq!(candidates(text.as_bytes()).count(), 0, "{text}");
        }
        assert_eq!(candidates(b"It is 932-9619111.").count(), 1);
    }
}
