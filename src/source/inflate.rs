//! The contents of a stream of DEFLATE, readable at any offset.
//!
//! A stream can only be unpacked from its beginning. It is unpacked forwards as long as it is read forwards. Once an earlier
//! offset is asked for, a short stream is unpacked into memory; of a long one the decompressor's state is kept at some
//! hundred points, from which unpacking can continue.

mod forwards;
mod indexed;

use super::{
    Fault,
    nesting::Nesting,
    view::{Bytes, View},
};
use crate::model::within::{Within, copy};
pub(super) use forwards::Forwards;
use indexed::Indexed;
use std::sync::{Mutex, PoisonError};

/// The longest stream that is kept whole in memory, in bytes.
pub(super) const MAX_WHOLE: u64 = 4 << 20;

/// The distance from the beginning, in bytes, up to which a stream is simply unpacked again: after its kind was recognised from the first
/// bytes, it is read from the start.
const MAX_AGAIN: u64 = 1 << 17;

/// The number of bytes of a stream that are read at a time. Each read copies 32 KiB of unpacked bytes, so a small number would be slow.
const INPUT_BYTES: usize = 1 << 16;

/// The unpacked bytes of a stream.
pub(super) struct Inflated {
    packed: View,
    length: u64,
    checksum: u32,
    nesting: Nesting,
    way: Mutex<Way>,
}

enum Way {
    Forwards(Box<Forwards>),
    Whole(Whole),
    Indexed(Box<Indexed>),
}

/// The bytes that could be unpacked, and the fault that ended them, if any.
struct Whole {
    bytes: Vec<u8>,
    fault: Option<Fault>,
}

impl Inflated {
    /// The contents of `packed`: `length` bytes with this checksum, if the archive is right.
    pub(super) fn new(packed: View, length: u64, checksum: u32, nesting: Nesting) -> Self {
        let way = Mutex::new(Way::Forwards(Box::new(Forwards::new(packed.clone()))));
        Self { packed, length, checksum, nesting, way }
    }

    fn whole(&self) -> Whole {
        let mut forwards = Forwards::new(self.packed.clone());
        let mut whole = Whole { bytes: vec![0; self.length as usize], fault: None };
        let mut read = 0;
        while read < whole.bytes.len() {
            match self.forwards(&mut forwards, whole.bytes.within_mut(read..)) {
                Ok(more) => read = read.saturating_add(more),
                Err(fault) => {
                    whole.bytes.truncate(read);
                    whole.fault = Some(fault);
                }
            }
        }
        whole
    }

    /// Unpacks the next bytes. A wrong checksum or length is reported in place of the last byte.
    fn forwards(&self, forwards: &mut Forwards, into: &mut [u8]) -> Result<usize, Fault> {
        let wanted = self.length.saturating_sub(forwards.position()).min(into.len() as u64) as usize;
        let read = forwards.read(into.within_mut(..wanted), &self.nesting)?;
        if read == 0 && wanted > 0 {
            return Err(ends_early(self.length, forwards.position()));
        }
        if forwards.position() < self.length {
            return Ok(read);
        }
        match forwards.is_at_end(&self.nesting).and_then(|at_end| self.check(at_end, forwards.checksum())) {
            Ok(()) => Ok(read),
            Err(fault) => forwards.fail(read, fault),
        }
    }

    fn check(&self, is_at_end: bool, checksum: u32) -> Result<(), Fault> {
        if !is_at_end {
            let message = format!("has more than the {} bytes that the archive gives", self.length);
            return Err(Fault::corrupt("", message));
        }
        if checksum != self.checksum {
            return Err(Fault::corrupt("", "cannot be unpacked: its content does not agree with its checksum"));
        }
        Ok(())
    }
}

impl Bytes for Inflated {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        if offset >= self.length || into.is_empty() {
            return Ok(0);
        }
        let mut way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Way::Forwards(forwards) = &*way
            && offset < forwards.position()
        {
            *way = if forwards.position() <= MAX_AGAIN {
                Way::Forwards(Box::new(Forwards::new(self.packed.clone())))
            } else if self.length <= MAX_WHOLE {
                Way::Whole(self.whole())
            } else {
                Way::Indexed(Box::new(Indexed::new(self.packed.clone())))
            };
        }
        match &mut *way {
            Way::Forwards(forwards) => {
                let mut skipped = [0; 1 << 12];
                while forwards.position() < offset {
                    let wanted = offset.saturating_sub(forwards.position()).min(skipped.len() as u64) as usize;
                    self.forwards(forwards, skipped.within_mut(..wanted))?;
                }
                self.forwards(forwards, into)
            }
            Way::Whole(Whole { bytes, fault }) => {
                let there = bytes.get(offset as usize..).unwrap_or_default();
                if let Some(fault) = fault.as_ref().filter(|_| there.is_empty()) {
                    return Err(fault.clone());
                }
                Ok(copy(there, into))
            }
            Way::Indexed(indexed) => indexed.read(offset, into, self),
        }
    }
}

fn ends_early(length: u64, position: u64) -> Fault {
    Fault::truncated("", format!("expected {length} bytes; its content ends after {position}"))
}

fn not_deflated() -> Fault {
    Fault::corrupt("", "cannot be unpacked: its packed content is damaged")
}

fn input_ends(packed: &View) -> Fault {
    Fault::truncated("", format!("cannot be unpacked: its packed content ends after {} bytes", packed.length()))
}
