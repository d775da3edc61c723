//! Reads the records of a virtual hard disk of Microsoft Virtual PC: its footer, and the header of a growing disk.

use crate::model::within::span_at;
use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    error::Error,
    number::complete::{be_u32, be_u64},
};

/// The length of a footer, which ends the file. Files of Virtual PC before 2004 lack its last byte.
pub const FOOTER_LENGTH: usize = 512;

/// The length of the header of a growing disk.
pub const HEADER_LENGTH: usize = 1024;

/// The record at the end of the file; a growing disk has a copy of it at its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footer {
    /// The offset of the header of a growing disk.
    pub header: u64,
    /// The length of the disk in bytes.
    pub length: u64,
    /// The way the disk stores its sectors.
    pub disk_type: DiskType,
    /// True if the checksum is right.
    pub intact: bool,
}

/// The way a virtual disk stores its sectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskType {
    /// All of them in order, before the footer.
    Fixed,
    /// Only those that were written.
    Dynamic,
    /// Only those that differ from another file's.
    Differencing,
    /// None of those.
    Other(u32),
}

/// The header of a growing disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The offset of the table of blocks.
    pub table: u64,
    /// The number of entries in that table.
    pub entries: u32,
    /// The size of a block in bytes, without the bits before it that mark the written sectors.
    pub block: u32,
    /// True if the checksum is right.
    pub intact: bool,
}

/// Reads a footer, or its copy at the beginning of a growing disk; `None` if there is none.
pub fn footer(bytes: &[u8]) -> Option<Footer> {
    let (_, (header, length, disk_type)) = footer_fields(bytes).ok()?;
    let disk_type = match disk_type {
        2 => DiskType::Fixed,
        3 => DiskType::Dynamic,
        4 => DiskType::Differencing,
        other => DiskType::Other(other),
    };
    Some(Footer { header, length, disk_type, intact: is_intact(bytes, 64) })
}

/// Reads the header of a growing disk; `None` if there is none.
pub fn header(bytes: &[u8]) -> Option<Header> {
    let (_, (table, entries, block)) = header_fields(bytes).ok()?;
    Some(Header { table, entries, block, intact: is_intact(bytes, 36) })
}

/// ```text
/// footer = "conectix" 8 bytes header(8) 24 bytes length(8) 4 bytes type(4) checksum(4) …, big-endian
/// ```
/// *Virtual Hard Disk Image Format Specification* 1.0, 2006.
fn footer_fields(bytes: &[u8]) -> IResult<&[u8], (u64, u64, u32)> {
    let (rest, (_cookie, _before, header)) = (tag(&b"conectix"[..]), take(8_usize), be_u64).parse(bytes)?;
    let (rest, (_between, length, _geometry, disk_type)) =
        (take(24_usize), be_u64, take(4_usize), be_u32).parse(rest)?;
    Ok((rest, (header, length, disk_type)))
}

/// ```text
/// header = "cxsparse" 8 bytes table(8) version(4) entries(4) block(4) checksum(4) …, big-endian
/// ```
fn header_fields(bytes: &[u8]) -> IResult<&[u8], (u64, u32, u32)> {
    let (rest, (_cookie, _next, table)) = (tag(&b"cxsparse"[..]), take(8_usize), be_u64).parse(bytes)?;
    let (rest, (_version, entries, block)) = (be_u32, be_u32, be_u32).parse(rest)?;
    Ok((rest, (table, entries, block)))
}

/// Compares the checksum at an offset, the complement of the sum of all other bytes. The last byte of a footer, which old files lack, is 0.
fn is_intact(bytes: &[u8], at: usize) -> bool {
    let Some(stored) = bytes.get(span_at(at, 4)) else { return false };
    let sum = |bytes: &[u8]| bytes.iter().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
    let expected = !sum(bytes).wrapping_sub(sum(stored));
    be_u32::<_, Error<&[u8]>>(stored).is_ok_and(|(_, stored)| stored == expected)
}
