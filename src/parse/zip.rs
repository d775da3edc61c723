//! Reads the records of a ZIP archive: its end, its central directory, and the header before each file.
//!
//! The fields are those of PKWARE's *.ZIP File Format Specification* (6.3.10, 2022).

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    number::complete::{le_u16, le_u32, le_u64},
};

/// The length of the record at the end of an archive, without its comment.
pub const END_LENGTH: usize = 22;

/// The length of the record that locates the end of a ZIP64 archive, and of the part of that end that is read.
pub const LOCATOR_LENGTH: usize = 20;
/// See [`LOCATOR_LENGTH`].
pub const END64_LENGTH: usize = 56;

/// The length of a file's record in the directory, without its name and the fields after it.
pub const CENTRAL_LENGTH: usize = 46;

/// The length of the header before a file's content, without its name and the fields after it.
pub const LOCAL_LENGTH: usize = 30;

/// The record at the end of an archive, of the old kind or of ZIP64. Nothing is checked here: any field can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The number of this disk, counted from 0.
    pub disk: u32,
    /// The number of files in the directory.
    pub files: u64,
    /// The length of the directory in bytes.
    pub size: u64,
    /// The offset of the directory.
    pub offset: u64,
    /// The length of the comment that follows the record.
    pub comment: u64,
}

/// The record of one file in the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Central<'b> {
    /// The system whose attributes these are: 0 MS-DOS, 3 UNIX.
    pub system: u8,
    /// Bit 0: encrypted.
    pub flags: u16,
    /// The compression method: 0 none, 8 DEFLATE.
    pub method: u16,
    /// The time of the last write, in the format of DOS.
    pub time: u16,
    /// The date of the last write, in the format of DOS.
    pub date: u16,
    /// The checksum of the content.
    pub checksum: u32,
    /// The compressed length of the content.
    pub packed: u64,
    /// The length of the content.
    pub size: u64,
    /// The DOS attributes in the low byte, the UNIX attributes in the upper half.
    pub attributes: u32,
    /// The offset of the header before the content.
    pub local: u64,
    /// The path, with `/` between names.
    pub name: &'b [u8],
}

/// Reads the end of an archive; `None` if there is none.
pub fn end(bytes: &[u8]) -> Option<End> {
    let (_, (disk, files, size, offset, comment)) = old_end(bytes).ok()?;
    let (size, offset, comment) = (size.into(), offset.into(), comment.into());
    Some(End { disk: disk.into(), files: files.into(), size, offset, comment })
}

fn old_end(bytes: &[u8]) -> IResult<&[u8], (u16, u16, u32, u32, u16)> {
    let (rest, (_mark, disk, _first, _here, files)) =
        (tag(&b"PK\x05\x06"[..]), le_u16, le_u16, le_u16, le_u16).parse(bytes)?;
    let (rest, (size, offset, comment)) = (le_u32, le_u32, le_u16).parse(rest)?;
    Ok((rest, (disk, files, size, offset, comment)))
}

/// Reads the offset of the end of a ZIP64 archive; `None` if it is not one.
pub fn locator(bytes: &[u8]) -> Option<u64> {
    let (_, (_mark, _disk, place)) = locator_record(bytes).ok()?;
    Some(place)
}

fn locator_record(bytes: &[u8]) -> IResult<&[u8], (&[u8], u32, u64)> {
    (tag(&b"PK\x06\x07"[..]), le_u32, le_u64).parse(bytes)
}

/// Reads the end of a ZIP64 archive; `None` if there is none.
pub fn end64(bytes: &[u8]) -> Option<End> {
    let (_, end) = new_end(bytes).ok()?;
    Some(end)
}

fn new_end(bytes: &[u8]) -> IResult<&[u8], End> {
    let (rest, (_mark, _length, _versions, disk, _first)) =
        (tag(&b"PK\x06\x06"[..]), le_u64, le_u32, le_u32, le_u32).parse(bytes)?;
    let (rest, (_here, files, size, offset)) = (le_u64, le_u64, le_u64, le_u64).parse(rest)?;
    Ok((rest, End { disk, files, size, offset, comment: 0 }))
}

