//! A disk whose blocks a container stores in any order, compressed, or not at all.

use super::{
    block_map::{BlockMap, Location},
    inflate::{Packing, inflate},
    survey::survey,
};
use crate::{
    model::within::{Within, copy, span_at},
    source::{
        Fault,
        block_number::block_number,
        view::{Bytes, View},
    },
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// The number of unpacked blocks that are kept: a file system reads a block in many pieces.
const MAX_UNPACKED: usize = 4;

/// The disk of a container. Besides its block map, a few unpacked blocks are in memory.
pub(super) struct Disk<M> {
    map: M,
    view: View,
    /// The unpacked blocks with their numbers, the latest first.
    unpacked: Mutex<VecDeque<(u64, Arc<[u8]>)>>,
}

impl<M: BlockMap + 'static> Disk<M> {
    /// The disk that `map` locates in `view`; its faults are added to `faults`.
    ///
    /// # Errors
    /// The disk is longer than [`MAX_DISK`](super::MAX_DISK).
    pub(super) fn open(map: M, view: &View, faults: &mut Vec<Fault>) -> Result<View, Fault> {
        super::check_length(map.length())?;
        faults.extend(survey(&map, view));
        Ok(View::over(Self { map, view: view.clone(), unpacked: Mutex::default() }))
    }
}

impl<M: BlockMap> Disk<M> {
    /// Reads one block from `inside` on, up to the length of `into`.
    fn read_block(&self, number: u64, inside: u64, into: &mut [u8]) -> Result<usize, Fault> {
        match self.map.locate(number)? {
            Location::Zeros { .. } => {
                into.fill(0);
                Ok(into.len())
            }
            Location::Stored(start) => {
                let read = self.view.read(start.saturating_add(inside), into, "")?;
                if read == 0 {
                    self.view.check_filled(start.saturating_add(inside), into.len(), read, "")?;
                }
                Ok(read)
            }
            Location::Packed { start, length, packing } => {
                let block = self.unpack(number, start, length, packing)?;
                Ok(copy(block.get(inside as usize..).unwrap_or_default(), into))
            }
        }
    }

    fn unpack(&self, number: u64, start: u64, length: u64, packing: Packing) -> Result<Arc<[u8]>, Fault> {
        let mut kept = self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|(known, _)| *known == number) {
            kept.swap(0, at);
        }
        if let Some((_, block)) = kept.front().filter(|(known, _)| *known == number) {
            return Ok(Arc::clone(block));
        }
        // The last compressed block need not fill its last sector, so the file may end before the stated length.
        let packed = super::record(&self.view, start, length as usize)?;
        let mut block = vec![0; self.map.block() as usize];
        let needed = self.map.block().min(self.map.length().saturating_sub(number.saturating_mul(self.map.block())));
        let unpacked = inflate(&packed, packing, &mut block).map_err(|fault| fault.at(self.view.absolute(start)))?;
        if (unpacked as u64) < needed {
            let message = format!("expected a packed block of {needed} bytes; its content ends after {unpacked}");
            let fault = if (packed.len() as u64) < length { Fault::truncated } else { Fault::corrupt };
            return Err(fault("", message).at(self.view.absolute(start)));
        }
        let block: Arc<[u8]> = block.into();
        kept.truncate(MAX_UNPACKED - 1);
        kept.push_front((number, Arc::clone(&block)));
        Ok(block)
    }
}

impl<M: BlockMap> Bytes for Disk<M> {
    fn length(&self) -> u64 {
        self.map.length()
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let block = self.map.block();
        let wanted = self.map.length().saturating_sub(offset).min(into.len() as u64) as usize;
        let mut read = 0;
        while read < wanted {
            let (number, inside) = block_number(offset.saturating_add(read as u64), block);
            let length = block.saturating_sub(inside).min(wanted.saturating_sub(read) as u64) as usize;
            match self.read_block(number, inside, into.within_mut(span_at(read, length))) {
                Ok(0) => break,
                Ok(more) => read = read.saturating_add(more),
                Err(fault) if read == 0 => return Err(fault),
                Err(_) => break,
            }
        }
        Ok(read)
    }
}
