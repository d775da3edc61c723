//! A sparse file of VMware: grains of usually 64 KiB, located through a directory of tables.

use super::SECTOR_BYTES;
use crate::{
    parse::vmdk::{HEADER_LENGTH, Header, MARK, PACKED_GRAIN_LENGTH, header, packed_grain},
    source::{
        Fault,
        container::{
            MAX_DESCRIPTION,
            block_map::{BlockMap, Location},
            blocks::Disk,
            inflate::Packing,
            record,
        },
        view::View,
        windows::Windows,
    },
};

/// The number of entries of a grain table, in every file that VMware writes.
const TABLE_ENTRIES: u64 = 512;

/// The number of sectors in a grain: 4 KiB to 1 MiB.
const GRAIN_SECTORS: std::ops::RangeInclusive<u64> = 8..=2048;

/// The flag for compressed grains, and the flag for tables that mark a grain of zeros by 1.
const PACKED: u32 = 1 << 16;
const ZERO_GRAINS: u32 = 1 << 2;

/// The directory offset in a file written as a stream: the real one is in a copy of the header near the end of the file.
const DIRECTORY_AT_END: u64 = u64::MAX;

/// A sparse file.
pub(super) struct Sparse {
    header: Header,
    windows: Windows,
}

impl Sparse {
    /// Reads the header.
    pub(super) fn read(view: &View) -> Result<Self, Fault> {
        let mut header = header_at(view, 0)?;
        if header.directory == DIRECTORY_AT_END {
            let start = view.length().saturating_sub(2 * SECTOR_BYTES);
            let last = header_at(view, start).map_err(|_| {
                let message = "expected the copy of its header that ends a virtual disk which was written as a stream; found none";
                Fault::truncated("", message).at(view.length())
            })?;
            let (description, description_length) = (header.description, header.description_length);
            header = Header { description, description_length, ..last };
        }
        check(&header)?;
        Ok(Self { header, windows: Windows::new(view.clone()) })
    }

    /// The length of its disk in sectors.
    pub(super) fn sectors(&self) -> u64 {
        self.header.capacity
    }

    /// The description within the file; `None` if it is in another file.
    pub(super) fn description(&self) -> Result<Option<String>, Fault> {
        let Header { description, description_length, .. } = self.header;
        if description == 0 {
            return Ok(None);
        }
        let length = description_length.saturating_mul(SECTOR_BYTES);
        if length > MAX_DESCRIPTION {
            let message = format!("expected a description of at most {MAX_DESCRIPTION} bytes; found {length}");
            return Err(Fault::unsupported("", message));
        }
        let bytes = record(self.windows.view(), description.saturating_mul(SECTOR_BYTES), length as usize)?;
        let text = String::from_utf8_lossy(&bytes);
        // The parts of a disk that another file describes have space for a description, which is empty.
        let text = text.split('\0').next().unwrap_or_default();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    /// Opens its disk.
    pub(super) fn open(self, faults: &mut Vec<Fault>) -> Result<View, Fault> {
        let view = self.windows.view().clone();
        Disk::open(self, &view, faults)
    }
}

fn header_at(view: &View, offset: u64) -> Result<Header, Fault> {
    let bytes = record(view, offset, HEADER_LENGTH)?;
    header(&bytes).ok_or_else(|| match bytes.starts_with(MARK) {
        true => {
            Fault::truncated("", "expected the header of a virtual disk of VMware; the file ends within it").at(offset)
        }
        false => Fault::corrupt("", "expected the header of a virtual disk of VMware; found something else").at(offset),
    })
}

fn check(header: &Header) -> Result<(), Fault> {
    let Header { version, flags, capacity, grain, table_entries, line_ends, compression, directory, .. } = *header;
    if !matches!(version, 1..=3) {
        let message = format!("expected version 1, 2 or 3 of the format of VMware; found {version}");
        return Err(Fault::unsupported("", message));
    }
    if !line_ends {
        return Err(Fault::corrupt("", "the line ends in its header were changed, as by a copy that was made as text"));
    }
    if flags & PACKED != 0 && compression != 1 {
        let message = format!("expected grains that are packed by method 1; found method {compression}");
        return Err(Fault::unsupported("", message));
    }
    if !GRAIN_SECTORS.contains(&grain) || !grain.is_power_of_two() || u64::from(table_entries) != TABLE_ENTRIES {
        let message = format!(
            "expected grains of 8 to 2048 sectors in tables of {TABLE_ENTRIES}; found {grain} sectors in tables of {table_entries}"
        );
        return Err(Fault::corrupt("", message));
    }
    if directory == 0 || directory == DIRECTORY_AT_END || capacity.checked_mul(SECTOR_BYTES).is_none() {
        let message = format!("expected a directory of tables for {capacity} sectors; found it at sector {directory}");
        return Err(Fault::corrupt("", message));
    }
    Ok(())
}

impl BlockMap for Sparse {
    fn length(&self) -> u64 {
        self.header.capacity.saturating_mul(SECTOR_BYTES)
    }

    fn block(&self) -> u64 {
        self.header.grain.saturating_mul(SECTOR_BYTES)
    }

    fn locate(&self, number: u64) -> Result<Location, Fault> {
        let table = number / TABLE_ENTRIES;
        let place = self.header.directory.saturating_mul(SECTOR_BYTES).saturating_add(table.saturating_mul(4));
        let start = u32::from_le_bytes(self.windows.bytes(place, "")?);
        if start == 0 {
            return Ok(Location::Zeros { until: table.saturating_add(1).saturating_mul(TABLE_ENTRIES) });
        }
        let place =
            u64::from(start).saturating_mul(SECTOR_BYTES).saturating_add((number % TABLE_ENTRIES).saturating_mul(4));
        let entry = u32::from_le_bytes(self.windows.bytes(place, "")?);
        let start = u64::from(entry) * SECTOR_BYTES;
        match entry {
            0 => Ok(Location::Zeros { until: number.saturating_add(1) }),
            1 if self.header.flags & ZERO_GRAINS != 0 => Ok(Location::Zeros { until: number.saturating_add(1) }),
            _ if self.header.flags & PACKED != 0 => self.packed(number, start),
            _ => Ok(Location::Stored(start)),
        }
    }
}

impl Sparse {
    /// A compressed grain, which is preceded by its first sector on the disk and its number of bytes.
    fn packed(&self, number: u64, start: u64) -> Result<Location, Fault> {
        let head: [u8; PACKED_GRAIN_LENGTH] = self.windows.bytes(start, "")?;
        let sector = number.saturating_mul(self.header.grain);
        // Deflate makes incompressible data slightly longer.
        let most = self.block().saturating_mul(2);
        match packed_grain(&head) {
            Some(grain) if grain.sector == sector && u64::from(grain.length) <= most => {
                let (start, length) = (start.saturating_add(PACKED_GRAIN_LENGTH as u64), u64::from(grain.length));
                Ok(Location::Packed { start, length, packing: Packing::Zlib })
            }
            Some(grain) => {
                let message = format!(
                    "expected the packed grain of sector {sector} in at most {most} bytes; found that of sector {} in {}",
                    grain.sector, grain.length
                );
                Err(Fault::corrupt("", message).at(start))
            }
            None => Err(Fault::truncated("", "expected a packed grain; the file ends before it").at(start)),
        }
    }
}
