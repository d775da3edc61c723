//! Numbers that stand in several places, as groups. Keys are grouped only where they are shown: two masked ones only look alike.

use crate::report::document::{Entry, Kind, Properties};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A number with the subjects that have it.
type Group<'e> = (String, Vec<&'e Entry>);

/// Draws the groups; nothing when every number stands in one place only.
pub(super) fn groups(entries: &[Entry]) -> Markup {
    let groups = shared(entries);
    html! {
        @if !groups.is_empty() {
            section aria-label="Numbers in several places" {
                h2 { "The same number in several places" }
                div.groups {
                    @for (number, entries) in &groups {
                        figure {
                            figcaption { span.label { (number) } span.kind { (entries.len()) " places" } }
                            ul { @for entry in entries { li { (place(entry)) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The numbers that several subjects have, in their order. That workgroup postoffices share one is as it should be.
fn shared(entries: &[Entry]) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        if let Some(number) = number(entry) {
            groups.entry(number).or_default().push(entry);
        }
    }
    let normal = |entry: &&Entry| entry.findings.iter().any(|finding| finding.rule == "serial/workgroup");
    groups.into_iter().filter(|(_, entries)| entries.len() > 1 && !entries.iter().any(normal)).collect()
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

fn place(entry: &Entry) -> String {
    match &entry.location {
        Some(location) => super::list::place(location),
        None => entry.label.clone(),
    }
}
