//! Reads the header of a virtual disk of QEMU, and the entries of its tables.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    number::complete::{be_u32, be_u64},
};

/// The signature at the beginning.
pub const MARK: &[u8] = b"QFI\xFB";

/// The number of bytes that [`header`] needs; the header of version 2 has only 72.
pub const HEADER_LENGTH: usize = 105;

/// The header. Nothing is checked here: any field can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The version of the format.
    pub version: u32,
    /// The offset of the name of the backing image; 0 for none.
    pub backing: u64,
    /// The size of a cluster in bytes, as a power of 2.
    pub cluster_bits: u32,
    /// The length of the disk in bytes.
    pub length: u64,
    /// 0 for no encryption.
    pub encryption: u32,
    /// The number of entries in the first-level table.
    pub entries: u32,
    /// The offset of that table.
    pub table: u64,
    /// Feature bits that a reader must know; 0 in version 2.
    pub incompatible: u64,
    /// The method of compression: 0 deflate, 1 zstd.
    pub compression: u8,
}

/// An entry of a second-level table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cluster {
    /// It reads as zeros.
    Zeros,
    /// It begins at this offset.
    Stored(u64),
    /// It is compressed, from this offset on, in at most this many bytes.
    Packed(u64, u64),
    /// The entry is invalid.
    Unknown,
}

/// Reads the header; `None` if there is none, or it is truncated.
///
/// ```text
/// header = "QFI" FB version(4) backing(8) backing length(4) cluster bits(4) length(8) encryption(4) entries(4) table(8)
///          refcounts(8) refcount clusters(4) snapshots(4) snapshot table(8)                                        version 2
///          incompatible(8) compatible(8) autoclear(8) refcount order(4) header length(4) compression(1) …          version 3
/// ```
/// QEMU, `docs/interop/qcow2.txt`; big-endian.
pub fn header(bytes: &[u8]) -> Option<Header> {
    let (_, header) = fields(bytes).ok()?;
    Some(header)
}

/// Reads an entry of the first-level table: the offset of a second-level table, 0 for none; `None` if the entry is invalid.
pub fn table_offset(entry: u64) -> Option<u64> {
    const RESERVED: u64 = 0x7F00_0000_0000_01FF;
    (entry & RESERVED == 0).then_some(entry & OFFSET)
}

/// Reads an entry of a second-level table.
pub fn cluster(entry: u64, cluster_bits: u32) -> Cluster {
    const PACKED: u64 = 1 << 62;
    const RESERVED: u64 = 0x3F00_0000_0000_01FE;
    if entry & PACKED != 0 {
        let width = 62_u32.saturating_sub(cluster_bits.saturating_sub(8).min(61));
        let offset = entry & !(u64::MAX << width);
        let sectors = (entry & (PACKED - 1)) >> width;
        return Cluster::Packed(offset, sectors.saturating_add(1).saturating_mul(512).saturating_sub(offset % 512));
    }
    match entry & OFFSET {
        _ if entry & RESERVED != 0 => Cluster::Unknown,
        _ if entry & 1 != 0 => Cluster::Zeros,
        0 => Cluster::Zeros,
        offset => Cluster::Stored(offset),
    }
}

/// The bits of an entry that contain an offset.
const OFFSET: u64 = 0x00FF_FFFF_FFFF_FE00;

fn fields(bytes: &[u8]) -> IResult<&[u8], Header> {
    let (rest, (_mark, version, backing, _length)) = (tag(MARK), be_u32, be_u64, be_u32).parse(bytes)?;
    let (rest, (cluster_bits, length, encryption, entries, table)) =
        (be_u32, be_u64, be_u32, be_u32, be_u64).parse(rest)?;
    let (rest, _counts_and_snapshots) = take(24_usize).parse(rest)?;
    let (incompatible, compression) = match version {
        ..3 => (0, 0),
        3.. => additions(rest)?.1,
    };
    let header =
        Header { version, backing, cluster_bits, length, encryption, entries, table, incompatible, compression };
    Ok((rest, header))
}

fn additions(bytes: &[u8]) -> IResult<&[u8], (u64, u8)> {
    let (rest, (incompatible, _others, _order, header)) = (be_u64, take(16_usize), be_u32, be_u32).parse(bytes)?;
    let compression = match header {
        ..=104 => 0,
        105.. => rest.first().copied().unwrap_or(0),
    };
    Ok((rest, (incompatible, compression)))
}

#[cfg(test)]
mod tests {
    use super::{Cluster, cluster, table_offset};

    #[test]
    fn entries_are_taken_apart() {
        assert_eq!(cluster(0, 16), Cluster::Zeros);
        assert_eq!(cluster(1 << 63 | 0x5_0000, 16), Cluster::Stored(0x5_0000));
        assert_eq!(cluster(0x5_0001, 16), Cluster::Zeros);
        assert_eq!(cluster(0x5_0002, 16), Cluster::Unknown);
        // With clusters of 64 KiB, 54 bits are left for the offset, and eight for the number of further sectors.
        assert_eq!(cluster(1 << 62 | 3 << 54 | 0x5_0010, 16), Cluster::Packed(0x5_0010, 4 * 512 - 0x10));
        assert_eq!(cluster(u64::MAX, 16), Cluster::Packed((1 << 54) - 1, 256 * 512 - 511));
        assert_eq!(table_offset(1 << 63 | 0x3_0000), Some(0x3_0000));
        assert_eq!(table_offset(0x3_0001), None);
    }
}
