//! A virtual disk of QEMU: clusters of usually 64 KiB, located through tables of two levels.

use super::{
    block_map::{BlockMap, Location},
    blocks::Disk,
    inflate::Packing,
};
use crate::{
    parse::qcow2::{Cluster, HEADER_LENGTH, Header, cluster, header, table_offset},
    source::{Fault, block_number::block_number, view::View, windows::Windows},
};

/// The maximum number of second-level tables: QEMU reads a first-level table of at most 32 MiB.
const MAX_TABLES: u64 = (32 << 20) / 8;

/// The size of a cluster in bytes, as a power of 2.
const CLUSTER_BITS: std::ops::RangeInclusive<u32> = 9..=21;

/// The feature bit for possibly wrong reference counts, which a reader does not need.
const DIRTY: u64 = 1;

/// The feature bit for an image that was found to be damaged.
const DAMAGED: u64 = 1 << 1;

/// The feature bits that make an image unreadable here.
const UNSUPPORTED: [(u64, &str); 3] = [
    (1 << 2, "keeps its data in another file"),
    (1 << 3, "is packed by another method than deflate"),
    (1 << 4, "divides its clusters"),
];

struct Qcow2 {
    header: Header,
    windows: Windows,
}

/// Opens the disk.
pub(super) fn open(view: &View, faults: &mut Vec<Fault>) -> Result<View, Fault> {
    let record = super::record(view, 0, HEADER_LENGTH)?;
    let Some(header) = header(&record) else {
        let message = "expected the header of a virtual disk of QEMU; the file ends within it";
        return Err(Fault::truncated("", message).at(view.length()));
    };
    check(&header)?;
    if header.incompatible & DAMAGED != 0 {
        faults.push(Fault::corrupt("", "this virtual disk is marked as damaged"));
    }
    Disk::open(Qcow2 { header, windows: Windows::new(view.clone()) }, view, faults)
}

fn check(header: &Header) -> Result<(), Fault> {
    let unsupported = |message: &str| Err(Fault::unsupported("", format!("this virtual disk of QEMU {message}")));
    if !matches!(header.version, 2 | 3) {
        return unsupported(&format!("has version {} of its format; versions 2 and 3 are read", header.version));
    }
    if header.backing != 0 {
        return unsupported("contains only the differences from another one");
    }
    if header.encryption != 0 {
        return unsupported("is encrypted");
    }
    if let Some((_, message)) = UNSUPPORTED.iter().find(|(bit, _)| header.incompatible & bit != 0) {
        return unsupported(message);
    }
    let unknown = header.incompatible & !(DIRTY | DAMAGED);
    if unknown != 0 || header.compression != 0 {
        return unsupported(&format!(
            "needs something that is not known here (bits {unknown:#x}, method {})",
            header.compression
        ));
    }
    let Header { cluster_bits, length, entries, table, .. } = *header;
    if !CLUSTER_BITS.contains(&cluster_bits) {
        return Err(Fault::corrupt("", format!("expected clusters of 2^9 to 2^21 bytes; found 2^{cluster_bits}")));
    }
    // A second-level table fills a cluster, with eight bytes for each entry.
    let needed = length.div_ceil(1 << cluster_bits.saturating_mul(2).saturating_sub(3));
    if needed > MAX_TABLES {
        let message = format!(
            "expected at most {MAX_TABLES} tables; {length} bytes in clusters of 2^{cluster_bits} take {needed}"
        );
        return Err(Fault::unsupported("", message));
    }
    if !(needed..=MAX_TABLES).contains(&entries.into()) {
        let message =
            format!("expected {needed} tables for {length} bytes in clusters of 2^{cluster_bits}; found {entries}");
        return Err(Fault::corrupt("", message));
    }
    if table == 0 || !table.is_multiple_of(1 << cluster_bits) {
        return Err(Fault::corrupt("", format!("expected tables that begin where a cluster does; found {table:#x}")));
    }
    Ok(())
}

impl BlockMap for Qcow2 {
    fn length(&self) -> u64 {
        self.header.length
    }

    fn block(&self) -> u64 {
        1 << self.header.cluster_bits
    }

    fn locate(&self, number: u64) -> Result<Location, Fault> {
        let entries = self.block() / 8;
        let unknown = |entry: u64, place: u64| {
            let message = format!("expected the place of a cluster or of a table; found {entry:#018x}");
            Fault::corrupt("", message).at(place)
        };
        let (of_table, number_in_table) = block_number(number, entries);
        let place = self.header.table.saturating_add(of_table.saturating_mul(8));
        let entry = u64::from_be_bytes(self.windows.bytes(place, "")?);
        let table = table_offset(entry).filter(|table| table.is_multiple_of(self.block()));
        let table = table.ok_or_else(|| unknown(entry, place))?;
        if table == 0 {
            return Ok(Location::Zeros { until: of_table.saturating_add(1).saturating_mul(entries) });
        }
        let place = table.saturating_add(number_in_table.saturating_mul(8));
        let entry = u64::from_be_bytes(self.windows.bytes(place, "")?);
        match cluster(entry, self.header.cluster_bits) {
            Cluster::Zeros => Ok(Location::Zeros { until: number.saturating_add(1) }),
            Cluster::Stored(start) if start.is_multiple_of(self.block()) => Ok(Location::Stored(start)),
            Cluster::Packed(start, length) => Ok(Location::Packed { start, length, packing: Packing::Deflate }),
            Cluster::Stored(_) | Cluster::Unknown => Err(unknown(entry, place)),
        }
    }
}
