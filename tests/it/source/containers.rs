//! Containers: those that public tools have made, damaged ones, and those that lie.

use crate::image::{self, Counting, Grains, iso, raw_cd, small_floppy, stored};
use crate::postoffice::{audited, scratch};
use crate::source::{
    FILES, containers,
    tree::{Tree, only, open_bytes, refusal, told},
};
use jewelcase::internals::source::{CodePage, Fault, VolumeKind, open_reader};
use proptest::prelude::*;
use std::{
    io::{Cursor, Seek, SeekFrom},
    sync::atomic::Ordering,
};

/// The containers of the public tools, by what is in them.
const STORED: [(&str, &[&str]); 3] = [
    (
        "floppy.img",
        &[
            "floppy-v2.qcow2",
            "floppy-packed.qcow2",
            "floppy-small.qcow2",
            "floppy.vdi",
            "floppy-fixed.vdi",
            "floppy.vhd",
            "floppy-fixed.vhd",
            "floppy.vmdk",
            "floppy-stream.vmdk",
            "floppy-parts-s001.vmdk",
            "floppy-mono-flat.vmdk",
        ],
    ),
    (
        "disk.img",
        &[
            "disk-v2.qcow2",
            "disk-packed.qcow2",
            "disk-large.qcow2",
            "disk.vdi",
            "disk.vhd",
            "disk.vmdk",
            "disk-stream.vmdk",
        ],
    ),
    ("cd.iso", &["cd.qcow2"]),
];

/// The trees of all volumes of an image, with their labels and kinds, and what is wrong with the image.
fn walked(image: &[u8]) -> (Vec<(String, VolumeKind, Tree)>, Vec<Fault>) {
    let opened = open_bytes(image).unwrap_or_else(|fault| panic!("{fault}"));
    let trees =
        opened.volumes.iter().map(|part| (part.label.clone(), part.volume.kind(), Tree::of(part.volume.as_ref())));
    (trees.collect(), opened.faults)
}

#[test]
fn containers_of_public_tools_hold_what_the_raw_images_hold() {
    for (raw, names) in STORED {
        let raw = stored(raw);
        let (expected, faults) = walked(&raw);
        assert_eq!(faults, []);
        assert!(expected.iter().all(|(_, _, tree)| tree.faults.is_empty() && tree.files.len() > 59));
        for name in names {
            assert_eq!(walked(&stored(name)), (expected.clone(), Vec::new()), "{name}");
        }
    }
    // No public tool makes raw sectors out of a CD.
    let cd = stored("cd.iso");
    for image in crate::source::raw_sectors(&cd) {
        assert_eq!(walked(&image), walked(&cd));
    }
}

#[test]
fn an_audit_says_the_same_of_a_postoffice_in_any_container() {
    for (raw, names) in STORED {
        let expected = audited(stored(raw));
        assert!(
            !expected.is_empty() && expected.iter().all(|audit| audit.path.contains("image/") && audit.users.is_some())
        );
        for name in names {
            assert_eq!(audited(stored(name)), expected, "{name}");
        }
    }
    let cd = stored("cd.iso");
    for image in crate::source::raw_sectors(&cd) {
        assert_eq!(audited(image), audited(cd.clone()));
    }
}

