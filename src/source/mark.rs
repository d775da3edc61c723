//! The signatures in the first bytes of a file.

use crate::model::within::{Within, span_at};

/// The number of first bytes that contain all signatures known here.
pub(super) const HEAD_BYTES: usize = 2048;

/// The number of bytes that show whether gzip files or archives follow each other.
#[cfg(feature = "archives")]
pub(super) const MARK_BYTES: usize = 6;

/// Formats that are recognised but not read: the offset, the signature, the name. A question mark matches any byte.
const UNSUPPORTED_FORMATS: [(usize, &[u8], &str); 19] = [
    (0, b"\x1F\x8B\x08", "data packed by gzip"),
    (0, b"BZh?1AY&SY", "data packed by bzip2"),
    (0, b"\xFD7zXZ\0", "data packed by xz"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (0, b"Rar!\x1A\x07", "a RAR archive"),
    (0, b"MSCF\0\0\0\0", "a cabinet"),
    (2, b"-lh?-", "an LHA archive"),
    (2, b"-lz?-", "an LHA archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"conectix", "a virtual disk that grows"),
    (0, b"vhdxfile", "a virtual disk of the form VHDX"),
    (0, b"KDMV", "a virtual disk of VMware"),
    (0x40, b"\x7F\x10\xDA\xBE", "a virtual disk of VirtualBox"),
    (0, b"QFI\xFB", "a virtual disk of QEMU"),
    (0, b"IMD 1.", "a floppy image of ImageDisk"),
    (0, b"\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0", "a CD image with raw sectors of 2352 bytes"),
    (3, b"NTFS    ", "an NTFS file system"),
    (3, b"EXFAT   ", "an exFAT file system"),
    (0x200, b"EFI PART", "a disk with a GUID partition table"),
];

/// Recognises a format that is not read, and returns the offset of its signature and its name.
pub(super) fn other(head: &[u8]) -> Option<(usize, &'static str)> {
    let known = UNSUPPORTED_FORMATS.iter().find(|(offset, mark, _)| has(head, *offset, mark));
    let by_mark = known.map(|(offset, _, what)| (*offset, *what));
    // Two bytes often match by chance, so the bytes around them have to agree.
    let arj =
        || (has(head, 0, b"\x60\xEA") && word(head, 2).is_some_and(|size| (30..=2600).contains(&size))).then_some(0);
    let linux = || {
        let (state, errors) = (word(head, 0x43A)?, word(head, 0x43C)?);
        (has(head, 0x438, b"\x53\xEF") && state <= 7 && (1..=3).contains(&errors)).then_some(0x438)
    };
    by_mark.or_else(|| arj().map(|at| (at, "an ARJ archive"))).or_else(|| linux().map(|at| (at, "a Linux file system")))
}

/// Returns `true` if a file with this beginning can be an archive or an image: all of them have NUL bytes or a signature, and texts have
/// neither.
pub(super) fn may_hold_files(head: &[u8]) -> bool {
    memchr::memchr(0, head.within(..head.len().min(512))).is_some()
        || is_archive(head)
        || is_gzip(head)
        || head.starts_with(b"# Disk DescriptorFile")
        || other(head).is_some()
}

/// Returns `true` if it is a ZIP archive. An empty one, and the first of several disks, have signatures of their own.
pub(super) fn is_archive(head: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08", b"PK00PK"].into_iter().any(|mark| head.starts_with(mark))
}

/// Returns `true` if what follows a gzip file is meant as another one, though it may be cut off.
#[cfg(feature = "archives")]
pub(super) fn is_next_gzip(rest: &[u8]) -> bool {
    is_gzip(rest) || rest == b"\x1F\x8B"
}

/// Returns `true` if it is a gzip file.
pub(super) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(b"\x1F\x8B\x08")
}

/// Returns `true` if it is a program. A self-extracting one ends like an archive.
pub(super) fn is_program(head: &[u8]) -> bool {
    head.starts_with(b"MZ")
}

fn has(head: &[u8], offset: usize, mark: &[u8]) -> bool {
    let found = head.get(span_at(offset, mark.len()));
    found.is_some_and(|found| found.iter().zip(mark).all(|(found, mark)| *mark == b'?' || found == mark))
}

fn word(head: &[u8], offset: usize) -> Option<u16> {
    let bytes = head.get(span_at(offset, 2))?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}
