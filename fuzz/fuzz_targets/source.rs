//! Any bytes as an archive or image, every folder and file of it, and what is within these, and as a text that describes one: `cargo fuzz run source`.

#![no_main]

use jewelcase::internals::{parse::{cue, vmdk}, source::{CodePage, Discovery, EntryKind, InputFile, open_reader, read_whole}};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

/// Folders that are listed of one volume. A walk ends by itself, but this one is to be quick.
const MOST_FOLDERS: usize = 500;

fuzz_target!(|image: &[u8]| {
    let text = String::from_utf8_lossy(image);
    for track in cue::tracks(&text).iter().flatten() {
        assert!(text.contains(&track.file) && !track.file.is_empty());
    }
    if let Ok(description) = vmdk::description(&text) {
        assert!(description.extents.len() <= text.lines().count());
    }
    let Ok(opened) = open_reader(Cursor::new(image.to_vec()), CodePage::Cp850) else { return };
    for part in &opened.volumes {
        let volume = part.volume.as_ref();
        let mut folders = vec![volume.root()];
        for _ in 0..MOST_FOLDERS {
            let Some(folder) = folders.pop() else { break };
            let Ok(listing) = volume.list(&folder) else { continue };
            for entry in listing.entries {
                assert!(entry.node.path().ends_with(&entry.name) && !entry.name.contains('/'));
                match entry.kind {
                    EntryKind::Folder => folders.push(entry.node),
                    EntryKind::File => {
                        if let Ok(content) = read_whole(volume, &entry, 1 << 16) {
                            assert_eq!(content.len() as u64, entry.size.min(1 << 16));
                        }
                        // It can be an archive or an image itself.
                        let file = InputFile::of_volume(part, &folder, &entry);
                        let _ = file.and_then(|file| file.open(Discovery::Met));
                    }
                    EntryKind::Link | EntryKind::Other => {}
                }
            }
        }
    }
});
