//! Reads the records before and after the compressed content of a gzip file.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take, take_until},
    combinator::cond,
    multi::length_data,
    number::complete::{le_u8, le_u16, le_u32},
};

/// The length of the record after the content.
pub const TRAILER_LENGTH: usize = 8;

/// Reads the length of the header before the content, which is compressed by DEFLATE; `None` if there is no header.
///
/// ```text
/// header = 1F 8B 08 flags(1) 6 bytes [extra] [name 00] [comment 00] [2 bytes]      RFC 1952
/// ```
pub fn header(bytes: &[u8]) -> Option<usize> {
    let (rest, ()) = header_record(bytes).ok()?;
    Some(bytes.len().saturating_sub(rest.len()))
}

fn header_record(bytes: &[u8]) -> IResult<&[u8], ()> {
    let (rest, (_mark, flags, _fields)) = (tag(&b"\x1F\x8B\x08"[..]), le_u8, take(6_usize)).parse(bytes)?;
    let text = || (take_until(&b"\0"[..]), take(1_usize));
    let (rest, (_extra, _name, _comment, _checksum)) = (
        cond(flags & 4 != 0, length_data(le_u16)),
        cond(flags & 8 != 0, text()),
        cond(flags & 16 != 0, text()),
        cond(flags & 2 != 0, take(2_usize)),
    )
        .parse(rest)?;
    Ok((rest, ()))
}

/// Reads the checksum of the content and the low half of its length; `None` if they are missing.
pub fn trailer(bytes: &[u8]) -> Option<(u32, u32)> {
    let (_, trailer) = trailer_record(bytes).ok()?;
    Some(trailer)
}

fn trailer_record(bytes: &[u8]) -> IResult<&[u8], (u32, u32)> {
    (le_u32, le_u32).parse(bytes)
}
