//! The allocation table of a FAT file system, and the chains of clusters in it.

use super::geometry::{FIRST_CLUSTER, Geometry, Width};
use crate::source::{Fault, view::View, windows::Windows};

/// The mark of a bad cluster; greater numbers mark the end of a chain.
const BAD: u32 = 0x0FFF_FFF7;

/// The allocation table, read on demand.
pub(super) struct Table {
    windows: Windows,
    geometry: Geometry,
}

/// The clusters of one file or folder, in order.
pub(super) struct Chain {
    first: u32,
    /// The last cluster that was returned.
    last: Option<u32>,
    /// One bit for each cluster, set once the chain has passed it; allocated for the second cluster.
    passed: Vec<u64>,
}

impl Table {
    pub(super) fn new(view: View, geometry: Geometry) -> Self {
        Self { windows: Windows::new(view), geometry }
    }

    /// The offset in the whole image of a cluster's entry.
    pub(super) fn entry_offset(&self, cluster: u32) -> u64 {
        self.windows.view().absolute(self.offset(cluster))
    }

    fn offset(&self, cluster: u32) -> u64 {
        let cluster = u64::from(cluster);
        let inside = match self.geometry.width {
            Width::Bits12 => cluster.saturating_add(cluster / 2),
            Width::Bits16 => cluster * 2,
            Width::Bits32 => cluster * 4,
        };
        self.geometry.table.saturating_add(inside)
    }

    /// The entry of a cluster, with marks widened to those of FAT32.
    pub(super) fn entry(&self, cluster: u32, path: &str) -> Result<u32, Fault> {
        let offset = self.offset(cluster);
        let widened = |entry: u32, marks: u32| if entry >= marks { entry | 0x0FFF_FF00 } else { entry };
        match self.geometry.width {
            Width::Bits12 => {
                let pair = u16::from_le_bytes(self.bytes(offset, path)?);
                let entry = if cluster.is_multiple_of(2) { pair & 0xFFF } else { pair >> 4 };
                Ok(widened(entry.into(), 0xFF0))
            }
            Width::Bits16 => Ok(widened(u16::from_le_bytes(self.bytes(offset, path)?).into(), 0xFFF0)),
            Width::Bits32 => Ok(u32::from_le_bytes(self.bytes(offset, path)?) & 0x0FFF_FFFF),
        }
    }

    fn bytes<const N: usize>(&self, offset: u64, path: &str) -> Result<[u8; N], Fault> {
        self.windows.bytes(offset, path).map_err(|fault| match fault.rule {
            "input/truncated" => {
                let message = "expected an allocation table; the image or partition ends before it does";
                Fault { message: message.to_owned(), ..fault }
            }
            _ => fault,
        })
    }
}

impl Chain {
    /// The clusters from `first` on.
    pub(super) fn new(first: u32) -> Self {
        Self { first, last: None, passed: Vec::new() }
    }

    /// The last cluster that was returned.
    pub(super) fn last(&self) -> Option<u32> {
        self.last
    }

    /// The next cluster of the file or folder at `path`; `None` after the last one.
    ///
    /// # Errors
    /// The chain leads to something that is not a cluster, back into itself, or into a missing part of the table.
    pub(super) fn next(&mut self, table: &Table, path: &str) -> Result<Option<u32>, Fault> {
        let last_cluster = table.geometry.last_cluster;
        let Some(last) = self.last else {
            if !(FIRST_CLUSTER..=last_cluster).contains(&self.first) {
                let message = format!("begins in cluster {}, but the last one is {last_cluster}", self.first);
                return Err(Fault::corrupt(path, message));
            }
            self.last = Some(self.first);
            return Ok(self.last);
        };
        let next = table.entry(last, path)?;
        if next > BAD {
            return Ok(None);
        }
        self.pass(last, last_cluster);
        let wrong = match next {
            0 => "a free cluster".to_owned(),
            BAD => "a cluster that is marked as bad".to_owned(),
            _ if !(FIRST_CLUSTER..=last_cluster).contains(&next) => {
                format!("cluster {next}, but the last one is {last_cluster}")
            }
            _ if self.has_passed(next) => "a cluster that it has come through before".to_owned(),
            _ => {
                self.last = Some(next);
                return Ok(self.last);
            }
        };
        let message = format!("from cluster {last} its chain leads to {wrong}");
        Err(Fault::corrupt(path, message).at(table.entry_offset(last)))
    }

    fn pass(&mut self, cluster: u32, last_cluster: u32) {
        if self.passed.is_empty() {
            self.passed = vec![0; (last_cluster as usize / 64).saturating_add(1)];
        }
        if let Some(bits) = self.passed.get_mut(cluster as usize / 64) {
            *bits |= 1 << (cluster % 64);
        }
    }

    fn has_passed(&self, cluster: u32) -> bool {
        self.passed.get(cluster as usize / 64).is_some_and(|bits| bits & 1 << (cluster % 64) != 0)
    }
}
