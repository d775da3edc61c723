//! Offsets as numbers of blocks of one size.

/// The number of the block at an offset, and the offset in that block. The checks of headers admit no blocks without bytes; in one, everything
/// would be in block 0.
pub(super) fn block_number(offset: u64, block: u64) -> (u64, u64) {
    (offset.checked_div(block).unwrap_or(0), offset.checked_rem(block).unwrap_or(0))
}
