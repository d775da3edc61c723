//! Answer files that a program or script assembles: in one or several strings, or in `echo` lines.

use super::{
    block::{MAX_PIECE, line_end, line_start},
    line::{LineKind, kind},
    piece::Piece,
};
use crate::model::within::Within;
use memchr::{memchr, memmem::find};
use std::ops::Range;

/// The distance before a section, in bytes, at which the opening quote of its string is looked for.
const MAX_OPENING: usize = 4096;

/// The longest string that can continue a file, in bytes.
const MAX_STRING: usize = 4096;

/// The maximum number of foreign lines between two lines of a file.
const MAX_GAP: usize = 3;

/// The maximum number of foreign strings in a row, on one line.
const MAX_OTHERS: usize = 4;

/// The beginning of the text that contains a known section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// A string that begins here and ends with this quote.
    String(u8, usize),
    /// A multi-line string.
    Lines,
    /// The words of an `echo`.
    Echo,
    /// Words without quotes, with escaped line ends.
    Bare,
}

/// The syntax around the section at `anchor`, on the line that begins at `line`.
pub(super) fn opening(host: &[u8], line: usize, anchor: usize) -> Option<Opening> {
    let end = line_end(host, anchor);
    if echoed(host, &(line..end)).is_some_and(|words| words.start == anchor) {
        return Some(Opening::Echo);
    }
    let from = anchor.saturating_sub(MAX_OPENING).max(line);
    if let Some((quote, mark)) = open_quote(host, from, anchor).and_then(|quote| Some((quote, *host.get(quote)?))) {
        let mut piece = Piece::default();
        return Some(
            match decode(
                &mut piece,
                host,
                quote.saturating_add(1)..end.min(quote.saturating_add(MAX_PIECE)),
                Some(mark),
            ) {
                (_, Closed::Yes) => Opening::String(mark, quote.saturating_add(1)),
                (_, Closed::No) => Opening::Lines,
            },
        );
    }
    let rest = host.within(anchor..end);
    [&b"\\n"[..], b"\\r", b"<br"].iter().any(|end| find(rest, end).is_some()).then_some(Opening::Bare)
}

/// Reads the file that begins with the string, or the words, of a known section. Returns the file and its end.
pub(super) fn read(host: &[u8], anchor: usize, opening: Opening) -> (Piece, usize) {
    let mut piece = Piece::default();
    let line = line_start(host, anchor);
    let mut end = line_end(host, anchor);
    match opening {
        Opening::String(quote, start) => {
            let mut before = Piece::default();
            decode(&mut before, host, start..anchor, Some(quote));
            let last = before.bytes().rsplit(|byte| *byte == b'\n').next();
            // In a string within a string, the file begins with the section.
            let start = if last.is_some_and(|line| kind(line) != LineKind::Blank) { anchor } else { start };
            let (at, _) = decode(&mut piece, host, start..end.min(start.saturating_add(MAX_PIECE)), Some(quote));
            piece.push(b'\n', at);
            end = others(&mut piece, host, at.saturating_add(1)..end).unwrap_or(at.saturating_add(1));
        }
        Opening::Echo => {
            if let Some(words) = echoed(host, &(line..end)) {
                push_words(&mut piece, host, words);
            }
        }
        Opening::Bare | Opening::Lines => {
            decode(&mut piece, host, anchor..end.min(anchor.saturating_add(MAX_PIECE)), None);
            return (piece, end.min(anchor.saturating_add(MAX_PIECE)));
        }
    }
    let mut gap = 0;
    let mut at = line_end(host, end.min(host.len())).saturating_add(1);
    while at < host.len() && gap < MAX_GAP && piece.bytes().len() < MAX_PIECE {
        let line = at..line_end(host, at);
        at = line.end.saturating_add(1);
        let found = match echoed(host, &line) {
            Some(words) if kind(host.within(words.clone())).is_content() => {
                push_words(&mut piece, host, words);
                Some(line.end)
            }
            _ if line.len() > MAX_STRING => break,
            _ => others(&mut piece, host, line.clone()),
        };
        match found {
            Some(_) => (gap, end) = (0, line.end),
            None => gap = gap.saturating_add(1),
        }
    }
    (piece, end.min(host.len()))
}

