//! What lines of one layout look like, told for sixteen bytes at a time.

use super::layout::Place;
use wide::u8x16;

/// So many lines are held against the template at once. A multiple of sixteen makes whole vectors of any length of line.
pub(super) const BLOCK: usize = 32;

/// The bytes of a vector.
const VECTOR: usize = 16;

/// What a line looks like, and a block of lines: a byte is right if it differs from what is expected by no more than the
/// slack, which is nine for a digit, expected as `0`, and nothing elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Template {
    /// What is expected, and the slack, byte by byte.
    line: Vec<(u8, u8)>,
    /// The same for the vectors of a block.
    block: Vec<(u8x16, u8x16)>,
}

impl Template {
    pub(super) fn of(places: &[Place]) -> Self {
        let byte = |place: &Place| match place {
            Place::Digit => (b'0', 9),
            Place::Byte(byte) => (*byte, 0),
        };
        let line: Vec<_> = places.iter().map(byte).collect();
        let (expected, slack): (Vec<u8>, Vec<u8>) = line.iter().copied().cycle().take(BLOCK * places.len()).unzip();
        let block = vectors(&expected).zip(vectors(&slack)).collect();
        Self { line, block }
    }

    pub(super) fn fits_line(&self, line: &[u8]) -> bool {
        let wrong = |byte: u8, (expected, slack): (u8, u8)| (byte ^ expected).saturating_sub(slack);
        line.iter().zip(&self.line).fold(0, |all, (byte, known)| all | wrong(*byte, *known)) == 0
    }

    pub(super) fn fits_block(&self, block: &[u8]) -> bool {
        let wrong = |bytes: u8x16, (expected, slack): (u8x16, u8x16)| (bytes ^ expected).saturating_sub(slack);
        vectors(block).zip(&self.block).fold(u8x16::ZERO, |all, (bytes, known)| all | wrong(bytes, *known))
            == u8x16::ZERO
    }

    /// What is expected, and the slack, vector by vector.
    pub(super) fn vectors(&self) -> &[(u8x16, u8x16)] {
        &self.block
    }

    /// Eight bytes of a line.
    pub(super) fn word(&self, at: usize) -> Option<u64> {
        let expected: Vec<u8> = self.line.get(at..at + 8)?.iter().map(|(expected, _)| *expected).collect();
        Some(u64::from_le_bytes(*expected.first_chunk()?))
    }
}

fn vectors(bytes: &[u8]) -> impl Iterator<Item = u8x16> {
    bytes.as_chunks::<VECTOR>().0.iter().map(|bytes| u8x16::new(*bytes))
}
