//! The number of lines of one layout with each signature.

/// The counts of the signatures of one kernel.
#[derive(Clone, Debug)]
pub struct Histogram {
    counts: Vec<u64>,
}

impl Histogram {
    /// An empty histogram for signatures below this number.
    pub(super) fn new(signatures: usize) -> Self {
        Self { counts: vec![0; signatures] }
    }

    /// Counts one line.
    pub fn add(&mut self, signature: u16) {
        self.add_many(signature, 1);
    }

    pub(super) fn add_many(&mut self, signature: u16, lines: u64) {
        if let Some(count) = self.counts.get_mut(usize::from(signature)) {
            *count += lines;
        }
    }

    /// Adds a count to each signature, from the first on.
    pub(super) fn add_all(&mut self, counts: impl Iterator<Item = u64>) {
        self.counts.iter_mut().zip(counts).for_each(|(count, other)| *count += other);
    }

    /// Adds another histogram of the same kernel.
    pub fn merge(&mut self, other: &Self) {
        self.add_all(other.counts.iter().copied());
    }

    /// Every signature that occurred, with its count.
    pub fn counts(&self) -> impl Iterator<Item = (u16, u64)> {
        (0..).zip(self.counts.iter().copied()).filter(|(_, count)| *count > 0)
    }
}
