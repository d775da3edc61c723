//! Where a container keeps the blocks of its disk.

use super::inflate::Packing;
use crate::source::Fault;

/// Where a container keeps the blocks of its disk.
pub(super) trait BlockMap: Send + Sync {
    /// The length of the disk in bytes.
    fn length(&self) -> u64;

    /// Bytes of a block; not 0.
    fn block(&self) -> u64;

    /// Bytes that the container keeps before every block.
    fn before(&self) -> u64 {
        0
    }

    /// Where a block is.
    ///
    /// # Errors
    /// The tables do not tell, for they are cut or contradict themselves.
    fn locate(&self, number: u64) -> Result<Location, Fault>;
}

/// Where a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// Nowhere: it and all blocks before this one read as zeros.
    Zeros {
        /// The first block of which that is not known.
        until: u64,
    },
    /// In the file, from this offset on.
    Stored(u64),
    /// In the file, packed.
    Packed {
        /// Where the packed bytes begin.
        start: u64,
        /// At most so many of them.
        length: u64,
        /// How they are packed.
        packing: Packing,
    },
}
