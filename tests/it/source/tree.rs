//! Walks over a whole volume.

use crate::image::Files;
use jewelcase::internals::source::{CodePage, Entry, EntryKind, Fault, Opened, Volume, open_reader, read_whole};
use std::{collections::BTreeMap, io::Cursor, sync::Arc};

/// No image of these tests has more folders than this, so a walk that finds more goes round in circles.
const MOST_FOLDERS: usize = 20_000;

/// What a walk over a whole volume finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// By path: the content of a file, `None` for a folder.
    pub files: BTreeMap<String, Option<Vec<u8>>>,
    pub faults: Vec<Fault>,
}

impl Tree {
    pub fn of(volume: &dyn Volume) -> Self {
        let mut tree = Self::default();
        let mut folders = vec![volume.root()];
        let mut listed = 0;
        while let Some(folder) = folders.pop() {
            listed += 1;
            assert!(listed <= MOST_FOLDERS, "{}", folder.path());
            let listing = match volume.list(&folder) {
                Ok(listing) => listing,
                Err(fault) => {
                    tree.faults.push(fault);
                    continue;
                }
            };
            tree.faults.extend(listing.faults);
            for entry in listing.entries {
                let path = entry.node.path().to_owned();
                assert!(path.ends_with(&entry.name), "{path} {}", entry.name);
                match entry.kind {
                    EntryKind::Folder => {
                        tree.files.insert(path, None);
                        folders.push(entry.node);
                    }
                    EntryKind::File => match read_whole(volume, &entry, 1 << 20) {
                        Ok(content) => {
                            assert_eq!(content.len() as u64, entry.size.min(1 << 20), "{path}");
                            tree.files.insert(path, Some(content));
                        }
                        Err(fault) => tree.faults.push(fault),
                    },
                    EntryKind::Link | EntryKind::Other => {}
                }
            }
        }
        tree
    }

    /// What is in files that were given to a maker of images.
    pub fn expected(files: &Files) -> Self {
        let mut tree = Self::default();
        for (path, content) in files {
            for (at, _) in path.match_indices('/') {
                tree.files.insert(path[..at].to_owned(), None);
            }
            if !path.ends_with('/') {
                tree.files.insert((*path).to_owned(), Some(content.to_vec()));
            }
        }
        tree
    }

    /// The faults as they are told.
    pub fn told(&self) -> Vec<String> {
        self.faults.iter().map(|fault| format!("{}: {fault}", fault.rule)).collect()
    }
}

pub fn open_bytes(image: impl Into<Vec<u8>>) -> Result<Opened, Fault> {
    open_reader(Cursor::new(image.into()), CodePage::Cp437)
}

/// The only volume of an image that has nothing wrong at its front door.
pub fn only(image: impl Into<Vec<u8>>) -> Arc<dyn Volume> {
    let mut opened = open_bytes(image).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(opened.faults, []);
    assert_eq!(opened.volumes.len(), 1);
    opened.volumes.remove(0).volume
}

/// What is reported of an image that cannot be opened.
pub fn refusal(image: impl Into<Vec<u8>>) -> String {
    match open_bytes(image) {
        Ok(opened) => panic!("opened, with {:?}", opened.faults),
        Err(fault) => format!("{}: {fault}", fault.rule),
    }
}

/// What is wrong with an image that was opened.
pub fn told(opened: &Opened) -> Vec<String> {
    opened.faults.iter().map(|fault| format!("{}: {fault}", fault.rule)).collect()
}

/// The entry at a path.
pub fn find(volume: &dyn Volume, path: &str) -> Entry {
    let mut folder = volume.root();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        let listing = volume.list(&folder).unwrap_or_else(|fault| panic!("{fault}"));
        let entry = listing.entries.into_iter().find(|entry| entry.name == name);
        let entry = entry.unwrap_or_else(|| panic!("{path} is not there"));
        if names.peek().is_none() {
            return entry;
        }
        folder = entry.node;
    }
    unreachable!("a path has a last name")
}

/// The first place of a text.
pub fn position(image: &[u8], text: &[u8]) -> usize {
    image.windows(text.len()).position(|window| window == text).expect("the image holds it")
}
