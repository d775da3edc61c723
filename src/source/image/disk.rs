//! A disk with partitions.

use super::file_system;
use crate::{
    parse::partition::{Partition, table},
    source::{Fault, Opened, Part, nesting::Nesting, view::View},
};
use std::collections::{BTreeMap, BTreeSet};

/// The size of a sector in bytes, the unit of partition tables.
const SECTOR_BYTES: u64 = 512;

/// The maximum number of partitions in an extended partition; DOS has letters for 24.
const MAX_LOGICAL: usize = 64;

/// Opens every partition of a table: `partition 1` to `partition 4` in the order of the table, and those within extended partitions from
/// `partition 5` on. A single partition has no label.
pub(super) fn open(view: &View, partitions: &[Partition; 4], nesting: &Nesting, opened: &mut Opened) {
    let mut disk = Disk { view, nesting, starts: BTreeMap::new(), partitions: 0, opened };
    for (slot, partition) in partitions.iter().enumerate() {
        if partition.is_used() && !partition.is_extended() {
            disk.open(partition, 0, slot.saturating_add(1));
        }
    }
    let mut logical = 0;
    for (slot, partition) in partitions.iter().enumerate() {
        if partition.is_used() && partition.is_extended() {
            disk.open_extended(partition.start.into(), slot.saturating_add(1), &mut logical);
        }
    }
    // For its users, the only partition is the disk.
    if disk.partitions == 1 {
        disk.opened.volumes.iter_mut().for_each(|part| part.label.clear());
    }
}

/// The start of a partition of the first table.
pub(super) fn start(partition: &Partition) -> u64 {
    u64::from(partition.start) * SECTOR_BYTES
}

struct Disk<'d> {
    view: &'d View,
    nesting: &'d Nesting,
    /// The number of the partition that begins at each sector.
    starts: BTreeMap<u64, usize>,
    /// The number of partitions, including those that could not be opened or found.
    partitions: usize,
    opened: &'d mut Opened,
}

impl Disk<'_> {
    /// Opens a partition whose start is relative to sector `base`.
    fn open(&mut self, partition: &Partition, base: u64, number: usize) {
        let label = format!("partition {number}");
        self.partitions = self.partitions.saturating_add(1);
        match self.file_system(partition, base.saturating_add(u64::from(partition.start)), number, &label) {
            Ok(part) => self.opened.volumes.push(part),
            Err(fault) => self.opened.faults.push(fault),
        }
    }

    fn file_system(&mut self, partition: &Partition, sector: u64, number: usize, label: &str) -> Result<Part, Fault> {
        let start = sector.saturating_mul(SECTOR_BYTES);
        if let Some(other) = self.starts.insert(sector, number) {
            let message = format!("begins at sector {sector}, where partition {other} begins");
            return Err(Fault::corrupt(label, message));
        }
        if start >= self.view.length() {
            let message = format!("begins at sector {sector}; the image ends before it");
            return Err(Fault::truncated(label, message).at(self.view.length()));
        }
        let view = self.view.part(start, u64::from(partition.sectors) * SECTOR_BYTES);
        let volume = file_system(&view, self.nesting.code_page, label, &mut self.opened.faults).map_err(|refusal| {
            let fault = refusal.fault;
            // The type in the table counts only if the content shows none.
            let meant =
                format!("; the partition table means it for {} (type {:02X})", partition.holds(), partition.kind);
            let meant = if partition.is_for_fat() { String::new() } else { meant };
            Fault { message: fault.message + &meant, ..fault }
        })?;
        Ok(Part::new(label, volume, self.nesting))
    }

    /// Opens the partitions within an extended one. Each has a table of its own, whose second entry leads to the next table.
    fn open_extended(&mut self, base: u64, number: usize, logical: &mut usize) {
        let label = format!("partition {number}");
        if let Err(fault) = self.logical(base, &label, logical) {
            self.partitions = self.partitions.saturating_add(1);
            self.opened.faults.push(fault);
        }
    }

    fn logical(&mut self, base: u64, label: &str, logical: &mut usize) -> Result<(), Fault> {
        let (mut next, mut tables) = (Some(base), BTreeSet::new());
        while let Some(sector) = next.take() {
            let place = sector.saturating_mul(SECTOR_BYTES);
            if *logical >= MAX_LOGICAL || !tables.insert(sector) {
                let message = "its partition tables lead back to one of them, or there are too many";
                return Err(Fault::corrupt(label, message).at(place));
            }
            let mut bytes = [0; SECTOR_BYTES as usize];
            self.view.fill(place, &mut bytes, label)?;
            let Some(partitions) = table(&bytes) else {
                let message = "expected a partition table; found something else";
                return Err(Fault::corrupt(label, message).at(place));
            };
            for partition in partitions.iter().filter(|partition| partition.is_used()) {
                if partition.is_extended() {
                    next = next.or(Some(base.saturating_add(u64::from(partition.start))));
                } else {
                    *logical = logical.saturating_add(1);
                    self.open(partition, sector, (*logical).saturating_add(4));
                }
            }
        }
        Ok(())
    }
}
