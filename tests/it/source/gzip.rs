//! Images that gzip packed, which are read from any place without being unpacked onto a disk.

use crate::image::{fat12_floppy, fat16_disk, gzip, iso, zip};
use crate::source::{
    FILES,
    tree::{Tree, find, only, open_bytes, refusal},
};
use jewelcase::internals::source::Fault;

/// Content that packs badly, so that the packed parts of an image are long.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..length).map(next).collect()
}

fn told(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(|fault| format!("{}: {fault}", fault.rule)).collect()
}

#[test]
fn an_image_holds_the_same_when_it_is_packed() {
    let images = [fat12_floppy(&FILES), fat16_disk(&FILES), iso(&FILES), zip(&FILES), gzip(&zip(&FILES))];
    for image in images {
        assert_eq!(Tree::of(only(gzip(&image)).as_ref()), Tree::expected(&FILES));
    }
}

/// Longer than what is held in memory, so places far apart are found again from states that were kept.
#[test]
fn a_long_image_is_read_from_any_place() {
    let (first, last) = (noise(2 << 20), noise(7 << 19));
    let files: [(&str, &[u8]); 3] = [("A/FIRST.BIN", &first), ("B/LAST.BIN", &last), ("C.TXT", b"short")];
    for image in [fat16_disk(&files), iso(&files)] {
        let volume = only(gzip(&image));
        for _ in 0..2 {
            for (path, content) in files.iter().rev() {
                let entry = find(volume.as_ref(), path);
                let mut read = vec![0; content.len()];
                assert_eq!(volume.read(&entry, 0, &mut read), Ok(content.len()));
                assert!(read == *content, "{path}");
                let mut end = [0; 5];
                assert_eq!(volume.read(&entry, content.len() as u64 - 5, &mut end), Ok(5));
                assert_eq!(end, content[content.len() - 5..]);
            }
        }
    }
}

/// As `cat a.gz b.gz` or a tool that packs block by block makes them.
#[test]
fn several_files_of_gzip_are_one() {
    let image = fat16_disk(&[("A.BIN", &noise(6 << 20))]);
    let blocks: Vec<u8> = image.chunks(2_000_001).flat_map(gzip).collect();
    let volume = only(blocks.clone());
    let expected = only(image).list(&volume.root()).expect("the disk is good").entries.len();
    assert_eq!(volume.list(&volume.root()).expect("the disk is good").entries.len(), expected);
    let mut read = vec![0; 6 << 20];
    assert_eq!(volume.read(&find(volume.as_ref(), "A.BIN"), 0, &mut read), Ok(6 << 20));
    assert!(read == noise(6 << 20));
    // A tape fills its last block with zeros.
    let padded = [blocks.clone(), vec![0; 512]].concat();
    assert_eq!(open_bytes(padded).expect("the disk is good").faults, []);
    let place = blocks.len();
    let opened = open_bytes([blocks, b"and something else".to_vec()].concat()).expect("the disk is good");
    assert_eq!(
        told(&opened.faults),
        [format!(
            "input/corrupt-image: byte {place:#x}: the gzip file ends here; what follows is not part of it, and was not read"
        )]
    );
}

#[test]
fn what_is_cut_or_damaged_is_told_and_read_as_far_as_it_goes() {
    let floppy = fat12_floppy(&FILES);
    let whole = gzip(&floppy);
    for length in [whole.len() - 1, whole.len() - 8, whole.len() - 20] {
        let opened = open_bytes(&whole[..length]).expect("the beginning is there");
        assert_eq!(opened.faults[0].rule, "input/truncated", "{length}");
        let tree = Tree::of(opened.volumes[0].volume.as_ref());
        assert_eq!(tree.files.get("GLB/MASTER.GLB"), Some(&Some(vec![7; 176])), "{length}");
    }
    assert!(refusal(&whole[..5]).starts_with("input/corrupt-image: byte 0x0: expected the header"));
    assert!(refusal(&whole[..12]).starts_with("input/truncated: "), "{}", refusal(&whole[..12]));
    let mut checksum = whole.clone();
    let at = whole.len() - 8;
    checksum[at] ^= 1;
    let opened = open_bytes(checksum).expect("the content is there");
    assert_eq!(
        told(&opened.faults),
        [format!("input/corrupt-image: byte {at:#x}: its content does not agree with its checksum or length")]
    );
    assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), Tree::expected(&FILES));
    let text = gzip(b"no image");
    assert!(refusal(text.clone()).ends_with("found data packed by gzip, which is neither"));
    assert!(refusal(&text[..15]).starts_with("input/truncated: "), "{}", refusal(&text[..15]));
}

#[test]
fn gzip_within_gzip_ends() {
    let mut packed = fat12_floppy(&FILES);
    for _ in 0..6 {
        packed = gzip(&packed);
    }
    assert_eq!(Tree::of(only(packed.clone()).as_ref()), Tree::expected(&FILES));
    assert_eq!(
        refusal(gzip(&packed)),
        "input/truncated: is in more than 6 archives or images within each other, and was not opened"
    );
}
