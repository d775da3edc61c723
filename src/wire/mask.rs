//! Hides a key in a report: its site is shown, the rest is not. A postoffice serial is no secret.

use crate::model::{form::KeyKind, subject::Subject};
use std::ops::Range;

/// How many letters and digits of a text of no known form are shown: as many as a site has.
const SHOWN: usize = 3;

/// At most so many bytes of a text are repeated in a report.
const LONGEST: usize = 120;

/// Whether reports show keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// As they were given.
    Shown,
    /// The site only.
    Masked,
}

/// A subject's text as a report may show it, and the offset in the given text at which it begins.
///
/// White space around it is left out. Every hidden byte becomes one `*`, so that spans keep their meaning.
///
/// ```
/// use jewelcase::{Catalogue, Situation, judge, wire::mask::{Keys, label}};
/// let subject = judge(Catalogue::built_in(), " 9323-9619111", &Situation::default())?;
/// assert_eq!(label(&subject, Keys::Masked), ("9323-*******".to_owned(), 1));
/// # Ok::<(), jewelcase::UnknownId>(())
/// ```
pub fn label(subject: &Subject, keys: Keys) -> (String, usize) {
    let invisible = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let start = subject.text.len() - subject.text.trim_start_matches(invisible).len();
    let text = subject.text[start..].trim_end_matches(invisible);
    let (text, cut) = shortened(text);
    let mut label = String::with_capacity(text.len() + 3);
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        let secret = keys == Keys::Masked && subject.kind != KeyKind::Serial && c.is_alphanumeric();
        seen += usize::from(c.is_alphanumeric());
        if secret && !is_shown(subject, start + at, c, seen) {
            label.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            label.push(c);
        }
    }
    if cut {
        label.push('…');
    }
    (label, start)
}

fn is_shown(subject: &Subject, at: usize, c: char, seen: usize) -> bool {
    // A command in front of the key is shown, but not a digit of it: it could be another key.
    let command = at < subject.body.start && !c.is_numeric();
    let contains = |range: &Range<usize>| range.contains(&at);
    command || if subject.form.is_some() { subject.shown.iter().any(contains) } else { seen <= SHOWN }
}

/// The beginning of a long text, cut between two characters.
pub(crate) fn shortened(text: &str) -> (&str, bool) {
    if text.len() <= LONGEST {
        return (text, false);
    }
    let end = (0..=LONGEST).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    (&text[..end], true)
}