#[test]
fn what_is_known_and_not_read_is_refused_with_a_reason() {
    let qemu = "this virtual disk of QEMU";
    let cases = [
        ("refused-differences.qcow2", format!("{qemu} contains only the differences from another one")),
        ("refused-zstd.qcow2", format!("{qemu} is packed by another method than deflate")),
        ("refused-divided.qcow2", format!("{qemu} divides its clusters")),
        ("refused-elsewhere.qcow2", format!("{qemu} keeps its data in another file")),
        ("refused-encrypted.qcow2", format!("{qemu} is encrypted")),
        ("refused-old.qcow", format!("{qemu} has version 1 of its format; versions 2 and 3 are read")),
        ("refused-differences.vmdk", "this virtual disk contains only the differences from another one".to_owned()),
    ];
    for (name, expected) in cases {
        assert_eq!(refusal(stored(name)), format!("input/unsupported-image: {expected}"), "{name}");
    }
    let disk = small_floppy(&FILES);
    let changed = |mut image: Vec<u8>, at: usize, bytes: &[u8]| {
        image[at..at + bytes.len()].copy_from_slice(bytes);
        refusal(image)
    };
    let differences = "input/unsupported-image: this virtual disk contains only the differences from another one";
    assert_eq!(changed(image::vdi(&disk, 4096), 0x4C, &[4]), differences);
    assert_eq!(changed(image::vdi(&disk, 4096), 0x1A8, &[1]), differences);
    assert_eq!(refusal([disk.clone(), image::vhd_footer(disk.len(), 4)].concat()), differences);
    assert_eq!(
        refusal([disk.clone(), image::vhd_footer(disk.len(), 5)].concat()),
        "input/unsupported-image: expected a virtual disk of type 2 or 3; found type 5"
    );
    assert_eq!(
        changed(image::vdi(&disk, 4096), 0x46, &[2]),
        "input/unsupported-image: expected version 1 of the format of VirtualBox; found 2"
    );
    let cd = iso(&FILES);
    assert_eq!(
        changed(raw_cd(&cd, 2, 2352), 16, &[0, 0, 0x28, 0, 0, 0, 0x28, 0]),
        "input/unsupported-image: expected a CD with files; found one of sound or pictures (mode 2, form 2)"
    );
    assert_eq!(
        changed(raw_cd(&cd, 1, 2352), 15, &[0]),
        "input/unsupported-image: expected sectors of mode 1, or of mode 2 form 1; found mode 0"
    );
}

/// Small containers of every kind, the number of bytes at their beginning and at their end that are no content, and what is in them.
fn small() -> Vec<(Vec<u8>, usize, usize, Tree)> {
    let (floppy, cd) = (small_floppy(&FILES), iso(&FILES));
    let mut all: Vec<_> = containers(&floppy)
        .into_iter()
        .filter(|image| image.len() < 1 << 20)
        .map(|image| {
            // A footer ends what Virtual PC writes, a second header what VMware writes as a stream.
            let (is_vhd, is_vmdk) = (image[image.len() - 512..].starts_with(b"conectix"), image.starts_with(b"KDMV"));
            let head = match image.starts_with(b"conectix") {
                true => 2048,
                false if is_vhd => 0,
                false => 512,
            };
            let tail = if is_vhd {
                512
            } else if is_vmdk {
                1024
            } else {
                0
            };
            (image, head, tail, Tree::expected(&FILES))
        })
        .collect();
    all.extend(
        [(1, 2352), (2, 2352), (2, 2448)]
            .map(|(mode, length)| (raw_cd(&cd, mode, length), 24, 0, Tree::expected(&FILES))),
    );
    all
}

/// Opens and walks an image, and returns the only tree; `None` where a finding says that something is wrong.
fn whole(image: &[u8]) -> Option<Tree> {
    let check = |fault: &Fault| {
        let rules = ["input/unreadable", "input/truncated", "input/corrupt-image", "input/unsupported-image"];
        assert!(rules.contains(&fault.rule) && !fault.message.is_empty() && !fault.message.ends_with('.'), "{fault}");
    };
    let opened = open_bytes(image).inspect_err(check).ok()?;
    opened.faults.iter().for_each(check);
    let trees: Vec<_> = opened.volumes.iter().map(|part| Tree::of(part.volume.as_ref())).collect();
    trees.iter().flat_map(|tree| &tree.faults).for_each(check);
    let is_whole = opened.faults.is_empty() && trees.iter().all(|tree| tree.faults.is_empty());
    is_whole.then(|| trees.into_iter().next()).flatten()
}

#[test]
fn every_cut_is_told() {
    for (number, (image, _, _, expected)) in small().into_iter().enumerate() {
        for length in (0..image.len()).step_by(4096).chain((0..4096).step_by(97)).chain(image.len() - 600..image.len())
        {
            if let Some(tree) = whole(&image[..length.min(image.len())]) {
                assert_eq!(tree, expected, "{number} {length}");
            }
        }
    }
}