/// Reads the record of a file in the directory, and its length; `None` if there is none, or it is incomplete.
pub fn central(bytes: &[u8]) -> Option<(Central<'_>, usize)> {
    let (rest, central) = central_record(bytes).ok()?;
    Some((central, bytes.len().saturating_sub(rest.len())))
}

fn central_record(bytes: &[u8]) -> IResult<&[u8], Central<'_>> {
    let (rest, (_mark, made_by, _needed, flags, method)) =
        (tag(&b"PK\x01\x02"[..]), le_u16, le_u16, le_u16, le_u16).parse(bytes)?;
    let (rest, (time, date, checksum, packed, size)) = (le_u16, le_u16, le_u32, le_u32, le_u32).parse(rest)?;
    let (rest, (name, extra, comment)) = (le_u16, le_u16, le_u16).parse(rest)?;
    let (rest, (_disk, _inner, attributes, local)) = (le_u16, le_u16, le_u32, le_u32).parse(rest)?;
    let (rest, (name, extra, _comment)) = (take(name), take(extra), take(comment)).parse(rest)?;
    let mut long = zip64(extra).unwrap_or_default();
    let mut wide = |narrow: u32| match narrow {
        // The order of the fields is fixed; one is present only if its old place is full.
        u32::MAX => next_u64(&mut long).unwrap_or(narrow.into()),
        narrow => narrow.into(),
    };
    let (size, packed, local) = (wide(size), wide(packed), wide(local));
    let system = made_by.to_le_bytes()[1];
    Ok((rest, Central { system, flags, method, time, date, checksum, packed, size, attributes, local, name }))
}

/// The extra field of ZIP64.
fn zip64(mut extra: &[u8]) -> Option<&[u8]> {
    loop {
        let (rest, (id, field)) = extra_field(extra).ok()?;
        if id == 1 {
            return Some(field);
        }
        extra = rest;
    }
}

fn extra_field(bytes: &[u8]) -> IResult<&[u8], (u16, &[u8])> {
    let (rest, (id, length)) = (le_u16, le_u16).parse(bytes)?;
    let (rest, field) = take(length).parse(rest)?;
    Ok((rest, (id, field)))
}

fn next_u64(bytes: &mut &[u8]) -> Option<u64> {
    let (rest, number) = le_u64::<_, nom::error::Error<&[u8]>>(*bytes).ok()?;
    *bytes = rest;
    Some(number)
}

/// The record before a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local<'b> {
    /// The version of the format that is needed to read it, times ten.
    pub version: u16,
    /// How the content is packed.
    pub method: u16,
    /// The length of the content as it is packed; 0 where it follows the content.
    pub packed: u32,
    /// The length of the name.
    pub name_length: u16,
    /// The length of the fields that follow the name.
    pub extra: u16,
    /// The path, as far as it is there.
    pub name: &'b [u8],
}

impl Local<'_> {
    /// The bytes between the beginning of the record and the content.
    pub fn length(&self) -> u64 {
        (LOCAL_LENGTH as u64).saturating_add(u64::from(self.name_length)).saturating_add(u64::from(self.extra))
    }

    /// Whether a program would write it, with its name: by chance only the mark is met.
    pub fn is_plausible(&self) -> bool {
        const MAX_VERSION: u16 = 63;
        const MAX_METHOD: u16 = 99;
        let is_named = !self.name.is_empty() && self.name.len() == usize::from(self.name_length);
        self.version & 0xFF <= MAX_VERSION && self.method <= MAX_METHOD && is_named && !self.name.contains(&0)
    }
}

/// Reads the record before a file's content; `None` where there is none.
pub fn local(bytes: &[u8]) -> Option<Local<'_>> {
    let (_, local) = local_record(bytes).ok()?;
    Some(local)
}

fn local_record(bytes: &[u8]) -> IResult<&[u8], Local<'_>> {
    let (rest, (_mark, version, _flags, method)) = (tag(&b"PK\x03\x04"[..]), le_u16, le_u16, le_u16).parse(bytes)?;
    let (rest, (_moment, _checksum, packed, _size)) = (le_u32, le_u32, le_u32, le_u32).parse(rest)?;
    let (rest, (name_length, extra)) = (le_u16, le_u16).parse(rest)?;
    let (name, _) = rest.split_at(rest.len().min(name_length.into()));
    Ok((rest, Local { version, method, packed, name_length, extra, name }))
}