/// Adds the strings in a part of a line that belong to a file. Returns the end of the last one.
fn others(piece: &mut Piece, host: &[u8], part: Range<usize>) -> Option<usize> {
    let (mut at, mut last, mut others) = (part.start, None, 0);
    while others < MAX_OTHERS && piece.bytes().len() < MAX_PIECE {
        let Some(quote) = next_quote(host, at..part.end) else { break };
        let mut string = Piece::default();
        let range = quote.saturating_add(1)..part.end.min(quote.saturating_add(MAX_STRING));
        let (end, Closed::Yes) = decode(&mut string, host, range, host.get(quote).copied()) else { break };
        let mut lines = string.bytes().split(|byte| *byte == b'\n').map(kind);
        if lines.find(|kind| *kind != LineKind::Blank).is_some_and(LineKind::is_content) {
            string.push(b'\n', end);
            piece.append(&string);
            (last, others) = (Some(end.saturating_add(1)), 0);
        } else {
            others = others.saturating_add(1);
        }
        at = end.saturating_add(1);
    }
    last
}

/// The end of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closed {
    Yes,
    No,
}

/// Adds a string without its escapes, up to its closing quote. Returns the offset of that quote, or of the end.
fn decode(piece: &mut Piece, host: &[u8], range: Range<usize>, quote: Option<u8>) -> (usize, Closed) {
    let Range { start, end } = range;
    let mut at = start;
    while at < end {
        let [byte, rest @ ..] = host.within(at..end) else { break };
        let byte = *byte;
        if Some(byte) == quote {
            // A doubled quote is one quote in Basic, PowerShell, SQL and YAML.
            if rest.first() != quote.as_ref() || at == start {
                return (at, Closed::Yes);
            }
            piece.push(byte, at.saturating_add(1));
            at = at.saturating_add(2);
            continue;
        }
        match byte {
            b'\\' => at = escaped(piece, host, at..end),
            b'`' if quote == Some(b'"') => at = escaped(piece, host, at..end),
            b'&' if rest.starts_with(b"quot;") || rest.starts_with(b"#34;") => {
                let length = if rest.starts_with(b"q") { 6 } else { 5 };
                piece.push(b'"', at.saturating_add(length).saturating_sub(1));
                at = at.saturating_add(length);
            }
            b'<' if rest.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case(b"br")) => {
                piece.push(b'\n', at);
                at = at.saturating_add(memchr(b'>', rest).map_or(1, |close| close.saturating_add(2)));
            }
            _ => {
                piece.push(byte, at);
                at = at.saturating_add(1);
            }
        }
    }
    (end, Closed::No)
}

/// Adds the character that an escape represents. A string within a string has several backslashes. Returns the offset after the escape.
fn escaped(piece: &mut Piece, host: &[u8], range: Range<usize>) -> usize {
    let Range { start, end } = range;
    let all = host.within(start..end);
    let Some(&mark) = all.first() else { return end };
    let count = all.iter().take_while(|byte| **byte == mark).count();
    let at = start.saturating_add(count);
    let Some(next) = host.get(at).filter(|_| at < end) else {
        piece.push(mark, start);
        return end;
    };
    match next {
        b'n' if count % 2 == 1 || is_line(host.within(at.saturating_add(1)..end)) => piece.push(b'\n', at),
        b'r' if count % 2 == 1 || host.within(at.saturating_add(1)..end).starts_with(b"\\\\n") => {}
        b't' if count % 2 == 1 => piece.push(b' ', at),
        b'"' | b'\'' | b'`' if count % 2 == 1 => piece.push(*next, at),
        _ => {
            // An escaped backslash, or a literal one.
            (start..at).step_by(if count > 1 { 2 } else { 1 }).for_each(|at| piece.push(mark, at));
            return at;
        }
    }
    at.saturating_add(1)
}

