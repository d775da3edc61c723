//! Files that contain a disk in a format of their own, and the plain disk in each of them.
//!
//! | container | read | `input/unsupported-image` |
//! |---|---|---|
//! | CD image with raw sectors | sectors of 2,352 bytes, of 2,448 with subchannels, of 2,336 without a header; mode 1, mode 2 form 1; its cue sheet | sound, form 2 |
//! | VDI of VirtualBox | fixed, growing | differences to another image |
//! | VHD of Virtual PC | fixed, growing | differences to another image |
//! | QCOW2 of QEMU | versions 2 and 3, clusters packed by deflate | version 1, differences, encryption, data in another file, zstd, subclusters |
//! | VMDK of VMware | sparse, written as a stream, flat, split into files | differences, drives of a machine, the formats of ESX |
//!
//! # Own readers
//!
//! The readers are our own; these crates were tried in 2026. `qcow2-core` 0.3.4, `vhd-core` 0.1.4 and `vmdk-core` 0.8.4 (Apache-2.0, young,
//! one
//! author) survive false sizes and changed headers, but silently treat the end of a truncated QCOW2 or VMDK as the end of the disk, and
//! `vhd-core` refuses a disk that has lost its last footer and checks no checksum. `vdi` 0.2.0 (MIT) allocates as much memory as the header
//! claims. `imago` 0.2.6 (MIT) brings 26 crates and 295 lines with `unsafe`, and opens files itself. No crate reads raw sectors. The
//! necessary
//! part of each format is 100 to 200 lines, which share one reader of blocks.
//!
//! # Bounds
//!
//! Tables are read on demand, through 256 KiB of [windows](super::windows); four unpacked clusters of at most 2 MiB are kept.
//! Every offset is checked against the file, a block at a time. [`survey`] checks the locations of the first 262,144 blocks when a
//! container
//! is opened, so that one that was truncated or contradicts itself is reported even if nobody reads the blocks concerned.

mod block_map;
mod blocks;
mod inflate;
mod qcow2;
mod raw_cd;
mod sheet;
mod survey;
mod vdi;
mod vhd;
mod vmdk;

use super::{Fault, beside::Beside, view::View};
use crate::{model::within::Within, parse};

/// The longest disk that is read from a container, in bytes: 64 TiB, the maximum of a VHDX.
const MAX_DISK: u64 = 64 << 40;

/// The longest text that describes a disk or a CD, in bytes: VMware reserves 10 KB, and a CD has at most 99 tracks.
const MAX_DESCRIPTION: u64 = 64 << 10;

/// Opens the disk in a container; `None` if the view is not a container.
///
/// # Errors
/// It is a container that cannot be opened.
pub(super) fn open(view: &View, beside: &dyn Beside, faults: &mut Vec<Fault>) -> Result<Option<View>, Fault> {
    let mut head = [0; 512];
    let read = view.read(0, &mut head, "")?;
    let head = head.within(..read);
    if head.starts_with(parse::qcow2::MARK) {
        return qcow2::open(view, faults).map(Some);
    }
    if head.get(parse::vdi::MARK_OFFSET..).is_some_and(|head| head.starts_with(parse::vdi::MARK)) {
        return vdi::open(view, faults).map(Some);
    }
    if head.starts_with(parse::vmdk::MARK) {
        return vmdk::open(view, faults).map(Some);
    }
    if vmdk::is_description(head) {
        return vmdk::open_description(view, beside, faults).map(Some);
    }
    if let Some(disk) = vhd::open(view, faults)? {
        return Ok(Some(disk));
    }
    sheet::open(view, head, beside, faults)
}

/// Returns `true` if a file contains the disk that a description beside it names.
pub(super) fn is_described(beside: &dyn Beside) -> bool {
    vmdk::is_extent(beside)
}

/// Refuses a disk that is longer than [`MAX_DISK`].
fn check_length(length: u64) -> Result<(), Fault> {
    if length <= MAX_DISK {
        return Ok(());
    }
    Err(Fault::unsupported("", format!("expected a disk of at most {MAX_DISK} bytes; found one of {length}")))
}

