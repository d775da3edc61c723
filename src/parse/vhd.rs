//! Reads the footer of a virtual hard disk of Microsoft Virtual PC.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    number::complete::be_u32,
};

/// The length of a footer, which ends the file. Files of Virtual PC before 2004 lack its last byte.
pub const FOOTER_LENGTH: usize = 512;

/// How a virtual disk keeps its sectors.
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

/// Reads a footer, or the copy of it that begins a dynamic disk; `None` where there is none.
pub fn footer(bytes: &[u8]) -> Option<DiskType> {
    let (_, disk_type) = disk_type(bytes).ok()?;
    Some(match disk_type {
        2 => DiskType::Fixed,
        3 => DiskType::Dynamic,
        4 => DiskType::Differencing,
        other => DiskType::Other(other),
    })
}

/// ```text
/// footer = "conectix" 52 bytes type(4, big-endian) …      Virtual Hard Disk Image Format Specification 1.0, 2006
/// ```
fn disk_type(bytes: &[u8]) -> IResult<&[u8], u32> {
    let (rest, (_cookie, _before, disk_type)) = (tag(&b"conectix"[..]), take(52_usize), be_u32).parse(bytes)?;
    Ok((rest, disk_type))
}
