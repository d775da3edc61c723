//! FAT12, FAT16 and FAT32: names, attributes, chains, old floppies, and disks made to mislead.

use crate::image::{Counting, Files, Shape, fat12_floppy, fat16_disk, fat32_disk, huge_fat16_disk, small_floppy};
use crate::source::{
    FILES,
    tree::{Tree, find, only, open_bytes, position, refusal},
};
use jewelcase::internals::source::{Attributes, CodePage, EntryKind, Timestamp, VolumeKind, open_reader, read_whole};
use std::{collections::BTreeSet, io::Cursor, sync::atomic::Ordering};

const SECTOR: usize = 512;

/// Where the parts of an image lie that a test wants to break.
struct Layout {
    table: usize,
    data: usize,
    cluster: usize,
}

impl Layout {
    fn of(image: &[u8]) -> Self {
        let word = |at| usize::from(u16::from_le_bytes([image[at], image[at + 1]]));
        let table = word(14) * SECTOR;
        let root = table + usize::from(image[16]) * word(22) * SECTOR;
        Self { table, data: root + word(17) * 32, cluster: usize::from(image[13]) * SECTOR }
    }

    fn cluster(&self, number: usize) -> usize {
        self.data + (number - 2) * self.cluster
    }

    fn last_cluster(&self, image: &[u8]) -> usize {
        (image.len() - self.data) / self.cluster + 1
    }

    /// Writes what follows a cluster into the first table of a FAT16 disk.
    fn link(&self, image: &mut [u8], cluster: usize, next: u16) {
        image[self.table + cluster * 2..][..2].copy_from_slice(&next.to_le_bytes());
    }
}

/// The place of the entry with this 8.3 name, padded with blanks.
fn entry(image: &[u8], name: &[u8; 11]) -> usize {
    position(image, name)
}

fn first_cluster(image: &[u8], entry: usize) -> usize {
    usize::from(u16::from_le_bytes([image[entry + 26], image[entry + 27]]))
}

fn set_first_cluster(image: &mut [u8], entry: usize, cluster: usize) {
    image[entry + 26..entry + 28].copy_from_slice(&(cluster as u16).to_le_bytes());
}

/// A disk with one folder, and a file of five clusters in it; the image, its layout, and the file's first cluster.
fn disk_with_chain() -> (Vec<u8>, Layout, usize) {
    let image = fat16_disk(&[("GLB/LONG.GLB", &[9; 5 * 1024])]);
    let layout = Layout::of(&image);
    let first = first_cluster(&image, entry(&image, b"LONG    GLB"));
    (image, layout, first)
}

fn told(image: Vec<u8>) -> Vec<String> {
    Tree::of(only(image).as_ref()).told()
}

#[test]
fn entries_say_what_the_disk_says() {
    let mut image = fat12_floppy(&[("GLB/MASTER.GLB", &[7; 176])]);
    let at = entry(&image, b"MASTER  GLB");
    image[at + 11] = 0x27;
    image[at + 22..at + 26].copy_from_slice(&[0xE0, 0x73, 0xE6, 0x1E]);
    let volume = only(image);
    let master = find(volume.as_ref(), "GLB/MASTER.GLB");
    let written = Timestamp { year: 1995, month: 7, day: 6, hour: 14, minute: 31, second: 0 };
    assert_eq!((master.kind, master.size, master.modified), (EntryKind::File, 176, Some(written)));
    assert_eq!(master.attributes, Some(Attributes { read_only: true, hidden: true, system: true }));
    assert_eq!((master.short, master.node.path()), (None, "GLB/MASTER.GLB"));
    let folder = find(volume.as_ref(), "GLB");
    assert_eq!((folder.kind, folder.size), (EntryKind::Folder, 0));
    assert_eq!(
        volume.list(&master.node).unwrap_err().to_string(),
        "GLB/MASTER.GLB: expected a folder of this volume; found something else"
    );
    assert_eq!(
        read_whole(volume.as_ref(), &folder, 10).unwrap_err().to_string(),
        "GLB: expected a file of this volume; found something else"
    );
}

#[test]
fn parts_of_a_file_are_read_alone() {
    let content: Vec<u8> = (0..40_000_u32).map(|number| (number / 7) as u8).collect();
    for image in
        [fat12_floppy(&[("A.MAI", &content)]), fat16_disk(&[("A.MAI", &content)]), fat32_disk(&[("A.MAI", &content)])]
    {
        let volume = only(image);
        let file = find(volume.as_ref(), "A.MAI");
        for (offset, length) in [(0, 1), (511, 2), (512, 512), (1000, 30_000), (39_999, 10), (40_000, 1), (90_000, 1)] {
            let mut into = vec![0; length];
            let read = volume.read(&file, offset as u64, &mut into).expect("the file is whole");
            let expected = &content[offset.min(content.len())..(offset + length).min(content.len())];
            assert_eq!(&into[..read], expected, "{offset} {length}");
        }
    }
}

