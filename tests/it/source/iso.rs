//! CDs: names, parts of files, and folders made to mislead.

use crate::image;
use crate::source::{
    FILES,
    tree::{Tree, find, only, open_bytes, position, refusal, told},
};
use jewelcase::internals::source::{Attributes, EntryKind, Timestamp};

const BLOCK: usize = 2048;

/// The place of the record with this name.
fn record(cd: &[u8], name: &[u8]) -> usize {
    position(cd, &[&[name.len() as u8], name].concat()) - 32
}

fn block(cd: &[u8], record: usize) -> usize {
    u32::from_le_bytes(cd[record + 2..record + 6].try_into().expect("four bytes")) as usize
}

fn set_block(cd: &mut [u8], record: usize, block: usize) {
    cd[record + 2..record + 6].copy_from_slice(&(block as u32).to_le_bytes());
}

#[test]
fn records_say_what_the_cd_says() {
    let mut cd = image::iso(&[("GLB/MASTER.GLB", &[7; 176]), ("GLB/NODOT", b"x")]);
    let at = record(&cd, b"MASTER.GLB;1");
    cd[at + 25] = 1;
    let volume = only(cd);
    let master = find(volume.as_ref(), "GLB/MASTER.GLB");
    let written = Timestamp { year: 1995, month: 7, day: 6, hour: 14, minute: 31, second: 0 };
    assert_eq!((master.kind, master.size, master.modified), (EntryKind::File, 176, Some(written)));
    assert_eq!(master.attributes, Some(Attributes { hidden: true, ..Attributes::default() }));
    assert_eq!(volume.read(&master, 100, &mut [0; 100]), Ok(76));
    assert_eq!(find(volume.as_ref(), "GLB/NODOT").size, 1);
}

#[test]
fn names_of_iso_9660_lose_their_version_and_their_dot() {
    let files: [(&str, &[u8]); 3] = [("A.", b"a"), ("B.GLB;2", b"b"), ("C;D", b"c")];
    let expected = Tree::expected(&[("A", b"a"), ("B.GLB;2", b"b"), ("C;D", b"c")]);
    assert_eq!(Tree::of(only(image::iso(&files)).as_ref()), expected);
}

#[test]
fn a_file_can_have_parts() {
    let files: [(&str, &[u8]); 2] = [("A.GLB", &[1; BLOCK]), ("B.GLB", &[2; 100])];
    let mut cd = image::iso(&files);
    let (a, b) = (record(&cd, b"A.GLB;1"), record(&cd, b"B.GLB;1"));
    cd[a + 25] = 0x80;
    cd[b + 33] = b'A';
    let expected = [[1; BLOCK].as_slice(), &[2; 100]].concat();
    assert_eq!(Tree::of(only(cd).as_ref()), Tree::expected(&[("A.GLB", &expected)]));
}

#[test]
fn what_cannot_be_read_of_a_cd_is_told() {
    let good = image::iso(&[("GLB/A.GLB", &[1; 5000]), ("GLB/B.GLB", b"b")]);
    let at = record(&good, b"A.GLB;1");
    let told = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut cd = good.clone();
        change(&mut cd);
        let tree = Tree::of(only(cd).as_ref());
        assert_eq!(tree.files.get("GLB/B.GLB"), Some(&Some(b"b".to_vec())), "the rest stays readable");
        tree.told()
    };
    let end = good.len();
    assert_eq!(
        told(&|cd| set_block(cd, at, 0x1000)),
        [format!(
            "input/truncated: GLB/A.GLB, byte {end:#x}: expected bytes up to 0x801388; the image or partition ends at {end:#x}"
        )]
    );
    assert_eq!(
        told(&|cd| cd[at + 27] = 1),
        ["input/unsupported-image: GLB/A.GLB: its content is interleaved with another file's"]
    );
    let length = good[at];
    let rest = at + usize::from(length);
    assert_eq!(
        told(&|cd| {
            // A record that ends within itself, after the ones that are good.
            let next = rest + usize::from(cd[rest]);
            cd[next] = 20;
        }),
        [format!(
            "input/corrupt-image: GLB, byte {:#x}: expected the record of a file; found one that is not whole",
            rest + usize::from(good[rest])
        )]
    );
    assert_eq!(told(&|cd| cd[at + 33..at + 40].copy_from_slice(b"..;1;;;")).len(), 0, "a strange name is a name");
    assert_eq!(
        told(&|cd| cd[at + 33..at + 40].copy_from_slice(b"...;111")),
        [format!("input/corrupt-image: GLB, byte {at:#x}: expected the name of a file; found one that cannot be")]
    );
}

