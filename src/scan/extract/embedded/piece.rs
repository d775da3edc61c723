//! An answer file extracted from a text, without what the surrounding syntax adds: quotes, escapes, indentation.

use std::borrow::Cow;

/// A text assembled from parts of another, the host.
#[derive(Debug, Default)]
pub(super) struct Piece {
    bytes: Vec<u8>,
    /// The runs of bytes copied unchanged from the host: the offset here, and the offset there.
    stretches: Vec<(usize, usize)>,
    /// The offset in the host that would continue the last run.
    next: usize,
}

impl Piece {
    /// Adds a byte that represents the one at this offset of the host.
    pub(super) fn push(&mut self, byte: u8, at: usize) {
        if self.stretches.is_empty() || self.next != at {
            self.stretches.push((self.bytes.len(), at));
        }
        self.bytes.push(byte);
        self.next = at.saturating_add(1);
    }

    /// Adds another piece from further on in the host.
    pub(super) fn append(&mut self, other: &Self) {
        let length = self.bytes.len();
        self.stretches.extend(other.stretches.iter().map(|(here, there)| (length.saturating_add(*here), *there)));
        self.bytes.extend_from_slice(&other.bytes);
        self.next = other.next;
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text. In a code page, the meaning of non-ASCII bytes is unknown here, so each byte becomes one character.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => {
                let ascii = |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { '?' };
                Cow::Owned(self.bytes.iter().map(ascii).collect())
            }
        }
    }

    /// The offset in the host of an offset in the text.
    pub(super) fn host_offset(&self, offset: usize) -> usize {
        let after = self.stretches.partition_point(|(here, _)| *here <= offset);
        let stretch = after.checked_sub(1).and_then(|at| self.stretches.get(at));
        stretch.map_or(0, |(here, there)| there.saturating_add(offset).saturating_sub(*here))
    }
}
