//! Reads the records of a registry file of Windows 95, 98 and Me.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    number::complete::{le_u16, le_u32},
};

/// The signature of the file.
pub const MARK: &[u8] = b"CREG";

/// The only known version: 1 in the upper 16 bits.
pub const VERSION: u32 = 0x1_0000;

/// The offset of the tree of keys.
pub const TREE_OFFSET: usize = 0x20;

/// The number of bytes before the records of a block.
pub const BLOCK_HEADER: usize = 0x20;

/// An offset, or a number of a record, that leads nowhere.
pub const NONE: u32 = u32::MAX;

/// The number of a key in the tree that has no record: the root.
pub const NO_RECORD: u16 = u16::MAX;

/// The header. Both of its counts of blocks are left out: neither can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The version of the format.
    pub version: u32,
    /// The offset of the first block.
    pub blocks: u32,
}

/// Reads the header; `None` if there is none, or it is truncated.
///
/// ```text
/// header = "CREG" version(4) first block(4) 20 bytes, little-endian
/// ```
pub fn header(bytes: &[u8]) -> Option<Header> {
    let (_, (_, version, blocks)) = record((tag(MARK), le_u32, le_u32).parse(bytes))?;
    Some(Header { version, blocks })
}

/// Reads the header of the tree of keys, and returns its length and the offset of its root, both counted from its signature.
///
/// ```text
/// tree = "RGKN" length(4) root(4) …
/// ```
pub fn tree(bytes: &[u8]) -> Option<(u32, u32)> {
    let (_, (_, length, root)) = record((tag(&b"RGKN"[..]), le_u32, le_u32).parse(bytes))?;
    Some((length, root))
}

/// A key of the tree. Its offsets are counted from the signature of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The offset of the first key in it, or [`NONE`].
    pub child: u32,
    /// The offset of the next key beside it, or [`NONE`].
    pub next: u32,
    /// The number of its record within the block.
    pub number: u16,
    /// The number of the block that contains its record, from 0.
    pub block: u16,
}

/// Reads a key of the tree.
///
/// ```text
/// node = 4 bytes hash(4) 4 bytes parent(4) child(4) next(4) number(2) block(2)
/// ```
pub fn node(bytes: &[u8]) -> Option<Node> {
    let (_, (_, child, next, number, block)) = record((take(16_usize), le_u32, le_u32, le_u16, le_u16).parse(bytes))?;
    Some(Node { child, next, number, block })
}

/// Reads the header of a block, and returns the length of the block with its header.
///
/// ```text
/// block = "RGDB" length(4) 24 bytes record…
/// ```
pub fn block(bytes: &[u8]) -> Option<u32> {
    let (_, (_, length, _)) = record((tag(&b"RGDB"[..]), le_u32, take(24_usize)).parse(bytes))?;
    Some(length)
}

/// The record of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// The length of the record with what is unused of it.
    pub length: u32,
    /// Its number within the block; [`NO_RECORD`] if it is unused.
    pub number: u16,
    /// The name, in the code page of the system.
    pub name: &'a [u8],
    /// The number of its values.
    pub values: u16,
    /// The bytes after the name, which begin with the values.
    pub rest: &'a [u8],
}

/// Reads the beginning of a record: its length and number.
///
/// ```text
/// beginning = length(4) number(2) block(2)
/// ```
pub fn beginning(bytes: &[u8]) -> Option<(u32, u16)> {
    let (_, (length, number)) = record((le_u32, le_u16).parse(bytes))?;
    Some((length, number))
}

/// Reads the record of a key.
///
/// ```text
/// key = length(4) number(2) block(2) used(4) name length(2) values(2) 4 bytes name value…
/// ```
pub fn key(bytes: &[u8]) -> Option<Key<'_>> {
    let (rest, (length, number, _block, _used, name, values, _)) =
        record((le_u32, le_u16, le_u16, le_u32, le_u16, le_u16, le_u32).parse(bytes))?;
    let (rest, name) = record(take(name)(rest))?;
    Some(Key { length, number, name, values, rest })
}

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// 1 for text, 3 for bytes, 4 for a number.
    pub kind: u32,
    /// The name, in the code page of the system.
    pub name: &'a [u8],
    /// The data.
    pub data: &'a [u8],
}

/// Reads a value, and returns the bytes that follow it.
///
/// ```text
/// value = kind(4) 4 bytes name length(2) data length(2) name data
/// ```
pub fn value(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
    let (rest, (kind, _, name, data)) = record((le_u32, le_u32, le_u16, le_u16).parse(bytes))?;
    let (rest, (name, data)) = record((take(name), take(data)).parse(rest))?;
    Some((Value { kind, name, data }, rest))
}

fn record<T>(read: IResult<&[u8], T>) -> Option<(&[u8], T)> {
    read.ok()
}
