//! Bounds of what is opened within each other: an archive of a few bytes can hold more than any disk.

use super::{CodePage, Fault};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Archives and images within each other beyond this number are not opened.
pub(super) const MAX_DEPTH: usize = 6;

/// Bytes that are unpacked for one input, however small it is, and for each byte of it. A disk that is mostly empty packs to
/// a thousandth.
const MIN_UNPACKED: u64 = 8 << 30;
const MAX_RATIO: u64 = 256;

/// What an archive or image needs to know of those that it lies in. Clones count together.
#[derive(Clone, Debug)]
pub(super) struct Nesting {
    /// How names of DOS are read.
    pub(super) code_page: CodePage,
    depth: usize,
    bounds: Arc<Bounds>,
}

#[derive(Debug)]
struct Bounds {
    max_unpacked: u64,
    /// Bytes that may still be unpacked.
    left: AtomicU64,
}

impl Nesting {
    /// For an input of `size` bytes.
    pub(super) fn new(code_page: CodePage, size: u64) -> Self {
        let max_unpacked = size.saturating_mul(MAX_RATIO).max(MIN_UNPACKED);
        Self { code_page, depth: 0, bounds: Arc::new(Bounds { max_unpacked, left: AtomicU64::new(max_unpacked) }) }
    }

    /// For what lies within.
    ///
    /// # Errors
    /// It lies too deep.
    pub(super) fn deeper(&self) -> Result<Self, Fault> {
        if self.depth >= MAX_DEPTH {
            let message = format!("lies in {MAX_DEPTH} archives or images within each other, and was not opened");
            return Err(Fault::truncated("", message));
        }
        Ok(Self { depth: self.depth + 1, ..self.clone() })
    }

    /// Counts bytes that are unpacked.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn unpack(&self, bytes: u64) -> Result<(), Fault> {
        let less = |left: u64| left.checked_sub(bytes);
        match self.bounds.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less) {
            Ok(_) => Ok(()),
            Err(_) => {
                let most = self.bounds.max_unpacked;
                Err(Fault::truncated(
                    "",
                    format!("this input unpacks to more than {most} bytes; the rest was not read"),
                ))
            }
        }
    }
}
