//! Disks with partitions, virtual disks, and what is none of all this.

use crate::image::{fat12_floppy, fat16_disk, fixed_vhd, iso, partitioned, small_floppy, vhd, write_partition};
use crate::source::{
    FILES,
    tree::{Tree, only, open_bytes, refusal, told},
};
use jewelcase::internals::source::{Opened, VolumeKind};

const SECTOR: usize = 512;

fn labels(opened: &Opened) -> Vec<(&str, VolumeKind)> {
    opened.volumes.iter().map(|part| (part.label.as_str(), part.volume.kind())).collect()
}

#[test]
fn every_partition_is_a_volume() {
    let (dos, small) = (fat16_disk(&FILES), small_floppy(&[("A", b"a")]));
    let mut ntfs = vec![0; 10 * SECTOR];
    ntfs[3..11].copy_from_slice(b"NTFS    ");
    let mut disk = partitioned(&[(6, &dos), (1, &small), (7, &ntfs), (5, &[])]);
    // An extended partition with two logical ones: a table, a floppy, a table that lies elsewhere, a floppy.
    let base = disk.len() / SECTOR;
    let logical = small_floppy(&[("B", b"b")]);
    let sectors = (logical.len() / SECTOR) as u32;
    write_partition(&mut disk, 0, 3, 5, base as u32, 2 * (sectors + 1));
    disk.resize(disk.len() + 2 * (logical.len() + SECTOR), 0);
    let second = base + 1 + sectors as usize;
    write_partition(&mut disk, base, 0, 1, 1, sectors);
    write_partition(&mut disk, base, 1, 5, 1 + sectors, sectors + 1);
    write_partition(&mut disk, second, 0, 1, 1, sectors);
    disk[(base + 1) * SECTOR..][..logical.len()].copy_from_slice(&logical);
    disk[(second + 1) * SECTOR..][..logical.len()].copy_from_slice(&small_floppy(&[("C", b"c")]));

    let opened = open_bytes(disk.clone()).expect("the disk has partitions");
    let expected = [
        ("partition 1", VolumeKind::Fat16),
        ("partition 2", VolumeKind::Fat12),
        ("partition 5", VolumeKind::Fat12),
        ("partition 6", VolumeKind::Fat12),
    ];
    assert_eq!(labels(&opened), expected);
    let place = (63 + (dos.len() + small.len()) / SECTOR) * SECTOR + 3;
    assert_eq!(
        told(&opened),
        [format!(
            "input/unsupported-image: partition 3, byte {place:#x}: expected a ZIP archive, a FAT or an ISO 9660 image; \
             found an NTFS file system; the partition table means it for NTFS or HPFS (type 07)"
        )]
    );
    assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), Tree::expected(&FILES));
    assert_eq!(Tree::of(opened.volumes[3].volume.as_ref()), Tree::expected(&[("C", b"c")]));

    // The second table leads back to the first one.
    write_partition(&mut disk, second, 1, 5, 0, sectors);
    let opened = open_bytes(disk).expect("the disk has partitions");
    assert_eq!(labels(&opened), expected);
    let place = base * SECTOR;
    assert_eq!(
        told(&opened)[1],
        format!(
            "input/corrupt-image: partition 4, byte {place:#x}: its partition tables lead back to one of them, or there are too many"
        )
    );
}

#[test]
fn partitions_that_are_not_there_are_told() {
    let content = small_floppy(&FILES);
    let mut disk = partitioned(&[(1, &content), (1, &content)]);
    let length = disk.len();
    write_partition(&mut disk, 0, 1, 1, 63, 320);
    write_partition(&mut disk, 0, 2, 6, 5_000_000, 320);
    write_partition(&mut disk, 0, 3, 0x0F, u32::MAX, u32::MAX);
    let opened = open_bytes(disk).expect("the disk has partitions");
    assert_eq!(labels(&opened), [("partition 1", VolumeKind::Fat12)]);
    assert_eq!(
        told(&opened),
        [
            "input/corrupt-image: partition 2: begins at sector 63, where partition 1 begins".to_owned(),
            format!(
                "input/truncated: partition 3, byte {length:#x}: begins at sector 5000000; the image ends before it"
            ),
            format!(
                "input/truncated: partition 4, byte {length:#x}: expected bytes up to 0x20000000000; the image or partition ends at {length:#x}"
            ),
        ]
    );
}

#[test]
fn partitions_longer_than_the_disk_are_read_as_far_as_they_go() {
    let mut disk = partitioned(&[(1, &small_floppy(&FILES))]);
    let end = disk.len() - 10 * SECTOR;
    disk.truncate(end);
    let opened = open_bytes(disk).expect("the disk has partitions");
    assert_eq!(
        told(&opened),
        [format!(
            "input/truncated: partition 1, byte {end:#x}: expected a file system of 163840 bytes; found 158720 of them"
        )]
    );
    assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), Tree::expected(&FILES));
}

#[test]
fn virtual_disks_are_known_by_their_footer() {
    let disk = partitioned(&[(6, &fat16_disk(&FILES))]);
    let virtual_disk = fixed_vhd(&disk);
    assert_eq!(Tree::of(only(virtual_disk.clone()).as_ref()), Tree::expected(&FILES));
    let old = &virtual_disk[..virtual_disk.len() - 1];
    assert_eq!(Tree::of(only(old).as_ref()), Tree::expected(&FILES));
    // One that grows has a header besides.
    assert!(refusal(vhd(&disk, 3)).starts_with("input/corrupt-image"));
}

#[test]
fn content_counts_and_not_the_mark_of_a_partition() {
    assert_eq!(
        labels(&open_bytes(partitioned(&[(0x83, &fat12_floppy(&FILES))])).expect("it has partitions")),
        [("", VolumeKind::Fat12)]
    );
    // A CD that can be written onto a stick begins with a partition table.
    let mut cd = iso(&FILES);
    write_partition(&mut cd, 0, 0, 0x17, 0, 100);
    assert_eq!(only(cd).kind(), VolumeKind::Iso9660);
}

#[test]
fn other_things_are_named() {
    let expected = "input/unsupported-image: byte 0x0: expected a ZIP archive, a FAT or an ISO 9660 image; found";
    let cases: [(&[u8], &str); 5] = [
        (b"7z\xBC\xAF\x27\x1C\0\x04", "a 7-Zip archive"),
        (b"IMD 1.18", "a floppy image of ImageDisk"),
        (b"NET/PO  932-96191", "no mark of any"),
        (b"\0", "no mark of any"),
        (&[0xFF; 4096], "no mark of any"),
    ];
    for (bytes, what) in cases {
        assert_eq!(refusal(bytes), format!("{expected} {what}"));
    }
    assert_eq!(
        refusal(b""),
        "input/unsupported-image: expected an archive or an image; found nothing, for the file is empty"
    );
}
