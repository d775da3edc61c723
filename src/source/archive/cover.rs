//! The bytes of an archive that no file of its list has: other files, whose names the list does not have, or mere bytes.

use crate::{
    parse::zip::{self, Central, LOCAL_LENGTH},
    source::{Fault, view::View},
};

/// What may be between two files: the checksum and the lengths that follow one which was written as a stream.
const DESCRIPTOR: u64 = 24;

/// Bytes that are searched for files which the list does not name.
const MAX_SEARCHED: u64 = 4 << 20;

/// The longest gap that is not looked at: shorter than any file with its name and what precedes it.
const MAX_SLACK: u64 = LOCAL_LENGTH as u64 + 1;

/// Where the files of the list are.
#[derive(Default)]
pub(super) struct Cover {
    members: Vec<Covered>,
}

/// A file of the list: where it begins, and where it ends at the earliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Covered {
    start: u64,
    end: u64,
}

/// What is in the bytes that no file has.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    /// Where the first file of the list begins.
    pub(super) first: u64,
    /// A file that the list does not name before the first that it names.
    pub(super) before: Option<Unlisted>,
    /// Such a file in another place, and in how many places there is one.
    unlisted: Option<(Unlisted, u64)>,
    /// Mere bytes between files: the place of the first of them, and their number.
    bytes: Option<(u64, u64)>,
}

/// A file that the list does not name.
#[derive(Debug)]
pub(super) struct Unlisted {
    place: u64,
    name: String,
}

impl Cover {
    /// Adds a file whose local record is at `start`.
    pub(super) fn add(&mut self, start: u64, member: &Central<'_>) {
        let length = (LOCAL_LENGTH as u64).saturating_add(member.name.len() as u64).saturating_add(member.packed);
        self.members.push(Covered { start, end: start.saturating_add(length) });
    }

    /// Looks into the bytes before the list, which begins at `list`, that no file has.
    pub(super) fn gaps(mut self, view: &View, list: u64) -> Gaps {
        self.members.sort_unstable();
        let first = self.members.first().map_or(list, |member| member.start.min(list));
        let mut left = MAX_SEARCHED;
        let mut gaps = Gaps { first, before: unlisted(view, 0, first, &mut left), ..Gaps::default() };
        let end = Covered { start: list, end: list };
        let mut covered = first;
        for (at, member) in self.members.iter().enumerate() {
            let next = self.members.get(at.saturating_add(1)).unwrap_or(&end).start.min(list);
            covered = covered.max(member.end);
            if next.saturating_sub(covered) <= MAX_SLACK {
                continue;
            }
            let extra = extra(view, member.start).unwrap_or_default();
            let start = covered.saturating_add(extra);
            let length = next.saturating_sub(start);
            if length > DESCRIPTOR {
                gaps.add(unlisted(view, start, next, &mut left), start, length);
            }
        }
        gaps
    }
}

impl Gaps {
    /// Adds a gap after the first file of the list.
    fn add(&mut self, unlisted: Option<Unlisted>, start: u64, length: u64) {
        match unlisted {
            Some(unlisted) => {
                let (_, places) = self.unlisted.get_or_insert((unlisted, 0));
                *places = places.saturating_add(1);
            }
            None => {
                let (_, bytes) = self.bytes.get_or_insert((start, 0));
                *bytes = bytes.saturating_add(length);
            }
        }
    }

    /// What a person should know of it.
    pub(super) fn faults(self, view: &View) -> Vec<Fault> {
        let unlisted = self.before.map(|before| (before, 1)).into_iter().chain(self.unlisted);
        let unlisted = unlisted.map(|(Unlisted { place, name }, count)| {
            let more = match count {
                1 => String::new(),
                more => format!(", nor those in {} more places", more.saturating_sub(1)),
            };
            let message = format!("the list of its files does not name `{name}`, which begins here{more}; not read");
            Fault::corrupt("", message).at(view.absolute(place))
        });
        let bytes = self.bytes.map(|(place, count)| {
            Fault::remark("", format!("{count} bytes between its files belong to none of them"))
                .at(view.absolute(place))
        });
        unlisted.chain(bytes).collect()
    }
}

/// Searches a stretch for a file that the list does not name.
fn unlisted(view: &View, start: u64, end: u64, left: &mut u64) -> Option<Unlisted> {
    let length = end.saturating_sub(start).min(*left);
    *left = left.saturating_sub(length);
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    let read = view.read(start, &mut bytes, "").unwrap_or_default();
    bytes.truncate(read);
    memchr::memmem::find_iter(&bytes, b"PK\x03\x04").find_map(|at| {
        let local = zip::local(bytes.get(at..)?).filter(zip::Local::is_plausible)?;
        let name = String::from_utf8_lossy(local.name).into_owned();
        Some(Unlisted { place: start.saturating_add(at as u64), name })
    })
}

/// The length of the fields that only the record before a file's content has.
fn extra(view: &View, start: u64) -> Option<u64> {
    let mut record = [0; LOCAL_LENGTH];
    view.fill(start, &mut record, "").ok()?;
    zip::local(&record).map(|local| local.extra.into())
}
