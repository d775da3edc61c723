//! Unpacks one block.

use crate::source::Fault;

/// The compression of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Deflate (RFC 1951).
    Deflate,
    /// Deflate with the header and checksum of zlib (RFC 1950).
    Zlib,
}

/// Unpacks into `block`, and returns the number of bytes. Bytes after the block in `packed` are ignored.
#[cfg(feature = "archives")]
pub(super) fn inflate(packed: &[u8], packing: Packing, block: &mut [u8]) -> Result<usize, Fault> {
    let mut decompress = flate2::Decompress::new(packing == Packing::Zlib);
    match decompress.decompress(packed, block, flate2::FlushDecompress::Finish) {
        Ok(_) => Ok(decompress.total_out() as usize),
        Err(error) => Err(Fault::corrupt("", format!("a packed block cannot be unpacked: {error}"))),
    }
}

/// Refuses to unpack.
#[cfg(not(feature = "archives"))]
pub(super) fn inflate(_packed: &[u8], _packing: Packing, _block: &mut [u8]) -> Result<usize, Fault> {
    Err(Fault::unsupported("", "this build unpacks nothing: the feature `archives` is off"))
}
