//! Reads the cells of a registry hive of Windows NT.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    multi::count,
    number::complete::{le_u16, le_u32},
};

/// The signature of the file.
pub const MARK: &[u8] = b"regf";

/// The length of the header. All offsets are counted from its end.
pub const HEADER_LENGTH: usize = 0x1000;

/// An offset that leads nowhere.
pub const NONE: u32 = u32::MAX;

/// The header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The major version.
    pub major: u32,
    /// The minor version.
    pub minor: u32,
    /// 0 for a hive, others for a log of changes.
    pub kind: u32,
    /// The offset of the root key.
    pub root: u32,
    /// The length of what follows the header.
    pub length: u32,
}

/// Reads the header; `None` if there is none, or it is truncated.
///
/// ```text
/// header = "regf" sequence(4) sequence(4) time(8) major(4) minor(4) kind(4) format(4) root(4) length(4) …, little-endian
/// ```
pub fn header(bytes: &[u8]) -> Option<Header> {
    let (rest, _) = record((tag(MARK), take(16_usize)).parse(bytes))?;
    let (_, (major, minor, kind, _format, root, length)) =
        record((le_u32, le_u32, le_u32, le_u32, le_u32, le_u32).parse(rest))?;
    Some(Header { major, minor, kind, root, length })
}

/// Reads a cell that is in use, and returns its data; a truncated cell ends with the bytes.
///
/// ```text
/// cell = length(4), negative while it is in use, data
/// ```
pub fn cell(bytes: &[u8]) -> Option<&[u8]> {
    let (rest, length) = record(le_u32(bytes))?;
    let length = length.cast_signed().checked_neg().filter(|length| *length >= 8)?;
    let data = usize::try_from(length).ok()?.checked_sub(4)?;
    Some(rest.get(..data).unwrap_or(rest))
}

/// The string of a name: one byte a character, or UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// One byte a character.
    Bytes(&'a [u8]),
    /// UTF-16, little-endian.
    Utf16(&'a [u8]),
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// The offset of the list of keys in it.
    pub children: u32,
    /// The number of its values.
    pub values: u32,
    /// The offset of the list of its values.
    pub value_list: u32,
    /// The name.
    pub name: Name<'a>,
}

/// Reads a key.
///
/// ```text
/// key = "nk" flags(2) time(8) 4 bytes parent(4) keys(4) 4 bytes list of keys(4) 4 bytes values(4) list of values(4) 28 bytes
///       name length(2) class length(2) name
/// ```
pub fn key(cell: &[u8]) -> Option<Key<'_>> {
    const ONE_BYTE_NAME: u16 = 0x20;
    let (rest, (_, flags, _)) = record((tag(&b"nk"[..]), le_u16, take(24_usize)).parse(cell))?;
    let (rest, (children, _, values, value_list)) = record((le_u32, le_u32, le_u32, le_u32).parse(rest))?;
    let (rest, (_, length, _)) = record((take(28_usize), le_u16, le_u16).parse(rest))?;
    let (_, name) = record(take(length)(rest))?;
    let name = if flags & ONE_BYTE_NAME == 0 { Name::Utf16(name) } else { Name::Bytes(name) };
    Some(Key { children, values, value_list, name })
}

/// The list of the keys in a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// The offsets of keys.
    Keys(Vec<u32>),
    /// The offsets of other lists.
    Lists(Vec<u32>),
}

/// Reads a list of keys or lists.
///
/// ```text
/// list = ("lf" | "lh") count(2) (key(4) hint(4))… | "li" count(2) key(4)… | "ri" count(2) list(4)…
/// ```
pub fn list(cell: &[u8]) -> Option<List> {
    let (rest, (kind, length)) = record((take(2_usize), le_u16).parse(cell))?;
    let length = usize::from(length);
    match kind {
        b"lf" | b"lh" => {
            let (_, pairs) = record(count((le_u32, le_u32), length).parse(rest))?;
            Some(List::Keys(pairs.into_iter().map(|(key, _)| key).collect()))
        }
        b"li" => record(count(le_u32, length).parse(rest)).map(|(_, keys)| List::Keys(keys)),
        b"ri" => record(count(le_u32, length).parse(rest)).map(|(_, lists)| List::Lists(lists)),
        _ => None,
    }
}

/// Reads the offset of a value from a list of values, and returns the bytes that follow it.
pub fn offset(bytes: &[u8]) -> Option<(u32, &[u8])> {
    record(le_u32(bytes)).map(|(rest, offset)| (offset, rest))
}

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// 1 and 2 for text, 4 for a number.
    pub kind: u32,
    /// The name.
    pub name: Name<'a>,
    /// The length of the data in bytes.
    pub length: u32,
    /// The data.
    pub data: Data,
}

/// The data of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// At most four bytes, in the value itself.
    Here([u8; 4]),
    /// In the cell at this offset.
    At(u32),
}

/// Reads a value.
///
/// ```text
/// value = "vk" name length(2) data length(4) data(4) kind(4) flags(2) 2 bytes name
/// ```
pub fn value(cell: &[u8]) -> Option<Value<'_>> {
    const HERE: u32 = 1 << 31;
    const ONE_BYTE_NAME: u16 = 1;
    let (rest, (_, name, length, data)) = record((tag(&b"vk"[..]), le_u16, le_u32, le_u32).parse(cell))?;
    let (rest, (kind, flags, _)) = record((le_u32, le_u16, le_u16).parse(rest))?;
    let (_, name) = record(take(name)(rest))?;
    Some(Value {
        kind,
        name: if flags & ONE_BYTE_NAME == 0 { Name::Utf16(name) } else { Name::Bytes(name) },
        length: length & !HERE,
        data: if length & HERE == 0 { Data::At(data) } else { Data::Here(data.to_le_bytes()) },
    })
}

fn record<T>(read: IResult<&[u8], T>) -> Option<(&[u8], T)> {
    read.ok()
}
