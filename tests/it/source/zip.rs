//! ZIP archives as PKZIP made them, and as nobody should.

use crate::image;
use crate::source::{
    FILES,
    tree::{Tree, find, only, open_bytes, position, refusal},
};
use jewelcase::internals::source::{EntryKind, Opened, Timestamp, read_whole};

const END: &[u8] = b"PK\x05\x06";
const CENTRAL: &[u8] = b"PK\x01\x02";

fn told(opened: &Opened) -> Vec<String> {
    opened.faults.iter().map(|fault| format!("{}: {fault}", fault.rule)).collect()
}

/// Writes into the record of the first file of the list of files, and into the one before its content.
fn change(archive: &mut [u8], central: usize, local: usize, bytes: &[u8]) {
    let at = position(archive, CENTRAL) + central;
    archive[at..at + bytes.len()].copy_from_slice(bytes);
    archive[local..local + bytes.len()].copy_from_slice(bytes);
}

#[test]
fn members_say_what_the_archive_says() {
    let volume = only(image::zip(&FILES));
    let master = find(volume.as_ref(), "GLB/MASTER.GLB");
    let written = Timestamp { year: 1995, month: 7, day: 6, hour: 14, minute: 31, second: 0 };
    assert_eq!((master.kind, master.size, master.modified), (EntryKind::File, 176, Some(written)));
    let content = find(volume.as_ref(), "MAI/MAF/0000000F.MAI");
    let mut middle = [0; 600];
    assert_eq!(volume.read(&content, 4500, &mut middle), Ok(500));
    assert_eq!(middle[..500], [0xA5; 500]);
    assert_eq!(volume.read(&content, 5000, &mut middle), Ok(0));
}

#[test]
fn names_of_dos_are_read() {
    let mut archive = image::zip(&[("MASTER.GLB", b"x")]);
    for at in [30, position(&archive, CENTRAL) + 46] {
        archive[at..at + 10].copy_from_slice(b"GL\x9B\\M\x1B.GLB");
    }
    assert_eq!(Tree::of(only(archive).as_ref()), Tree::expected(&[("GL¢/M\u{FFFD}.GLB", b"x")]));
}

#[test]
fn paths_stay_within_the_archive() {
    let files: [(&str, &[u8]); 6] = [
        ("../../etc/passwd", b"1"),
        ("GLB/../../MASTER.GLB", b"2"),
        ("/GLB/ABSOLUTE.GLB", b"3"),
        ("./GLB//DOT.GLB", b"4"),
        ("GLB\\SLASH.GLB", b"5"),
        ("//", b""),
    ];
    let archive = image::zip(&files);
    let mut places = archive.windows(4).enumerate().filter(|(_, window)| *window == CENTRAL).map(|(at, _)| at);
    let (first, second, last) = (places.next().unwrap(), places.next().unwrap(), places.next_back().unwrap());
    let opened = open_bytes(archive).expect("the archive is good");
    assert_eq!(
        told(&opened),
        [
            format!(
                "input/corrupt-image: ../../etc/passwd, byte {first:#x}: expected a path within the archive; found one that leads out of it"
            ),
            format!(
                "input/corrupt-image: GLB/../../MASTER.GLB, byte {second:#x}: expected a path within the archive; found one that leads out of it"
            ),
            format!("input/corrupt-image: //, byte {last:#x}: expected the path of a file; found none"),
        ]
    );
    let expected = Tree::expected(&[("GLB/ABSOLUTE.GLB", b"3"), ("GLB/DOT.GLB", b"4"), ("GLB/SLASH.GLB", b"5")]);
    assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), expected);
}

#[test]
fn names_that_come_twice_are_told() {
    let archive = image::zip(&[("GLB/A.GLB", b"first"), ("GLB\\A.GLB", b"last"), ("MAI", b"file"), ("MAI/B", b"b")]);
    let tree = Tree::of(only(archive).as_ref());
    assert_eq!(
        tree.told(),
        [
            "input/corrupt-image: MAI: a file and a folder have this name; only the folder counts",
            "input/corrupt-image: GLB/A.GLB: several files have this name; the last one counts",
        ]
    );
    assert_eq!(tree.files, Tree::expected(&[("GLB/A.GLB", b"last"), ("MAI/B", b"b")]).files);
    // The same name to the letter.
    let mut archive = image::zip(&[("A.GLB", b"first"), ("B.GLB", b"last")]);
    let second = archive.windows(5).rposition(|window| window == b"B.GLB").unwrap();
    archive[second] = b'A';
    let tree = Tree::of(only(archive).as_ref());
    assert_eq!(tree.told(), ["input/corrupt-image: A.GLB: several files have this name; the last one counts"]);
    assert_eq!(tree.files, Tree::expected(&[("A.GLB", b"last")]).files);
}

