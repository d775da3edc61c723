//! The contents of a volume: a folder, a CD image, a floppy image, an archive.

use super::{Contents, Found, FoundKind};
use crate::source::{Entry, EntryKind, Fault, Loss, Part, read_whole};
use std::{cell::RefCell, collections::HashMap};

/// The maximum number of entries of a folder that are looked at.
const MAX_ENTRIES: usize = 1 << 16;

/// A volume, with the entries of the folders that were listed.
pub struct VolumeContents {
    part: Part,
    entries: RefCell<HashMap<String, Entry>>,
}

impl VolumeContents {
    /// The contents of a volume.
    pub fn new(part: &Part) -> Self {
        Self { part: part.clone(), entries: RefCell::default() }
    }
}

impl Contents for VolumeContents {
    fn label(&self) -> Option<String> {
        self.part.volume.label()
    }

    fn list(&self, folder: &str) -> Result<Vec<Found>, Fault> {
        let known = self.entries.borrow().get(folder).map(|entry| entry.node.clone());
        let node = match (folder, known) {
            ("", _) => self.part.volume.root(),
            (_, Some(node)) => node,
            (_, None) => return Ok(Vec::new()),
        };
        let (mut found, mut next) = (Vec::new(), Some(0));
        while let Some(from) = next.filter(|_| found.len() < MAX_ENTRIES) {
            let (listing, following) = self.part.volume.page(&node, from)?;
            self.part.look(listing.entries.len())?;
            // What is odd about a folder costs nothing here, unless an entry of it could not be read.
            if let Some(fault) = listing.faults.into_iter().find(|fault| fault.loss == Loss::Unread)
                && listing.entries.is_empty()
            {
                return Err(fault);
            }
            for entry in listing.entries {
                found.extend(look(&entry));
                let path = if folder.is_empty() { entry.name.clone() } else { format!("{folder}/{}", entry.name) };
                self.entries.borrow_mut().insert(path, entry);
            }
            next = following;
        }
        Ok(found)
    }

    fn read(&self, file: &str, most: usize) -> Result<Option<Vec<u8>>, Fault> {
        let entry = self.entries.borrow().get(file).cloned();
        entry.map(|entry| read_whole(self.part.volume.as_ref(), &entry, most)).transpose()
    }
}

/// A file or folder of a listing; `None` for links and devices, which are not followed.
fn look(entry: &Entry) -> Option<Found> {
    let kind = match entry.kind {
        EntryKind::Folder => FoundKind::Folder,
        EntryKind::File => FoundKind::File(Some(entry.size)),
        EntryKind::Link | EntryKind::Other => return None,
    };
    let day = entry.modified.map(|stamp| format!("{:04}-{:02}-{:02}", stamp.year, stamp.month, stamp.day));
    Some(Found { name: entry.name.clone(), short: entry.short.clone(), kind, days: day.into_iter().collect() })
}
