//! A stream of DEFLATE, unpacked from its beginning to its end.

use super::{INPUT_BYTES, input_ends, not_deflated};
use crate::{
    model::within::Within,
    source::{Fault, nesting::Nesting, view::View},
};
use flate2::{Crc, Decompress, FlushDecompress, Status};

/// The stream and the position in it.
pub(in crate::source) struct Forwards {
    packed: View,
    decoder: Decompress,
    input: Vec<u8>,
    /// The number of bytes of `input` that are used up.
    used: usize,
    /// The offset of the bytes after those in `input`.
    next: u64,
    position: u64,
    checksum: Crc,
    ended: bool,
    fault: Option<Fault>,
}

impl Forwards {
    /// The beginning of the stream at the start of `packed`.
    pub(in crate::source) fn new(packed: View) -> Self {
        Self {
            packed,
            decoder: Decompress::new(false),
            input: Vec::new(),
            used: 0,
            next: 0,
            position: 0,
            checksum: Crc::new(),
            ended: false,
            fault: None,
        }
    }

    /// The number of bytes unpacked so far.
    pub(in crate::source) fn position(&self) -> u64 {
        self.position
    }

    /// The checksum of the bytes unpacked so far.
    pub(in crate::source) fn checksum(&self) -> u32 {
        self.checksum.sum()
    }

    /// The number of compressed bytes used up so far.
    pub(in crate::source) fn packed(&self) -> u64 {
        self.next.saturating_sub(self.input.len().saturating_sub(self.used) as u64)
    }

    /// Unpacks the next bytes; returns none only at the end.
    ///
    /// # Errors
    /// The stream is damaged or cut, or too much was unpacked.
    pub(in crate::source) fn read(&mut self, into: &mut [u8], nesting: &Nesting) -> Result<usize, Fault> {
        let read = self.unpack(into, nesting)?;
        self.checksum.update(into.within(..read));
        self.position = self.position.saturating_add(read as u64);
        Ok(read)
    }

    /// Returns `true` if nothing follows.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(in crate::source) fn is_at_end(&mut self, nesting: &Nesting) -> Result<bool, Fault> {
        Ok(self.unpack(&mut [0], nesting)? == 0)
    }

    /// Takes back the last of the `read` bytes just unpacked, so that a fault can be returned in its place. Returns the number of bytes
    /// that are left.
    pub(in crate::source) fn fail(&mut self, read: usize, fault: Fault) -> Result<usize, Fault> {
        self.fault = Some(fault.clone());
        self.position = self.position.saturating_sub(1);
        if read > 1 { Ok(read.saturating_sub(1)) } else { Err(fault) }
    }

    fn unpack(&mut self, into: &mut [u8], nesting: &Nesting) -> Result<usize, Fault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let read = self.step(into).and_then(|read| nesting.unpack(read as u64).map(|()| read));
        if let Err(fault) = &read {
            self.fault = Some(fault.clone());
        }
        read
    }

    fn step(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        while !self.ended && !into.is_empty() {
            if self.used == self.input.len() {
                self.input.resize(INPUT_BYTES, 0);
                let read = self.packed.read(self.next, &mut self.input, "")?;
                self.input.truncate(read);
                (self.used, self.next) = (0, self.next.saturating_add(read as u64));
            }
            let (took, gave) = (self.decoder.total_in(), self.decoder.total_out());
            let status = self.decoder.decompress(self.input.within(self.used..), into, FlushDecompress::None);
            let status = status.map_err(|_| not_deflated())?;
            let (took, gave) =
                (self.decoder.total_in().saturating_sub(took), self.decoder.total_out().saturating_sub(gave));
            self.used = self.used.saturating_add(took as usize);
            self.ended = status == Status::StreamEnd;
            if gave > 0 {
                return Ok(gave as usize);
            }
            if !self.ended && took == 0 && self.input.len() == self.used {
                return Err(input_ends(&self.packed));
            }
            if !self.ended && took == 0 {
                return Err(not_deflated());
            }
        }
        Ok(0)
    }
}
