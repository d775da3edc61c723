//! Answer files on lines of their own: fenced and indented blocks, here-documents, here-strings, multi-line strings.

use super::{
    line::{LineKind, kind},
    piece::Piece,
};
use crate::model::within::{Within, span_at};
use memchr::{memchr, memmem::find, memrchr};
use std::ops::Range;

/// The longest piece, in bytes.
pub(super) const MAX_PIECE: usize = 1 << 16;

/// The maximum distance, in bytes, at which the beginning of a line is looked for.
const MAX_LINE: usize = 4096;

/// The maximum number of lines before the first known section that belong to the file.
const MAX_BEFORE: usize = 64;

/// Reads the block around the known section at `anchor`, not before `least`. Every line begins with `prefix`; without one, the block begins
/// at the section, in the middle of a line. Returns the block and its end.
pub(super) fn read(host: &[u8], least: usize, anchor: usize, prefix: Option<&[u8]>) -> (Piece, usize) {
    let (mut piece, mut at) = (Piece::default(), anchor);
    let prefix = prefix.unwrap_or_default();
    if !prefix.is_empty() || anchor == line_start(host, anchor) {
        at = beginning(host, least, line_start(host, anchor).max(least), prefix);
    }
    let mut first = true;
    while at < host.len() && piece.bytes().len() < MAX_PIECE {
        let line = at..line_end(host, at);
        let content = if std::mem::take(&mut first) && line.start == anchor {
            Some(line.clone())
        } else {
            content(host, &line, prefix)
        };
        let Some(content) = content.map(|content| without_end(host, content)) else { break };
        match kind(host.within(content.clone())) {
            LineKind::Other => break,
            LineKind::Control => {}
            LineKind::Blank | LineKind::Section | LineKind::Entry | LineKind::Comment | LineKind::Token => {
                push(&mut piece, host, content);
            }
        }
        piece.push(b'\n', line.end);
        at = line.end.saturating_add(1);
    }
    (piece, at.min(host.len()))
}

/// The beginning of the first line above that belongs to the file.
fn beginning(host: &[u8], least: usize, line: usize, prefix: &[u8]) -> usize {
    let (mut start, mut above) = (line, line);
    for _ in 0..MAX_BEFORE {
        if above <= least {
            break;
        }
        let previous = line_start(host, above.saturating_sub(1)).max(least);
        let Some(content) = content(host, &(previous..above.saturating_sub(1)), prefix) else { break };
        match kind(host.within(without_end(host, content))) {
            LineKind::Section | LineKind::Entry | LineKind::Comment => start = previous,
            LineKind::Blank | LineKind::Control => {}
            LineKind::Token | LineKind::Other => break,
        }
        above = previous;
    }
    start
}

/// A line without its prefix; `None` if it has another prefix, which ends the block.
fn content(host: &[u8], line: &Range<usize>, prefix: &[u8]) -> Option<Range<usize>> {
    let bytes = host.within(line.clone());
    if bytes.starts_with(prefix) {
        return Some(line.start.saturating_add(prefix.len())..line.end);
    }
    (bytes.trim_ascii() == prefix.trim_ascii()).then_some(line.end..line.end)
}

/// A line without the tags, line ends and backslashes that the surrounding text adds to its end.
fn without_end(host: &[u8], line: Range<usize>) -> Range<usize> {
    let mut bytes = host.within(line.clone());
    for tag in [&b"<br"[..], b"</", b"]]>"] {
        bytes = bytes.within(..find(bytes, tag).unwrap_or(bytes.len()));
    }
    bytes = bytes.trim_ascii_end();
    for end in [&b"\\n\\"[..], b"\\n", b"\\r"] {
        bytes = bytes.strip_suffix(end).unwrap_or(bytes);
    }
    span_at(line.start, bytes.len())
}

/// Adds a line, with plain quotes instead of escaped ones around its value.
fn push(piece: &mut Piece, host: &[u8], line: Range<usize>) {
    let bytes = host.within(line.clone());
    let value = memchr(b'=', bytes).map_or(&[][..], |at| bytes.within(at.saturating_add(1)..).trim_ascii());
    let quote = escaped_quote(value);
    let mut at = 0;
    while at < bytes.len() {
        match quote.filter(|quote| bytes.within(at..).starts_with(quote)) {
            Some(quote) => {
                piece.push(b'"', line.start.saturating_add(at).saturating_add(quote.len()).saturating_sub(1));
                at = at.saturating_add(quote.len());
            }
            None => {
                let byte = bytes.get(at).copied().unwrap_or_default();
                piece.push(byte, line.start.saturating_add(at));
                at = at.saturating_add(1);
            }
        }
    }
}

/// The quote at the beginning of a value, as the surrounding text escapes it: `\"`, `""`, `` `" ``, `^"`, `&quot;`.
fn escaped_quote(value: &[u8]) -> Option<&[u8]> {
    let backslashes = value.iter().take_while(|byte| **byte == b'\\').count();
    if backslashes > 0 && value.get(backslashes) == Some(&b'"') {
        return Some(value.within(..=backslashes));
    }
    if value.len() > 4 && value.starts_with(b"\"\"") && value.ends_with(b"\"\"") {
        return Some(value.within(..2));
    }
    [&b"`\""[..], b"^\"", b"&quot;", b"&#34;"].into_iter().find(|quote| value.starts_with(quote))
}

/// The beginning of the line at an offset. At most `MAX_LINE` bytes are searched.
pub(super) fn line_start(host: &[u8], at: usize) -> usize {
    let from = at.saturating_sub(MAX_LINE);
    memrchr(b'\n', host.within(from..at)).map_or(from, |end| from.saturating_add(end).saturating_add(1))
}

/// The end of the line at an offset, without its line end. At most `MAX_PIECE` bytes are searched.
pub(super) fn line_end(host: &[u8], at: usize) -> usize {
    let end = host.len().min(at.saturating_add(MAX_PIECE));
    memchr(b'\n', host.within(at..end)).map_or(end, |end| at.saturating_add(end))
}
