//! Looks for an entry in the text of a small file: an INI or INF file, a package definition.

use crate::{
    model::{disc::FileEntry, tree::is_like},
    parse::ini::{self, Line},
};

/// The value of an entry, if the text has one of those that are wanted; otherwise any other value that it has there.
pub(super) enum Value {
    /// A wanted value.
    Wanted(String),
    /// Another value.
    Other,
    /// No such entry.
    Absent,
}

/// Looks for an entry in a text.
pub(super) fn value(text: &str, wanted: &FileEntry) -> Value {
    let upper = |text: &str| text.to_uppercase();
    let mut section = String::new();
    let mut result = Value::Absent;
    for line in ini::lines(text) {
        match line {
            Line::Section { name, .. } => section = text.get(name).map(upper).unwrap_or_default(),
            Line::Entry(entry) => {
                let name = text.get(entry.name.clone()).unwrap_or_default();
                let is_there = wanted.section.as_deref().is_none_or(|wanted| upper(wanted) == section);
                if !is_there || !name.trim().eq_ignore_ascii_case(&wanted.entry) {
                    continue;
                }
                let value = text.get(entry.value.body.clone()).unwrap_or_default().trim();
                if wanted.values.iter().any(|wanted| is_like(&upper(value), &upper(wanted))) {
                    return Value::Wanted(value.to_owned());
                }
                result = Value::Other;
            }
            Line::Blank | Line::Other(_) => {}
        }
    }
    result
}
