//! Which line of an inventory speaks of which postoffice on a volume.

use super::survey::Member;
use crate::model::{
    inventory::Row,
    postoffice::{Serial, SerialSource},
};

/// A row and the file that it stands in.
pub(super) struct Listed {
    pub(super) file: String,
    pub(super) row: Row,
}

impl Listed {
    /// The serial that it tells.
    pub(super) fn serial(&self) -> Option<Serial> {
        let text = self.row.serial.clone()?;
        let source = self.row.source;
        Some(Serial { text, source, evidence: format!("{}, line {}", self.file, self.row.line) })
    }

    /// What a report calls it.
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

/// For every member the row that speaks of it; or why there is none, where there is something to say.
///
/// A row is meant by its path, if that ends as the postoffice's does; or by its names, if both stand in `MASTER.GLB`. What
/// fits several is not used.
pub(super) fn matches(members: &[Member], listed: &[Listed]) -> Vec<Result<usize, Option<String>>> {
    let fits: Vec<Vec<usize>> = members
        .iter()
        .map(|member| {
            let by_path: Vec<_> = rows(listed, |row| is_path_of(row, &member.audit.path));
            if by_path.is_empty() { rows(listed, |row| is_named_in(row, &member.master)) } else { by_path }
        })
        .collect();
    let of_row = |at: usize| fits.iter().filter(|rows| rows.contains(&at)).count();
    let told = |rows: &Vec<usize>| match rows.as_slice() {
        [] if listed.is_empty() => Err(None),
        [] => Err(Some("no line of the inventory has its path or its names".to_owned())),
        [only] if of_row(*only) == 1 => Ok(*only),
        [only] => Err(Some(format!("line {} of the inventory fits several postoffices", listed[*only].row.line))),
        [first, second, ..] if same(&listed[*first].row, &listed[*second].row) && rows.len() == 2 => Ok(*first),
        [first, ..] => {
            Err(Some(format!("line {} of the inventory is not the only one that fits", listed[*first].row.line)))
        }
    };
    fits.iter().map(told).collect()
}

fn rows(listed: &[Listed], fits: impl Fn(&Row) -> bool) -> Vec<usize> {
    listed.iter().enumerate().filter(|(_, listed)| fits(&listed.row)).map(|(at, _)| at).collect()
}

fn same(one: &Row, other: &Row) -> bool {
    (&one.network, &one.postoffice, &one.serial) == (&other.network, &other.postoffice, &other.serial)
}

/// Whether the shorter of both paths is the end of the longer, without regard to case, slashes and drive letters.
fn is_path_of(row: &Row, path: &str) -> bool {
    let Some(written) = &row.path else {
        return false;
    };
    let (written, path) = (components(written), components(path));
    !written.is_empty() && !path.is_empty() && (path.ends_with(&written) || written.ends_with(&path))
}

pub(super) fn components(path: &str) -> Vec<String> {
    let parts = path.split(['/', '\\']).map(str::trim).filter(|part| !part.is_empty() && *part != ".");
    let drive = |part: &&str| part.len() == 2 && part.ends_with(':');
    parts.filter(|part| !drive(part)).map(str::to_lowercase).collect()
}

/// Whether both names of a row stand in `MASTER.GLB`, which holds them at a place that is not published (Q66007).
fn is_named_in(row: &Row, master: &[u8]) -> bool {
    let stands = |name: &String| {
        let (name, letters) = (name.as_bytes(), |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric));
        name.len() > 1
            && master.windows(name.len()).enumerate().any(|(at, window)| {
                window.eq_ignore_ascii_case(name)
                    && !letters(at.checked_sub(1).and_then(|before| master.get(before)))
                    && !letters(master.get(at + name.len()))
            })
    };
    row.network.as_ref().is_some_and(stands) && row.postoffice.as_ref().is_some_and(stands)
}
