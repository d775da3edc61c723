//! Looks for one marker on a disc.

use super::{
    Found, FoundKind,
    entries::{self, Value},
    files::Files,
};
use crate::model::{disc::Marker, tree::is_like};

/// The result of looking for a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is not there, or cannot be told.
    Absent,
    /// The file is there, and is another one: its size, date or entry differs.
    Differs(String),
    /// It is there, at this place.
    Holds(String),
}

/// Looks for a marker.
pub(super) fn look(marker: &Marker, files: &Files<'_>) -> Outcome {
    let mut shown = Vec::new();
    if !marker.labels.is_empty() {
        let Some(label) = files.label().filter(|label| is_one_of(label, &marker.labels)) else {
            return Outcome::Absent;
        };
        shown.push(format!("volume label {label}"));
    }
    let mut differs = false;
    let sized = marker.sizes.iter().map(|(path, size)| (path, Wanted::Size(*size)));
    let dated = marker.dates.iter().map(|(path, day)| (path, Wanted::Day(day)));
    let there = marker.paths.iter().map(|path| (path, Wanted::Path));
    for (path, wanted) in there.chain(sized).chain(dated) {
        let found = files.find(path);
        let matching = found.iter().find(|(_, found)| wanted.is_met(found) == Some(true));
        let other = found.iter().find(|(_, found)| wanted.is_met(found) == Some(false));
        let Some((path, _)) = matching.or(other) else { return Outcome::Absent };
        differs |= matching.is_none();
        let path = files.shown(path).to_owned();
        if !shown.contains(&path) {
            shown.push(path);
        }
    }
    if !marker.entries.is_empty() {
        match entry(marker, files) {
            Outcome::Absent => return Outcome::Absent,
            Outcome::Differs(path) => {
                differs = true;
                shown.push(path);
            }
            Outcome::Holds(path) => shown.push(path),
        }
    }
    let is_clear = marker.without.iter().all(|path| files.find(path).is_empty());
    // In a folder that could not be read there may be anything.
    if !is_clear || !marker.without.is_empty() && !files.is_whole() {
        return Outcome::Absent;
    }
    let shown = shown.join(", ");
    if differs { Outcome::Differs(shown) } else { Outcome::Holds(shown) }
}

/// What is wanted of a file.
enum Wanted<'m> {
    Path,
    Size(u64),
    Day(&'m str),
}

impl Wanted<'_> {
    /// Returns `true` if a file is as wanted; `None` if nothing is known of it.
    fn is_met(&self, found: &Found) -> Option<bool> {
        match (self, found.kind) {
            (Self::Path, _) => Some(true),
            (Self::Size(wanted), FoundKind::File(size)) => size.map(|size| size == *wanted),
            (Self::Day(wanted), FoundKind::File(_)) => {
                (!found.days.is_empty()).then(|| found.days.iter().any(|day| day == wanted))
            }
            (Self::Size(_) | Self::Day(_), FoundKind::Folder) => None,
        }
    }
}

/// Looks for one of a marker's entries.
fn entry(marker: &Marker, files: &Files<'_>) -> Outcome {
    let mut outcome = Outcome::Absent;
    for wanted in &marker.entries {
        for (path, text) in files.texts(&wanted.file) {
            match entries::value(&text, wanted) {
                Value::Wanted(value) => {
                    return Outcome::Holds(format!("{}: {}={value}", files.shown(&path), wanted.entry));
                }
                Value::Other => outcome = Outcome::Differs(files.shown(&path).to_owned()),
                Value::Absent => {}
            }
        }
    }
    outcome
}

fn is_one_of(label: &str, wanted: &[String]) -> bool {
    wanted.iter().any(|wanted| is_like(&label.to_uppercase(), &wanted.to_uppercase()))
}
