//! Any text: a key counts only where its form is exact and the words around it say what it is.

use super::gather::{Before, Gathering, Place};
use crate::{
    catalogue::Catalogue,
    identify, judge,
    model::{form::Group, situation::Situation},
    parse,
};
use memchr::{memchr_iter, memrchr};
use std::ops::Range;

/// Every key in running text holds a run of so many digits: the suffix of a serial has five, and no form has a shorter longest part.
const RUN: usize = 5;

/// So many bytes before a key and after it are searched for the words.
const BEFORE: usize = 100;
const AFTER: usize = 40;

/// What a number is that is no key, as the words before it say.
const OTHERS: [&str; 11] = [
    "call",
    "case number",
    "fax",
    "invoice",
    "isbn",
    "issn",
    "order number",
    "part number",
    "phone",
    "tel",
    "telephone",
];

/// The longest form, with room to see that a text is longer.
const LONGEST: usize = 32;

/// Looks for keys in a chunk of running text.
pub(super) fn read(chunk: &[u8], gathering: &mut Gathering<'_, '_>) {
    let (mut line, mut counted) = (0, 0);
    // The number before, and whether it was a key: a word announces the first number behind it, and those listed with it.
    let (mut last, mut listed) = (0, false);
    for span in candidates(chunk) {
        let joined = listed && is_list(&chunk[last..span.start]);
        let words_from = if joined { 0 } else { last };
        (last, listed) = (span.end, false);
        let catalogue = gathering.shared().catalogue;
        if !gathering.shared().shapes.fit(&chunk[span.clone()]) {
            continue;
        }
        let Ok(text) = std::str::from_utf8(&chunk[span.clone()]) else { continue };
        let written = parse::written::written(text);
        let readings = identify(catalogue, &written);
        let exact: Vec<&str> =
            readings.candidates().filter(|reading| reading.faults.is_empty()).map(|reading| reading.id).collect();
        if exact.is_empty() {
            continue;
        }
        let start = memrchr(b'\n', &chunk[..span.start]).map_or(0, |at| at + 1);
        let before = window_before(chunk, words_from.min(span.start), span.start);
        let after = window_after(chunk, span.end);
        let (before, after) = speaking(&before, &after);
        if !exact.iter().any(|form| is_announced(catalogue, form, before, after, text.contains('-'))) {
            continue;
        }
        if is_look_alike(catalogue, text) {
            continue;
        }
        listed = true;
        line += memchr_iter(b'\n', &chunk[counted..start.max(counted)]).count() as u64;
        counted = start.max(counted);
        let options = gathering.options();
        let situation = match options.product {
            Some(_) => options,
            None => Situation { product: product(catalogue, before), ..options },
        };
        gathering.judged(text, Place { line, before: Before::Bytes(&chunk[start..span.start]) }, &situation, None, &[]);
    }
    let rest = memchr_iter(b'\n', &chunk[counted..]).count() as u64;
    gathering.lines(line + rest + u64::from(!chunk.ends_with(b"\n") && !chunk.is_empty()));
}

/// The lengths of the groups of every form, so that most numbers are told apart from keys without reading them.
#[derive(Debug)]
pub(super) struct Shapes(Vec<Vec<(usize, usize)>>);

impl Shapes {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut shapes = Vec::new();
        for (_, form) in catalogue.forms.iter().filter(|(_, form)| !form.announced_by.is_empty()) {
            let groups: Vec<_> = form.groups.iter().map(Group::lengths).collect();
            if form.compact {
                shapes.push(vec![groups.iter().fold((0, 0), |(least, most), (a, b)| (least + a, most + b))]);
            }
            shapes.push(groups);
        }
        Self(shapes)
    }

    /// Whether the groups between the hyphens have the lengths of some form.
    fn fit(&self, text: &[u8]) -> bool {
        let matches = |shape: &Vec<(usize, usize)>| {
            let mut groups = text.split(|byte| *byte == b'-');
            let own = |(least, most): &(usize, usize)| {
                groups.next().is_some_and(|group| (*least..=*most).contains(&group.len()))
            };
            shape.iter().all(own) && groups.next().is_none()
        };
        self.0.iter().any(matches)
    }
}

