//! Keys that stand in several places.

use std::sync::Arc;

/// The places of one key, in the order of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// File, line and column of each.
    pub places: Vec<(Arc<str>, u64, u64)>,
}

/// Every key that was seen so far: twenty bytes each.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    files: Vec<Arc<str>>,
    seen: Vec<Place>,
}

/// A key's hash in two halves, so that no room is lost between the numbers, and where the key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    hash: (u32, u32),
    file: u32,
    line: u32,
    column: u32,
}

impl Duplicates {
    /// What follows stands in this file.
    pub(super) fn file(&mut self, label: &Arc<str>) {
        self.files.push(Arc::clone(label));
    }

    /// A key at a place of the file.
    pub(super) fn key(&mut self, hash: u64, line: u64, column: u64) {
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        self.seen.push(Place {
            hash: ((hash >> 32) as u32, hash as u32),
            file: small(self.files.len().saturating_sub(1) as u64),
            line: small(line),
            column: small(column),
        });
    }

    /// The keys that were seen more than once, in the order of their first places.
    pub(super) fn groups(mut self) -> Vec<Group> {
        self.seen.sort_unstable();
        let mut groups: Vec<&[Place]> =
            self.seen.chunk_by(|a, b| a.hash == b.hash).filter(|group| group.len() > 1).collect();
        groups.sort_unstable_by_key(|group| (group[0].file, group[0].line, group[0].column));
        let file = |at: u32| self.files.get(at as usize).map_or_else(|| Arc::from(""), Arc::clone);
        let place = |place: &Place| (file(place.file), u64::from(place.line), u64::from(place.column));
        groups.into_iter().map(|group| Group { places: group.iter().map(place).collect() }).collect()
    }
}
