//! Hides keys in reports: the first three or four digits are shown, the rest is not. A postoffice serial is not a secret.

use super::{Field, Span};
use crate::{
    catalogue::Catalogue,
    judge::judge_among_many,
    model::{form::KeyKind, situation::Situation, subject::Subject},
};
use std::{borrow::Cow, ops::Range};

/// The number of letters and digits that are shown of a text of no known form: as many as in front of the first hyphen of a key.
const SHOWN: usize = 3;

/// The most bytes of a text that a report repeats.
const MAX_LABEL: usize = 120;

/// The choice whether reports show keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// As they were given.
    Shown,
    /// Masked.
    Masked,
}

/// A subject's text as a report may show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The text without the white space around it. A long one is cut, and ends with `…`.
    pub text: Cow<'a, str>,
    /// The offset in the given text at which it begins.
    pub start: usize,
    /// The bytes of the given text that it repeats.
    repeated: usize,
}

impl Label<'_> {
    /// A span of the given text as a span of the label. What was cut off is in the `…`.
    pub fn span(&self, span: &Range<usize>) -> Span {
        let start = span.start.saturating_sub(self.start).min(self.repeated);
        let end = span.end.saturating_sub(self.start);
        let end = if end > self.repeated { self.text.len() } else { end.max(start) };
        Span { start, end }
    }
}

/// A subject's text as a report may show it.
///
/// Every hidden byte becomes one `*`, so that spans keep their meaning.
///
/// ```
/// use jewelcase::{Catalogue, Situation, judge, wire::mask::{Keys, label}};
/// let subject = judge(Catalogue::built_in(), " 9323-9619111", &Situation::default())?;
/// let label = label(&subject, Keys::Masked);
/// assert_eq!((label.text.as_ref(), label.start), ("9323-*******", 1));
/// # Ok::<(), jewelcase::UnknownId>(())
/// ```
pub fn label(subject: &Subject, keys: Keys) -> Label<'_> {
    let invisible = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let start = subject.text.len() - subject.text.trim_start_matches(invisible).len();
    let whole = subject.text[start..].trim_end_matches(invisible);
    let text = beginning(whole);
    let repeated = text.len();
    let is_cut = repeated < whole.len();
    let is_secret = keys == Keys::Masked && subject.kind == KeyKind::Key;
    if !is_secret && !is_cut {
        return Label { text: Cow::Borrowed(text), start, repeated };
    }
    let mut label = String::with_capacity(repeated + '…'.len_utf8());
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        seen += usize::from(c.is_alphanumeric());
        if is_secret && c.is_alphanumeric() && !is_shown(subject, start + at, c, seen) {
            label.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            label.push(c);
        }
    }
    if is_cut {
        label.push('…');
    }
    Label { text: Cow::Owned(label), start, repeated }
}

fn is_shown(subject: &Subject, at: usize, c: char, seen: usize) -> bool {
    // A command in front of the key is shown, but not a digit of it: it could be another key.
    let command = at < subject.body.start && !c.is_numeric();
    let contains = |range: &Range<usize>| range.contains(&at);
    command || if subject.form.is_some() { subject.shown.iter().any(contains) } else { seen <= SHOWN }
}

/// The beginning of a long text, cut between two characters.
pub(crate) fn beginning(text: &str) -> &str {
    let end = (0..=MAX_LABEL.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Any text with the keys in it masked: the text itself, or the words of it.
///
/// ```
/// use jewelcase::{Catalogue, wire::mask::{Keys, text}};
/// let remark = "was 111-1111111 before, see Q180399";
/// assert_eq!(text(Catalogue::built_in(), remark, Keys::Masked), "was 111-******* before, see Q180399");
/// assert_eq!(text(Catalogue::built_in(), remark, Keys::Shown), remark);
/// ```
pub fn text<'t>(catalogue: &Catalogue, text: &'t str, keys: Keys) -> Cow<'t, str> {
    if keys == Keys::Shown {
        return Cow::Borrowed(text);
    }
    let masked = |text: &str| match judge_among_many(catalogue, text, &Situation::default()) {
        Ok(subject) if subject.form.is_some() => Some(label(&subject, keys).text.into_owned()),
        Ok(_) | Err(_) => None,
    };
    if let Some(masked) = masked(text) {
        return Cow::Owned(masked);
    }
    // A remark can name a key.
    let joins = |c: char| c.is_alphanumeric() || c == '-';
    let words = text.split_inclusive(|c| !joins(c)).map(|piece| {
        let word = piece.trim_end_matches(|c| !joins(c));
        masked(word)
            .map_or(Cow::Borrowed(piece), |masked| Cow::Owned(masked + piece.get(word.len()..).unwrap_or_default()))
    });
    Cow::Owned(words.collect())
}

/// The other columns of a row, with the keys in them masked.
pub fn record<'a>(
    catalogue: &Catalogue,
    columns: impl IntoIterator<Item = (&'a str, &'a str)>,
    keys: Keys,
) -> Vec<Field<'a>> {
    let field = |(name, value)| Field { name: Cow::Borrowed(name), value: text(catalogue, value, keys) };
    columns.into_iter().map(field).collect()
}
