//! A virtual disk of Virtual PC: of fixed size, or growing by blocks of usually 2 MiB.
//!
//! The bits before a block mark the sectors that were written. They are ignored, as in QEMU: all other sectors are zeros.

use super::{
    block_map::{BlockMap, Location},
    blocks::Disk,
};
use crate::{
    parse::vhd::{DiskType, FOOTER_LENGTH, Footer, HEADER_LENGTH, Header, footer, header},
    source::{Fault, view::View, windows::Windows},
};

const SECTOR_BYTES: u64 = 512;

/// The table entry of a block that is not stored.
const FREE_BLOCK: u32 = u32::MAX;

/// The size of a block in bytes.
const BLOCK_BYTES: std::ops::RangeInclusive<u32> = 512..=256 << 20;

struct Vhd {
    length: u64,
    /// The end of its blocks: the footer, or the end of a file that has lost it.
    end: u64,
    header: Header,
    windows: Windows,
}

/// Opens the disk; `None` if neither end of the file has a footer.
pub(super) fn open(view: &View, faults: &mut Vec<Fault>) -> Result<Option<View>, Fault> {
    let last = last_footer(view);
    // A growing disk has a copy of its footer in front, in case the last one is lost.
    let copy = footer(&super::record(view, 0, FOOTER_LENGTH)?);
    match (last, copy) {
        (Some((Footer { disk_type: DiskType::Fixed, .. }, start)), _) => Ok(Some(view.part(0, start))),
        (Some((last, start)), _) if last.intact => grown(view, &last, start, faults).map(Some),
        (last, Some(copy)) if copy.intact => {
            if last.is_none() {
                let message = "expected the footer of a virtual disk at the end of the file; found none";
                faults.push(Fault::truncated("", message).at(view.length()));
            }
            grown(view, &copy, last.map_or(u64::MAX, |(_, start)| start), faults).map(Some)
        }
        (None, None) => Ok(None),
        (Some(_), _) | (None, Some(_)) => {
            Err(Fault::corrupt("", "expected a footer of a virtual disk whose checksum agrees; found none"))
        }
    }
}

/// The footer at the end of the file, and its offset.
fn last_footer(view: &View) -> Option<(Footer, u64)> {
    // Files of Virtual PC before 2004 lack the last byte.
    [FOOTER_LENGTH as u64, (FOOTER_LENGTH as u64).saturating_sub(1)].into_iter().find_map(|length| {
        let start = view.length().checked_sub(length)?;
        let mut bytes = vec![0; length as usize];
        view.fill(start, &mut bytes, "").ok()?;
        Some((footer(&bytes)?, start))
    })
}

/// Opens a growing disk whose blocks end before `end`.
fn grown(view: &View, footer: &Footer, end: u64, faults: &mut Vec<Fault>) -> Result<View, Fault> {
    match footer.disk_type {
        DiskType::Fixed | DiskType::Dynamic => {}
        DiskType::Differencing => {
            return Err(Fault::unsupported("", "this virtual disk contains only the differences from another one"));
        }
        DiskType::Other(other) => {
            return Err(Fault::unsupported("", format!("expected a virtual disk of type 2 or 3; found type {other}")));
        }
    }
    let place = footer.header;
    let header = header(&super::record(view, place, HEADER_LENGTH)?).filter(|header| header.intact);
    let header = header.ok_or_else(|| {
        let message = "expected the header of a virtual disk that grows, with a checksum that agrees; found none";
        if place.saturating_add(HEADER_LENGTH as u64) > view.length() {
            Fault::truncated("", message).at(view.length())
        } else {
            Fault::corrupt("", message).at(place)
        }
    })?;
    if !BLOCK_BYTES.contains(&header.block) || !header.block.is_power_of_two() {
        let message = format!("expected blocks of 512 bytes to 256 MiB; found {}", header.block);
        return Err(Fault::corrupt("", message).at(place));
    }
    let (length, entries) = (footer.length, u64::from(header.entries));
    if length.div_ceil(header.block.into()) > entries {
        let message = format!("expected blocks of {} bytes for {length} bytes; found {entries} blocks", header.block);
        return Err(Fault::corrupt("", message).at(place));
    }
    Disk::open(Vhd { length, end, header, windows: Windows::new(view.clone()) }, view, faults)
}

impl BlockMap for Vhd {
    fn length(&self) -> u64 {
        self.length
    }

    fn block(&self) -> u64 {
        self.header.block.into()
    }

    /// A bit for every sector of the block, rounded up to whole sectors.
    fn before(&self) -> u64 {
        (self.block() / SECTOR_BYTES).div_ceil(8).next_multiple_of(SECTOR_BYTES)
    }

    fn locate(&self, number: u64) -> Result<Location, Fault> {
        let place = self.header.table.saturating_add(number.saturating_mul(4));
        let entry = u32::from_be_bytes(self.windows.bytes(place, "")?);
        if entry == FREE_BLOCK {
            return Ok(Location::Zeros { until: number.saturating_add(1) });
        }
        let start = u64::from(entry) * SECTOR_BYTES;
        let (block_end, table_end) =
            (start.saturating_add(self.before()).saturating_add(self.block()), place.saturating_add(4));
        if block_end > self.end || start < table_end && block_end > self.header.table {
            let message =
                format!("expected block {number} between the table of blocks and the footer; found it at {start:#x}");
            return Err(Fault::corrupt("", message).at(place));
        }
        Ok(Location::Stored(start.saturating_add(self.before())))
    }
}