/// Whether what stands between two numbers makes them a list: commas, blanks, line ends, "and", "or".
fn is_list(between: &[u8]) -> bool {
    const LONGEST: usize = 12;
    let text = String::from_utf8_lossy(between).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    text.len() <= LONGEST && !text.contains('.') && words.into_iter().all(|word| matches!(word, "and" | "or"))
}

/// Whether the catalogue knows numbers of other things that look so: then running text means those.
fn is_look_alike(catalogue: &Catalogue, text: &str) -> bool {
    let outcome = judge::outcome(catalogue, text, &Situation::default());
    outcome.is_ok_and(|outcome| outcome.rules.iter().any(|(rule, _)| rule == "key/look-alike"))
}

/// Runs of letters, digits and hyphens that hold five digits in a row.
///
/// A run of five digits covers a byte whose offset is a multiple of five, so only every fifth byte is looked at.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = RUN - 1;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += RUN;
                continue;
            }
            let digit = |byte: &u8| byte.is_ascii_digit();
            let start = bytes[..at].iter().rposition(|byte| !digit(byte)).map_or(0, |at| at + 1);
            let end = bytes[at..].iter().position(|byte| !digit(byte)).map_or(bytes.len(), |length| at + length);
            if end - start < RUN {
                at += RUN;
                continue;
            }
            let span = token(bytes, start..end);
            at = span.end.max(end) + RUN - 1;
            if span.len() <= LONGEST && stands_alone(bytes, &span) {
                return Some(span);
            }
        }
        None
    })
}

/// The letters, digits and hyphens around some digits, as far as they go.
fn token(bytes: &[u8], digits: Range<usize>) -> Range<usize> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let mut start = digits.start;
    while start > 0 && part(bytes[start - 1]) && digits.start - start <= LONGEST {
        start -= 1;
    }
    let mut end = digits.end;
    while end < bytes.len() && part(bytes[end]) && end - digits.end <= LONGEST {
        end += 1;
    }
    start..end
}

/// Whether a token is no part of something longer: a decimal number, a path, an address.
fn stands_alone(bytes: &[u8], span: &Range<usize>) -> bool {
    let joins = |byte: u8| matches!(byte, b'_' | b'.' | b'\\' | b'@' | b'+' | b'%' | b'$') || byte >= 0x80;
    let before = span.start.checked_sub(1).map(|at| bytes[at]);
    let (after, next) = (bytes.get(span.end).copied(), bytes.get(span.end + 1).copied());
    // A full stop ends a sentence when no letter follows it.
    let continues = match after {
        Some(b'.') => next.is_some_and(|byte| byte.is_ascii_alphanumeric()),
        Some(byte) => joins(byte) || byte == b'/',
        None => false,
    };
    !before.is_some_and(|byte| joins(byte) || byte == b'/' || byte == b'#') && !continues
}

/// The text before a key on its line, and the end of the line before it, in lower case.
fn window_before(bytes: &[u8], least: usize, at: usize) -> String {
    let from = at.saturating_sub(BEFORE).max(least);
    let window = &bytes[from..at];
    // At most one line end: a paragraph further up speaks of something else.
    let mut ends = memchr::memrchr_iter(b'\n', window);
    let start = ends.nth(1).map_or(0, |end| end + 1);
    String::from_utf8_lossy(&window[start..]).to_lowercase()
}

/// The rest of the line after a key, in lower case.
fn window_after(bytes: &[u8], at: usize) -> String {
    let window = &bytes[at..(at + AFTER).min(bytes.len())];
    let end = memchr::memchr(b'\n', window).unwrap_or(window.len());
    String::from_utf8_lossy(&window[..end]).to_lowercase()
}