#[test]
fn old_names_have_a_code_page() {
    let mut image = small_floppy(&[("MASTER.GLB", b"x")]);
    let at = entry(&image, b"MASTER  GLB");
    image[at..at + 6].copy_from_slice(b"\x05\x9B\x9D\xF5/\x1B");
    let names = |code_page| {
        let opened = open_reader(Cursor::new(image.clone()), code_page).expect("the floppy is good");
        let volume = &opened.volumes[0].volume;
        volume.list(&volume.root()).expect("the folder is good").entries.remove(0).name
    };
    assert_eq!(names(CodePage::Cp437), "σ¢¥⌡\u{FFFD}\u{FFFD}.GLB");
    assert_eq!(names(CodePage::Cp850), "ÕøØ§\u{FFFD}\u{FFFD}.GLB");
}

#[test]
fn long_names_belong_to_their_short_ones() {
    let name = "A rather long name of a folder file.fld";
    let good = small_floppy(&[(name, b"x")]);
    let short = entry(&good, b"ARATHE~1FLD");
    let names = |image: Vec<u8>| {
        let volume = only(image);
        let listing = volume.list(&volume.root()).expect("the folder is good");
        assert_eq!(listing.faults, []);
        listing.entries.into_iter().map(|entry| (entry.name, entry.short)).collect::<Vec<_>>()
    };
    let (long, alias) = (name.to_owned(), "ARATHE~1.FLD".to_owned());
    assert_eq!(names(good.clone()), [(long, Some(alias.clone()))]);
    // Renamed by DOS, which knows nothing of long names.
    let mut renamed = good.clone();
    renamed[short] = b'B';
    assert_eq!(names(renamed), [("BRATHE~1.FLD".to_owned(), None)]);
    // A piece is missing, comes twice, or cannot be a path's.
    for (at, byte) in [(32, 0xE5), (32, 2), (64, 0x41), (64, 0x40), (96, 0x7F), (32 - 1, b'/')] {
        let mut broken = good.clone();
        broken[short - at] = byte;
        assert_eq!(names(broken), [(alias.clone(), None)], "{at} {byte}");
    }
    // Windows NT keeps small letters of 8.3 names in two bits.
    let mut small = small_floppy(&[("MASTER.GLB", b"x")]);
    let at = entry(&small, b"MASTER  GLB");
    small[at + 12] = 0x18;
    assert_eq!(names(small), [("master.glb".to_owned(), Some("MASTER.GLB".to_owned()))]);
}

#[test]
fn labels_and_deleted_files_are_no_entries() {
    let mut image = small_floppy(&[("A.GLB", b"a"), ("B.GLB", b"b"), ("C.GLB", b"c")]);
    let (a, b) = (entry(&image, b"A       GLB"), entry(&image, b"B       GLB"));
    image[a + 11] = 0x08;
    image[b] = 0xE5;
    assert_eq!(Tree::of(only(image).as_ref()), Tree::expected(&[("C.GLB", b"c")]));
}

#[test]
fn listings_are_sorted_without_regard_to_case() {
    let files: [(&str, &[u8]); 4] = [("b.glb", b""), ("C.GLB", b""), ("A.GLB", b""), ("D", b"")];
    let volume = only(fat12_floppy(&files));
    let listing = volume.list(&volume.root()).expect("the folder is good");
    let names: Vec<_> = listing.entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["A.GLB", "b.glb", "C.GLB", "D"]);
}

/// FAT12 ends below 4,085 clusters, whatever the boot sector calls itself.
#[test]
fn the_number_of_clusters_tells_fat12_from_fat16() {
    let good = fat16_disk(&FILES);
    let layout = Layout::of(&good);
    let with_clusters = |clusters: usize| {
        let mut image = good.clone();
        let sectors = layout.data / SECTOR + clusters * layout.cluster / SECTOR;
        image[19..21].copy_from_slice(&(sectors as u16).to_le_bytes());
        image[54..62].copy_from_slice(b"FAT12   ");
        open_bytes(image).expect("the disk is good").volumes.remove(0).volume
    };
    assert_eq!(with_clusters(4_084).kind(), VolumeKind::Fat12);
    assert_eq!(with_clusters(4_085).kind(), VolumeKind::Fat16);
    assert_eq!(Tree::of(with_clusters(4_085).as_ref()), Tree::expected(&FILES));
    assert_ne!(Tree::of(with_clusters(4_084).as_ref()).faults, []);
}

