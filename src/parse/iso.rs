//! Reads the records of an ISO 9660 file system: its descriptors, and the records of its folders.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    combinator::rest,
    number::complete::{le_u8, le_u16, le_u32},
};

/// The length of a descriptor, in bytes.
pub const DESCRIPTOR_LENGTH: usize = 2048;

/// One of the descriptors that follow the sixteenth sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Descriptor<'b> {
    /// The volume, with names as ISO 9660 has them.
    Primary(VolumeDescriptor<'b>),
    /// The volume again, with names in UTF-16 as Microsoft's Joliet has them.
    Joliet(VolumeDescriptor<'b>),
    /// Not used here: a boot record, a partition, other names.
    Other,
    /// No descriptor follows.
    Terminator,
}

/// A volume and its root folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VolumeDescriptor<'b> {
    /// The size of a block in bytes.
    pub block: u16,
    /// The length of the volume in blocks.
    pub blocks: u32,
    /// The name of the volume, with the spaces after it.
    pub label: &'b [u8],
    /// The root folder.
    pub root: Record<'b>,
}

/// A file or folder, or a part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'b> {
    /// The length of this record.
    pub length: u8,
    /// The number of blocks before the content that contain attributes.
    pub attribute_blocks: u8,
    /// The block at which it begins.
    pub block: u32,
    /// The length of the content in bytes.
    pub size: u32,
    /// Years since 1900, month, day, hour, minute, second, and the difference from Greenwich in quarters of an hour.
    pub recorded: [u8; 7],
    /// 1 hidden, 2 folder, 4 associated file, 128 more parts follow.
    pub flags: u8,
    /// True if the content is interleaved with another's.
    pub interleaved: bool,
    /// The name; a byte 0 is the folder itself, a byte 1 the folder above it.
    pub name: &'b [u8],
}

/// Reads a descriptor; `None` if there is none.
pub fn descriptor(sector: &[u8]) -> Option<Descriptor<'_>> {
    let sector = sector.get(..DESCRIPTOR_LENGTH)?;
    let (_, (kind, _identifier, _version)) = head(sector).ok()?;
    match kind {
        // What says that it is a descriptor is one, though nothing in it can be read.
        1 => Some(volume(sector).map_or(Descriptor::Other, Descriptor::Primary)),
        2 if matches!(sector.get(88..91)?, b"%/@" | b"%/C" | b"%/E") => {
            Some(volume(sector).map_or(Descriptor::Other, Descriptor::Joliet))
        }
        255 => Some(Descriptor::Terminator),
        _ => Some(Descriptor::Other),
    }
}

/// Reads the record at the beginning of `bytes`; `None` if it is incomplete.
pub fn record(bytes: &[u8]) -> Option<Record<'_>> {
    let length = *bytes.first()?;
    let (_, record) = fields(bytes.get(..length.into())?).ok()?;
    Some(record)
}

fn head(sector: &[u8]) -> IResult<&[u8], (u8, &[u8], u8)> {
    (le_u8, tag(&b"CD001"[..]), le_u8).parse(sector)
}

fn volume(sector: &[u8]) -> Option<VolumeDescriptor<'_>> {
    let (_, (blocks, block)) = sizes(sector).ok()?;
    Some(VolumeDescriptor { block, blocks, label: sector.get(40..72)?, root: record(sector.get(156..190)?)? })
}

/// Numbers are stored twice, in both byte orders; the little-endian ones are read.
fn sizes(sector: &[u8]) -> IResult<&[u8], (u32, u16)> {
    let (rest, (_before, blocks, _again, _between, block)) =
        (take(80_usize), le_u32, take(4_usize), take(40_usize), le_u16).parse(sector)?;
    Ok((rest, (blocks, block)))
}

fn fields(bytes: &[u8]) -> IResult<&[u8], Record<'_>> {
    let (after, (length, attribute_blocks, block, _again)) = (le_u8, le_u8, le_u32, take(4_usize)).parse(bytes)?;
    let (after, (size, _again, date, flags)) = (le_u32, take(4_usize), take(7_usize), le_u8).parse(after)?;
    let (after, (unit, gap, _volume, name_length)) = (le_u8, le_u8, take(4_usize), le_u8).parse(after)?;
    let (after, name) = take(name_length).parse(after)?;
    let (after, _system) = rest.parse(after)?;
    let mut recorded = [0; 7];
    recorded.copy_from_slice(date);
    let interleaved = unit != 0 || gap != 0;
    Ok((after, Record { length, attribute_blocks, block, size, recorded, flags, interleaved, name }))
}
