//! Folders, archives and images are read as they are, and whatever is broken in them is reported with its place.

mod beside;
mod containers;
mod disk;
mod fat;
mod folder;
mod gzip;
mod iso;
mod survival;
mod tree;
mod zip;

use crate::image::{self, Grains, fat12_floppy, fat16_disk, fat32_disk, partitioned, small_floppy};
use jewelcase::internals::source::VolumeKind;
use tree::{Tree, only};

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

#[test]
fn every_kind_of_volume_holds_the_same() {
    let images = [
        (VolumeKind::Fat12, fat12_floppy(&FILES)),
        (VolumeKind::Fat12, small_floppy(&FILES)),
        (VolumeKind::Fat16, fat16_disk(&FILES)),
        (VolumeKind::Fat32, fat32_disk(&FILES)),
        (VolumeKind::Fat16, partitioned(&[(6, &fat16_disk(&FILES))])),
        (VolumeKind::Iso9660, image::iso(&FILES)),
        (VolumeKind::Iso9660, image::joliet(&FILES)),
    ];
    for (kind, image) in images {
        let in_sectors = match kind {
            VolumeKind::Iso9660 => raw_sectors(&image),
            _ => Vec::new(),
        };
        for image in std::iter::once(image.clone()).chain(containers(&image)).chain(in_sectors) {
            let volume = only(image);
            assert_eq!(volume.kind(), kind);
            assert_eq!(Tree::of(volume.as_ref()), Tree::expected(&FILES), "{}", kind.name());
        }
    }
    let archive = only(image::zip(&FILES));
    assert_eq!(archive.kind(), VolumeKind::Zip);
    assert_eq!(Tree::of(archive.as_ref()), Tree::expected(&FILES));
}

/// A CD in every kind of raw sectors.
pub fn raw_sectors(cd: &[u8]) -> Vec<Vec<u8>> {
    let kinds = [(1, 2352), (2, 2352), (1, 2448), (2, 2448), (2, 2336)];
    kinds.map(|(mode, length)| image::raw_cd(cd, mode, length)).to_vec()
}

/// A disk in every container that holds one in a single file, with blocks of several lengths.
pub fn containers(disk: &[u8]) -> Vec<Vec<u8>> {
    vec![
        image::fixed_vhd(disk),
        image::vdi(disk, 1 << 20),
        image::vdi(disk, 4096),
        image::dynamic_vhd(disk, 2 << 20),
        image::dynamic_vhd(disk, 8192),
        image::qcow2(disk, 16, 3),
        image::qcow2(disk, 9, 2),
        image::vmdk(disk, 128, Grains::Plain),
        image::vmdk(disk, 8, Grains::Packed),
    ]
}

#[test]
fn threads_can_share_a_volume() {
    let volume = only(fat16_disk(&FILES));
    std::thread::scope(|scope| {
        let walks: Vec<_> = (0..4).map(|_| scope.spawn(|| Tree::of(volume.as_ref()))).collect();
        for walk in walks {
            assert_eq!(walk.join().expect("a walk does not panic"), Tree::expected(&FILES));
        }
    });
}
