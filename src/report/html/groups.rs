//! Numbers that stand in several places, as groups. Keys are compared by the scan, which knows them; of the others only those that are
//! shown: two masked ones only look alike.

use super::bars::Name;
use crate::wire::{Entry, Kind, Location, Properties, RepeatedKeys, Spot, Totals};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// So many groups are drawn, and so many places of each; the rest is counted.
const DRAWN: usize = 200;

/// A number and the places that have it.
struct Group {
    number: String,
    /// Those that are drawn.
    places: Vec<Name>,
    /// Of so many.
    count: usize,
}

/// Draws the groups; nothing when every number stands in one place only.
pub(super) fn groups(entries: &[Entry], totals: Option<&Totals>) -> Markup {
    let repeated = totals.and_then(|totals| totals.repeated.as_ref());
    let mut groups = repeated.map(|repeated| counted(entries, repeated)).unwrap_or_default();
    let compared = |entry: &&Entry| repeated.is_none() || entry.kind == Kind::Postoffice;
    let shared = shared(entries.iter().filter(compared));
    let count = repeated.map_or(0, RepeatedKeys::len) + shared.len();
    groups.extend(shared);
    html! {
        @if !groups.is_empty() {
            section aria-label="Numbers in several places" {
                h2 { "The same number in several places" }
                div.groups {
                    @for group in groups.iter().take(DRAWN) {
                        figure {
                            figcaption { span.label { (group.number) } span.kind { (group.count) " places" } }
                            ul { @for place in &group.places { li data-sought=(place.sought) { (place.shown) } } }
                            @if group.count > group.places.len() { p.more { "and " (group.count - group.places.len()) " more" } }
                        }
                    }
                }
                @if count > DRAWN {
                    p.more { "and " (count - DRAWN) " more numbers. A report in the form json or ndjson holds all of them." }
                }
            }
        } @else if repeated.is_some() {
            p.none { "No key stands in several places." }
        }
    }
}

/// The first groups that a scan found, by the labels of the entries that stand there.
fn counted(entries: &[Entry], repeated: &RepeatedKeys) -> Vec<Group> {
    let mut labels: BTreeMap<(&str, u64, u64), &str> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| matches!(entry.properties, Properties::Key(_))) {
        if let Some(Location { path, line, column }) = &entry.location {
            labels.entry((path, *line, *column)).or_insert(&entry.label);
        }
    }
    let groups = repeated.groups().take(DRAWN).map(|all| {
        let (count, mut number, mut places) = (all.len(), None, Vec::new());
        for (path, Spot { line, column, .. }) in all {
            number = number.or_else(|| labels.get(&(path, line.into(), column.into())).copied());
            if places.len() < DRAWN {
                let shown = format!("{}:{line}:{column}", super::list::path(path));
                places.push(Name { sought: shown.clone(), shown });
            }
        }
        Group { number: number.unwrap_or("a key that is not listed below").to_owned(), places, count }
    });
    groups.collect()
}

/// The numbers that several subjects have, in their order. That workgroup postoffices share one is as it should be.
fn shared<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        if let Some(number) = number(entry) {
            groups.entry(number).or_default().push(entry);
        }
    }
    let normal = |entry: &&Entry| entry.findings.iter().any(|finding| finding.rule == "serial/workgroup");
    let groups = groups.into_iter().filter(|(_, entries)| entries.len() > 1 && !entries.iter().any(normal));
    let group = |(number, entries): (String, Vec<&Entry>)| {
        let places = entries.iter().take(DRAWN).map(|entry| place(entry)).collect();
        Group { number, places, count: entries.len() }
    };
    groups.map(group).collect()
}

/// The number of a subject: a serial without leading zeros, because 0799 and 799 are one; a key as it is shown.
fn number(entry: &Entry) -> Option<String> {
    let (label, recognised) = match (&entry.properties, entry.kind) {
        (Properties::Key(_), Kind::Serial) => (&entry.label, entry.form.is_some()),
        (Properties::Postoffice(postoffice), _) => (postoffice.serial.as_ref()?, true),
        (Properties::Key(_), Kind::Key) if !entry.label.contains('*') => return Some(entry.label.clone()),
        (Properties::Key(_) | Properties::Plan(_) | Properties::File(_), _) => return None,
    };
    let (prefix, suffix) = label.split_once('-')?;
    let digits =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.trim_start_matches('0').to_owned());
    Some(format!("{}-{}", digits(prefix)?, digits(suffix)?)).filter(|_| recognised)
}

/// A postoffice by its name and place, a serial by its place.
fn place(entry: &Entry) -> Name {
    let place = entry.location.as_ref().map(super::list::place);
    let shown = match (entry.kind, place) {
        (Kind::Postoffice, Some(place)) if place != entry.label => format!("{}, {place}", entry.label),
        (_, Some(place)) => place,
        (_, None) => entry.label.clone(),
    };
    Name { sought: entry.location.as_ref().map_or_else(|| entry.label.clone(), super::list::place), shown }
}
