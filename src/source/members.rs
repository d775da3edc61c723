//! The files of a volume, in the order of a walk by names.

use super::{Entry, EntryKind, Fault, InputFile, Node, Part};
use std::vec;

/// A file of a volume.
#[derive(Clone)]
pub struct Member {
    part: Part,
    folder: Node,
    entry: Entry,
}

impl Member {
    /// Its path inside the volume.
    pub fn path(&self) -> &str {
        self.entry.node.path()
    }

    /// Opens it.
    ///
    /// # Errors
    /// As [`super::Volume::open`].
    pub fn open(&self) -> Result<InputFile, Fault> {
        InputFile::of_volume(&self.part, &self.folder, &self.entry)
    }
}

/// The files of a volume. Links are not followed.
pub struct Members<F> {
    part: Part,
    wanted: F,
    /// The folders that are being walked, from the root on.
    folders: Vec<Walked>,
}

/// A folder some of whose entries are still to come.
struct Walked {
    node: Node,
    entries: vec::IntoIter<Entry>,
    faults: vec::IntoIter<Fault>,
    /// The start of its next page.
    next: Option<usize>,
}

impl<F: Fn(&str, EntryKind) -> bool> Members<F> {
    /// The `wanted` files of a volume, in wanted folders.
    pub fn new(part: &Part, wanted: F) -> Self {
        let root = Walked {
            node: part.volume.root(),
            entries: Vec::new().into_iter(),
            faults: Vec::new().into_iter(),
            next: Some(0),
        };
        Self { part: part.clone(), wanted, folders: vec![root] }
    }

    fn enter(&mut self, node: Node) {
        let (entries, faults) = (Vec::new().into_iter(), Vec::new().into_iter());
        self.folders.push(Walked { node, entries, faults, next: Some(0) });
    }
}

impl Walked {
    /// Reads the next page of the folder.
    fn turn(&mut self, part: &Part, from: usize) -> Result<(), Fault> {
        let (listing, next) = part.volume.page(&self.node, from)?;
        part.look(listing.entries.len()).map_err(|fault| Fault { path: self.node.path().to_owned(), ..fault })?;
        let mut entries = listing.entries;
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        (self.entries, self.faults, self.next) = (entries.into_iter(), listing.faults.into_iter(), next);
        Ok(())
    }
}

impl<F: Fn(&str, EntryKind) -> bool> Iterator for Members<F> {
    type Item = Result<Member, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let walked = self.folders.last_mut()?;
            if let Some(fault) = walked.faults.next() {
                return Some(Err(fault));
            }
            match (walked.entries.next(), walked.next.take()) {
                (Some(entry), next) => {
                    walked.next = next;
                    if !(self.wanted)(entry.node.path(), entry.kind) {
                        continue;
                    }
                    match entry.kind {
                        EntryKind::Folder => self.enter(entry.node),
                        EntryKind::File => {
                            let folder = walked.node.clone();
                            return Some(Ok(Member { part: self.part.clone(), folder, entry }));
                        }
                        EntryKind::Link | EntryKind::Other => {}
                    }
                }
                (None, Some(from)) => {
                    if let Err(fault) = walked.turn(&self.part, from) {
                        return Some(Err(fault));
                    }
                }
                (None, None) => {
                    self.folders.pop();
                }
            }
        }
    }
}
