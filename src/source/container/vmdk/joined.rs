//! Several files as one disk.

use crate::{
    model::within::Within,
    source::{
        Fault,
        view::{Bytes, View},
    },
};

/// A disk made up of files in sequence.
#[derive(Default)]
pub(super) struct Joined {
    parts: Vec<JoinedExtent>,
}

struct JoinedExtent {
    /// The first byte of the disk after this part.
    end: u64,
    length: u64,
    /// `None` for zeros.
    view: Option<View>,
}

impl Joined {
    /// The length of the parts added so far.
    pub(super) fn end(&self) -> u64 {
        self.parts.last().map_or(0, |part| part.end)
    }

    /// Adds `length` bytes: those of a view, or zeros.
    pub(super) fn add(&mut self, length: u64, view: Option<View>) {
        self.parts.push(JoinedExtent { end: self.end().saturating_add(length), length, view });
    }
}

impl Bytes for Joined {
    fn length(&self) -> u64 {
        self.end()
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let at = self.parts.partition_point(|part| part.end <= offset);
        let Some(part) = self.parts.get(at) else { return Ok(0) };
        let length = part.end.saturating_sub(offset).min(into.len() as u64) as usize;
        let into = into.within_mut(..length);
        let Some(view) = &part.view else {
            into.fill(0);
            return Ok(length);
        };
        let inside = offset.saturating_sub(part.end.saturating_sub(part.length));
        let read = view.read(inside, into, "")?;
        if read == 0 {
            // A file that is too short ends a part, not the disk.
            view.check_filled(inside, length, read, "")?;
        }
        Ok(read)
    }
}
