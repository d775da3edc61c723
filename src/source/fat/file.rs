//! The bytes of a file in a chain of clusters.

use super::{Fat, geometry::FIRST_CLUSTER, table::Chain};
use crate::{
    model::within::{Within, span_at},
    source::{Fault, block_number::block_number, view::Bytes},
};
use std::sync::{Arc, Mutex, PoisonError};

/// The number of clusters for which one is kept in memory, from which the others are found.
const CLUSTERS_PER_MARK: u64 = 64;

/// A file that is being read.
pub(super) struct FatFile {
    fat: Arc<Fat>,
    first: u32,
    size: u64,
    path: Mutex<Path>,
}

/// The chain of clusters, as far as it was followed.
struct Path {
    chain: Chain,
    /// The clusters 0, 64, 128, … of the chain.
    marks: Vec<u32>,
    /// The number of clusters that are known.
    length: u64,
    /// The number in the chain of the cluster that was read last, and the cluster.
    last: Option<(u64, u32)>,
}

impl FatFile {
    pub(super) fn new(fat: Arc<Fat>, first: u32, size: u64) -> Self {
        let path = Path { chain: Chain::new(first), marks: Vec::new(), length: 0, last: None };
        Self { fat, first, size, path: Mutex::new(path) }
    }

    /// The cluster of this number in the chain.
    fn cluster(&self, path: &mut Path, number: u64) -> Result<u32, Fault> {
        // A file without clusters has 0 as its first cluster.
        while path.length <= number {
            let next = if self.first == 0 { None } else { path.chain.next(&self.fat.table, "")? };
            let Some(cluster) = next else {
                let begins = path.length.saturating_mul(self.fat.geometry.cluster);
                let message = format!("expected {} bytes; its chain of clusters ends after {begins}", self.size);
                let last = path.chain.last().unwrap_or(self.first);
                let place = (last >= FIRST_CLUSTER).then(|| self.fat.table.entry_offset(last));
                return Err(Fault { offset: place, ..Fault::truncated("", message) });
            };
            if path.length.is_multiple_of(CLUSTERS_PER_MARK) {
                path.marks.push(cluster);
            }
            (path.length, path.last) = (path.length.saturating_add(1), Some((path.length, cluster)));
        }
        let mark = number / CLUSTERS_PER_MARK;
        let marked = path.marks.get(mark as usize).map(|cluster| (mark.saturating_mul(CLUSTERS_PER_MARK), *cluster));
        let near = path.last.filter(|(at, _)| *at <= number && *at / CLUSTERS_PER_MARK == mark);
        let (mut at, mut cluster) = near.or(marked).unwrap_or((0, self.first));
        while at < number {
            (at, cluster) = (at.saturating_add(1), self.fat.table.entry(cluster, "")?);
        }
        path.last = Some((at, cluster));
        Ok(cluster)
    }
}

impl Bytes for FatFile {
    fn length(&self) -> u64 {
        self.size
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let mut path = self.path.lock().unwrap_or_else(PoisonError::into_inner);
        let size = self.fat.geometry.cluster;
        let mut read = 0;
        while read < into.len() {
            let (number, inside) = block_number(offset.saturating_add(read as u64), size);
            let left = size.saturating_sub(inside);
            let cluster = match self.cluster(&mut path, number) {
                Ok(cluster) => cluster,
                Err(fault) if read == 0 => return Err(fault),
                Err(_) => break,
            };
            let length = left.min(into.len().saturating_sub(read) as u64) as usize;
            let start = self.fat.geometry.cluster_start(cluster).saturating_add(inside);
            let there = match self.fat.view.read(start, into.within_mut(span_at(read, length)), "") {
                Ok(there) => there,
                Err(fault) if read == 0 => return Err(fault),
                Err(_) => break,
            };
            if there == 0 && read == 0 {
                self.fat.view.check_filled(start, left as usize, there, "")?;
            }
            read = read.saturating_add(there);
            if there < length {
                break;
            }
        }
        Ok(read)
    }
}