#[test]
fn floppies_without_parameters_are_known_by_their_size() {
    let floppies = [
        (0xFE, 320, 1, 1, 64),
        (0xFC, 360, 1, 2, 64),
        (0xFF, 640, 2, 1, 112),
        (0xFD, 720, 2, 2, 112),
        (0xF9, 1440, 2, 3, 112),
        (0xF9, 2400, 1, 7, 224),
        (0xF0, 2880, 1, 9, 224),
    ];
    for (media, sectors, sectors_per_cluster, sectors_per_table, root_entries) in floppies {
        let shape = Shape::floppy(media, sectors, sectors_per_cluster, sectors_per_table, root_entries);
        let mut image = shape.write(&[("GLB/MASTER.GLB", &[7; 5000])]).bytes();
        let expected = Tree::expected(&[("GLB/MASTER.GLB", &[7; 5000])]);
        // Good parameters without the mark of a boot sector, then none at all.
        image[510..512].fill(0);
        image[0] = 0;
        assert_eq!(Tree::of(only(image.clone()).as_ref()), expected, "{sectors}");
        image[..SECTOR].fill(0xF6);
        assert_eq!(Tree::of(only(image.clone()).as_ref()), expected, "{sectors}");
        // Neither a boot sector nor the size of a floppy.
        image.extend([0; SECTOR]);
        let found = "found no mark of any";
        assert_eq!(
            refusal(image),
            format!("input/unsupported-image: byte 0x0: expected a ZIP archive, a FAT or an ISO 9660 image; {found}")
        );
    }
}

#[test]
fn absurd_boot_sectors_are_told() {
    let told = |offset: usize, bytes: &[u8]| {
        let mut image = fat16_disk(&[]);
        image[offset..offset + bytes.len()].copy_from_slice(bytes);
        refusal(image).strip_prefix("input/corrupt-image: byte 0x0: boot sector: expected ").map(str::to_owned)
    };
    let cases: [(usize, &[u8], &str); 8] = [
        (11, &[0, 0], "sectors of 512 to 4096 bytes; found 0"),
        (11, &[0, 3], "sectors of 512 to 4096 bytes; found 768"),
        (13, &[0], "1, 2, 4… or 128 sectors in a cluster; found 0"),
        (13, &[3], "1, 2, 4… or 128 sectors in a cluster; found 3"),
        (
            14,
            &[0, 0],
            "a boot sector and up to 4 allocation tables; found 0 reserved sectors and 2 tables of 32 sectors",
        ),
        (16, &[0], "a boot sector and up to 4 allocation tables; found 1 reserved sectors and 0 tables of 32 sectors"),
        (17, &[0, 0], "entries in the root folder; found none"),
        (19, &[90, 0], "room for files after 97 sectors; found 90 sectors in all"),
    ];
    for (offset, bytes, expected) in cases {
        assert_eq!(told(offset, bytes).as_deref(), Some(expected), "{offset}");
    }
    // Sectors of 64 KB, tables of 4 GB: nothing overflows.
    for byte in [0x7F, 0xFF] {
        let mut image = fat16_disk(&FILES);
        image[11..40].fill(byte);
        assert!(refusal(image).starts_with("input/corrupt-image"));
    }
}

#[test]
fn chains_that_go_astray_are_told() {
    let (good, layout, first) = disk_with_chain();
    let second = first + 1;
    let place = layout.table + second * 2;
    let from = format!("input/corrupt-image: GLB/LONG.GLB, byte {place:#x}: from cluster {second} its chain leads to");
    let last = layout.last_cluster(&good);
    let cases = [
        (0, format!("{from} a free cluster")),
        (1, format!("{from} cluster 1, but the last one is {last}")),
        (0xFFF7, format!("{from} a cluster that is marked as bad")),
        (0xEEEE, format!("{from} cluster 61166, but the last one is {last}")),
        (first as u16, format!("{from} a cluster that it has come through before")),
        (second as u16, format!("{from} a cluster that it has come through before")),
        (
            0xFFFF,
            format!(
                "input/truncated: GLB/LONG.GLB, byte {place:#x}: expected 5120 bytes; its chain of clusters ends after 2048"
            ),
        ),
    ];
    for (next, expected) in cases {
        let mut image = good.clone();
        layout.link(&mut image, second, next);
        let volume = only(image.clone());
        let file = find(volume.as_ref(), "GLB/LONG.GLB");
        let mut beginning = [0; 2048];
        assert_eq!(volume.read(&file, 0, &mut beginning), Ok(2048), "what comes before stays readable");
        assert_eq!(beginning, [9; 2048]);
        assert_eq!(told(image), [expected]);
    }
}

