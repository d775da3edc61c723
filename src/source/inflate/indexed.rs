//! A stream of DEFLATE with points from which it can be unpacked again.

use super::{INPUT_BYTES, Inflated, ends_early, input_ends, not_deflated};
use crate::{
    model::within::{Within, copy},
    source::{Fault, view::View},
};
use flate2::Crc;
use miniz_oxide::inflate::{
    TINFLStatus,
    core::{DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_HAS_MORE_INPUT},
};

/// The greatest distance of a back-reference in a stream, in bytes.
const WINDOW_BYTES: usize = 1 << 15;

/// The initial distance between two points, in bytes; it doubles whenever there are too many points. A point needs 43 KiB of memory.
const POINT_SPACING: u64 = 1 << 20;
const MAX_POINTS: usize = 256;

/// The stream, the position in it, and the points to go back to.
pub(super) struct Indexed {
    packed: View,
    now: Point,
    input: Vec<u8>,
    /// The number of bytes of `input` that are used up.
    used: usize,
    points: Vec<Point>,
    spacing: u64,
    /// The checksum of all bytes before `checked`.
    checksum: Crc,
    checked: u64,
    fault: Option<(u64, Fault)>,
}

/// A point in the stream.
#[derive(Clone)]
struct Point {
    decoder: Box<DecompressorOxide>,
    /// The last bytes that were unpacked, in a ring.
    window: Box<[u8]>,
    /// The number of bytes unpacked so far.
    position: u64,
    /// The offset at which the compressed bytes continue.
    next: u64,
    ended: bool,
}

impl Indexed {
    pub(super) fn new(packed: View) -> Self {
        let start = Point {
            decoder: Box::default(),
            window: vec![0; WINDOW_BYTES].into_boxed_slice(),
            position: 0,
            next: 0,
            ended: false,
        };
        Self {
            packed,
            now: start.clone(),
            input: Vec::new(),
            used: 0,
            points: vec![start],
            spacing: POINT_SPACING,
            checksum: Crc::new(),
            checked: 0,
            fault: None,
        }
    }

    /// Reads bytes from `offset` on, which is within the stream.
    pub(super) fn read(&mut self, offset: u64, into: &mut [u8], stream: &Inflated) -> Result<usize, Fault> {
        if offset.saturating_add(WINDOW_BYTES as u64) < self.now.position {
            self.go_back(offset);
        }
        while self.now.position <= offset {
            if let Some((_, fault)) = self.fault.as_ref().filter(|(at, _)| self.now.position >= *at) {
                return Err(fault.clone());
            }
            self.step(stream)?;
        }
        let end =
            self.fault.as_ref().map_or(self.now.position, |(at, _)| self.now.position.min(*at)).min(stream.length);
        if offset >= end
            && let Some((_, fault)) = &self.fault
        {
            return Err(fault.clone());
        }
        let there = self.now.window.within(offset as usize % WINDOW_BYTES..);
        let left = usize::try_from(end.saturating_sub(offset)).unwrap_or(usize::MAX);
        Ok(copy(there.within(..there.len().min(left)), into))
    }

    /// Goes back to the last point before `offset`.
    fn go_back(&mut self, offset: u64) {
        if let Some(point) = self.points.iter().rev().find(|point| point.position <= offset) {
            self.now = point.clone();
            (self.input, self.used) = (Vec::new(), 0);
        }
    }

    /// Unpacks some bytes.
    fn step(&mut self, stream: &Inflated) -> Result<(), Fault> {
        let before = self.now.position;
        let unpacked = self.unpack().and_then(|()| stream.nesting.unpack(self.now.position.saturating_sub(before)));
        if let Err(fault) = unpacked {
            self.fault = Some((before, fault.clone()));
            return Err(fault);
        }
        self.note(before);
        if self.now.position >= stream.length && self.fault.is_none() {
            // The end of the stream can come after the last byte.
            let ends = self.unpack().and_then(|()| {
                let is_at_end = self.now.position == stream.length;
                // The checksum covers every byte once: after going back, bytes are not added a second time.
                let checksum = if self.checked == stream.length { self.checksum.sum() } else { stream.checksum };
                stream.check(is_at_end, checksum)
            });
            self.fault = ends.err().map(|fault| (stream.length.saturating_sub(1), fault));
        } else if self.now.ended && self.fault.is_none() {
            self.fault = Some((self.now.position, ends_early(stream.length, self.now.position)));
        }
        Ok(())
    }

    /// Adds the new bytes from `before` on to the checksum, and keeps a point if the last one is far away.
    fn note(&mut self, before: u64) {
        if before != self.checked {
            return;
        }
        let (start, end) = (before as usize % WINDOW_BYTES, self.now.position.saturating_sub(before) as usize);
        self.checksum.update(self.now.window.within(start..start.saturating_add(end).min(WINDOW_BYTES)));
        self.checked = self.now.position;
        let last = self.points.last().map_or(0, |point| point.position);
        if self.now.position < last.saturating_add(self.spacing) {
            return;
        }
        if self.points.len() >= MAX_POINTS {
            let mut kept = false;
            self.points.retain(|_| {
                kept = !kept;
                kept
            });
            self.spacing = self.spacing.saturating_mul(2);
        }
        let next = self.now.next.saturating_sub(self.input.len().saturating_sub(self.used) as u64);
        self.points.push(Point { next, ..self.now.clone() });
    }

    /// Unpacks some bytes, at most to the end of the ring.
    fn unpack(&mut self) -> Result<(), Fault> {
        let before = self.now.position;
        while !self.now.ended && self.now.position == before {
            let mut flags = TINFL_FLAG_HAS_MORE_INPUT;
            if self.used == self.input.len() {
                self.input.resize(INPUT_BYTES, 0);
                let read = self.packed.read(self.now.next, &mut self.input, "")?;
                self.input.truncate(read);
                (self.used, self.now.next) = (0, self.now.next.saturating_add(read as u64));
                if read == 0 {
                    flags = 0;
                }
            }
            let at = self.now.position as usize % WINDOW_BYTES;
            let input = self.input.within(self.used..);
            let (status, took, gave) = decompress(&mut self.now.decoder, input, &mut self.now.window, at, flags);
            self.used = self.used.saturating_add(took);
            self.now.position = self.now.position.saturating_add(gave as u64);
            match status {
                TINFLStatus::Done => self.now.ended = true,
                TINFLStatus::NeedsMoreInput | TINFLStatus::HasMoreOutput => {}
                TINFLStatus::FailedCannotMakeProgress => return Err(input_ends(&self.packed)),
                _ => return Err(not_deflated()),
            }
        }
        Ok(())
    }
}
