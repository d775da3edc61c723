//! The ends of sentences, and of the lines that people see.

use crate::model::within::Within;
use memchr::{memchr, memchr2_iter};

/// The last sentence of a text.
pub(super) fn last_sentence(text: &str) -> &str {
    let start = ends(text).chain(after_versions(text)).max();
    text.within(start.map_or(0, |at| at.saturating_add(1))..)
}

/// The ends of sentences after a version: "We use Windows NT 4.0. The key is". An abbreviation has no digits.
fn after_versions(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(". ").map(|(at, _)| at).filter(|at| {
        text.within(..*at).ends_with(|c: char| c.is_ascii_digit())
            && text.within(at.saturating_add(1)..).trim_start().starts_with(char::is_uppercase)
    })
}

/// The rest of a sentence after a number; empty if the sentence ends with the number.
pub(super) fn first_sentence(text: &str) -> &str {
    let mut first = text.chars();
    match (first.next(), first.next()) {
        (Some('.' | '!' | '?'), Some(' ')) => "",
        _ => text.within(..ends(text).next().unwrap_or(text.len())),
    }
}

/// The tags that begin or end a line on the screen.
const BLOCK_TAGS: [&[u8]; 20] = [
    b"br", b"dd", b"div", b"dl", b"dt", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"hr", b"li", b"ol", b"p", b"pre",
    b"section", b"table", b"tr", b"ul",
];

/// The end of the line after a number as it is on the screen: a line end, one in a string literal (`\n`), or the tag of another block.
pub(super) fn block_end(line: &[u8]) -> usize {
    let line = line.within(..memchr(b'\n', line).unwrap_or(line.len()));
    let ends = memchr2_iter(b'<', b'\\', line).find(|at| match line.within(*at..) {
        [mark, b'n' | b'r', ..] => *mark == b'\\',
        [b'<', b'/', name @ ..] | [b'<', name @ ..] => is_block(name),
        _ => false,
    });
    ends.unwrap_or(line.len())
}

/// Returns `true` if a tag is that of a block.
fn is_block(tag: &[u8]) -> bool {
    let end = tag.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len());
    BLOCK_TAGS.iter().any(|name| name.eq_ignore_ascii_case(tag.within(..end)))
}

/// The offsets at which sentences end.
pub(super) fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', '!', '?']).map(|(at, _)| at).filter(|at| {
        // A word as short as "no." is an abbreviation.
        let word = text.within(..*at).chars().rev().take_while(|c| c.is_alphanumeric()).count();
        // The name of Plus! ends with an exclamation mark, too.
        word > 2
            && text.within(at.saturating_add(1)..).starts_with(' ')
            && !text.within(..*at).to_ascii_lowercase().ends_with("plus")
    })
}
