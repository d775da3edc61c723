//! Folders, archives and images are read as they are, and whatever is broken in them is told with its place.

mod disk;
mod fat;
mod folder;
mod iso;
mod survival;
mod tree;
mod zip;

use crate::image::{self, fat12_floppy, fat16_disk, fat32_disk, fixed_vhd, partitioned, small_floppy};
use jewelcase::source::Kind;
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
        (Kind::Fat12, fat12_floppy(&FILES)),
        (Kind::Fat12, small_floppy(&FILES)),
        (Kind::Fat16, fat16_disk(&FILES)),
        (Kind::Fat32, fat32_disk(&FILES)),
        (Kind::Fat16, fixed_vhd(&fat16_disk(&FILES))),
        (Kind::Fat16, partitioned(&[(6, &fat16_disk(&FILES))])),
        (Kind::Zip, image::zip(&FILES)),
        (Kind::Iso9660, image::iso(&FILES)),
        (Kind::Iso9660, image::joliet(&FILES)),
    ];
    for (kind, image) in images {
        let volume = only(image);
        assert_eq!(volume.kind(), kind);
        assert_eq!(Tree::of(volume.as_ref()), Tree::expected(&FILES), "{}", kind.name());
    }
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