#[test]
fn every_changed_byte_of_a_header_is_told_or_changes_nothing() {
    for (number, (image, head, tail, expected)) in small().into_iter().enumerate() {
        for at in (0..head).chain(image.len() - tail..image.len()) {
            // Of a byte that says something every bit, of one that is 0 a few of them.
            let bits = (0..8).filter(|bit| image[at] != 0 || bit % 4 == at % 4);
            for mask in bits.map(|bit| 1 << bit).chain([0xFF]) {
                let mut changed = image.clone();
                changed[at] ^= mask;
                if let Some(tree) = whole(&changed) {
                    // Content can be at the end, and a changed byte of a file is what the disk says.
                    let is_content = at >= head && tree.files.keys().eq(expected.files.keys());
                    assert!(tree == expected || is_content, "{number} {at:#x} {mask:#x}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Headers and tables, of which several bytes are anything.
    #[test]
    fn many_changed_bytes_are_survived(
        number in 0_usize..9,
        changes in prop::collection::vec((0_usize..6000, any::<u8>()), 1..12),
    ) {
        let (mut image, _, _, _) = small().swap_remove(number);
        for (at, byte) in changes {
            image[at] = byte;
        }
        whole(&image);
    }
}

#[test]
fn sectors_that_are_none_are_told() {
    let cd = iso(&FILES);
    let told_of = |change: &dyn Fn(&mut [u8])| {
        let mut image = raw_cd(&cd, 1, 2352);
        // The first file with content is in sector 18.
        change(&mut image[18 * 2352..19 * 2352]);
        Tree::of(only(image).as_ref()).told()
    };
    let place = 18 * 2352;
    let expected = |message: &str| {
        [format!("input/corrupt-image: GLB/MASTER.GLB, byte {place:#x}: sector 18 of the CD: expected {message}")]
    };
    assert_eq!(told_of(&|sector| sector[5] = 0), expected("the sync bytes of a sector; found something else"));
    assert_eq!(told_of(&|sector| sector[15] = 2), expected("a sector of mode 1; found one of mode 2"));
    assert_eq!(told_of(&|sector| sector[15] = 0), expected("a sector with data; found one of mode 0"));
    // The address and the error correction are not needed.
    assert_eq!(told_of(&|sector| sector[12..15].fill(0xFF)), [""; 0]);
    assert_eq!(told_of(&|sector| sector[2064..].fill(0xFF)), [""; 0]);
}

#[test]
fn a_gap_before_the_data_and_a_later_session_are_read() {
    let cd = iso(&FILES);
    let gap = image::raw_sectors(&[vec![0; 150 * 2048], cd.clone()].concat(), 1, 2352, -150);
    assert_eq!(Tree::of(only(gap).as_ref()), Tree::expected(&FILES));
    // A later session counts its blocks from the beginning of the CD; what genisoimage calls `-C 0,12000`.
    const FIRST: u32 = 12_000;
    let mut session = cd.clone();
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let move_records = |session: &mut Vec<u8>, block: usize, length: usize| {
        let mut at = block * 2048;
        let mut folders = Vec::new();
        while at < block * 2048 + length && session[at] != 0 {
            let start = number(&session[at + 2..at + 6]);
            if session[at + 25] & 2 != 0 && session[at + 33] > 1 {
                folders.push((start as usize, number(&session[at + 10..at + 14]) as usize));
            }
            session[at + 2..at + 6].copy_from_slice(&(start + FIRST).to_le_bytes());
            at += usize::from(session[at]);
        }
        folders
    };
    let root = 16 * 2048 + 156;
    let mut folders =
        vec![(number(&session[root + 2..root + 6]) as usize, number(&session[root + 10..root + 14]) as usize)];
    let moved = (folders[0].0 as u32 + FIRST).to_le_bytes();
    session[root + 2..root + 6].copy_from_slice(&moved);
    while let Some((block, length)) = folders.pop() {
        folders.extend(move_records(&mut session, block, length));
    }
    let image = image::raw_sectors(&session, 1, 2352, FIRST as i32);
    assert_eq!(Tree::of(only(image).as_ref()), Tree::expected(&FILES));
}

#[test]
fn other_bytes_after_the_last_sector_are_no_fault() {
    let mut image = raw_cd(&iso(&FILES), 1, 2352);
    image.extend(b"NER5 and other things that a program keeps");
    assert_eq!(Tree::of(only(image.clone()).as_ref()), Tree::expected(&FILES));
    let end = image.len() - 42;
    image.truncate(end);
    image.extend(&raw_cd(&iso(&FILES), 1, 2352)[..100]);
    let (sectors, length) = (end / 2352, image.len());
    assert_eq!(
        told(&open_bytes(image).expect("the CD is good")),
        [format!(
            "input/truncated: byte {length:#x}: expected whole sectors of 2352 bytes; the image ends within sector {sectors}"
        )]
    );
}

#[test]
fn blocks_with_one_place_are_told() {
    let disk = small_floppy(&[("A.MAI", &[1; 20_000])]);
    let mut image = image::vdi(&disk, 4096);
    // The second block of the floppy where the first one is.
    image[512 + 4..512 + 8].fill(0);
    let place = image.len() - disk.chunks(4096).filter(|block| block.iter().any(|byte| *byte != 0)).count() * 4096;
    assert_eq!(
        told(&open_bytes(image).expect("the floppy is known"))[0],
        format!("input/corrupt-image: byte {place:#x}: two blocks of the disk have the same place in the file")
    );
}

#[test]
fn a_footer_that_is_lost_has_a_copy() {
    let image = image::dynamic_vhd(&small_floppy(&FILES), 8192);
    let end = image.len() - 512;
    let opened = open_bytes(&image[..end]).expect("the copy is in front");
    assert_eq!(
        told(&opened),
        [format!(
            "input/truncated: byte {end:#x}: expected the footer of a virtual disk at the end of the file; found none"
        )]
    );
    assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), Tree::expected(&FILES));
    let mut damaged = image.clone();
    damaged[end + 50] ^= 1;
    assert_eq!(Tree::of(only(damaged.clone()).as_ref()), Tree::expected(&FILES));
    damaged[50] ^= 1;
    assert_eq!(
        refusal(damaged),
        "input/corrupt-image: expected a footer of a virtual disk whose checksum agrees; found none"
    );
}

/// Numbers that are as large as they can be: what is reported is that they are wrong, in no time and with no memory.
#[test]
fn sizes_that_lie_are_told() {
    let disk = small_floppy(&FILES);
    let changed = |image: &[u8], changes: &[(usize, &[u8])]| {
        let mut image = image.to_vec();
        for (at, bytes) in changes {
            image[*at..at + bytes.len()].copy_from_slice(bytes);
        }
        image
    };
    let (vdi, qcow2) = (image::vdi(&disk, 4096), image::qcow2(&disk, 16, 3));
    let vmdk = image::vmdk_with(&disk, 128, Grains::Plain, "");
    let huge = [0xFF; 8];
    let lies = [
        changed(&vdi, &[(0x170, &huge)]),
        changed(&vdi, &[(0x170, &(u64::from(u32::MAX) * 4096).to_le_bytes()), (0x180, &huge[..4])]),
        changed(&vdi, &[(0x178, &huge[..4])]),
        changed(&qcow2, &[(24, &huge)]),
        changed(&qcow2, &[(24, &(1_u64 << 50).to_be_bytes()), (36, &(1_u32 << 21).to_be_bytes())]),
        changed(&qcow2, &[(36, &huge[..4])]),
        changed(&qcow2, &[(40, &huge)]),
        changed(&vmdk, &[(12, &huge)]),
        changed(&vmdk, &[(20, &huge)]),
        changed(&vmdk, &[(56, &(u64::MAX - 1).to_le_bytes())]),
        changed(&vmdk, &[(28, &huge), (36, &huge)]),
        changed(&vmdk, &[(28, &[1]), (36, &[100])]),
    ];
    for (number, lie) in lies.into_iter().enumerate() {
        let opened = open_bytes(lie);
        assert!(opened.is_err() || opened.is_ok_and(|opened| opened.volumes.is_empty()), "{number}");
    }
    // A disk that is longer than what it holds is no worse for it, and what its tables lack is reported.
    let expected = Tree::expected(&FILES);
    let long = changed(&qcow2, &[(24, &(1_u64 << 45).to_be_bytes()), (36, &(1_u32 << 16).to_be_bytes())]);
    assert_eq!(whole(&long).as_ref(), Some(&expected));
    let opened = open_bytes(changed(&vmdk, &[(12, &(1_u64 << 36).to_le_bytes())])).expect("the floppy is known");
    assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), expected);
}

/// Containers whose tables take gigabytes, and whose clusters are as long as they can be, are read within the memory of any other run.
#[cfg(target_os = "linux")]
#[test]
fn tables_of_any_length_take_no_memory() {
    use std::{fs::File, io::Write, process::Command};
    let disk = small_floppy(&FILES);
    let write = |name: &str, length: u64, parts: &[(u64, &[u8])]| {
        let path = scratch(&format!("memory-{name}")).join(name);
        let file = File::create(&path).expect("the file can be written");
        file.set_len(length).expect("a file can have holes");
        for (at, bytes) in parts {
            (&file).seek(SeekFrom::Start(*at)).and_then(|_| (&file).write_all(bytes)).expect("the file can be written");
        }
        path
    };
    // Two thousand million blocks of 4 KiB, of which a table of 2 GiB keeps none.
    let mut vdi = image::vdi(&disk, 4096)[..512].to_vec();
    for (at, number) in [(0x158, (2 << 30) + 512), (0x180, 1 << 29), (0x184, 0_u32)] {
        vdi[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    vdi[0x170..0x178].copy_from_slice(&(1_u64 << 41).to_le_bytes());
    let vdi = write("table.vdi", (2 << 30) + 512, &[(0, &vdi), (512, &[0xFF; 4096])]);
    // Packed clusters of 2 MiB, each of which unpacks to more than 2 MiB; all tables are one.
    let mut qcow2 = image::qcow2(&[[1; 2 << 20], [1; 2 << 20]].concat(), 21, 3);
    let entry = u64::from_be_bytes(qcow2[(4 << 20) + 8..(4 << 20) + 16].try_into().expect("eight bytes"));
    assert_eq!(entry >> 62, 1, "the second cluster is packed");
    for number in 0..1 << 18 {
        qcow2[(4 << 20) + number * 8..][..8].copy_from_slice(&entry.to_be_bytes());
    }
    let table = qcow2[2 << 20..(2 << 20) + 8].to_vec();
    (0..64).for_each(|number| qcow2[(2 << 20) + number * 8..][..8].copy_from_slice(&table));
    qcow2[24..32].copy_from_slice(&(1_u64 << 44).to_be_bytes());
    qcow2[36..40].copy_from_slice(&64_u32.to_be_bytes());
    let qcow2 = write("clusters.qcow2", qcow2.len() as u64, &[(0, &qcow2)]);
    for path in [vdi, qcow2] {
        let limited = format!(
            "ulimit -v 250000 && exec \"{}\" audit \"{}\" --jobs 1",
            env!("CARGO_BIN_EXE_jewelcase"),
            path.display()
        );
        let output = Command::new("sh").args(["-c", &limited]).output().expect("there is a shell");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("input/"), "{}", path.display());
    }
}

/// Packed clusters that do not unpack to what they should.
#[test]
fn packed_blocks_that_are_damaged_are_told() {
    let disk = small_floppy(&[("A.MAI", &[1; 100_000])]);
    for image in [image::qcow2(&disk, 12, 3), image::vmdk(&disk, 8, Grains::Packed)] {
        let mut found = std::collections::BTreeSet::new();
        for at in (image.len() / 2..image.len()).step_by(61) {
            let mut changed = image.clone();
            let end = changed.len().min(at + 40);
            changed[at..end].fill(0x55);
            let Ok(opened) = open_bytes(changed) else { continue };
            let faults = opened.volumes.iter().flat_map(|part| Tree::of(part.volume.as_ref()).faults);
            found.extend(
                opened.faults.into_iter().chain(faults).map(|fault| fault.message.chars().take(40).collect::<String>()),
            );
        }
        assert!(found.iter().any(|message| message.starts_with("a packed block cannot be unpacked")), "{found:?}");
    }
}

/// Of a large disk that is nearly empty, nearly nothing is read.
#[test]
fn only_what_is_needed_is_read() {
    let disk = image::fat32_disk(&FILES);
    for image in containers(&disk).into_iter().skip(1) {
        let (reader, count) = Counting::new(Cursor::new(image));
        let opened = open_reader(reader, CodePage::default()).expect("the image is known");
        let volume = opened.volumes[0].volume.as_ref();
        assert_eq!(volume.list(&volume.root()).expect("the root can be read").entries.len(), 5);
        let read = count.load(Ordering::Relaxed);
        assert!(read < 700_000, "{read} bytes were read");
    }
}
