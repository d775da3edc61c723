//! Keys that occur in several places.

use crate::{
    model::within::Within,
    wire::{RepeatedKeys, Spot, repeated::small},
};
use std::sync::Arc;

/// Every key seen so far, in twenty bytes each.
#[derive(Debug, Default)]
pub(in crate::scan) struct Duplicates {
    files: Vec<Arc<str>>,
    seen: Vec<Occurrence>,
}

/// A key's hash in two halves, so that the struct has no padding, and the key's position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    hash: (u32, u32),
    spot: Spot,
}

impl Duplicates {
    /// Begins a file: the keys added next are in it.
    pub(in crate::scan) fn file(&mut self, label: &Arc<str>) {
        self.files.push(Arc::clone(label));
    }

    /// Adds a key at a position in the file.
    pub(in crate::scan) fn key(&mut self, hash: u64, line: u64, column: u64) {
        let file = small(self.files.len().saturating_sub(1) as u64);
        let spot = Spot { file, line: small(line), column: small(column) };
        self.seen.push(Occurrence { hash: ((hash >> 32) as u32, hash as u32), spot });
    }

    /// The keys seen more than once, in the order of their first occurrences.
    pub(in crate::scan) fn groups(mut self) -> RepeatedKeys {
        self.seen.sort_unstable();
        let mut starts: Vec<usize> = Vec::new();
        let mut at = 0;
        for group in self.seen.chunk_by(|a, b| a.hash == b.hash) {
            if group.len() > 1 {
                starts.push(at);
            }
            at = at.saturating_add(group.len());
        }
        starts.sort_unstable_by_key(|start| self.seen.get(*start).map(|seen| seen.spot));
        let (mut spots, mut ends) = (Vec::new(), Vec::with_capacity(starts.len()));
        for start in starts {
            let rest = self.seen.within(start..);
            let hash = rest.first().map(|first| first.hash);
            spots.extend(rest.iter().take_while(|place| Some(place.hash) == hash).map(|place| place.spot));
            ends.push(spots.len());
        }
        RepeatedKeys::new(self.files, spots, ends)
    }
}