#[test]
fn folders_that_hold_themselves_are_not_entered() {
    let mut cd = image::iso(&[("GLB/INNER/DEEP/A.GLB", b"a")]);
    let (glb, deep) = (record(&cd, b"GLB"), record(&cd, b"DEEP"));
    let outer = block(&cd, glb);
    set_block(&mut cd, deep, outer);
    let tree = Tree::of(only(cd.clone()).as_ref());
    assert_eq!(
        tree.told(),
        ["input/corrupt-image: GLB/INNER/DEEP: this folder contains itself: it is one of the folders above it"]
    );
    // A folder that is in two others belongs to the one that it names.
    let mut cd = image::iso(&[("GLB/INNER/A.GLB", b"a"), ("MAI/OTHER/B.GLB", b"b")]);
    let (inner, other) = (record(&cd, b"INNER"), record(&cd, b"OTHER"));
    let shared = block(&cd, inner);
    set_block(&mut cd, other, shared);
    let place = shared * BLOCK;
    assert_eq!(
        Tree::of(only(cd).as_ref()).told(),
        [format!(
            "input/corrupt-image: MAI/OTHER, byte {place:#x}: this folder says that it belongs elsewhere, or does not say where it belongs"
        )]
    );
    let mut cd = image::iso(&[("GLB/A.GLB", b"a"), ("MAI/B.GLB", b"b")]);
    let (glb, mai) = (record(&cd, b"GLB"), record(&cd, b"MAI"));
    let shared = block(&cd, glb);
    set_block(&mut cd, mai, shared);
    assert_eq!(
        Tree::of(only(cd).as_ref()).told(),
        [format!("input/corrupt-image: MAI, byte {mai:#x}: begins where another folder begins")]
    );
}

#[test]
fn folders_that_seem_endless_are_left() {
    let mut cd = image::iso(&FILES);
    let at = record(&cd, b"GLB");
    cd[at + 10..at + 14].copy_from_slice(&u32::MAX.to_le_bytes());
    let end = cd.len();
    let tree = Tree::of(only(cd).as_ref());
    assert!(tree.told().iter().any(|fault| fault.starts_with(&format!("input/truncated: GLB, byte {end:#x}"))));
}

/// The sizes of files are in their folders, so that a missing end would not show where nobody reads it.
#[test]
fn a_cd_that_was_cut_off_is_told() {
    let cd = image::iso(&[("A.GLB", &[1; 5000]), ("B.GLB", b"b")]);
    let (length, end) = (cd.len(), cd.len() - BLOCK);
    let opened = open_bytes(&cd[..end]).expect("the CD is known");
    assert_eq!(
        told(&opened),
        [format!("input/truncated: byte {end:#x}: expected a file system of {length} bytes; found {end} of them")]
    );
    // What follows a file system is no fault.
    assert_eq!(told(&open_bytes([cd, vec![0; 5000]].concat()).expect("the CD is good")), [""; 0]);
}

#[test]
fn cds_without_a_volume_are_told() {
    let mut cd = image::iso(&FILES);
    cd[16 * BLOCK + 128..16 * BLOCK + 130].fill(0);
    let expected =
        "input/corrupt-image: byte 0x8000: expected a volume descriptor with blocks of 512 to 2048 bytes; found none";
    assert_eq!(refusal(cd.clone()), expected);
    cd[16 * BLOCK] = 0;
    assert_eq!(refusal(cd), expected);
    let cd = image::iso(&FILES);
    assert!(open_bytes(&cd[..17 * BLOCK]).is_ok_and(|opened| {
        let volume = &opened.volumes[0].volume;
        volume.list(&volume.root()).is_err_and(|fault| fault.rule == "input/truncated")
    }));
}
