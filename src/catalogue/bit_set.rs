//! A small set that rules things out.

/// A set of hashes, each kept as one of 4,096 bits. It rules out most texts that are not in a list, without comparing any.
#[derive(Clone, Debug)]
pub(crate) struct BitSet(Box<[u64; 64]>);

impl Default for BitSet {
    fn default() -> Self {
        Self(Box::new([0; 64]))
    }
}

#[expect(clippy::indexing_slicing, reason = "a number modulo 64 is below 64, the number of words")]
impl BitSet {
    /// Adds a number.
    pub(crate) fn add(&mut self, number: usize) {
        self.0[number / 64 % 64] |= 1 << (number % 64);
    }

    /// Returns `false` if the number was not added.
    pub(crate) fn may_have(&self, number: usize) -> bool {
        self.0[number / 64 % 64] & 1 << (number % 64) != 0
    }
}