/// A record of a container, as far as the file extends.
fn record(view: &View, offset: u64, length: usize) -> Result<Vec<u8>, Fault> {
    let mut record = vec![0; length];
    let read = view.read(offset, &mut record, "")?;
    record.truncate(read);
    Ok(record)
}

/// The text that describes a disk or a CD, with U+FFFD in place of invalid UTF-8; `None` if it is too long to be one.
fn description(view: &View) -> Result<Option<String>, Fault> {
    if view.length() > MAX_DESCRIPTION {
        return Ok(None);
    }
    let bytes = record(view, 0, view.length() as usize)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
#[cfg(feature = "archives")]
mod tests {
    use super::open;
    use crate::source::{
        Fault,
        beside::{Beside, last_name},
        view::View,
    };
    use flate2::read::DeflateDecoder;
    use std::{
        fs,
        io::{Cursor, Read},
    };

    /// The images in the repository, as one folder.
    struct Stored;

    impl Beside for Stored {
        fn name(&self) -> Option<&str> {
            None
        }

        fn open(&self, name: &str) -> Result<Option<View>, Fault> {
            Ok(Some(View::new(Cursor::new(stored(&last_name(name)))).expect("memory can be read")))
        }
    }

    fn stored(name: &str) -> Vec<u8> {
        let mut image = Vec::new();
        let packed = fs::read(format!("tests/data/images/{name}.gz")).expect("it is in the repository");
        // A gzip header without a name has ten bytes. Checking the checksum would take most of the time of an unoptimised test.
        DeflateDecoder::new(&packed[10..]).read_to_end(&mut image).expect("it is packed");
        image
    }

    /// All bytes of a disk, read in pieces of one length.
    fn bytes(disk: &View, piece: usize) -> Vec<u8> {
        let mut bytes = vec![0xAA; disk.length() as usize];
        for (number, into) in bytes.chunks_mut(piece).enumerate() {
            disk.fill((number * piece) as u64, into, "").expect("all of it can be read");
        }
        bytes
    }

    #[test]
    fn the_disk_in_a_container_is_the_raw_image() {
        #[rustfmt::skip]
        let containers: [(&str, &[&str]); 3] = [
            (
                "floppy.img",
                &[
                    "floppy-v2.qcow2", "floppy-packed.qcow2", "floppy-small.qcow2", "floppy.vdi", "floppy-fixed.vdi", "floppy.vhd",
                    "floppy-fixed.vhd", "floppy.vmdk", "floppy-stream.vmdk", "floppy-mono.vmdk", "floppy-split.vmdk", "floppy-parts.vmdk",
                ],
            ),
            (
                "disk.img",
                &[
                    "disk-v2.qcow2", "disk-packed.qcow2", "disk-large.qcow2", "disk.vdi", "disk.vhd", "disk.vmdk", "disk-stream.vmdk",
                ],
            ),
            ("cd.iso", &["cd.qcow2"]),
        ];
        for (raw, names) in containers {
            let expected = stored(raw);
            for name in names {
                let view = View::new(Cursor::new(stored(name))).expect("memory can be read");
                let mut faults = Vec::new();
                let disk = open(&view, &Stored, &mut faults).expect("it is good").expect("it is a container");
                assert_eq!(faults, [], "{name}");
                // No piece is as long as a block.
                let found = bytes(&disk, 70_001);
                assert!(found[..expected.len()] == expected, "{name}");
                // A container can be slightly longer than its contents.
                assert!(found[expected.len()..].iter().all(|byte| *byte == 0), "{name}");
            }
        }
    }

    #[test]
    fn whatever_is_no_container_is_left_alone() {
        for bytes in [&b""[..], b"QFI", b"FILE", b"REM a batch file\r\necho a\r\n", &[0; 5000], b"# Disk"] {
            let view = View::new(Cursor::new(bytes.to_vec())).expect("memory can be read");
            assert!(open(&view, &Stored, &mut Vec::new()).is_ok_and(|disk| disk.is_none()));
        }
    }
}