/// Returns `true` if a line of an answer file continues here, rather than a path.
fn is_line(rest: &[u8]) -> bool {
    const MAX_LINE: usize = 64;
    let rest = rest.within(..rest.len().min(MAX_LINE));
    let end = rest.iter().position(|byte| matches!(byte, b'\\' | b'"')).unwrap_or(rest.len());
    rest.is_empty() || end == 0 || kind(rest.within(..end)).is_content()
}

/// The opening quote of the string around an offset: the last one before it that is not escaped.
fn open_quote(host: &[u8], from: usize, at: usize) -> Option<usize> {
    let mut end = at;
    while let Some(quote) = host.within(from..end).iter().rposition(|byte| matches!(byte, b'"' | b'\'' | b'`')) {
        let place = from.saturating_add(quote);
        let mark = host.get(place);
        let escape = place.checked_sub(1).filter(|before| *before >= from).and_then(|before| host.get(before));
        if escape == Some(&b'\\')
            || escape.is_some() && escape == mark && mark != Some(&b'`') && place.saturating_add(1) < at
        {
            end = place.saturating_sub(1);
            continue;
        }
        // After a letter, an apostrophe is part of a word, unless the letter is a string prefix.
        let word = |at: usize| at > from && host.within(..at).last().is_some_and(u8::is_ascii_alphabetic);
        if mark == Some(&b'\'') && word(place) && word(place.saturating_sub(1)) {
            end = place;
            continue;
        }
        return Some(place);
    }
    None
}

/// The next quote that opens a string.
fn next_quote(host: &[u8], range: Range<usize>) -> Option<usize> {
    let mut at = range.start;
    loop {
        at = at.saturating_add(host.get(at..range.end)?.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'`'))?);
        let word = |at: usize| at > range.start && host.within(..at).last().is_some_and(u8::is_ascii_alphabetic);
        if host.get(at) == Some(&b'"') || !(word(at) && word(at.saturating_sub(1))) {
            return Some(at);
        }
        at = at.saturating_add(1);
    }
}

/// The unquoted words of an `echo`, up to the redirection.
fn echoed(host: &[u8], line: &Range<usize>) -> Option<Range<usize>> {
    /// The last offset in its line, in bytes, at which an `echo` can begin.
    const MAX_BEFORE: usize = 300;
    let bytes = host.within(line.start..line.end.min(line.start.saturating_add(MAX_STRING)));
    let is_echo = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        bytes.within(*at..(*at).saturating_add(4)).eq_ignore_ascii_case(b"echo")
            && before.is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'@' | b'(' | b'&' | b';' | b'-'))
            && bytes
                .get(at.saturating_add(4))
                .is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'.' | b':' | b'/' | b'('))
    };
    let echo = (0..bytes.len().saturating_sub(4).min(MAX_BEFORE)).find(is_echo)?;
    let mut start = echo.saturating_add(5);
    while let Some(b' ' | b'\t' | b'^') = bytes.get(start) {
        start = start.saturating_add(1);
    }
    if matches!(bytes.get(start), Some(b'"' | b'\'' | b'-' | b'$') | None) {
        return None;
    }
    let (mut quoted, mut end) = (false, bytes.len());
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'"' => quoted = !quoted,
            b'>' | b'|' | b'&' if !quoted && !bytes.within(..at).ends_with(b"^") => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    Some(line.start.saturating_add(start)..line.start.saturating_add(end))
}

/// Adds the words of an `echo` as a line, without the characters that escape others from the shell.
fn push_words(piece: &mut Piece, host: &[u8], words: Range<usize>) {
    let end = words.end;
    let mut rest = host.within(words.clone());
    for at in words {
        let [byte, after @ ..] = rest else { break };
        let escape = matches!(byte, b'^' | b'\\')
            && matches!(after.first(), Some(b'"' | b'[' | b']' | b'<' | b'>' | b'&' | b'|' | b'%'));
        if !escape {
            piece.push(*byte, at);
        }
        rest = after;
    }
    piece.push(b'\n', end);
}