#[test]
fn members_that_lie_are_told() {
    let good = image::zip(&[("A.GLB", &[7; 1000])]);
    let told = |archive: Vec<u8>, most| {
        let volume = only(archive);
        let fault = read_whole(volume.as_ref(), &find(volume.as_ref(), "A.GLB"), most).unwrap_err();
        format!("{}: {fault}", fault.rule)
    };
    let mut encrypted = good.clone();
    change(&mut encrypted, 8, 6, &[1]);
    assert_eq!(told(encrypted, 10), "input/unreadable: A.GLB, byte 0x0: this file is encrypted");
    let mut longer = good.clone();
    change(&mut longer, 24, 22, &2000_u32.to_le_bytes());
    assert_eq!(
        told(longer.clone(), 5000),
        "input/truncated: A.GLB, byte 0x0: expected 2000 bytes; its content ends after 1000"
    );
    change(&mut longer, 24, 22, &u32::MAX.wrapping_sub(1).to_le_bytes());
    assert_eq!(
        told(longer, 5000),
        "input/truncated: A.GLB, byte 0x0: expected 4294967294 bytes; its content ends after 1000"
    );
    let mut checksum = good.clone();
    change(&mut checksum, 16, 14, &[0; 4]);
    assert_eq!(
        told(checksum.clone(), 1000),
        "input/corrupt-image: A.GLB, byte 0x0: cannot be unpacked: its content does not agree with its checksum"
    );
    // The beginning of a file can be had without the rest of it.
    let volume = only(checksum);
    assert_eq!(read_whole(volume.as_ref(), &find(volume.as_ref(), "A.GLB"), 10), Ok(vec![7; 10]));
    let mut method = good.clone();
    change(&mut method, 10, 8, &[97]);
    assert_eq!(told(method, 10), "input/unsupported-image: A.GLB, byte 0x0: is packed by method 97, which is not read");
    let mut shorter = good;
    change(&mut shorter, 24, 22, &500_u32.to_le_bytes());
    assert!(told(shorter, 1000).starts_with("input/corrupt-image: A.GLB, byte 0x0: "));
}

#[test]
fn an_archive_can_have_something_before_it() {
    let program = [b"MZ".repeat(5000), image::zip(&FILES)].concat();
    assert_eq!(Tree::of(only(program).as_ref()), Tree::expected(&FILES));
}

#[test]
fn broken_archives_are_told() {
    let good = image::zip(&FILES);
    let cut = &good[..good.len() - 30];
    assert!(refusal(cut).starts_with("input/truncated: byte "), "{}", refusal(cut));
    assert!(refusal(cut).contains(": cannot be read as a ZIP archive: "), "{}", refusal(cut));
    let mut list = good.clone();
    let at = position(&list, CENTRAL);
    list[at..at + 4].fill(0);
    let place = position(&list, END);
    assert_eq!(
        refusal(list),
        format!(
            "input/corrupt-image: byte {place:#x}: cannot be read as a ZIP archive: the list of its files is not where this says"
        )
    );
    assert_eq!(Tree::of(only([END, &[0; 18]].concat()).as_ref()), Tree::default());
}

/// A ZIP64 record that tells of more files than there is memory for, in an archive that seems long enough for them.
#[test]
fn lies_about_the_number_of_files_take_no_memory() {
    use crate::image::Disk;
    use jewelcase::internals::source::{CodePage, open_reader};
    use std::io::{Seek, SeekFrom, Write};
    let told = |files: u64, record: u64| {
        let length: u64 = 1 << 45;
        let place = length - 98;
        let mut archive = Disk::new(length);
        archive.write_all(b"PK\x03\x04").expect("memory can be written");
        archive.seek(SeekFrom::Start(place)).expect("it is long enough");
        let numbers = |numbers: &[u64]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let end = [
            b"PK\x06\x06".to_vec(),
            numbers(&[record, 45 | 45 << 16]),
            vec![0; 4],
            numbers(&[files, files, 46 * files, 4]),
            b"PK\x06\x07\0\0\0\0".to_vec(),
            numbers(&[place]),
            vec![1, 0, 0, 0],
            END.to_vec(),
            vec![0; 4],
            vec![0xFF; 12],
            vec![0; 2],
        ]
        .concat();
        archive.write_all(&end).expect("memory can be written");
        let fault = open_reader(archive, CodePage::Cp437).expect_err("no memory is set aside");
        format!("{}: {fault}", fault.rule)
    };
    let many = 1 << 35;
    assert_eq!(
        told(many, 44),
        format!("input/unsupported-image: expected at most 1048576 files in an archive; found {many}")
    );
    assert!(told(5, many).contains("cannot be read as a ZIP archive"), "{}", told(5, many));
    assert!(told(5, 44).contains("cannot be read as a ZIP archive"), "{}", told(5, 44));
}

/// Nothing is unpacked beyond what is asked for.
#[test]
fn bombs_do_not_go_off() {
    let archive = image::zip(&[("A.GLB", &vec![0; 4 << 20])]);
    assert!(archive.len() < 1 << 16, "{}", archive.len());
    let volume = only(archive);
    let bomb = find(volume.as_ref(), "A.GLB");
    assert_eq!(read_whole(volume.as_ref(), &bomb, 100), Ok(vec![0; 100]));
}

#[test]
fn deep_paths_are_left_out() {
    let (deep, deeper) = ("A/".repeat(129) + "B", "C/".repeat(131) + "D");
    let opened = open_bytes(image::zip(&[(&deep, b"b"), (&deeper, b"d")])).expect("the archive is good");
    assert_eq!(opened.faults.len(), 1);
    assert!(told(&opened)[0].ends_with("expected at most 129 folders within each other"));
    assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), Tree::expected(&[(&deep, b"b")]));
}

#[test]
fn many_files_are_listed() {
    let paths: Vec<String> = (0..3000).map(|number| format!("MAI/MA{:X}/{number:07X}.MAI", number % 16)).collect();
    let files: Vec<(&str, &[u8])> = paths.iter().map(|path| (path.as_str(), path.as_bytes())).collect();
    assert_eq!(Tree::of(only(image::zip(&files)).as_ref()), Tree::expected(&files));
}
