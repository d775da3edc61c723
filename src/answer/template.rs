//! Distinguishes a template of an answer file, which is filled in before Setup reads it, from the file itself.

use super::{
    outline::Outline,
    value::{ValueKind, value_kind},
};
use crate::parse::template::{is_marked, is_template_value};

/// Parts of the names of templates.
const NAMES: [&str; 17] = [
    "dist", "erb", "example", "hbs", "in", "j2", "jinja", "jinja2", "mustache", "sample", "skel", "skeleton",
    "template", "tmpl", "tpl", "tt", "tt2",
];

/// Variables that every Windows sets: they do not make a template.
const OF_WINDOWS: [&str; 9] =
    ["computername", "programfiles", "systemdrive", "systemroot", "temp", "tmp", "userdomain", "username", "windir"];

/// Returns `true` if a file is clearly a template: by its name, or because other values in it are not filled in yet.
pub(super) fn is_template(name: &str, outline: &Outline<'_>) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    // The first part of the name is the subject of the file: `sample.txt` can be anything.
    let mut parts = file.split(['.', '-', '_']).skip(1);
    let named = parts.any(|part| NAMES.iter().any(|known| part.eq_ignore_ascii_case(known)));
    named || outline.entries.iter().any(|(_, entry)| is_open(outline.value(entry)))
}

/// Returns `true` if a value is not filled in yet: `%SERVERNAME%`, `${user}`, `__NAME__`, `{{ org }}`.
fn is_open(value: &str) -> bool {
    let of_windows = || {
        let name = value.trim_matches('%');
        OF_WINDOWS.iter().any(|known| name.eq_ignore_ascii_case(known))
    };
    let whole = |mark: char| value.len() > 2 && value.starts_with(mark) && value.ends_with(mark);
    match value_kind(value) {
        ValueKind::Nothing => false,
        ValueKind::Variable => !value.contains('%') || whole('%') && !of_windows(),
        ValueKind::Text => is_marked(value) && is_template_value(value),
    }
}