#[test]
fn chains_longer_than_their_file_are_good() {
    let (mut image, _, _) = disk_with_chain();
    let at = entry(&image, b"LONG    GLB");
    image[at + 28..at + 32].copy_from_slice(&1500_u32.to_le_bytes());
    assert_eq!(Tree::of(only(image).as_ref()), Tree::expected(&[("GLB/LONG.GLB", &[9; 1500])]));
}

#[test]
fn files_that_begin_nowhere_are_told() {
    let (good, _, _) = disk_with_chain();
    let at = entry(&good, b"LONG    GLB");
    let cases = [
        (0, "input/truncated: GLB/LONG.GLB: expected 5120 bytes; its chain of clusters ends after 0"),
        (1, "input/corrupt-image: GLB/LONG.GLB: begins in cluster 1, but the last one is 8144"),
        (0xFFFF, "input/corrupt-image: GLB/LONG.GLB: begins in cluster 65535, but the last one is 8144"),
    ];
    for (cluster, expected) in cases {
        let mut image = good.clone();
        set_first_cluster(&mut image, at, cluster);
        assert_eq!(told(image), [expected]);
    }
}

#[test]
fn folders_that_hold_themselves_are_not_entered() {
    let mut image = fat16_disk(&[("GLB/INNER/DEEP/A.GLB", b"a")]);
    let layout = Layout::of(&image);
    let (glb, deep) = (entry(&image, b"GLB        "), entry(&image, b"DEEP       "));
    let outer = first_cluster(&image, glb);
    set_first_cluster(&mut image, deep, outer);
    let place = layout.cluster(outer);
    let tree = Tree::of(only(image.clone()).as_ref());
    assert_eq!(
        tree.told(),
        ["input/corrupt-image: GLB/INNER/DEEP: this folder contains itself: it is one of the folders above it"]
    );
    assert_eq!(tree.files.len(), 3);
    // The same with a folder above that agrees: GLB says that it lies within INNER.
    let inner = first_cluster(&image, entry(&image, b"INNER      "));
    set_first_cluster(&mut image, place + 32, inner);
    assert_eq!(
        Tree::of(only(image).as_ref()).told(),
        [
            format!(
                "input/corrupt-image: GLB, byte {place:#x}: this folder says that it belongs elsewhere, or does not say where it belongs"
            ),
            "input/corrupt-image: GLB/INNER/DEEP: this folder contains itself: it is one of the folders above it"
                .to_owned()
        ]
    );
}

#[test]
fn folders_with_two_ways_to_them_are_entered_once() {
    let mut image = fat16_disk(&[("GLB/A.GLB", b"a"), ("MAI/B.GLB", b"b"), ("XTN/C.GLB", b"c")]);
    let (glb, mai) = (entry(&image, b"GLB        "), entry(&image, b"MAI        "));
    let cluster = first_cluster(&image, glb);
    set_first_cluster(&mut image, mai, cluster);
    let tree = Tree::of(only(image).as_ref());
    assert_eq!(tree.told(), [format!("input/corrupt-image: MAI, byte {mai:#x}: begins in the same cluster as GLB")]);
    assert_eq!(tree.files, Tree::expected(&[("GLB/A.GLB", b"a"), ("XTN/C.GLB", b"c")]).files);
}

#[test]
fn a_file_that_begins_where_a_folder_does_hides_nothing() {
    let mut image = fat16_disk(&[("A.GLB", b"a"), ("GLB/B.GLB", b"b"), ("KEY.GLB", b"k"), ("MAI/C.GLB", b"c")]);
    let (file, glb, mai) =
        (entry(&image, b"A       GLB"), entry(&image, b"GLB        "), entry(&image, b"MAI        "));
    let cluster = first_cluster(&image, glb);
    set_first_cluster(&mut image, file, cluster);
    let tree = Tree::of(only(image.clone()).as_ref());
    assert_eq!(tree.told(), [format!("input/corrupt-image: GLB, byte {glb:#x}: begins in the same cluster as A.GLB")]);
    assert_eq!(tree.files.get("GLB/B.GLB"), Some(&Some(b"b".to_vec())));
    // A second folder is not entered, even after a second file.
    let second = entry(&image, b"KEY     GLB");
    set_first_cluster(&mut image, second, cluster);
    set_first_cluster(&mut image, mai, cluster);
    let tree = Tree::of(only(image).as_ref());
    assert_eq!((tree.faults.len(), tree.files.get("MAI")), (3, None));
    assert_eq!(tree.files.get("GLB/B.GLB"), Some(&Some(b"b".to_vec())));
}

