//! The headings above a number: marked, underlined, in brackets, or a product's name on a line of its own.

use super::{
    cell::without_tags,
    phrase::{Phrase, ProductMention},
    text_context::{FURTHEST, line_start},
};
use crate::{model::within::Within, scan::context::ScanContext, source::encoding::lossy};

/// The longest heading, in bytes.
const MAX_HEADING: usize = 100;

/// The level of a line that counts as a heading only because it is on its own.
const UNMARKED_LEVEL: usize = 9;

/// Finds the headings above numbers in the order of the text, reading every line once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Headings<'c> {
    /// The end of the lines that were read.
    read: usize,
    /// The offset of the last heading among them, and the product that it or a heading above it names.
    last: Option<(usize, ProductMention<'c>)>,
}

impl<'c> Headings<'c> {
    /// The product named by the heading above an offset.
    pub(super) fn above(&mut self, context: &ScanContext<'c>, bytes: &[u8], at: usize) -> ProductMention<'c> {
        let near = at.saturating_sub(FURTHEST);
        let line = line_start(bytes, at);
        let from = self.read.max(near).min(line);
        if let Some((start, level, text)) = nearest(bytes, from, line) {
            self.last = Some((start, said(context, bytes, start, level, &text)));
        }
        self.read = line;
        self.last.filter(|(start, _)| *start >= near).map_or(ProductMention::Nothing, |(_, said)| said)
    }
}

/// The product that a heading names; if it names none, the one named by the nearest heading of a higher level above it.
fn said<'c>(context: &ScanContext<'c>, bytes: &[u8], at: usize, level: usize, text: &str) -> ProductMention<'c> {
    let near = at.saturating_sub(FURTHEST);
    let (mut at, mut level, mut text) = (at, level, text.to_owned());
    loop {
        match Phrase::new(context, &without_tags(&text)).title() {
            ProductMention::Nothing => {}
            said => return said,
        }
        loop {
            let Some((start, next, above)) = nearest(bytes, near, at) else { return ProductMention::Nothing };
            at = start;
            if next < level {
                (level, text) = (next, above);
                break;
            }
        }
    }
}

/// The last heading between two offsets, of which `to` begins a line: its offset, its level and its text.
fn nearest(bytes: &[u8], from: usize, to: usize) -> Option<(usize, usize, String)> {
    // The line below the last of these is that of the number itself.
    let (mut end, mut below) = (to.checked_sub(1)?, None);
    while end > from || end == from && from == 0 {
        let start = line_start(bytes, end);
        // The first line can be incomplete.
        if start < from {
            return None;
        }
        let line = bytes.within(start..end).trim_ascii();
        let above = start.checked_sub(1).map(|end| bytes.within(line_start(bytes, end)..end).trim_ascii());
        if let Some(level) = level(line, above, below) {
            return Some((start, level, lossy(line).into_owned()));
        }
        end = start.checked_sub(1)?;
        below = Some(line);
    }
    None
}

/// The level of a heading: a lower level covers more of the text. Without a line `below`, the number comes next.
fn level(line: &[u8], above: Option<&[u8]>, below: Option<&[u8]>) -> Option<usize> {
    // Most lines are long sentences, which this has to rule out quickly.
    let level = marked(line).or_else(|| underlined(line, below)).or_else(|| apart(line, above, below))?;
    let letters = || line.iter().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    (line.len() <= MAX_HEADING && letters()).then_some(level)
}

/// The level of a heading in Markdown, AsciiDoc, MediaWiki, an INI file or HTML.
fn marked(line: &[u8]) -> Option<usize> {
    let of = |mark: u8| line.iter().take_while(|byte| **byte == mark).count();
    match line {
        [b'#', ..] if line.get(of(b'#')) == Some(&b' ') => Some(of(b'#')),
        [b'=', .., b'='] => Some(of(b'=')),
        [b'=', ..] if line.get(of(b'=')) == Some(&b' ') => Some(of(b'=')),
        [b'[', .., b']'] => Some(1),
        [b'<', b'h' | b'H', digit @ b'1'..=b'6', ..] => Some(usize::from(digit.saturating_sub(b'0'))),
        _ => None,
    }
}

/// The level of a heading with a line of marks below it.
fn underlined(line: &[u8], below: Option<&[u8]>) -> Option<usize> {
    match below {
        Some([b'=', rest @ ..]) if rest.len() > 1 && rest.iter().all(|byte| *byte == b'=') => Some(1),
        Some([mark @ (b'-' | b'~' | b'^'), rest @ ..]) if rest.len() > 1 && rest.iter().all(|byte| byte == mark) => {
            (!line.contains(&b'|')).then_some(2)
        }
        Some(_) | None => None,
    }
}

/// The level of a short line between two blank lines, or after one and with a colon at its end.
fn apart(line: &[u8], above: Option<&[u8]>, below: Option<&[u8]>) -> Option<usize> {
    const MAX_TITLE: usize = 60;
    let apart = above.is_none_or(<[u8]>::is_empty);
    let ended = line.ends_with(b":") || below.is_none_or(<[u8]>::is_empty);
    if line.len() > MAX_TITLE || !apart || !ended {
        return None;
    }
    let sentence = line.ends_with(b".") || line.ends_with(b"!") || line.ends_with(b"?") || line.ends_with(b",");
    let digits = line.split(|byte| !byte.is_ascii_digit()).any(|run| run.len() > 4);
    let speaks = line.iter().any(u8::is_ascii_uppercase) && !line.contains(&b'|') && !line.starts_with(b"<");
    (speaks && !sentence && !digits).then_some(UNMARKED_LEVEL)
}
