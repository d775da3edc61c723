//! Reads the files of a Microsoft Mail postoffice, as far as Microsoft published their bytes. Offsets are of the file, counted
//! from zero; all numbers are little-endian.
//!
//! A reader returns only what is in the file. A file that is too short gives nothing, or its complete records: what that means
//! is judged elsewhere, by the sizes.

use crate::model::{
    postoffice::{Address, Control, External, Master, Network},
    tree::number,
    within::Within,
};
use nom::{
    IResult, Parser,
    bytes::complete::take,
    number::complete::{le_u8, le_u16, le_u32},
};
use std::collections::BTreeSet;

/// The size of `GLB/MASTER.GLB` in bytes (Q77926).
pub const MASTER: usize = 176;
/// The size of a record of `GLB/NETWORK.GLB` in bytes (Q77926).
pub const NETWORK_RECORD: usize = 122;
/// The size of a record of an `XTN` file in bytes (Q77926).
pub const EXTERNAL_RECORD: usize = 698;
/// The size of a record of `NME/ADMIN.NME` in bytes (Q77926).
pub const ADDRESS_RECORD: usize = 45;
/// The size of a record of an `MBG` file in bytes (Q77926).
pub const HEADER_RECORD: usize = 116;
/// The end of the owner count in an `MAI` file, in bytes from the beginning.
pub const OWNERS_END: usize = 0x0D;
/// The end of the folder kind in an `FLD` file, in bytes from the beginning.
pub const FOLDER_KIND_END: usize = 0x32;

/// The published bytes of `GLB/MASTER.GLB`: gateways at 0x93 (Q148666), security at 0x94 (Q104586).
pub fn master(bytes: &[u8]) -> Option<Master> {
    read((take(0x93_usize), le_u8, le_u8), bytes).map(|(_, gateways, security)| Master { gateways, security })
}

/// `GLB/CONTROL.GLB`: two counters of four bytes (Q87388). A file of another size has none.
pub fn control(bytes: &[u8]) -> Option<Control> {
    let whole = bytes.len() == 8;
    read((le_u32, le_u32), bytes).filter(|_| whole).map(|(mailbags, letters)| Control { mailbags, letters })
}

/// `FOLDERS/SERIALNO.IDX`: the number of the next folder file, in four bytes (Q113149). A file of another size has none.
pub fn folder_counter(bytes: &[u8]) -> Option<u32> {
    let whole = bytes.len() == 4;
    read(le_u32, bytes).filter(|_| whole)
}

/// The records of `GLB/NETWORK.GLB` (Q148666).
///
/// ```text
/// record = active:u8 kind:u8 name:11 definition:9 rest:11 queue:9 rest     122 bytes
/// ```
pub fn networks(bytes: &[u8]) -> Vec<Network> {
    let record = (le_u8, le_u8, take(11_usize), take(9_usize), take(11_usize), take(9_usize));
    records(bytes, NETWORK_RECORD, record, |(active, kind, name, definition, _, queue)| Network {
        active: active == 1,
        kind,
        name: text(name),
        definition: file_name(definition),
        queue: file_name(queue),
    })
}

/// The records of an `XTN` file (Q86625, Q148666); `definition` is the file's name.
///
/// ```text
/// record = active:u8 name:11 queue:9 … indirect:u16 at 0x289 …              698 bytes
/// ```
pub fn externals(definition: &str, bytes: &[u8]) -> Vec<External> {
    let between = 0x289 - (1 + 11 + 9);
    let record = (le_u8, take(11_usize), take(9_usize), take(between as usize), le_u16);
    records(bytes, EXTERNAL_RECORD, record, |(active, name, queue, _, indirect)| External {
        definition: definition.to_owned(),
        active: active == 1,
        name: text(name),
        queue: file_name(queue),
        indirect,
    })
}

/// The records of `NME/ADMIN.NME` (Q119563).
///
/// ```text
/// record = kind:2 … mailbag:u32 at 0x29                                      45 bytes
/// ```
pub fn addresses(bytes: &[u8]) -> Vec<Address> {
    let record = (take(2_usize), take(0x27_usize), le_u32);
    records(bytes, ADDRESS_RECORD, record, |(kind, _, mailbag): (&[u8], _, _)| Address {
        kind: kind.first_chunk().copied().unwrap_or_default(),
        mailbag,
    })
}

/// The texts of eight hexadecimal digits in an index of folders, in capitals: between bytes that are no letters or digits. Where in a record they are
/// is published nowhere; Q105960 finds the names of folder files there with DEBUG.
pub fn indexed(bytes: &[u8]) -> BTreeSet<String> {
    let words = bytes.split(|byte| !byte.is_ascii_alphanumeric());
    let names = words.filter(|word| word.len() == 8 && word.iter().all(u8::is_ascii_hexdigit));
    names.map(|word| String::from_utf8_lossy(word).to_ascii_uppercase()).collect()
}

/// The numbers of the messages named by the records of an `MBG` file (Q108027), including free records. A record that names no message is
/// left out.
///
/// ```text
/// record = … message:9 at 0x43 …                                            116 bytes
/// ```
pub fn headers(bytes: &[u8]) -> Vec<u32> {
    let read =
        records(bytes, HEADER_RECORD, (take(0x43_usize), take(9_usize)), |(_, message)| number(&file_name(message)));
    read.into_iter().flatten().collect()
}

/// The number of mailbags that own an `MAI` file: two bytes at 0x0B (Q104423).
pub fn owners(bytes: &[u8]) -> Option<u16> {
    read((take(0x0B_usize), le_u16), bytes).map(|(_, owners)| owners)
}

/// The users who can open a server folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderKind {
    /// A group.
    Group,
    /// Everybody.
    Shared,
    /// A value that no article explains.
    Other(u8),
}

/// The kind of an `FLD` file: the byte at 0x31 (Q95975).
pub fn folder_kind(bytes: &[u8]) -> Option<FolderKind> {
    read((take(0x31_usize), le_u8), bytes).map(|(_, kind)| match kind {
        2 => FolderKind::Group,
        3 => FolderKind::Shared,
        other => FolderKind::Other(other),
    })
}

/// Parses the first bytes.
fn read<'b, P: Parser<&'b [u8], Error = nom::error::Error<&'b [u8]>>>(
    mut parser: P,
    bytes: &'b [u8],
) -> Option<P::Output> {
    let read: IResult<_, _> = parser.parse(bytes);
    read.ok().map(|(_, value)| value)
}

/// Every complete record of a file.
fn records<'b, P: Parser<&'b [u8], Error = nom::error::Error<&'b [u8]>>, T>(
    bytes: &'b [u8],
    size: usize,
    mut record: P,
    of: impl Fn(P::Output) -> T,
) -> Vec<T> {
    let whole = bytes.chunks_exact(size).filter_map(|bytes| record.parse(bytes).ok());
    whole.map(|(_, value)| of(value)).collect()
}

/// A name up to its first NUL. Bytes that are not printable ASCII are written as `\xNN`, so that different bytes stay different.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    bytes.within(..end).trim_ascii_end().escape_ascii().to_string()
}

/// The name of a file: eight hexadecimal digits in upper case; empty if there is no such name.
fn file_name(bytes: &[u8]) -> String {
    let name = bytes.within(..bytes.len().min(8));
    let hexadecimal = name.len() == 8 && name.iter().all(u8::is_ascii_hexdigit);
    let name = String::from_utf8_lossy(name).to_ascii_uppercase();
    if hexadecimal { name } else { String::new() }
}
