//! Reads the lines of an answer file: sections, entries, comments, and anything else.

use crate::model::within::{Within, shifted, span_of};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_till, take_till1, take_while},
    character::complete::char,
    combinator::{consumed, map, opt, recognize, rest, verify},
    sequence::{delimited, preceded, terminated},
};
use std::ops::Range;

/// One line. All spans are byte ranges of the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// `[name]`.
    Section {
        /// With its brackets.
        span: Range<usize>,
        /// Without them, and without spaces around it.
        name: Range<usize>,
    },
    /// `name = value`.
    Entry(Entry),
    /// An empty line, or a comment, which begins with a semicolon.
    Blank,
    /// Anything else, without the spaces around it.
    Other(Range<usize>),
}

/// A line with an equals sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The whole line, without the spaces around it.
    pub span: Range<usize>,
    /// The exclamation mark that Windows NT 3.5 requires before a name.
    pub mark: Option<Range<usize>>,
    /// The name, without the mark.
    pub name: Range<usize>,
    /// The text after the equals sign.
    pub value: Value,
}

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// With its quotes, without spaces around it.
    pub span: Range<usize>,
    /// Without quotes, and without the spaces inside them.
    pub body: Range<usize>,
    /// The quotes around it.
    pub quotes: Quotes,
}

/// The quotes around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// None.
    None,
    /// A pair of double quotes, as Setup programs know them.
    Double,
    /// Others: single or curly ones, or a double quote that is not closed.
    Other,
}

/// The lines of a text, in order; there is no text that cannot be read. A line ends with CR, LF or both.
///
/// ```text
/// line    = blank* (section | comment | entry | other)? blank*
/// section = "[" name "]" anything
/// comment = ";" anything
/// entry   = "!"? name blank* "=" blank* value
/// value   = '"' anything '"' anything | plain (blank ";" anything)?
/// ```
pub fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut at = 0_usize;
    let pieces = text.split_inclusive(['\r', '\n']);
    pieces.map(move |piece| {
        let start = at;
        at = at.saturating_add(piece.len());
        line(piece, start)
    })
}

/// The value at `text[span]`, without the spaces around it, quoted or not.
pub fn value(text: &str, span: Range<usize>) -> Value {
    let slice = text.within(span).trim_matches(is_blank);
    let (body, quotes) = unquoted(slice);
    Value { span: span_of(text, slice), body: span_of(text, body), quotes }
}

/// Returns `true` for white space within a line, and the byte order mark that can precede the first line.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{FEFF}' | '\r' | '\n' | '\u{1A}')
}

fn line(piece: &str, start: usize) -> Line {
    let trimmed = piece.trim_matches(is_blank);
    let place = |slice: &str| shifted(span_of(piece, slice), start);
    if trimmed.is_empty() || comment(trimmed).is_ok() {
        return Line::Blank;
    }
    if let Ok((_, (whole, name))) = section(trimmed) {
        return Line::Section { span: place(whole), name: place(name.trim_matches(is_blank)) };
    }
    match entry(trimmed) {
        Ok((_, (mark, name, written))) => Line::Entry(Entry {
            span: place(trimmed),
            mark: mark.map(place),
            name: place(name),
            value: value_at(written, place(written).start),
        }),
        Err(_) => Line::Other(place(trimmed)),
    }
}

fn value_at(written: &str, start: usize) -> Value {
    let Value { span, body, quotes } = value(written, 0..written.len());
    Value { span: shifted(span, start), body: shifted(body, start), quotes }
}

fn comment(text: &str) -> IResult<&str, char> {
    char(';').parse(text)
}

/// `"[" name "]"`, with and without the brackets.
fn section(text: &str) -> IResult<&str, (&str, &str)> {
    consumed(delimited(char('['), take_till(|c| c == ']'), char(']'))).parse(text)
}

/// `"!"? name blank* "=" blank* value`: the mark, the name and the value as written.
fn entry(text: &str) -> IResult<&str, (Option<&str>, &str, &str)> {
    let name = verify(map(take_till1(|c| c == '='), |name: &str| name.trim_end_matches(is_blank)), |name: &str| {
        !name.is_empty()
    });
    let blanks = || take_while(is_blank);
    let mark = opt(terminated(tag("!"), blanks()));
    (mark, terminated(name, char('=')), preceded(blanks(), alt((quoted, without_comment)))).parse(text)
}

/// A pair of double quotes. The text after them belongs to no known value.
fn quoted(text: &str) -> IResult<&str, &str> {
    recognize(delimited(char('"'), take_till(|c| c == '"'), char('"'))).parse(text)
}

/// The text up to a comment, which begins with a space and a semicolon.
fn without_comment(text: &str) -> IResult<&str, &str> {
    let cut = |all: &str| all.find(" ;").into_iter().chain(all.find("\t;")).min();
    let (after, all) = rest(text)?;
    Ok(match cut(all) {
        Some(end) => (all.within(end..), all.within(..end).trim_end_matches(is_blank)),
        None => (after, all),
    })
}

/// The text within quotes of any kind, and the kind.
fn unquoted(slice: &str) -> (&str, Quotes) {
    let inner = |body: &str| body.strip_prefix('"')?.strip_suffix('"').map(str::len);
    if let Some(length) = inner(slice) {
        let body = slice.within(1..=length).trim_matches(is_blank);
        // Within quotes of another command they are doubled.
        return (inner(body).map_or(body, |length| body.within(1..=length).trim_matches(is_blank)), Quotes::Double);
    }
    let is_quote = |c| matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}');
    let body = slice.trim_matches(is_quote);
    (body.trim_matches(is_blank), if body.len() == slice.len() { Quotes::None } else { Quotes::Other })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(&str, &str, Quotes)> {
        lines(text)
            .filter_map(|line| match line {
                Line::Entry(Entry { name, value, .. }) => Some((&text[name], &text[value.body], value.quotes)),
                Line::Section { .. } | Line::Blank | Line::Other(_) => None,
            })
            .collect()
    }

    #[test]
    fn entries_are_read_however_they_are_written() {
        let text = "\u{FEFF}a=1\r\n  b\t = \" 2 \" ; two\r!c = 3 ; three\n;d = 4\n\u{201C}e\u{201D}=\u{201C}5\u{201D}\nf=\"6\n=7\ng=";
        let expected = [
            ("a", "1", Quotes::None),
            ("b", "2", Quotes::Double),
            ("c", "3", Quotes::None),
            ("\u{201C}e\u{201D}", "5", Quotes::Other),
            ("f", "6", Quotes::Other),
            ("g", "", Quotes::None),
        ];
        assert_eq!(entries(text), expected);
    }

    #[test]
    fn a_bracket_that_is_not_closed_is_no_section() {
        let text = "[ Product ID ]\n[Paths\n";
        let read: Vec<_> = lines(text).collect();
        assert_eq!(read, [Line::Section { span: 0..14, name: 2..12 }, Line::Other(15..21)]);
    }
}
