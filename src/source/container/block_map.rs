//! The locations of a disk's blocks in a container.

use super::inflate::Packing;
use crate::source::Fault;

/// The locations of a disk's blocks in a container.
pub(super) trait BlockMap: Send + Sync {
    /// The length of the disk in bytes.
    fn length(&self) -> u64;

    /// The size of a block in bytes; not 0.
    fn block(&self) -> u64;

    /// The number of bytes that the container stores before every block.
    fn before(&self) -> u64 {
        0
    }

    /// The location of a block.
    ///
    /// # Errors
    /// The tables are truncated or contradict themselves.
    fn locate(&self, number: u64) -> Result<Location, Fault>;
}

/// The location of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// Nowhere: it and all blocks before this one read as zeros.
    Zeros {
        /// The first block for which that is not known.
        until: u64,
    },
    /// In the file, from this offset on.
    Stored(u64),
    /// In the file, compressed.
    Packed {
        /// The start of the compressed bytes.
        start: u64,
        /// Their maximum number.
        length: u64,
        /// Their compression.
        packing: Packing,
    },
}
