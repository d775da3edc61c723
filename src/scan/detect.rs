//! Detects the kind of an input from its first bytes.

use super::{
    columns::{Columns, names_a_key},
    extract::{ndjson, table::Header},
    kind::InputKind,
    origin::{Claim, Origin},
    other_numbers::claims_column,
    sniff::{Sample, has_five_digits, whole_lines},
};
use crate::{
    bulk::Matcher, catalogue::Catalogue, model::within::Within, parse::remark::is_remark, source::encoding::lossy,
};
use memchr::memchr;
use std::borrow::Cow;

/// The kind of a text that begins with `head`. `columns` are those that the user named.
pub(super) fn detect(head: &[u8], origin: &Origin<'_>, columns: &Columns, matcher: &Matcher<'_>) -> InputKind {
    let ending = origin.ending();
    let mut lines = whole_lines(head).filter(|line| !line.trim_ascii().is_empty());
    let Some(first) = lines.next().map(<[u8]>::trim_ascii) else {
        return InputKind::Text;
    };
    if first.starts_with(b"{") && is_object(first) {
        // Records of something else can still mention a key, as any text can.
        return if ndjson::name_a_key(whole_lines(head), columns, matcher) {
            InputKind::Ndjson
        } else {
            InputKind::Text
        };
    }
    let begins = |word: &[u8]| first.len() >= word.len() && first.within(..word.len()).eq_ignore_ascii_case(word);
    let script = matches!(ending.as_str(), "bat" | "cmd" | "btm") || begins(b"@echo ") || begins(b"rem ");
    let section = || {
        let mut lines = whole_lines(head).map(<[u8]>::trim_ascii);
        lines.find(|line| !line.is_empty() && !line.starts_with(b";")).is_some_and(is_section)
    };
    // A program can also begin with an assignment.
    let begins_with_entry = is_entry(first) && origin.may_be_list();
    if script || matches!(ending.as_str(), "ini" | "inf" | "sif" | "udf" | "iss") || section() || begins_with_entry {
        return InputKind::Answers;
    }
    // XML, HTML and JSON are not lists, whatever their lines contain.
    let other_syntax = matches!(first.first(), Some(b'<' | b'[' | b'{')) || !origin.may_be_list();
    if other_syntax && origin.claim != Claim::Made {
        return InputKind::Text;
    }
    if is_mostly_keys(head, origin, matcher) {
        return InputKind::List;
    }
    // The first rows of a table may have no keys.
    let table = matches!(ending.as_str(), "csv" | "tsv" | "tab");
    match delimiter(head, first, &ending, origin.catalogue) {
        Some(delimiter)
            if (table
                || names_a_key(first, delimiter, origin.catalogue)
                || is_even(head, delimiter) && may_hold_keys(head, first))
                && Header::of(head, delimiter, columns, origin, matcher).is_some_and(|header| header.is_sure()) =>
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

/// Recognises `ProductID=111-1111111`: an answer file may lack its first section, which is a fault of its own.
fn is_entry(line: &[u8]) -> bool {
    let Some(at) = memchr(b'=', line) else { return false };
    let name = line.within(..at).trim_ascii_end();
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'!')
}

/// Returns `true` if more than half of the first lines are keys and nothing else; comments do not count.
fn is_mostly_keys(head: &[u8], origin: &Origin<'_>, matcher: &Matcher<'_>) -> bool {
    const SAMPLE_LINES: usize = 32;
    let lines = whole_lines(head).map(<[u8]>::trim_ascii).filter(|line| !line.is_empty() && !is_remark(line));
    let mut sample = Sample::default();
    for line in lines.take(SAMPLE_LINES) {
        let text = if has_five_digits(line) { lossy(line) } else { Cow::Borrowed("") };
        if text.is_empty()
            && sample.len() == 0
            && origin.claim != Claim::Made
            && claims_column(origin.catalogue.lexicon(), &lossy(line))
        {
            // This is the heading of a list of something else.
            return false;
        }
        let text = if has_words(text.trim_matches('"')) { "" } else { &text };
        sample.add(text, matcher);
        if sample.len().saturating_sub(sample.near()) > SAMPLE_LINES / 2 {
            return false;
        }
    }
    match origin.claim {
        // A user who names a file of bare numbers means keys, unless the file's name says that they are something else.
        Claim::Named => {
            sample.keys() > 0 && sample.near().saturating_mul(2) > sample.len() && !origin.speaks_of_others()
        }
        Claim::Made | Claim::None => sample.are_keys(origin),
    }
}

/// The number of rows that decide whether a text is worth splitting into fields.
const SAMPLE_ROWS: usize = 8;

/// Returns `true` if most rows have the same number of delimiters as the first, as in a table. Sentences have commas, too.
fn is_even(head: &[u8], delimiter: u8) -> bool {
    let mut counts = whole_lines(head)
        .filter(|line| !line.trim_ascii().is_empty())
        .take(SAMPLE_ROWS)
        .map(|line| memchr::memchr_iter(delimiter, &unquoted(line)).count());
    let Some(first) = counts.next() else { return false };
    let (same, other): (Vec<_>, Vec<_>) = counts.partition(|count| *count == first);
    // The first row is one of the same.
    same.len() >= other.len()
}

/// Returns `true` if the header or one of the first rows after it contains at least five digits.
fn may_hold_keys(head: &[u8], first: &[u8]) -> bool {
    has_five_digits(first) || whole_lines(head).skip(1).take(SAMPLE_ROWS).any(has_five_digits)
}

/// Returns `true` if a text has words: a sentence that contains a key is not a list. Five letters can be a group of a product key.
fn has_words(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().all(char::is_alphabetic));
    let template = |word: &str| word.chars().all(|c| matches!(c, 'x' | 'X'));
    words
        .into_iter()
        .any(|word| word.len() > 1 && word.len() != 5 && !word.eq_ignore_ascii_case("oem") && !template(word))
}

/// The delimiter of the fields: a tab, semicolon or comma that occurs as often in the second line as in the first.
fn delimiter(head: &[u8], first: &[u8], ending: &str, catalogue: &Catalogue) -> Option<u8> {
    let count = |line: &[u8], delimiter: u8| memchr::memchr_iter(delimiter, line).count();
    let second = whole_lines(head).filter(|line| !line.trim_ascii().is_empty()).nth(1).unwrap_or(first);
    // Quotes hide delimiters, but sentences have quotes, too, so something else must show that it is a table: the file name, or the header.
    let table = |delimiter| {
        matches!(ending, "csv" | "tsv" | "tab") || first.starts_with(b"\"") || names_a_key(first, delimiter, catalogue)
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

/// A line without its quoted parts.
fn unquoted(line: &[u8]) -> Cow<'_, [u8]> {
    match memchr(b'"', line) {
        Some(_) => line.split(|byte| *byte == b'"').step_by(2).flatten().copied().collect(),
        None => Cow::Borrowed(line),
    }
}
