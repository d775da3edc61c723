//! Matches the lines of inventories with the postoffices on volumes.

use super::member::{Complaint, Member};
use crate::{
    model::{
        inventory::Row,
        postoffice::{Serial, SerialNumber, SerialSource},
    },
    parse::serial,
};

/// Names, path and serial.
pub(super) type Subject<'l> = (Option<&'l str>, Option<&'l str>, Vec<String>, Option<SerialNumber>);

/// A row and its file.
pub(super) struct Listed {
    pub(super) file: String,
    pub(super) row: Row,
}

impl Listed {
    /// The serial that it contains.
    pub(super) fn serial(&self) -> Option<Serial> {
        let text = self.row.serial.clone()?;
        let source = self.row.source;
        Some(Serial { text, source, evidence: format!("{}, line {}", self.file, self.row.line) })
    }

    /// The event that complains about it.
    pub(super) fn complaint(&self) -> Option<Complaint> {
        self.row.complaint.map(|number| (self.file.clone(), number))
    }

    /// The values that two rows share if they say the same about one postoffice; `None` if a row names none.
    pub(super) fn subject(&self) -> Option<Subject<'_>> {
        let Row { network, postoffice, path, serial, .. } = &self.row;
        postoffice.as_ref().or(path.as_ref())?;
        let path = path.as_deref().map(components).unwrap_or_default();
        Some((network.as_deref(), postoffice.as_deref(), path, serial.as_deref().and_then(serial::number)))
    }

    /// Its name in a report.
    pub(super) fn name(&self) -> String {
        let Row { network, postoffice, path, line, .. } = &self.row;
        let name = match (network, postoffice, path) {
            (Some(network), Some(postoffice), _) => format!("{network}/{postoffice}"),
            (None, Some(name), _) | (Some(name), None, None) | (_, None, Some(name)) => name.clone(),
            (None, None, None) => "a postoffice".to_owned(),
        };
        let what = if self.row.source == SerialSource::Event { "event" } else { "line" };
        format!("{name} ({}, {what} {line})", self.file)
    }
}

/// For every member, the rows about it, which agree; or the reason why there is none, if it needs a report.
///
/// A row matches by its path, if that ends like the postoffice's (the more names they share, the better), or by its names, if
/// both are in `MASTER.GLB`. A row that matches several postoffices is not used.
#[expect(clippy::indexing_slicing, reason = "`fitting` gives indices of `listed`, which does not change")]
pub(super) fn matches(members: &[Member], listed: &[Listed]) -> Vec<Result<Vec<usize>, Option<String>>> {
    let fits: Vec<Vec<usize>> = members.iter().map(|member| fitting(member, listed)).collect();
    // A postoffice that a log or a second list names again is the same one, unless its location differs.
    let same_elsewhere = |first: usize| {
        let one = &listed[first];
        let unplaced = |other: &Row| same(&one.row, other) && other.postoffice.is_some() && other.path.is_none();
        let again =
            |other: &Listed| unplaced(&other.row) || one.subject().is_some_and(|one| Some(one) == other.subject());
        let others = (0..listed.len()).filter(|&at| at != first && again(&listed[at]));
        std::iter::once(first).chain(others).collect()
    };
    let told = |(member, rows): (&Member, &Vec<usize>)| {
        let same_row = |only: usize| {
            let others = members.iter().zip(&fits).filter(|(_, rows)| rows.contains(&only));
            others.into_iter().all(|(other, _)| other.identity == member.identity)
        };
        match rows.as_slice() {
            [] if listed.is_empty() => Err(None),
            [] => Err(Some("no line of the inventory has its path or its names".to_owned())),
            [only] if same_row(*only) => Ok(same_elsewhere(*only)),
            [only] => Err(Some(format!("line {} of the inventory fits several postoffices", listed[*only].row.line))),
            [first, rest @ ..] if rest.iter().all(|other| same(&listed[*first].row, &listed[*other].row)) => {
                Ok(same_elsewhere(*first))
            }
            [first, ..] => {
                Err(Some(format!("line {} of the inventory is not the only one that fits", listed[*first].row.line)))
            }
        }
    };
    members.iter().zip(&fits).map(told).collect()
}

/// The rows that could be about a member.
fn fitting(member: &Member, listed: &[Listed]) -> Vec<usize> {
    let Some(identity) = &member.identity else {
        return Vec::new();
    };
    let common_suffix = |row: &Row| common_suffix(row, &member.audit.path, identity);
    let best = listed.iter().map(|listed| common_suffix(&listed.row)).max().unwrap_or(0);
    match best {
        0 => rows(listed, |row| is_named_in(row, &member.master.bytes)),
        _ => rows(listed, |row| common_suffix(row) == best),
    }
}

fn rows(listed: &[Listed], fits: impl Fn(&Row) -> bool) -> Vec<usize> {
    listed.iter().enumerate().filter(|(_, listed)| fits(&listed.row)).map(|(at, _)| at).collect()
}

fn same(one: &Row, other: &Row) -> bool {
    (&one.network, &one.postoffice) == (&other.network, &other.postoffice)
        && one.serial.as_deref().and_then(serial::number) == other.serial.as_deref().and_then(serial::number)
}

/// The number of names at the end of a row's path that a postoffice's path shares, if one path ends like the other, regardless of case,
/// slashes and drive letters.
fn common_suffix(row: &Row, path: &str, identity: &str) -> usize {
    let written = row.path.as_deref().map(components).unwrap_or_default();
    let (path, identity) = (components(path), components(identity));
    if identity.ends_with(&written) {
        written.len()
    } else if written.ends_with(&path) {
        path.len()
    } else {
        0
    }
}

/// The names of a path.
pub(super) fn components(path: &str) -> Vec<String> {
    let parts = path.split(['/', '\\']).map(str::trim).filter(|part| !part.is_empty() && *part != ".");
    let drive = |part: &&str| part.len() == 2 && part.ends_with(':');
    parts.filter(|part| !drive(part)).map(str::to_lowercase).collect()
}

/// Returns `true` if `MASTER.GLB` contains both names of a row, at a place that is not published (Q66007).
fn is_named_in(row: &Row, master: &[u8]) -> bool {
    let stands = |name: &String| {
        let (name, letters) = (name.as_bytes(), |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric));
        name.len() > 1
            && master.windows(name.len()).enumerate().any(|(at, window)| {
                window.eq_ignore_ascii_case(name)
                    && !letters(at.checked_sub(1).and_then(|before| master.get(before)))
                    && !letters(master.get(at.saturating_add(name.len())))
            })
    };
    row.network.as_ref().is_some_and(stands) && row.postoffice.as_ref().is_some_and(stands)
}
