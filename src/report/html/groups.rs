//! Numbers that occur in several places, as groups. Keys are compared by the scan, which sees them whole; other numbers are compared only
//! if
//! they are shown whole, because two masked ones only look the same.

use super::bars::Name;
use crate::wire::{Entry, Properties, RepeatedKeys, Spot, SubjectKind, Totals};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The maximum number of groups, and of places in each; the rest is counted.
const MAX_DRAWN: usize = 200;

/// The numbers of the subjects that are listed.
#[derive(Default)]
pub(super) struct Numbers(Vec<Subject>);

/// A subject with a number.
struct Subject {
    kind: SubjectKind,
    label: String,
    /// The number by which it is compared; `None` if it cannot be.
    number: Option<String>,
    /// Its file, line and column.
    place: Option<(String, u64, u64)>,
    /// True if it is normal for several to have this number: that of all workgroup postoffices.
    is_shared: bool,
}

/// A number and the places that have it.
struct Group {
    number: String,
    /// The places that are listed.
    places: Vec<Name>,
    /// The number of all places.
    count: usize,
}

impl Numbers {
    /// Adds a subject.
    pub(super) fn add(&mut self, entry: &Entry<'_>) {
        let has_number = match entry.properties {
            Properties::Key(_) | Properties::Postoffice(_) => true,
            Properties::Plan(_) | Properties::Media(_) | Properties::File(_) => false,
        };
        if has_number {
            self.0.push(Subject {
                kind: entry.kind,
                label: entry.label.to_string(),
                number: number(entry),
                place: entry.location.as_ref().map(|place| (place.path.to_string(), place.line, place.column)),
                is_shared: entry.findings.iter().any(|finding| finding.rule == "serial/workgroup"),
            });
        }
    }

    /// Returns `true` if there is a key or serial among them.
    pub(super) fn has_keys(&self) -> bool {
        self.0.iter().any(|subject| subject.kind.is_text())
    }
}

/// Draws the groups; nothing if every number occurs in one place only.
pub(super) fn groups(numbers: &Numbers, totals: Option<&Totals>) -> Markup {
    let repeated = totals.and_then(|totals| totals.repeated.as_ref());
    let mut groups = repeated.map(|repeated| repeated_keys(numbers, repeated)).unwrap_or_default();
    let compared = |subject: &&Subject| repeated.is_none() || subject.kind == SubjectKind::Postoffice;
    let shared = shared(numbers.0.iter().filter(compared));
    let count = repeated.map_or(0, RepeatedKeys::len).saturating_add(shared.len());
    groups.extend(shared);
    html! {
        @if !groups.is_empty() {
            section aria-label="Numbers in several places" {
                h2 { "The same number in several places" }
                div.groups {
                    @for group in groups.iter().take(MAX_DRAWN) {
                        figure {
                            figcaption { span.label { (group.number) } span.kind { (group.count) " places" } }
                            ul { @for place in &group.places { li data-sought=(place.sought) { (place.shown) } } }
                            @if group.count > group.places.len() { p.more { "and " (group.count - group.places.len()) " more" } }
                        }
                    }
                }
                @if count > MAX_DRAWN {
                    p.more { "and " (count - MAX_DRAWN) " more numbers. A report in the format json or ndjson has all of them." }
                }
            }
        } @else if repeated.is_some() {
            p.none { "No key is in several places." }
        }
    }
}

/// The first groups that a scan found, by the labels of the keys that are listed.
fn repeated_keys(numbers: &Numbers, repeated: &RepeatedKeys) -> Vec<Group> {
    let mut labels: BTreeMap<(&str, u64, u64), &str> = BTreeMap::new();
    for subject in numbers.0.iter().filter(|subject| subject.kind.is_text()) {
        if let Some((path, line, column)) = &subject.place {
            labels.entry((path, *line, *column)).or_insert(&subject.label);
        }
    }
    let groups = repeated.groups().take(MAX_DRAWN).map(|all| {
        let (count, mut number, mut places) = (all.len(), None, Vec::new());
        for (path, Spot { line, column, .. }) in all {
            number = number.or_else(|| labels.get(&(path, line.into(), column.into())).copied());
            if places.len() < MAX_DRAWN {
                let shown = format!("{}:{line}:{column}", super::list::path(path));
                places.push(Name { sought: shown.clone(), shown });
            }
        }
        Group { number: number.unwrap_or("a key that is not listed below").to_owned(), places, count }
    });
    groups.collect()
}

/// The numbers that several subjects have, in their order.
fn shared<'s>(subjects: impl Iterator<Item = &'s Subject>) -> Vec<Group> {
    let mut groups: BTreeMap<&str, Vec<&Subject>> = BTreeMap::new();
    for subject in subjects {
        if let Some(number) = &subject.number {
            groups.entry(number).or_default().push(subject);
        }
    }
    let groups = groups.into_iter();
    let groups = groups.filter(|(_, subjects)| subjects.len() > 1 && !subjects.iter().any(|subject| subject.is_shared));
    let group = |(number, subjects): (&str, Vec<&Subject>)| {
        let places = subjects.iter().take(MAX_DRAWN).map(|subject| location_label(subject)).collect();
        Group { number: number.to_owned(), places, count: subjects.len() }
    };
    groups.map(group).collect()
}

/// The number of a subject: a serial without leading zeros, because 0799 and 799 are equal; a key as shown.
fn number(entry: &Entry<'_>) -> Option<String> {
    let (label, recognised) = match (&entry.properties, entry.kind) {
        (Properties::Key(_), SubjectKind::Serial) => (&entry.label, entry.form.is_some()),
        (Properties::Postoffice(postoffice), _) => (postoffice.serial.as_ref()?, true),
        (Properties::Key(_), SubjectKind::Key) if !entry.label.contains('*') => return Some(entry.label.to_string()),
        (Properties::Key(_) | Properties::Plan(_) | Properties::Media(_) | Properties::File(_), _) => return None,
    };
    let (prefix, suffix) = label.split_once('-')?;
    let digits =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.trim_start_matches('0').to_owned());
    Some(format!("{}-{}", digits(prefix)?, digits(suffix)?)).filter(|_| recognised)
}

/// A postoffice by its name and place, a serial by its place.
fn location_label(subject: &Subject) -> Name {
    let place = subject.place.as_ref();
    let place = place.map(|(path, line, column)| format!("{}:{line}:{column}", super::list::path(path)));
    let shown = match (subject.kind, &place) {
        (SubjectKind::Postoffice, Some(place)) if *place != subject.label => format!("{}, {place}", subject.label),
        (_, Some(place)) => place.clone(),
        (_, None) => subject.label.clone(),
    };
    Name { sought: place.unwrap_or_else(|| subject.label.clone()), shown }
}
