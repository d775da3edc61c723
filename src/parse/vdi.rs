//! Reads the header of a virtual disk of VirtualBox.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    number::complete::{le_u32, le_u64},
};

/// The offset of the signature, after a line of text.
pub const MARK_OFFSET: usize = 0x40;

/// The signature.
pub const MARK: &[u8] = b"\x7F\x10\xDA\xBE";

/// The number of bytes that [`header`] needs.
pub const HEADER_LENGTH: usize = 0x1C8;

/// The header. Nothing is checked here: any field can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The version of the format: the major one in the upper 16 bits.
    pub version: u32,
    /// The length of the header from its own length field on.
    pub header: u32,
    /// 1 for a growing disk, 2 for a fixed one, 4 for one that contains differences.
    pub disk_type: u32,
    /// The offset of the table of blocks.
    pub table: u32,
    /// The offset of the first block.
    pub data: u32,
    /// The size of a sector in bytes.
    pub sector: u32,
    /// The length of the disk in bytes.
    pub length: u64,
    /// The size of a block in bytes.
    pub block: u32,
    /// The number of bytes that precede every block.
    pub extra: u32,
    /// The number of entries in the table of blocks.
    pub blocks: u32,
    /// The number of blocks that are stored.
    pub allocated: u32,
    /// True if it names another image, on which it is based.
    pub has_parent: bool,
}

/// Reads the header; `None` if there is none, or it is truncated.
///
/// ```text
/// header = text(64) mark(4) version(4) length(4) type(4) flags(4) comment(256) table(4) data(4) geometry(12) sector(4) 4 bytes
///          disk length(8) block(4) extra(4) blocks(4) allocated(4) image(16) snapshot(16) parent(16) parent's snapshot(16) …, little-endian
/// ```
pub fn header(bytes: &[u8]) -> Option<Header> {
    let (_, header) = fields(bytes).ok()?;
    Some(header)
}

fn fields(bytes: &[u8]) -> IResult<&[u8], Header> {
    let (rest, (_text, _mark, version, header)) = (take(MARK_OFFSET), tag(MARK), le_u32, le_u32).parse(bytes)?;
    let (rest, (disk_type, _flags, _comment, table)) = (le_u32, le_u32, take(256_usize), le_u32).parse(rest)?;
    let (rest, (data, _geometry, sector, _unused)) = (le_u32, take(12_usize), le_u32, le_u32).parse(rest)?;
    let (rest, (length, block, extra, blocks, allocated)) = (le_u64, le_u32, le_u32, le_u32, le_u32).parse(rest)?;
    let (rest, (_image, _snapshot, parents)) = (take(16_usize), take(16_usize), take(32_usize)).parse(rest)?;
    let has_parent = parents.iter().any(|byte| *byte != 0);
    let header =
        Header { version, header, disk_type, table, data, sector, length, block, extra, blocks, allocated, has_parent };
    Ok((rest, header))
}
