//! Reads the records of a FAT file system: its boot sector, and the entries of its folders.

use nom::{
    IResult, Parser,
    bytes::complete::take,
    number::complete::{le_u8, le_u16, le_u32},
};

/// The length of an entry of a folder, in bytes.
pub const ENTRY_LENGTH: usize = 32;

/// The parameters in a boot sector. Nothing is checked here: any field can be wrong.
///
/// The fields are those of the BIOS parameter block in Microsoft's *FAT32 File System Specification* (1.03, 2000).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BootSector {
    /// True if it begins with a jump over the parameters, as boot code does.
    pub jump: bool,
    /// Bytes of a sector.
    pub bytes_per_sector: u16,
    /// Sectors of a cluster.
    pub sectors_per_cluster: u8,
    /// Sectors before the first allocation table.
    pub reserved_sectors: u16,
    /// The number of allocation tables.
    pub tables: u8,
    /// Entries of the root folder; 0 on FAT32.
    pub root_entries: u16,
    /// The total number of sectors, from the 16-bit field or else from the 32-bit one; 0 if both are empty.
    pub total_sectors: u32,
    /// The media byte, which the first allocation table repeats.
    pub media: u8,
    /// Sectors of one allocation table.
    pub sectors_per_table: u32,
    /// The additional parameters of FAT32; `None` if the table's length is in its old place.
    pub fat32: Option<Fat32>,
    /// True if it ends with 55 AA.
    pub signature: bool,
}

/// The additional parameters in the boot sector of FAT32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fat32 {
    /// The only table in use, if the tables are not mirrored.
    pub active_table: Option<u8>,
    /// The first cluster of the root folder.
    pub root_cluster: u32,
}

/// One entry of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectoryEntry<'b> {
    /// No entry follows.
    End,
    /// Free, as after a deletion.
    Free,
    /// A piece of the long name of the file that follows.
    Long(LongName<'b>),
    /// The name of the volume.
    Label([u8; 11]),
    /// A file or a folder.
    Short(ShortEntry),
}

/// A file or a folder under its 8.3 name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortEntry {
    /// Eight bytes of name and three of extension, padded with spaces, in the code page of the writer.
    pub name: [u8; 11],
    /// The attribute bits: 1 read-only, 2 hidden, 4 system, 16 folder, 32 archive.
    pub attributes: u8,
    /// Windows NT's note that the name (8) or the extension (16) is shown in lower case.
    pub small: u8,
    /// The low half of the first cluster.
    pub cluster_low: u16,
    /// The upper half of the first cluster on FAT32; OS/2 uses it for other things.
    pub cluster_high: u16,
    /// The time of the last write: five bits of hours, six of minutes, five of pairs of seconds.
    pub time: u16,
    /// The date of the last write: seven bits of years since 1980, four of months, five of days.
    pub date: u16,
    /// The size in bytes; 0 for a folder.
    pub size: u32,
}

/// A piece of a long name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongName<'b> {
    /// Its position in the name, counted from 1 at the name's beginning.
    pub sequence: u8,
    /// True for the name's last piece, which comes first in the folder.
    pub last: bool,
    /// [`checksum`] of the 8.3 name that it belongs to.
    pub checksum: u8,
    pieces: [&'b [u8]; 3],
}

impl LongName<'_> {
    /// Its thirteen UTF-16 units, including the padding.
    pub fn units(&self) -> impl Iterator<Item = u16> {
        self.pieces.iter().flat_map(|piece| piece.as_chunks().0).map(|unit| u16::from_le_bytes(*unit))
    }
}

/// Reads the first 512 bytes of a file system; `None` if there are fewer.
pub fn boot_sector(sector: &[u8]) -> Option<BootSector> {
    let (_, boot) = parameters(sector).ok()?;
    Some(BootSector { signature: sector.get(510..512)? == [0x55, 0xAA], ..boot })
}

