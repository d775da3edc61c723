//! The template of the lines of one layout, compared with sixty-four bytes at a time.

use super::layout::ByteClass;
use fearless_simd::{Level, Simd, dispatch, prelude::*, u8x64};

/// The number of lines that are compared with the template at once. One line for each byte of a vector makes whole vectors for any length
/// of line.
pub(super) const BLOCK: usize = VECTOR;

/// The size of a vector in bytes.
const VECTOR: usize = 64;

/// The expected bytes of a line, and of a block of lines: a byte is right if it differs from the expected one by at most the slack, which
/// is nine for a digit, expected as `0`, and zero for any other byte.
#[derive(Clone, Debug)]
pub(super) struct Template {
    /// The vector instructions of the processor.
    pub(super) level: Level,
    /// The expected byte and the slack, byte by byte.
    line: Vec<(u8, u8)>,
    /// The expected bytes in the vectors of a block, and the slack.
    block: Vec<([u8; VECTOR], [u8; VECTOR])>,
}

impl Template {
    pub(super) fn of(places: &[ByteClass]) -> Self {
        let byte = |place: &ByteClass| match place {
            ByteClass::Digit => (b'0', 9),
            ByteClass::Byte(byte) => (*byte, 0),
        };
        let line: Vec<_> = places.iter().map(byte).collect();
        let (expected, slack): (Vec<u8>, Vec<u8>) = line.iter().copied().cycle().take(BLOCK * places.len()).unzip();
        let block = expected.as_chunks().0.iter().copied().zip(slack.as_chunks().0.iter().copied()).collect();
        Self { level: Level::new(), line, block }
    }

    pub(super) fn fits_line(&self, line: &[u8]) -> bool {
        let wrong = |byte: u8, (expected, slack): (u8, u8)| (byte ^ expected).saturating_sub(slack);
        line.iter().zip(&self.line).fold(0, |all, (byte, known)| all | wrong(*byte, *known)) == 0
    }

    pub(super) fn fits_block(&self, block: &[u8]) -> bool {
        dispatch!(self.level, simd => self.fits(simd, block))
    }

    #[inline(always)]
    fn fits<S: Simd>(&self, simd: S, block: &[u8]) -> bool {
        let mut wrong = u8x64::splat(simd, 0);
        for (bytes, (expected, slack)) in block.as_chunks().0.iter().zip(&self.block) {
            let differs = u8x64::load_array_ref(simd, bytes) ^ u8x64::load_array_ref(simd, expected);
            wrong |= differs.saturating_sub(u8x64::load_array_ref(simd, slack));
        }
        wrong.simd_eq(u8x64::splat(simd, 0)).all_true()
    }

    /// The expected bytes, and the slack, for a number of words of four bytes; `None` for a line of another length.
    pub(super) fn words<const WORDS: usize>(&self) -> Option<[(u32, u32); WORDS]> {
        let (words, rest) = self.line.as_chunks::<4>();
        let words: &[_; WORDS] = rest.is_empty().then_some(words)?.try_into().ok()?;
        Some(
            words
                .map(|word| (u32::from_le_bytes(word.map(|byte| byte.0)), u32::from_le_bytes(word.map(|byte| byte.1)))),
        )
    }

    /// Returns `true` if exactly three digits are at this offset.
    pub(super) fn has_three_digits(&self, at: usize) -> bool {
        let places = self.line.get(at..).and_then(|places| places.first_chunk::<3>());
        places.is_some_and(|places| places.iter().all(|(_, slack)| *slack > 0))
    }

    /// Eight bytes of a line.
    pub(super) fn word(&self, at: usize) -> Option<u64> {
        let expected: Vec<u8> = self.line.get(at..at + 8)?.iter().map(|(expected, _)| *expected).collect();
        Some(u64::from_le_bytes(*expected.first_chunk()?))
    }
}

/// The vector instructions of this processor, and those of less capable ones.
#[cfg(test)]
pub(super) fn levels() -> Vec<Level> {
    let all = Level::new();
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    let lesser = [
        all.as_avx2().map(|simd| simd.level()),
        all.as_sse4_2().map(|simd| simd.level()),
        all.as_sse2().map(|simd| simd.level()),
    ];
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    let lesser = [None; 0];
    lesser.into_iter().flatten().chain([all]).collect()
}
