//! Reads the records of a ZIP archive: its end, the list of its files, and what stands before each file.
//!
//! The fields are those of PKWARE's *.ZIP File Format Specification* (6.3.10, 2022).

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    number::complete::{le_u16, le_u32, le_u64},
};

/// The length of the record that ends an archive, without its comment.
pub const END_LENGTH: usize = 22;

/// The length of the record that leads to the end of a ZIP64 archive, and of the part of that end that is read.
pub const LOCATOR_LENGTH: usize = 20;
/// See [`LOCATOR_LENGTH`].
pub const END64_LENGTH: usize = 56;

/// The length of a file's record in the list, without its name and what follows.
pub const CENTRAL_LENGTH: usize = 46;

/// The length of the record before a file's content, without its name and what follows.
pub const LOCAL_LENGTH: usize = 30;

/// The record that ends an archive, of the old kind or of ZIP64. Nothing here is judged: any field can lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The number of this disk, counted from 0.
    pub disk: u32,
    /// How many files the list has.
    pub files: u64,
    /// The length of the list in bytes.
    pub size: u64,
    /// Where the list begins.
    pub offset: u64,
}

/// The record of one file in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Central<'b> {
    /// The system whose attributes these are: 0 MS-DOS, 3 UNIX.
    pub system: u8,
    /// Bit 0: encrypted.
    pub flags: u16,
    /// How the content is packed: 0 not at all, 8 by DEFLATE.
    pub method: u16,
    /// The time of the last writing, as DOS packs it.
    pub time: u16,
    /// The date of the last writing, as DOS packs it.
    pub date: u16,
    /// The checksum of the content.
    pub checksum: u32,
    /// The length of the content as it is packed.
    pub packed: u64,
    /// The length of the content.
    pub size: u64,
    /// The attributes of DOS in the low byte, those of UNIX in the upper half.
    pub attributes: u32,
    /// Where the record before the content stands.
    pub local: u64,
    /// The path, with `/` between names.
    pub name: &'b [u8],
}

/// Reads the end of an archive; `None` where there is none.
pub fn end(bytes: &[u8]) -> Option<End> {
    let (_, (disk, files, size, offset)) = old_end(bytes).ok()?;
    Some(End { disk: disk.into(), files: files.into(), size: size.into(), offset: offset.into() })
}

fn old_end(bytes: &[u8]) -> IResult<&[u8], (u16, u16, u32, u32)> {
    let (rest, (_mark, disk, _first, _here, files)) =
        (tag(&b"PK\x05\x06"[..]), le_u16, le_u16, le_u16, le_u16).parse(bytes)?;
    let (rest, (size, offset, _comment)) = (le_u32, le_u32, le_u16).parse(rest)?;
    Ok((rest, (disk, files, size, offset)))
}

/// Reads where a ZIP64 archive has its end; `None` where it is none.
pub fn locator(bytes: &[u8]) -> Option<u64> {
    let (_, (_mark, _disk, place)) = locator_record(bytes).ok()?;
    Some(place)
}

fn locator_record(bytes: &[u8]) -> IResult<&[u8], (&[u8], u32, u64)> {
    (tag(&b"PK\x06\x07"[..]), le_u32, le_u64).parse(bytes)
}

/// Reads the end of a ZIP64 archive; `None` where there is none.
pub fn end64(bytes: &[u8]) -> Option<End> {
    let (_, end) = new_end(bytes).ok()?;
    Some(end)
}

fn new_end(bytes: &[u8]) -> IResult<&[u8], End> {
    let (rest, (_mark, _length, _versions, disk, _first)) =
        (tag(&b"PK\x06\x06"[..]), le_u64, le_u32, le_u32, le_u32).parse(bytes)?;
    let (rest, (_here, files, size, offset)) = (le_u64, le_u64, le_u64, le_u64).parse(rest)?;
    Ok((rest, End { disk, files, size, offset }))
}

/// Reads the record of a file in the list, and its length; `None` where there is none, or not all of it.
pub fn central(bytes: &[u8]) -> Option<(Central<'_>, usize)> {
    let (rest, central) = central_record(bytes).ok()?;
    Some((central, bytes.len() - rest.len()))
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
        // The order of the fields is fixed; one is there only where its old place is full.
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

/// Reads how many bytes stand between the beginning of the record before a file's content and that content; `None` where
/// there is no such record.
pub fn local(bytes: &[u8]) -> Option<u64> {
    let (_, (name, extra)) = local_record(bytes).ok()?;
    Some(LOCAL_LENGTH as u64 + u64::from(name) + u64::from(extra))
}

fn local_record(bytes: &[u8]) -> IResult<&[u8], (u16, u16)> {
    let (rest, (_mark, _fields)) = (tag(&b"PK\x03\x04"[..]), take(22_usize)).parse(bytes)?;
    (le_u16, le_u16).parse(rest)
}
