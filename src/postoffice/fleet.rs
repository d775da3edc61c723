//! Compares the postoffices of a run: one that was met twice, two with one serial, two connectors.

use super::{
    assess,
    matching::{Listed, components},
    survey::Member,
};
use crate::{
    catalogue::Catalogue,
    model::{postoffice::SerialNumber, severity::Severity},
    parse::serial,
};
use std::collections::{BTreeMap, BTreeSet};

/// So many other postoffices are named in a sentence.
const NAMED: usize = 5;

/// Adds to every member what only the others show. `others` are lines of an inventory that speak of none of the members.
pub(super) fn compare<'l>(catalogue: &Catalogue, members: &mut [Member], others: impl Iterator<Item = &'l Listed>) {
    let mut by_number: BTreeMap<SerialNumber, (Vec<usize>, Vec<String>)> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if let Some(number) = member.audit.serial.as_ref().and_then(|found| serial::number(&found.text)) {
            by_number.entry(number).or_default().0.push(at);
        }
    }
    for listed in others {
        if let Some(number) = listed.row.serial.as_deref().and_then(serial::number) {
            by_number.entry(number).or_default().1.push(listed.name());
        }
    }
    same_place(catalogue, members);
    for (number, (group, written)) in by_number {
        // A postoffice that was never serialised is told so by itself.
        if group.len() + written.len() > 1 && number != SerialNumber::PLACEHOLDER {
            one_number(catalogue, members, number, &group, &written);
        }
    }
}

/// Reports members that are one postoffice, reached by two ways.
fn same_place(catalogue: &Catalogue, members: &mut [Member]) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..members.len() {
        let Some(identity) = identity(&members[at]) else { continue };
        let Some(&earlier) = first.get(&identity) else {
            first.insert(identity, at);
            continue;
        };
        for (one, other) in [(at, earlier), (earlier, at)] {
            let place = place(&members[other]);
            let fill = [("place", place.as_str()), ("found", "both paths lead to one place")];
            assess::add(catalogue, &mut members[one].audit, "serial/same-postoffice-twice", &fill);
        }
    }
}

/// What two members share if they are one postoffice; a line of an inventory is known by its path.
fn identity(member: &Member) -> Option<String> {
    let written = || {
        let path = components(&member.audit.path);
        (!path.is_empty()).then(|| format!("//{}", path.join("/")))
    };
    member.identity.clone().or_else(written)
}

fn one_number(
    catalogue: &Catalogue,
    members: &mut [Member],
    number: SerialNumber,
    group: &[usize],
    written: &[String],
) {
    let identities: BTreeMap<usize, Option<String>> = group.iter().map(|&at| (at, identity(&members[at]))).collect();
    for &at in group {
        let apart =
            |other: &&usize| **other != at && (identities[*other].is_none() || identities[*other] != identities[&at]);
        let others: Vec<usize> = group.iter().filter(apart).copied().collect();
        let places: BTreeSet<String> =
            others.iter().map(|&other| place(&members[other])).chain(written.iter().cloned()).collect();
        if places.is_empty() {
            continue;
        }
        let complained = others.iter().any(|&other| complained(&members[at], &members[other]));
        let (rule, found, most) = match number {
            SerialNumber::CONNECTOR if complained => (
                "serial/connector-backbone",
                "event 4188 names both, so one transfer agent serves them",
                Severity::Error,
            ),
            SerialNumber::CONNECTOR => (
                "serial/connector-backbone",
                "a fault only where one transfer agent serves both, which is not known here",
                Severity::Warning,
            ),
            _ => ("serial/duplicate", kinship(members, at, &others, complained), Severity::Error),
        };
        let fill = [("place", listed(&places)), ("found", found.to_owned())];
        let fill: Vec<_> = fill.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assess::add_weighing(catalogue, &mut members[at].audit, rule, &fill, most);
    }
}

/// What can be said of how two postoffices came to one number.
fn kinship(members: &[Member], at: usize, others: &[usize], complained: bool) -> &'static str {
    let one = &members[at];
    let masters = || others.iter().map(|&other| &members[other].master).filter(|master| !master.is_empty());
    let named = others.iter().map(|&other| &members[other].audit);
    let same_names = |other: &crate::model::audit::Audit| {
        other.postoffice.is_some() && (&other.network, &other.postoffice) == (&one.audit.network, &one.audit.postoffice)
    };
    if complained {
        "event 4188 names both, so one transfer agent serves them"
    } else if !one.master.is_empty() && masters().any(|master| *master == one.master) {
        "their MASTER.GLB are the same byte for byte, so one is a copy of the other"
    } else if named.into_iter().any(same_names) {
        "they have one name too, so one may be a copy of the other"
    } else if !one.master.is_empty() && masters().next().is_some() {
        "their MASTER.GLB differ, as when one Disk 1 is used twice"
    } else {
        "one may be a copy of the other, or one Disk 1 was used twice"
    }
}

fn complained(one: &Member, other: &Member) -> bool {
    one.complaints.iter().any(|complaint| other.complaints.contains(complaint))
}

/// What a sentence calls a member.
fn place(member: &Member) -> String {
    let audit = &member.audit;
    let name = audit.name();
    match &audit.line {
        Some(line) if audit.path.is_empty() || name == audit.path => {
            format!("{name} ({}, line {})", line.file, line.line)
        }
        Some(_) => format!("{name} on {}", audit.path),
        None if name == audit.path => name,
        None => format!("{name} in {}", audit.path),
    }
}

/// `a, b and 3 more`.
fn listed(places: &BTreeSet<String>) -> String {
    let named: Vec<_> = places.iter().take(NAMED).map(String::as_str).collect();
    match places.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
