//! Whatever is cut off or changed: no panic, no endless walk, and what is said to be readable is what was there.

use crate::image;
use crate::source::{
    FILES,
    tree::{Tree, open_bytes},
};
use fatfs::{FileSystem, FormatVolumeOptions, FsOptions};
use jewelcase::internals::source::Fault;
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};

/// Opens and walks all of it.
fn survive(image: &[u8]) -> Vec<Tree> {
    let check = |fault: &Fault| {
        let rules = ["input/unreadable", "input/truncated", "input/corrupt-image", "input/unsupported-image"];
        assert!(rules.contains(&fault.rule) && !fault.message.is_empty() && !fault.message.ends_with('.'), "{fault}");
    };
    match open_bytes(image) {
        Ok(opened) => {
            opened.faults.iter().for_each(check);
            opened
                .volumes
                .iter()
                .map(|part| Tree::of(part.volume.as_ref()))
                .inspect(|tree| tree.faults.iter().for_each(check))
                .collect()
        }
        Err(fault) => {
            check(&fault);
            Vec::new()
        }
    }
}

/// Small images of every kind, and the places in them that hold records.
fn images() -> [(Vec<u8>, Vec<usize>); 7] {
    let floppy = image::small_floppy(&FILES);
    let mut without_parameters = floppy.clone();
    without_parameters[..512].fill(0);
    let (partitioned, vhd) = (image::partitioned(&[(1, &floppy)]), image::fixed_vhd(&floppy));
    let (zip, iso, joliet) = (image::zip(&FILES), image::iso(&FILES), image::joliet(&FILES));
    // The folders of a CD follow its files.
    let (footer, folders) = (vhd.len() - 512..vhd.len(), 24 * 2048..iso.len());
    let descriptors = (16 * 2048..16 * 2048 + 200).chain(17 * 2048..17 * 2048 + 200);
    let all = 0..zip.len();
    [
        (floppy, (0..8 * 1024).collect()),
        (without_parameters, (512..2048).collect()),
        (partitioned, (440..512).collect()),
        (vhd, footer.collect()),
        (zip, all.collect()),
        (iso, descriptors.clone().chain(folders.clone()).collect()),
        (joliet, descriptors.chain(folders).collect()),
    ]
}

#[test]
fn every_cut_is_survived() {
    let expected = Tree::expected(&FILES);
    for (number, (image, _)) in images().into_iter().enumerate() {
        // Every length would take minutes: a step that is prime meets every kind of place.
        for length in (0..image.len()).step_by(if image.len() < 10_000 { 1 } else { 331 }) {
            for tree in survive(&image[..length]) {
                for (path, content) in &tree.files {
                    assert_eq!(expected.files.get(path), Some(content), "{number} {length} {path}");
                }
                let is_told = tree == expected || !tree.faults.is_empty();
                assert!(is_told, "{number} {length}: something is missing, and nothing is told");
            }
        }
    }
}

#[test]
fn every_changed_byte_of_the_records_is_survived() {
    for (image, records) in images() {
        // Folders on a CD are mostly empty: a change to what is empty is worth little.
        for at in records.into_iter().filter(|at| image[*at] != 0 || at.is_multiple_of(16)) {
            for mask in [0x01, 0x80, 0xFF] {
                let mut changed = image.clone();
                changed[at] ^= mask;
                survive(&changed);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn many_changed_bytes_are_survived(
        number in 0_usize..7,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let (mut image, records) = images()[number].clone();
        for (at, byte) in changes {
            image[records[at.index(records.len())]] = byte;
        }
        survive(&image);
    }

    #[test]
    fn anything_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        survive(&bytes);
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Trees of any shape are read as a second reader reads them, and as a second writer has written them.
    #[test]
    fn disks_are_read_as_others_read_and_write_them(
        files in prop::collection::btree_map(
            "[A-Z]{1,3}/[A-Z]{1,8}(/[A-Za-z0-9 ]{1,20}[a-z])?\\.[A-Z]{3}",
            prop::collection::vec(any::<u8>(), 0..3000),
            0..25,
        ),
    ) {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(path, content)| (path.as_str(), content.as_slice())).collect();
        let expected = Tree::expected(&files);
        let disks = [image::fat12_floppy(&files), image::fat16_disk(&files)];
        for disk in &disks {
            let system = FileSystem::new(Cursor::new(disk.clone()), FsOptions::new()).expect("the second reader reads it");
            for (path, content) in &expected.files {
                if let Some(content) = content {
                    let mut read = Vec::new();
                    system.root_dir().open_file(path).and_then(|mut file| file.read_to_end(&mut read)).expect("it is there");
                    prop_assert_eq!(&read, content);
                }
            }
        }
        let images = [image::iso(&files), image::joliet(&files), image::zip(&files), written_by_fatfs(&files)];
        for image in disks.iter().chain(&images) {
            prop_assert_eq!(&survive(image), std::slice::from_ref(&expected));
        }
    }
}

/// A floppy of the crate `fatfs`, which gives a long name to every entry, even to `.` and `..`.
fn written_by_fatfs(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut image = vec![0; 1440 * 1024];
    fatfs::format_volume(Cursor::new(&mut image), FormatVolumeOptions::new()).expect("a floppy can be formatted");
    let system = FileSystem::new(Cursor::new(&mut image), FsOptions::new()).expect("it was just formatted");
    for (path, content) in files {
        for (at, _) in path.match_indices('/') {
            system.root_dir().create_dir(&path[..at]).expect("there is room");
        }
        system.root_dir().create_file(path).and_then(|mut file| file.write_all(content)).expect("there is room");
    }
    drop(system);
    image
}
