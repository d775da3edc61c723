//! Reads the partition table in the first sector of a disk, and of every extended partition on it.

use nom::{
    IResult, Parser,
    bytes::complete::take,
    multi::count,
    number::complete::{le_u8, le_u32},
};

/// One of the four entries of a partition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// 80 for the one to boot from, otherwise 0.
    pub boot: u8,
    /// The intended use; 0 if the entry is unused.
    pub kind: u8,
    /// Its first sector; in an extended partition, relative to that.
    pub start: u32,
    /// Its length in sectors.
    pub sectors: u32,
}

/// The kinds of extended partitions, which contain partition tables of their own.
const EXTENDED: [u8; 3] = [0x05, 0x0F, 0x85];

/// The kinds of partitions with FAT, plain and hidden.
const FAT: [u8; 12] = [0x01, 0x04, 0x06, 0x0B, 0x0C, 0x0E, 0x11, 0x14, 0x16, 0x1B, 0x1C, 0x1E];

impl Partition {
    /// Returns `true` if it contains a partition table of its own.
    pub fn is_extended(&self) -> bool {
        EXTENDED.contains(&self.kind)
    }

    /// Returns `true` if it can contain a file system.
    pub fn is_used(&self) -> bool {
        self.kind != 0 && self.sectors != 0
    }

    /// Returns `true` if its kind says that it contains a FAT file system.
    pub fn is_for_fat(&self) -> bool {
        FAT.contains(&self.kind)
    }

    /// The usual contents of partitions of its kind, other than FAT.
    pub fn holds(&self) -> &'static str {
        match self.kind {
            0x07 | 0x17 => "NTFS or HPFS",
            0x42 => "a dynamic disk of Windows",
            0x63 | 0xA5 | 0xA6 | 0xA9 => "a UNIX file system",
            0x64 | 0x65 => "NetWare",
            0x82 => "Linux swap space",
            0x83 => "a Linux file system",
            0x8E => "Linux volumes",
            0xEE => "a GUID partition table",
            _ => "something that is not known here",
        }
    }
}

/// Reads the first 512 bytes of a disk; `None` if they contain no partition table.
pub fn table(sector: &[u8]) -> Option<[Partition; 4]> {
    let (_, entries) = entries(sector).ok()?;
    let table: [Partition; 4] = entries.try_into().ok()?;
    let plausible = table.iter().all(|entry| entry.boot & 0x7F == 0);
    (sector.get(510..512)? == [0x55, 0xAA] && plausible).then_some(table)
}

fn entries(sector: &[u8]) -> IResult<&[u8], Vec<Partition>> {
    let (rest, _boot_code) = take(446_usize).parse(sector)?;
    count(entry, 4).parse(rest)
}

fn entry(bytes: &[u8]) -> IResult<&[u8], Partition> {
    let (rest, (boot, _first, kind, _last)) = (le_u8, take(3_usize), le_u8, take(3_usize)).parse(bytes)?;
    let (rest, (start, sectors)) = (le_u32, le_u32).parse(rest)?;
    Ok((rest, Partition { boot, kind, start, sectors }))
}
