//! A virtual disk of VirtualBox: blocks of usually 1 MiB, and a table of their numbers in the file.

use super::{
    block_map::{BlockMap, Location},
    blocks::Disk,
};
use crate::{
    parse::vdi::{HEADER_LENGTH, Header, header},
    source::{Fault, view::View, windows::Windows},
};

/// The table entries of blocks that are not stored: never written, and discarded.
const FREE_BLOCKS: [u32; 2] = [0xFFFF_FFFF, 0xFFFF_FFFE];

/// The size of a block in bytes.
const BLOCK_BYTES: std::ops::RangeInclusive<u32> = 512..=64 << 20;

struct Vdi {
    header: Header,
    windows: Windows,
}

/// Opens the disk.
pub(super) fn open(view: &View, faults: &mut Vec<Fault>) -> Result<View, Fault> {
    let record = super::record(view, 0, HEADER_LENGTH)?;
    let Some(header) = header(&record) else {
        let message = "expected the header of a virtual disk of VirtualBox; the file ends within it";
        return Err(Fault::truncated("", message).at(view.length()));
    };
    check(&header)?;
    let vdi = Vdi { header, windows: Windows::new(view.clone()) };
    let disk = Disk::open(vdi, view, faults)?;
    let end =
        u64::from(header.data).saturating_add(u64::from(header.allocated).saturating_mul(u64::from(header.block)));
    if end > view.length() && faults.is_empty() {
        let message =
            format!("expected {} blocks up to {end:#x}; the file ends at {:#x}", header.allocated, view.length());
        faults.push(Fault::truncated("", message).at(view.length()));
    }
    Ok(disk)
}

fn check(header: &Header) -> Result<(), Fault> {
    if header.version >> 16 != 1 {
        let message = format!("expected version 1 of the format of VirtualBox; found {}", header.version >> 16);
        return Err(Fault::unsupported("", message));
    }
    match header.disk_type {
        1 | 2 if !header.has_parent => {}
        1 | 2 | 4 => {
            return Err(Fault::unsupported("", "this virtual disk contains only the differences from another one"));
        }
        other => {
            let message = format!("expected a virtual disk of type 1 or 2; found type {other}");
            return Err(Fault::unsupported("", message));
        }
    }
    let Header { sector, block, extra, blocks, table, data, length, allocated, .. } = *header;
    if sector != 512 || !BLOCK_BYTES.contains(&block) || !block.is_power_of_two() || extra != 0 {
        let message = format!(
            "expected sectors of 512 bytes and blocks of 512 bytes to 64 MiB; found sectors of {sector} and blocks of {block} bytes with {extra} before them"
        );
        return Err(Fault::corrupt("", message));
    }
    if length.div_ceil(block.into()) != u64::from(blocks) {
        let message = format!("expected blocks of {block} bytes for {length} bytes; found {blocks} blocks");
        return Err(Fault::corrupt("", message));
    }
    // The header's length field is preceded by 0x48 bytes.
    let (header_end, table_end) =
        (0x48 + u64::from(header.header), u64::from(table).saturating_add(u64::from(blocks).saturating_mul(4)));
    if u64::from(table) < header_end
        || table_end > u64::from(data)
        || !table.is_multiple_of(512)
        || !data.is_multiple_of(512)
    {
        let message = format!(
            "expected a table of {blocks} blocks after the header and before the data; found the header's end at {header_end:#x}, the table at {table:#x}, the data at {data:#x}"
        );
        return Err(Fault::corrupt("", message));
    }
    if allocated > blocks {
        return Err(Fault::corrupt("", format!("expected at most {blocks} blocks that are kept; found {allocated}")));
    }
    Ok(())
}

impl BlockMap for Vdi {
    fn length(&self) -> u64 {
        self.header.length
    }

    fn block(&self) -> u64 {
        self.header.block.into()
    }

    fn locate(&self, number: u64) -> Result<Location, Fault> {
        let place = u64::from(self.header.table).saturating_add(number.saturating_mul(4));
        let entry = u32::from_le_bytes(self.windows.bytes(place, "")?);
        if FREE_BLOCKS.contains(&entry) {
            return Ok(Location::Zeros { until: number.saturating_add(1) });
        }
        // Every block of the file belongs to one of the disk, so the file has no more blocks than the disk.
        if entry >= self.header.blocks {
            let message = format!("expected a block below {} for block {number}; found {entry}", self.header.blocks);
            return Err(Fault::corrupt("", message).at(place));
        }
        Ok(Location::Stored(u64::from(self.header.data).saturating_add(u64::from(entry).saturating_mul(self.block()))))
    }
}
