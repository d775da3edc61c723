//! Bytes that are in memory.

use super::{Fault, view::Bytes};
use crate::model::within::copy;

/// All bytes of an input, in memory.
pub(super) struct Memory(pub(super) Vec<u8>);

impl Bytes for Memory {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let there = usize::try_from(offset).ok().and_then(|offset| self.0.get(offset..)).unwrap_or_default();
        Ok(copy(there, into))
    }
}
