//! What lines of one layout look like, told for sixteen bytes at a time.

use super::layout::Place;
use wide::u8x16;

/// So many lines are held against the template at once. A multiple of sixteen makes whole vectors of any length of line.
pub(super) const BLOCK: usize = 32;

/// The bytes of a vector.
const VECTOR: usize = 16;

/// What a block of lines looks like: a byte is right if it differs from what is expected by no more than the slack,
/// which is nine for a digit, expected as `0`, and nothing elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Template {
    expected: Vec<u8>,
    slack: Vec<u8>,
}

impl Template {
    pub(super) fn of(places: &[Place]) -> Self {
        let byte = |place: &Place| match place {
            Place::Digit => (b'0', 9),
            Place::Byte(byte) => (*byte, 0),
        };
        let (expected, slack) = places.iter().map(byte).cycle().take(BLOCK * places.len()).unzip();
        Self { expected, slack }
    }

    pub(super) fn fits_line(&self, line: &[u8]) -> bool {
        let known = self.expected.iter().zip(&self.slack);
        line.iter()
            .zip(known)
            .fold(0, |wrong, (byte, (expected, slack))| wrong | (byte ^ expected).saturating_sub(*slack))
            == 0
    }

    pub(super) fn fits_block(&self, block: &[u8]) -> bool {
        let known = vectors(&self.expected).zip(vectors(&self.slack));
        let mut wrong = u8x16::ZERO;
        for (bytes, (expected, slack)) in vectors(block).zip(known) {
            wrong |= (u8x16::new(*bytes) ^ u8x16::new(*expected)).saturating_sub(u8x16::new(*slack));
        }
        wrong == u8x16::ZERO
    }

    /// Eight bytes of a line.
    pub(super) fn word(&self, at: usize) -> Option<u64> {
        Some(u64::from_le_bytes(*self.expected.get(at..)?.first_chunk()?))
    }
}

fn vectors(bytes: &[u8]) -> std::slice::Iter<'_, [u8; VECTOR]> {
    bytes.as_chunks().0.iter()
}
