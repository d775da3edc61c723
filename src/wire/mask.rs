//! Masks keys in reports: only the first three or four digits are shown. A postoffice serial is not a secret.

use super::{Field, Span, secret};
use crate::{
    catalogue::Catalogue,
    judge::judge_among_many,
    model::{form::KeyKind, situation::Situation, subject::Subject, within::Within},
};
use std::{borrow::Cow, ops::Range};

/// The number of letters and digits that are shown of a text of no known form: those before the first hyphen of a key.
const SHOWN_CHARACTERS: usize = 3;

/// The maximum number of bytes of a text that a report repeats.
const MAX_LABEL: usize = 120;

/// The choice to show keys in reports or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// As given.
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
    /// Converts a span of the given text into one of the label. The part that was cut off is in the `…`.
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
/// use jewelcase::internals::wire::mask::{Keys, label};
/// use jewelcase::{Catalogue, Situation, judge};
/// let subject = judge(Catalogue::built_in(), " 9323-9619111", &Situation::default())?;
/// let label = label(&subject, Keys::Masked);
/// assert_eq!((label.text.as_ref(), label.start), ("9323-*******", 1));
/// # Ok::<(), jewelcase::UnknownId>(())
/// ```
pub fn label(subject: &Subject, keys: Keys) -> Label<'_> {
    let invisible = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let start = subject.text.len().saturating_sub(subject.text.trim_start_matches(invisible).len());
    let whole = subject.text.within(start..).trim_end_matches(invisible);
    let text = beginning(whole);
    let repeated = text.len();
    let is_cut = repeated < whole.len();
    // A serial is not a secret, unless its suffix is hidden because it can be a key that was cut short.
    let is_hidden = |(at, c): (usize, char)| {
        c.is_numeric() && subject.body.contains(&at) && !subject.shown.iter().any(|range| range.contains(&at))
    };
    let is_secret = keys == Keys::Masked
        && (subject.kind != KeyKind::Serial || subject.form.is_some() && subject.text.char_indices().any(is_hidden));
    if !is_secret && !is_cut {
        return Label { text: Cow::Borrowed(text), start, repeated };
    }
    let mut label = String::with_capacity(repeated.saturating_add('…'.len_utf8()));
    let mut seen = 0_usize;
    for (at, c) in text.char_indices() {
        seen = seen.saturating_add(usize::from(c.is_alphanumeric()));
        if is_secret && c.is_alphanumeric() && !is_shown(subject, start.saturating_add(at), c, seen) {
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
    // A command before the key is shown, except its digits, which could be another key.
    let command = at < subject.body.start && !c.is_numeric();
    let contains = |range: &Range<usize>| range.contains(&at);
    command || if subject.form.is_some() { subject.shown.iter().any(contains) } else { seen <= SHOWN_CHARACTERS }
}

/// The beginning of a long text, cut between two characters.
pub(crate) fn beginning(text: &str) -> &str {
    let end = (0..=MAX_LABEL.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Any text with possible keys in it masked, however they are spelled: columns, headings, paths, names, messages.
///
/// ```
/// use jewelcase::internals::wire::mask::{Keys, text};
/// use jewelcase::Catalogue;
/// let remark = "was 111-1111111 before, see Q180399";
/// assert_eq!(text(Catalogue::built_in(), remark, Keys::Masked), "was 111-******* before, see Q180399");
/// assert_eq!(text(Catalogue::built_in(), remark, Keys::Shown), remark);
/// ```
pub fn text<'t>(catalogue: &Catalogue, text: &'t str, keys: Keys) -> Cow<'t, str> {
    if keys == Keys::Shown {
        return Cow::Borrowed(text);
    }
    masked(catalogue, text, secret::suspects(text), keys)
}

/// A path whose names are masked if they could be keys. A key is within one name. A name of eight digits, as in the files of a postoffice,
/// is not a key: readers of a report have to find the file.
///
/// ```
/// use jewelcase::internals::wire::mask::{Keys, path};
/// use jewelcase::Catalogue;
/// let masked = |text| path(Catalogue::built_in(), text, Keys::Masked);
/// assert_eq!(masked("FOLDERS/LOC/00000012/00000034.IDX"), "FOLDERS/LOC/00000012/00000034.IDX");
/// assert_eq!(masked("lab 7/111-1111111.txt"), "lab 7/111-*******.txt");
/// ```
pub fn path<'t>(catalogue: &Catalogue, text: &'t str, keys: Keys) -> Cow<'t, str> {
    if keys == Keys::Shown {
        return Cow::Borrowed(text);
    }
    let (mut suspects, mut start) = (Vec::new(), 0);
    for name in text.split(['/', '\\']) {
        let within = secret::suspects(name).into_iter().filter(|suspect| !suspect.is_file_number());
        suspects.extend(within.map(|suspect| suspect.moved(start)));
        start = start.saturating_add(name.len().saturating_add(1));
    }
    masked(catalogue, text, suspects, keys)
}

fn masked<'t>(catalogue: &Catalogue, text: &'t str, suspects: Vec<secret::Suspect>, keys: Keys) -> Cow<'t, str> {
    if suspects.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut masked, mut done) = (String::with_capacity(text.len()), 0);
    for suspect in suspects {
        let piece = text.get(suspect.range.clone()).unwrap_or_default();
        masked.push_str(text.get(done..suspect.range.start).unwrap_or_default());
        match judge_among_many(catalogue, piece, &Situation::default()) {
            // A postoffice serial here could be a key that lacks two digits.
            Ok(subject) if subject.form.is_some() && subject.kind != KeyKind::Serial => {
                masked.push_str(&label(&subject, keys).text);
            }
            Ok(_) | Err(_) => masked.push_str(&hidden(piece, suspect.digits)),
        }
        done = suspect.range.end;
    }
    masked.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(masked)
}

/// A possible key, with all but its first letters and digits hidden.
fn hidden(piece: &str, digits: usize) -> String {
    let mut first = piece.chars();
    let four = first.by_ref().take(SHOWN_CHARACTERS + 1).filter(|c| c.is_numeric()).count() == SHOWN_CHARACTERS + 1;
    let is_group = four && digits > MIN_OF_FOUR && first.next().is_some_and(|c| !c.is_numeric());
    let shown = if is_group { SHOWN_CHARACTERS + 1 } else { SHOWN_CHARACTERS };
    let mut seen = 0_usize;
    let hide = |c: char| {
        seen = seen.saturating_add(usize::from(c.is_alphanumeric()));
        if c.is_alphanumeric() && seen > shown { '*' } else { c }
    };
    piece.chars().map(hide).collect()
}

/// The minimum number of digits, even if one is missing, of a key that shows four digits.
const MIN_OF_FOUR: usize = 9;

/// The other columns of a row, with the keys in them masked.
pub fn record<'a>(
    catalogue: &Catalogue,
    columns: impl IntoIterator<Item = (&'a str, &'a str)>,
    keys: Keys,
) -> Vec<Field<'a>> {
    let field = |(name, value)| Field { name: Cow::Borrowed(name), value: text(catalogue, value, keys) };
    columns.into_iter().map(field).collect()
}