/// Every folder is in two others, so that there are 2^20 paths to the last one; a walk sees few of them.
#[test]
fn folders_that_multiply_are_left() {
    let names: Vec<String> = (0..20).map(|number| format!("F{number}/")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &[][..])).collect();
    let mut image = fat16_disk(&files);
    let layout = Layout::of(&image);
    let clusters: Vec<usize> = (0..20)
        .map(|number| {
            first_cluster(&image, entry(&image, format!("{:11}", format!("F{number}")).as_bytes().try_into().unwrap()))
        })
        .collect();
    for level in 0..18 {
        let place = layout.cluster(clusters[level]);
        for (slot, below) in [(2, level + 1), (3, level + 2)] {
            let at = place + slot * 32;
            image[at..at + 11].copy_from_slice(format!("{:11}", format!("S{below}")).as_bytes());
            image[at + 11] = 0x10;
            set_first_cluster(&mut image, at, clusters[below]);
        }
    }
    let tree = Tree::of(only(image).as_ref());
    let refused = tree.told().iter().filter(|fault| fault.ends_with("as 64 others do; it is not listed")).count();
    assert!(refused > 0 && tree.files.len() < 2_000, "{refused} {}", tree.files.len());
}

#[test]
fn cut_disks_are_read_as_far_as_they_go() {
    let (good, layout, first) = disk_with_chain();
    let end = layout.cluster(first + 3) + 100;
    let mut opened = open_bytes(&good[..end]).expect("the beginning is there");
    let told: Vec<_> = opened.faults.iter().map(|fault| format!("{}: {fault}", fault.rule)).collect();
    let length = 8 << 20;
    assert_eq!(
        told,
        [format!("input/truncated: byte {end:#x}: expected a file system of {length} bytes; found {end} of them")]
    );
    let volume = opened.volumes.remove(0).volume;
    let file = find(volume.as_ref(), "GLB/LONG.GLB");
    assert_eq!(volume.read(&file, 0, &mut [0; 3 * 1024 + 100]), Ok(3 * 1024 + 100));
    let until = layout.cluster(first + 4);
    assert_eq!(
        volume.read(&file, 0, &mut [0; 5 * 1024]).unwrap_err().to_string(),
        format!(
            "GLB/LONG.GLB, byte {end:#x}: expected bytes up to {until:#x}; the image or partition ends at {end:#x}"
        )
    );
    // Cut within the root folder: what is before is listed.
    let image = fat16_disk(&[("A.GLB", b""), ("B.GLB", b"")]);
    let end = entry(&image, b"B       GLB");
    let volume = open_bytes(&image[..end]).expect("the beginning is there").volumes.remove(0).volume;
    let listing = volume.list(&volume.root()).expect("the beginning is there");
    assert_eq!((listing.entries.len(), listing.faults.len()), (1, 1));
    assert_eq!(listing.faults[0].rule, "input/truncated");
}

#[test]
fn fat32_uses_the_table_that_it_says() {
    let mut image = fat32_disk(&FILES);
    let table = usize::from(image[14]) * SECTOR;
    let length = u32::from_le_bytes([image[36], image[37], image[38], image[39]]) as usize * SECTOR;
    image[table..table + length].fill(0);
    assert_ne!(Tree::of(only(image.clone()).as_ref()).faults, []);
    image[40] = 0x81;
    assert_eq!(Tree::of(only(image).as_ref()), Tree::expected(&FILES));
}

/// Ten postoffices of 51 folders and 60 files on a disk of 2 GB.
#[test]
fn little_of_a_big_disk_is_read() {
    let mut paths = BTreeSet::new();
    for number in 0..10 {
        for folder in 0..51 {
            paths.insert(format!("PO{number}/FOLDER{folder}/"));
        }
        for file in 0..60 {
            paths.insert(format!("PO{number}/FOLDER0/{file:07X}0.GLB"));
        }
    }
    let files: Vec<(&str, &[u8])> =
        paths.iter().map(|path| (path.as_str(), if path.ends_with('/') { &[][..] } else { &[7; 176][..] })).collect();
    let files: &Files = &files;
    let (reader, bytes) = Counting::new(huge_fat16_disk(files));
    let opened = open_reader(reader, CodePage::Cp437).expect("the disk is good");
    let volume = &opened.volumes[0].volume;
    assert_eq!(Tree::of(volume.as_ref()), Tree::expected(files));
    let read = bytes.load(Ordering::Relaxed);
    let length = 2_000 << 20;
    assert!(read * 1_000 < length, "{read} of {length} bytes");
}
