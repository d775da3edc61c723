//! Folders, archives and images are read as they are, and whatever is broken in them is told with its place.

mod image;

use image::{Files, fat12_floppy, fat16_disk, fat32_disk, fixed_vhd, iso, joliet, partitioned, small_floppy, zip};
use jewelcase::volume::{CodePage, EntryKind, Fault, Kind, Opened, Volume, open_reader, read_whole};
use std::{collections::BTreeMap, io::Cursor};

/// A few files of a postoffice: empty, small, longer than a cluster, deep, and with a long name.
const FILES: [(&str, &[u8]); 7] = [
    ("GLB/MASTER.GLB", &[7; 176]),
    ("GLB/FLAG.GLB", &[0; 2]),
    ("GLB/REQTRANS.GLB", &[]),
    ("MAI/MAF/0000000F.MAI", &[0xA5; 5000]),
    ("FOLDERS/PUB/A folder of a user.FLD", b"long"),
    ("CAL/", &[]),
    ("POPULATE.MSM", b"\x01"),
];

/// What a walk over a whole volume finds.
#[derive(Debug, Default, PartialEq)]
struct Tree {
    /// By path: the content of a file, `None` for a folder.
    files: BTreeMap<String, Option<Vec<u8>>>,
    faults: Vec<Fault>,
}

impl Tree {
    fn of(volume: &dyn Volume) -> Self {
        let mut tree = Self::default();
        let mut folders = vec![volume.root()];
        while let Some(folder) = folders.pop() {
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

    /// What stands in files that were given to a maker of images.
    fn expected(files: &Files) -> Self {
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
}

fn open_bytes(image: Vec<u8>) -> Result<Opened, Fault> {
    open_reader(Cursor::new(image), CodePage::Cp437)
}

/// The only volume of an image that has nothing wrong at its front door.
fn only(image: Vec<u8>) -> Box<dyn Volume> {
    let mut opened = open_bytes(image).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(opened.faults, []);
    assert_eq!(opened.volumes.len(), 1);
    opened.volumes.remove(0).volume
}

#[test]
fn every_kind_of_volume_holds_the_same() {
    let images = [
        (Kind::Fat12, fat12_floppy(&FILES)),
        (Kind::Fat12, small_floppy(&FILES)),
        (Kind::Fat16, fat16_disk(&FILES)),
        (Kind::Fat32, fat32_disk(&FILES)),
        (Kind::Fat16, fixed_vhd(&fat16_disk(&FILES))),
        (Kind::Fat16, partitioned(&[(6, &fat16_disk(&FILES))])),
        (Kind::Zip, zip(&FILES)),
        (Kind::Iso9660, iso(&FILES)),
        (Kind::Iso9660, joliet(&FILES)),
    ];
    for (kind, image) in images {
        let volume = only(image);
        assert_eq!(volume.kind(), kind);
        assert_eq!(Tree::of(volume.as_ref()), Tree::expected(&FILES), "{}", kind.name());
    }
}
