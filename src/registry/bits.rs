//! The places of a file that a walk has visited: no walk visits one twice, so every walk ends.

/// A bit for every four bytes of a file.
pub(super) struct Visited(Vec<u64>);

impl Visited {
    pub(super) fn new(length: usize) -> Self {
        Self(vec![0; length / 256 + 1])
    }

    /// Marks an offset. Returns `false` if it was marked before, or is beyond the end.
    pub(super) fn visit(&mut self, offset: u32) -> bool {
        let place = offset / 4;
        let Some(word) = usize::try_from(place / 64).ok().and_then(|at| self.0.get_mut(at)) else { return false };
        let bit = 1 << (place % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}
