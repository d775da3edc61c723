//! Compares the postoffices of a run: one that was found twice, two with one serial, two connectors.

use super::{
    assess,
    matching::{Listed, components},
    member::{Complaint, Member},
};
use crate::{
    catalogue::Catalogue,
    model::{audit::Audit, postoffice::SerialNumber, severity::Severity},
    parse::serial,
};
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of other postoffices that a sentence names.
const MAX_NAMED: usize = 5;

/// Adds the findings that only a comparison shows to every member. `others` are lines of an inventory that match none of the members.
pub(super) fn compare<'l>(catalogue: &Catalogue, members: &mut [Member], others: impl Iterator<Item = &'l Listed>) {
    let mut by_number: BTreeMap<SerialNumber, (Vec<usize>, Vec<&Listed>)> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if let Some(number) = member.audit.serial.as_ref().and_then(|found| serial::number(&found.text)) {
            by_number.entry(number).or_default().0.push(at);
        }
    }
    let mut told = BTreeSet::new();
    for listed in others {
        // A log repeats its events.
        if listed.subject().is_some_and(|subject| !told.insert(subject)) {
            continue;
        }
        if let Some(number) = listed.row.serial.as_deref().and_then(serial::number) {
            by_number.entry(number).or_default().1.push(listed);
        }
    }
    same_place(catalogue, members);
    for (number, (group, written)) in by_number {
        // A postoffice that was never serialised has a finding of its own.
        if group.len().saturating_add(written.len()) > 1 && number != SerialNumber::PLACEHOLDER {
            one_number(catalogue, members, number, &group, &written);
        }
    }
}

/// Reports members that are the same postoffice, reached in two ways.
#[expect(clippy::indexing_slicing, reason = "indices are below the number of members, which does not change")]
fn same_place(catalogue: &Catalogue, members: &mut [Member]) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..members.len() {
        let Some(identity) = identity(&members[at]) else { continue };
        let Some(&earlier) = first.get(&identity) else {
            first.insert(identity, at);
            continue;
        };
        for (one, other) in [(at, earlier), (earlier, at)] {
            let place = member_name(&members[other]);
            let found = match has_location(&members[one]) {
                true => "both paths lead to one place",
                false => "both lines have its names and its serial",
            };
            let fill = [("place", place.as_str()), ("found", found)];
            assess::add(catalogue, &mut members[one].audit, "serial/same-postoffice-twice", &fill);
        }
    }
}

/// The value that two members share if they are the same postoffice; for a line of an inventory its path, or its names and serial if it has
/// no path. What could not be read is not a postoffice, and so not one twice.
fn identity(member: &Member) -> Option<String> {
    let path = || {
        let path = components(&member.audit.path);
        (!path.is_empty()).then(|| format!("//{}", path.join("/")))
    };
    let line = || {
        let number = serial::number(&member.audit.serial.as_ref()?.text)?;
        names(&member.audit).map(|names| format!("{names} {number}"))
    };
    let of_line = || member.audit.line.as_ref().and_then(|_| path().or_else(line));
    member.identity.clone().or_else(of_line)
}

/// Both names in lower case.
fn names(audit: &Audit) -> Option<String> {
    let (network, postoffice) = audit.network.as_ref().zip(audit.postoffice.as_ref())?;
    Some(format!("{network}/{postoffice}").to_lowercase())
}

/// Returns `true` if the location of a member is known.
fn has_location(member: &Member) -> bool {
    member.identity.is_some() || !member.audit.path.is_empty()
}

/// Reports members that share a number.
#[expect(
    clippy::indexing_slicing,
    reason = "the indices in a group, and no others, are those of members, which do not change"
)]
fn one_number(
    catalogue: &Catalogue,
    members: &mut [Member],
    number: SerialNumber,
    group: &[usize],
    written: &[&Listed],
) {
    let identities: BTreeMap<usize, Option<String>> = group.iter().map(|&at| (at, identity(&members[at]))).collect();
    for &at in group {
        let apart =
            |other: &&usize| **other != at && (identities[*other].is_none() || identities[*other] != identities[&at]);
        let others: Vec<usize> = group.iter().filter(apart).copied().collect();
        let places: BTreeSet<String> = others
            .iter()
            .map(|&other| member_name(&members[other]))
            .chain(written.iter().map(|listed| listed.name()))
            .collect();
        if places.is_empty() {
            continue;
        }
        let served = |complaint: &Complaint| members[at].complaints.contains(complaint);
        let complained = others.iter().any(|&other| members[other].complaints.iter().any(served))
            || written.iter().any(|listed| listed.complaint().as_ref().is_some_and(served));
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
            _ if written.is_empty() && others.iter().all(|&other| may_be_one(&members[at], &members[other])) => (
                "serial/duplicate",
                "they have the same name too, and the path of one of them is unknown, so they may be one postoffice",
                Severity::Warning,
            ),
            _ => ("serial/duplicate", relation(members, at, &others, complained), Severity::Error),
        };
        let fill = [("place", name_some(&places)), ("found", found.to_owned())];
        let fill: Vec<_> = fill.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assess::add_weighing(catalogue, &mut members[at].audit, rule, &fill, most);
    }
}

/// The possible reason why two postoffices have the same number.
#[expect(clippy::indexing_slicing, reason = "both indices are those of members in one group")]
fn relation(members: &[Member], at: usize, others: &[usize], complained: bool) -> &'static str {
    let one = &members[at];
    let masters = || others.iter().map(|&other| &members[other].master.bytes).filter(|master| !master.is_empty());
    let named = others.iter().map(|&other| &members[other].audit);
    let same_names = |other: &Audit| names(other).is_some() && names(other) == names(&one.audit);
    if complained {
        "event 4188 names both, so one transfer agent serves them"
    } else if !one.master.bytes.is_empty() && masters().any(|master| *master == one.master.bytes) {
        "their MASTER.GLB are the same byte for byte, so one is a copy of the other, which is meant for a network of its own only"
    } else if named.into_iter().any(same_names) {
        "they have one name too, so one may be a copy of the other"
    } else if !one.master.bytes.is_empty() && masters().next().is_some() {
        "their MASTER.GLB differ, as when one Disk 1 is used twice"
    } else {
        "one may be a copy of the other, or one Disk 1 was used twice"
    }
}

/// Returns `true` if two members have the same name, and nothing shows that they are at two places.
fn may_be_one(one: &Member, other: &Member) -> bool {
    let named = names(&one.audit).is_some() && names(&one.audit) == names(&other.audit);
    named && !(has_location(one) && has_location(other))
}

/// The name of a member in a sentence.
fn member_name(member: &Member) -> String {
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
fn name_some(places: &BTreeSet<String>) -> String {
    let named: Vec<_> = places.iter().take(MAX_NAMED).map(String::as_str).collect();
    match places.len().saturating_sub(MAX_NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
