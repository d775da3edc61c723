//! Keys that stand in several places.

use std::sync::Arc;

/// The places of one key, in the order of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// File and line of each.
    pub places: Vec<(Arc<str>, u64)>,
}

/// Every key that was seen so far: sixteen bytes each.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    files: Vec<Arc<str>>,
    seen: Vec<(u64, u32, u32)>,
}

impl Duplicates {
    /// What follows stands in this file.
    pub(super) fn file(&mut self, label: &Arc<str>) {
        self.files.push(Arc::clone(label));
    }

    /// A key on a line.
    pub(super) fn key(&mut self, hash: u64, line: u64) {
        let file = u32::try_from(self.files.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.seen.push((hash, file, u32::try_from(line).unwrap_or(u32::MAX)));
    }

    /// The keys that were seen more than once, in the order of their first places.
    pub(super) fn groups(mut self) -> Vec<Group> {
        self.seen.sort_unstable();
        let mut groups: Vec<&[(u64, u32, u32)]> =
            self.seen.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1).collect();
        groups.sort_unstable_by_key(|group| (group[0].1, group[0].2));
        let file = |at: u32| self.files.get(at as usize).map_or_else(|| Arc::from(""), Arc::clone);
        let places =
            |group: &[(u64, u32, u32)]| group.iter().map(|(_, at, line)| (file(*at), u64::from(*line))).collect();
        groups.into_iter().map(|group| Group { places: places(group) }).collect()
    }
}