/// Reads one entry of a folder; `None` if there are fewer than 32 bytes.
pub fn directory_entry(bytes: &[u8]) -> Option<DirectoryEntry<'_>> {
    const LONG_NAME: u8 = 0x0F;
    const LABEL: u8 = 0x08;
    let entry = bytes.get(..ENTRY_LENGTH)?;
    match (*entry.first()?, entry.get(11)? & 0x3F) {
        (0x00, _) => Some(DirectoryEntry::End),
        (0xE5, _) => Some(DirectoryEntry::Free),
        (_, LONG_NAME) => long_name(entry).ok().map(|(_, long)| DirectoryEntry::Long(long)),
        (_, attributes) if attributes & LABEL != 0 => Some(DirectoryEntry::Label(bytes.get(..11)?.try_into().ok()?)),
        _ => short_entry(entry).ok().map(|(_, short)| DirectoryEntry::Short(short)),
    }
}

/// The checksum of an 8.3 name, which links it to its long name.
pub fn checksum(name: &[u8; 11]) -> u8 {
    name.iter().fold(0, |sum: u8, byte| sum.rotate_right(1).wrapping_add(*byte))
}

fn parameters(sector: &[u8]) -> IResult<&[u8], BootSector> {
    let (rest, (jump, _maker)) = (take(3_usize), take(8_usize)).parse(sector)?;
    let (rest, (bytes_per_sector, sectors_per_cluster, reserved_sectors)) = (le_u16, le_u8, le_u16).parse(rest)?;
    let (rest, (tables, root_entries, total_short, media)) = (le_u8, le_u16, le_u16, le_u8).parse(rest)?;
    let (rest, (table_short, _geometry, total_long)) = (le_u16, take(8_usize), le_u32).parse(rest)?;
    let (rest, (table_long, flags, _version, root_cluster)) = (le_u32, le_u16, le_u16, le_u32).parse(rest)?;
    let active_table = (flags & 0x80 != 0).then_some((flags & 0x0F) as u8);
    let fat32 = (table_short == 0).then_some(Fat32 { active_table, root_cluster });
    let boot = BootSector {
        jump: matches!(jump, [0xEB, _, 0x90] | [0xE9, ..]),
        bytes_per_sector,
        sectors_per_cluster,
        reserved_sectors,
        tables,
        root_entries,
        total_sectors: if total_short == 0 { total_long } else { total_short.into() },
        media,
        sectors_per_table: if table_short == 0 { table_long } else { table_short.into() },
        fat32,
        signature: false,
    };
    Ok((rest, boot))
}

fn short_entry(entry: &[u8]) -> IResult<&[u8], ShortEntry> {
    let (rest, (stem, attributes, small)) = (take(11_usize), le_u8, le_u8).parse(entry)?;
    let (rest, (_created, cluster_high)) = (take(7_usize), le_u16).parse(rest)?;
    let (rest, (time, date, cluster_low, size)) = (le_u16, le_u16, le_u16, le_u32).parse(rest)?;
    let mut name = [b' '; 11];
    name.copy_from_slice(stem);
    // E5 means free, so a name that begins with that byte is stored with 05 in its place.
    if name[0] == 0x05 {
        name[0] = 0xE5;
    }
    Ok((rest, ShortEntry { name, attributes, small, cluster_low, cluster_high, time, date, size }))
}

fn long_name(entry: &[u8]) -> IResult<&[u8], LongName<'_>> {
    let (rest, (order, first, _attributes, _kind)) = (le_u8, take(10_usize), le_u8, le_u8).parse(entry)?;
    let (rest, (checksum, second, _cluster, third)) = (le_u8, take(12_usize), le_u16, take(4_usize)).parse(rest)?;
    let (sequence, last) = (order & 0x3F, order & 0x40 != 0);
    Ok((rest, LongName { sequence, last, checksum, pieces: [first, second, third] }))
}
