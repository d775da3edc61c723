//! First looks at bytes: the whole lines of a beginning, and texts that look like a key.

use crate::bulk::Matcher;
use memchr::memchr;

/// The lines of a beginning, without the last if it may be cut.
pub(super) fn whole_lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = memchr::memrchr(b'\n', head).map_or(head.len(), |at| at + 1);
    let mut rest = Some(&head[..end]);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let Some(at) = memchr(b'\n', bytes) else { return rest.take() };
        rest = Some(&bytes[at + 1..]);
        Some(&bytes[..at])
    })
}

/// Whether a text has as many digits as a key has at least: most have not, which is soon seen.
pub(super) fn has_five_digits(text: &[u8]) -> bool {
    // Small sums are made for many bytes at once.
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(byte.is_ascii_digit())).sum::<u8>();
    text.chunks(128).map(|bytes| usize::from(digits(bytes))).sum::<usize>() >= 5
}

/// Whether a text is of some form and has nothing about it that no key has: code and data are full of numbers.
pub(super) fn is_plainly_a_key(text: &str, matcher: &Matcher<'_>) -> bool {
    if !has_five_digits(text.as_bytes()) {
        return false;
    }
    let text = text.trim().trim_matches('"').trim();
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '#' | '*' | '?') || !c.is_ascii();
    text.chars().all(belongs) && matcher.is_key(text)
}
