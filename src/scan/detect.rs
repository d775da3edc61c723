//! What kind of input a text is, by its beginning.

use super::{
    columns::{Columns, names_a_key},
    extract::{ndjson, table::Header},
    kind::InputKind,
    sniff::{has_five_digits, is_plainly_a_key, whole_lines},
};
use crate::{bulk::Matcher, source::encoding::lossy};
use memchr::memchr;
use std::borrow::Cow;

/// The kind of a text that begins with `head`, in a file of this name. `columns` are those that the user named.
pub(super) fn detect(head: &[u8], name: &str, columns: &Columns, matcher: &Matcher<'_>) -> InputKind {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let mut lines = whole_lines(head).filter(|line| !line.trim_ascii().is_empty());
    let Some(first) = lines.next().map(<[u8]>::trim_ascii) else {
        return InputKind::Text;
    };
    if first.starts_with(b"{") && is_object(first) {
        // Records of something else can speak of a key all the same, as any text can.
        return if ndjson::name_a_key(whole_lines(head), columns, matcher) {
            InputKind::Ndjson
        } else {
            InputKind::Text
        };
    }
    let begins = |word: &[u8]| first.len() >= word.len() && first[..word.len()].eq_ignore_ascii_case(word);
    let script = matches!(ending.as_str(), "bat" | "cmd" | "btm") || begins(b"@echo ") || begins(b"rem ");
    let section = || {
        let mut lines = whole_lines(head).map(<[u8]>::trim_ascii);
        lines.find(|line| !line.is_empty() && !line.starts_with(b";")).is_some_and(is_section)
    };
    if script || matches!(ending.as_str(), "ini" | "inf" | "sif" | "udf" | "iss") || section() || is_entry(first) {
        return InputKind::Answers;
    }
    if is_mostly_keys(head, matcher) {
        return InputKind::List;
    }
    // The first rows of a table can lack their keys.
    let table = matches!(ending.as_str(), "csv" | "tsv" | "tab");
    match delimiter(head, first, &ending) {
        Some(delimiter)
            if (table || names_a_key(first, delimiter) || is_even(head, delimiter) && may_hold_keys(head, first))
                && Header::of(head, delimiter, columns, matcher).is_some_and(|header| header.is_sure()) =>
        {
            InputKind::Table { delimiter }
        }
        _ => InputKind::Text,
    }
}

fn is_object(line: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line).is_ok()
}

fn is_section(line: &[u8]) -> bool {
    line.starts_with(b"[") && line.ends_with(b"]") && line.len() < 80
}

/// `ProductID=111-1111111`: an answer file may lack its first section, which is a fault of its own.
fn is_entry(line: &[u8]) -> bool {
    let Some(at) = memchr(b'=', line) else { return false };
    let name = line[..at].trim_ascii_end();
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'!')
}

/// More than half of the first lines are keys, and nothing else.
fn is_mostly_keys(head: &[u8], matcher: &Matcher<'_>) -> bool {
    const LOOKED_AT: usize = 32;
    let lines = whole_lines(head).filter(|line| !line.trim_ascii().is_empty()).take(LOOKED_AT);
    let (mut keys, mut all) = (0, 0);
    for line in lines {
        all += 1;
        let line = line.trim_ascii();
        let text = if has_five_digits(line) { lossy(line) } else { Cow::Borrowed("") };
        keys += usize::from(is_plainly_a_key(&text, matcher) && !has_words(text.trim_matches('"')));
        if all - keys > LOOKED_AT / 2 {
            return false;
        }
    }
    2 * keys > all
}

/// So many rows are looked at to tell whether a text is worth taking apart.
const FIRST_ROWS: usize = 8;

/// Whether most rows have as many delimiters as the first, as those of a table have. Sentences have commas, too.
fn is_even(head: &[u8], delimiter: u8) -> bool {
    let mut counts = whole_lines(head)
        .filter(|line| !line.trim_ascii().is_empty())
        .take(FIRST_ROWS)
        .map(|line| memchr::memchr_iter(delimiter, &unquoted(line)).count());
    let Some(first) = counts.next() else { return false };
    let (same, all) = counts.fold((1, 1), |(same, all), count| (same + usize::from(count == first), all + 1));
    2 * same > all
}

/// Whether one of the first rows behind the header holds five digits or more.
fn may_hold_keys(head: &[u8], first: &[u8]) -> bool {
    has_five_digits(first) || whole_lines(head).skip(1).take(FIRST_ROWS).any(has_five_digits)
}

/// Whether somebody speaks here: a sentence that holds a key is no list. A product key can have a group of five letters.
fn has_words(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().all(char::is_alphabetic));
    let template = |word: &str| word.chars().all(|c| matches!(c, 'x' | 'X'));
    words
        .into_iter()
        .any(|word| word.len() > 1 && word.len() != 5 && !word.eq_ignore_ascii_case("oem") && !template(word))
}

/// What separates the fields: a tab, a semicolon or a comma, as many in the second line as in the first.
fn delimiter(head: &[u8], first: &[u8], ending: &str) -> Option<u8> {
    let count = |line: &[u8], delimiter: u8| memchr::memchr_iter(delimiter, line).count();
    let second = whole_lines(head).filter(|line| !line.trim_ascii().is_empty()).nth(1).unwrap_or(first);
    // Quotes hide delimiters, but a sentence has quotes too: then the name of the file has to say that it is a table.
    let table = |delimiter| {
        matches!(ending, "csv" | "tsv" | "tab") || first.starts_with(b"\"") || names_a_key(first, delimiter)
    };
    let quoted = |delimiter| table(delimiter) && (memchr(b'"', second).is_some() || memchr(b'"', first).is_some());
    let same = |delimiter: &u8| {
        let fields = count(first, *delimiter);
        fields > 0
            && (quoted(*delimiter)
                || fields == count(second, *delimiter)
                || fields == count(&unquoted(second), *delimiter))
    };
    [b'\t', b';', b','].into_iter().find(same)
}

/// A line without what stands in quotes.
fn unquoted(line: &[u8]) -> Cow<'_, [u8]> {
    match memchr(b'"', line) {
        Some(_) => line.split(|byte| *byte == b'"').step_by(2).flatten().copied().collect(),
        None => Cow::Borrowed(line),
    }
}
