//! Finds the parts of a text that can be answer files: from a section that some answer source has, as far as the same syntax continues.

use super::{
    block::{self, line_end, line_start},
    line::section_name,
    piece::Piece,
    strings::{self, Opening},
};
use crate::{model::within::Within, scan::context::AnswerFileNames};
use memchr::memchr;

/// The distance before and after an answer file, in bytes, at which its file name is looked for.
const NAME_BEFORE: usize = 300;
const NAME_AFTER: usize = 120;

/// The answer files within a text, each with its file name if the text mentions one.
pub(super) struct Pieces<'h, N> {
    host: &'h [u8],
    names: N,
    from: usize,
    /// The number of bytes that may still be read: a bound for texts that look like answer files again and again.
    budget: usize,
}

impl<'h, 'n, N: Fn() -> &'n AnswerFileNames> Pieces<'h, N> {
    /// The answer files within `host`. `names` is called only if there is a bracket.
    pub(super) fn new(host: &'h [u8], names: N) -> Self {
        Self { host, names, from: 0, budget: host.len().saturating_mul(8).saturating_add(block::MAX_PIECE) }
    }

    /// The next known section.
    fn anchor(&self) -> Option<usize> {
        let mut at = self.from;
        loop {
            at = at.saturating_add(memchr(b'[', self.host.within(at..))?);
            // The sections of a uniqueness database have a prefix.
            let name = section_name(self.host.within(at.saturating_add(1)..))
                .map(|name| name.rsplit(|byte| *byte == b':').next());
            if let Some(name) = name.flatten() {
                let known = |section: &String| section.as_bytes().eq_ignore_ascii_case(name);
                if self.is_possible(at) && (self.names)().sections.iter().any(known) {
                    return Some(at);
                }
            }
            at = at.saturating_add(1);
        }
    }

    /// Returns `true` if the characters around a bracket can enclose a section; an array index or a link is none.
    fn is_possible(&self, at: usize) -> bool {
        let before = match self.host.within(..at) {
            [.., b'\\', b'n' | b'r' | b't'] => true,
            [.., last] => !(last.is_ascii_alphanumeric() || matches!(last, b'_' | b')' | b']' | b'.' | b'\\' | b'?')),
            [] => true,
        };
        let rest = self.host.within(at..);
        let after = memchr(b']', rest).and_then(|close| rest.get(close.saturating_add(1)..)).unwrap_or_default();
        let next = after.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
        let ends = |byte: &u8| {
            matches!(byte, b'\r' | b'\n' | b';' | b'"' | b'\'' | b'`' | b'\\' | b'<' | b'>' | b'&' | b')' | b'|' | b'^')
        };
        before && next.is_none_or(ends)
    }

    /// The answer file around a known section, and its end.
    fn piece(&self, anchor: usize) -> Option<(Piece, usize)> {
        let (host, least) = (self.host, self.from);
        let line = line_start(host, anchor).max(least);
        let before = host.within(line..anchor);
        let rest = host.within(anchor..line_end(host, anchor));
        let close = memchr(b']', rest).map_or(rest.len(), |at| at.saturating_add(1));
        let alone = matches!(rest.within(close..).trim_ascii_start(), [] | [b';', ..]);
        let is_prefix = before.iter().all(|byte| is_prefix(*byte));
        if is_prefix && alone {
            return Some(block::read(host, least, anchor, Some(before)));
        }
        match strings::opening(host, line, anchor) {
            Some(Opening::Lines) => Some(block::read(host, least, anchor, None)),
            Some(opening) => Some(strings::read(host, anchor, opening)),
            // The block begins after a tag.
            None => before.ends_with(b">").then(|| block::read(host, least, anchor, None)),
        }
    }

    /// The file name that the text before, in or right after an answer file mentions.
    fn name(&self, start: usize, end: usize) -> String {
        let from = start.saturating_sub(NAME_BEFORE);
        let text = self.host.within(from..end.saturating_add(NAME_AFTER).min(self.host.len())).to_ascii_lowercase();
        let files = (self.names)().files.iter();
        let found = files.filter_map(|name| Some((memchr::memmem::find(&text, name.as_bytes())?, name)));
        found.min().map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

impl<'n, N: Fn() -> &'n AnswerFileNames> Iterator for Pieces<'_, N> {
    type Item = (Piece, String);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let anchor = self.anchor()?;
            let Some((piece, end)) = self.piece(anchor) else {
                self.budget = self.budget.checked_sub(line_end(self.host, anchor).saturating_sub(anchor))?;
                self.from = anchor.saturating_add(1);
                continue;
            };
            let start = piece.host_offset(0);
            self.budget = self.budget.checked_sub(end.saturating_sub(start))?;
            self.from = end.max(anchor.saturating_add(1));
            return Some((piece, self.name(start, end)));
        }
    }
}

/// Returns `true` if all lines of a block can begin with this byte: indentation, and the marks of quotes, comments, lists and patches.
fn is_prefix(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'#' | b'/' | b'*' | b'|' | b'+' | b'-' | b'!')
}
