//! The contents of a folder of an ISO 9660 file system.

use super::{Iso, extent};
use crate::{
    model::within::Within,
    parse::iso::{Record, record},
    source::{
        Attributes, Entry, EntryKind, Fault, Listing, Node, Timestamp,
        ancestors::Ancestor,
        entry::{ByteRange, NodeLocation, by_name},
    },
};
use std::{collections::HashSet, sync::Arc};

/// The longest folder that is listed, in bytes: some 100,000 files.
const MAX_FOLDER_BYTES: u64 = 8 << 20;

const FOLDER: u8 = 0x02;
const ASSOCIATED: u8 = 0x04;
const MORE_PARTS: u8 = 0x80;

/// A reader of the records of one folder.
pub(super) struct Reader<'i> {
    iso: &'i Iso,
    folder: &'i Node,
    line: Arc<Ancestor>,
    /// The start of the parent folder, according to the folder's own record of it.
    pub(super) above: Option<u64>,
    /// The starts of the folders in it.
    beginnings: HashSet<u64>,
    /// The parts so far of a file whose last part is still to come.
    parts: Vec<ByteRange>,
    pub(super) listing: Listing,
}

impl<'i> Reader<'i> {
    /// A reader of a folder; `line` is the ancestors of its entries.
    pub(super) fn new(iso: &'i Iso, folder: &'i Node, line: Arc<Ancestor>) -> Self {
        Self {
            iso,
            folder,
            line,
            above: None,
            beginnings: HashSet::new(),
            parts: Vec::new(),
            listing: Listing::default(),
        }
    }

    /// Reads all records of the folder, as far as possible.
    pub(super) fn take_folder(&mut self, extent: ByteRange) -> Result<(), Fault> {
        let view = &self.iso.view;
        let mut block = vec![0; self.iso.block as usize];
        for start in (0..extent.length.min(MAX_FOLDER_BYTES)).step_by(block.len()) {
            let place = extent.start.saturating_add(start);
            view.fill(place, &mut block, self.folder.path())?;
            let mut rest = block.as_slice();
            while rest.first().is_some_and(|length| *length != 0) {
                let place = view.absolute(place.saturating_add(block.len().saturating_sub(rest.len()) as u64));
                let Some(record) = record(rest) else {
                    let message = "expected the record of a file; found one that is not whole";
                    self.listing.faults.push(Fault::corrupt(self.folder.path(), message).at(place));
                    break;
                };
                self.take(&record, place);
                rest = rest.within(record.length.into()..);
            }
        }
        if extent.length > MAX_FOLDER_BYTES {
            let message = format!("expected a folder of at most {MAX_FOLDER_BYTES} bytes; found {}", extent.length);
            return Err(Fault::corrupt(self.folder.path(), message).at(view.absolute(extent.start)));
        }
        Ok(())
    }

    /// The sorted listing.
    pub(super) fn finish(mut self) -> Listing {
        self.listing.entries.sort_by(by_name);
        self.listing.faults.sort();
        self.listing
    }

    fn take(&mut self, record: &Record<'_>, place: u64) {
        let extent = extent(record, self.iso.block);
        match record.name {
            [0] => return,
            [1] => return self.above = self.above.or(Some(extent.start)),
            _ if record.flags & ASSOCIATED != 0 => return,
            _ => {}
        }
        self.parts.push(extent);
        if record.flags & MORE_PARTS != 0 {
            return;
        }
        let parts = std::mem::take(&mut self.parts);
        let Some(name) = self.iso.name(record.name) else {
            let message = "expected the name of a file; found one that cannot be";
            return self.listing.faults.push(Fault::corrupt(self.folder.path(), message).at(place));
        };
        let path = self.folder.join(&name);
        let is_folder = record.flags & FOLDER != 0;
        // Two ways to one folder would be two ways to everything below it.
        if is_folder && !self.beginnings.insert(extent.start) {
            let fault = Fault::corrupt(path, "begins where another folder begins");
            return self.listing.faults.push(fault.at(place));
        }
        let size = parts.iter().map(|part| part.length).sum();
        let (kind, size, place) = if is_folder {
            (EntryKind::Folder, 0, NodeLocation::FolderExtent { extent, line: Some(Arc::clone(&self.line)) })
        } else if record.interleaved {
            (EntryKind::File, size, NodeLocation::Extents(Arc::default()))
        } else {
            (EntryKind::File, size, NodeLocation::Extents(parts.into()))
        };
        let attributes = Attributes { hidden: record.flags & 1 != 0, ..Attributes::default() };
        self.listing.entries.push(Entry {
            name,
            short: None,
            kind,
            size,
            modified: recorded(record.recorded),
            attributes: Some(attributes),
            node: Node { path, place },
        });
    }
}

fn recorded([year, month, day, hour, minute, second, _zone]: [u8; 7]) -> Option<Timestamp> {
    let stamp = Timestamp { year: 1900 + u16::from(year), month, day, hour, minute, second };
    stamp.is_plausible().then_some(stamp)
}