/// The words around a number that can speak of it: those of its sentence, and behind the last word that says what else a number is.
fn speaking<'t>(before: &'t str, after: &'t str) -> (&'t str, &'t str) {
    let end = |text: &str, at: usize| {
        // What is as short as "no." is an abbreviation.
        let word = text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).count();
        word > 2 && text[at + 1..].starts_with(char::is_whitespace)
    };
    let stops = |text: &str| text.match_indices(['.', '!', '?']).map(|(at, _)| at).collect::<Vec<_>>();
    let start = stops(before).into_iter().rev().find(|at| end(before, *at)).map_or(0, |at| at + 1);
    let before = &before[start..];
    match OTHERS.iter().filter_map(|word| last_word(before, word)).max() {
        Some(claimed) => (&before[claimed..], ""),
        None => (before, &after[..stops(after).into_iter().find(|at| end(after, *at)).unwrap_or(after.len())]),
    }
}

/// Whether the words around a key announce its form. One without hyphens could be any number, so it must follow its word.
fn is_announced(catalogue: &Catalogue, form: &str, before: &str, after: &str, hyphens: bool) -> bool {
    /// So many bytes may lie between a word and a key without hyphens: `CD key is "`.
    const NEAR: usize = 16;
    let end = before.trim_end_matches([' ', '\t', '"', '\'', '\u{201C}']);
    if end.ends_with(" /k") || end.ends_with(" /c") || end.ends_with(" -k") {
        return true;
    }
    let Some(form) = catalogue.forms.get(form) else { return false };
    form.announced_by.iter().any(|words| {
        if hyphens {
            words.iter().all(|word| has_word(before, word) || has_word(after, word))
        } else {
            let last = words.iter().filter_map(|word| last_word(before, word)).max();
            let between = last.map(|end| &before[end..]);
            words.iter().all(|word| has_word(before, word))
                && between.is_some_and(|text| text.len() <= NEAR && !text.contains(|c: char| c.is_ascii_digit()))
        }
    })
}

fn has_word(text: &str, word: &str) -> bool {
    last_word(text, word).is_some()
}

/// Where the last occurrence of a word ends.
fn last_word(text: &str, word: &str) -> Option<usize> {
    let alone = |start: usize, end: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // A plural is the same word.
        let tail = text[end..].strip_prefix('s').unwrap_or(&text[end..]);
        !letter(text[..start].chars().next_back()) && !letter(tail.chars().next())
    };
    text.rmatch_indices(word)
        .map(|(start, found)| (start, start + found.len()))
        .find(|(start, end)| alone(*start, *end))
        .map(|(_, end)| end)
}

/// The product that the text before a key names, if it names just one.
fn product<'c>(catalogue: &'c Catalogue, before: &str) -> Option<&'c str> {
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut named: Vec<(&str, &str)> = Vec::new();
    for (id, product) in catalogue.products.iter() {
        // Titles are told apart by their first word before anything is searched for.
        let first = product.title.split(' ').next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        if words.iter().any(|word| word.eq_ignore_ascii_case(first)) && has_word(before, &product.title.to_lowercase())
        {
            named.push((id, &product.title));
        }
    }
    // The longer title wins over one that it contains: Windows NT 4.0 Server over Windows NT 4.0.
    let longest = named.iter().max_by_key(|(_, title)| title.len()).copied()?;
    named.iter().all(|(_, title)| longest.1.contains(title)).then_some(longest.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_five_digits_is_found_wherever_it_stands() {
        for offset in 0..12 {
            let text = format!("{}12345-67{}", " ".repeat(offset), " ".repeat(7));
            let found: Vec<_> = candidates(text.as_bytes()).collect();
            assert_eq!(found.as_slice(), std::slice::from_ref(&(offset..offset + 8)), "{text:?}");
        }
        assert_eq!(candidates(b"1234 5678 9012 in 1998, at 12:34").count(), 0);
        assert_eq!(candidates(b"123-4567890 and 932-9619111").count(), 2);
    }

    #[test]
    fn a_part_of_something_longer_is_no_candidate() {
        for text in
            ["3.14159265", "/k/1234567890", "a_1234567890", "1234567890.txt", "1234567890@example", "\u{e9}12345"]
        {
            assert_eq!(candidates(text.as_bytes()).count(), 0, "{text}");
        }
        assert_eq!(candidates(b"It is 932-9619111.").count(), 1);
    }
}
