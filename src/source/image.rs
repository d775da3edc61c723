//! Recognises what a file holds by its content: an archive, a disk with partitions, or a single file system.

mod disk;

use super::{
    CodePage, Fault, Opened, Part, Volume, beside::Beside, container, fat::Fat, iso::Iso, nesting::Nesting, view::View,
};
#[cfg(feature = "archives")]
use super::{archive, gzip};
use crate::parse::partition;
use std::sync::Arc;

/// What is known to be something else: where its mark stands, the mark, and what it is.
const OTHERS: [(usize, &[u8], &str); 21] = [
    (0, b"\x1F\x8B", "data packed by gzip"),
    (0, b"BZh", "data packed by bzip2"),
    (0, b"\xFD7zXZ\0", "data packed by xz"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (0, b"Rar!\x1A\x07", "a RAR archive"),
    (0, b"MSCF", "a cabinet"),
    (0, b"\x60\xEA", "an ARJ archive"),
    (2, b"-lh", "an LHA archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"conectix", "a virtual disk that grows"),
    (0, b"vhdxfile", "a virtual disk of the form VHDX"),
    (0, b"KDMV", "a virtual disk of VMware"),
    (0, b"# Disk DescriptorFile", "the description of a virtual disk of VMware"),
    (0x40, b"\x7F\x10\xDA\xBE", "a virtual disk of VirtualBox"),
    (0, b"QFI\xFB", "a virtual disk of QEMU"),
    (0, b"IMD ", "a floppy image of ImageDisk"),
    (0, b"\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0", "a CD image with raw sectors of 2352 bytes"),
    (3, b"NTFS    ", "an NTFS file system"),
    (3, b"EXFAT   ", "an exFAT file system"),
    (0x200, b"EFI PART", "a disk with a GUID partition table"),
    (0x438, b"\x53\xEF", "a Linux file system"),
];

/// Opens what a view holds, or the disk in it where it is a container.
pub(super) fn open(view: &View, beside: &dyn Beside, nesting: &Nesting) -> Result<Opened, Fault> {
    #[cfg(feature = "archives")]
    if starts_with(view, b"\x1F\x8B") {
        let (content, fault) = gzip::open(view, nesting)?;
        return match (open(&content, beside, &nesting.deeper()?), fault) {
            (Ok(opened), fault) => Ok(Opened { faults: fault.into_iter().chain(opened.faults).collect(), ..opened }),
            // What is wrong with the file may well be why.
            (Err(_), Some(fault)) | (Err(fault), None) => Err(fault),
        };
    }
    let mut faults = Vec::new();
    let disk = container::open(view, beside, &mut faults)?;
    let mut opened = match open_image(disk.as_ref().unwrap_or(view), nesting) {
        Ok(opened) => opened,
        Err(fault) if faults.is_empty() => return Err(fault),
        // What is wrong with the container may well be why.
        Err(fault) => Opened { volumes: Vec::new(), faults: vec![fault] },
    };
    opened.faults.splice(0..0, faults);
    Ok(opened)
}

fn open_image(view: &View, nesting: &Nesting) -> Result<Opened, Fault> {
    let code_page = nesting.code_page;
    if view.length() == 0 {
        return Err(Fault::unsupported("", "expected an archive or an image; found nothing, for the file is empty"));
    }
    if begins_archive(view) {
        return open_archive(view, nesting);
    }
    let mut opened = Opened { volumes: Vec::new(), faults: Vec::new() };
    match file_system(view, code_page, "", &mut opened.faults) {
        Ok(volume) => opened.volumes.push(Part { label: String::new(), volume }),
        Err(fault) => match partition_table(view) {
            Some(table) => disk::open(view, &table, code_page, &mut opened),
            // A program that unpacks itself begins like any program, and ends like an archive.
            None => return open_archive(view, nesting).map_err(|_| fault),
        },
    }
    Ok(opened)
}

/// Opens the file system that begins where a view begins; faults carry `label` for their path.
///
/// # Errors
/// There is none, or none that is known here.
fn file_system(
    view: &View,
    code_page: CodePage,
    label: &str,
    faults: &mut Vec<Fault>,
) -> Result<Box<dyn Volume>, Fault> {
    if let Some(iso) = Iso::open(view, code_page) {
        return Ok(Box::new(iso.map_err(|fault| Fault { path: label.to_owned(), ..fault })?));
    }
    let mut head = [0; 2048];
    view.read(0, &mut head, label)?;
    let expected = "expected a ZIP archive, a FAT or an ISO 9660 image";
    if let Some((offset, _, what)) = OTHERS.iter().find(|(offset, mark, _)| head[*offset..].starts_with(mark)) {
        return Err(Fault::unsupported(label, format!("{expected}; found {what}")).at(view.absolute(*offset as u64)));
    }
    let fat = Fat::open(view, &head, code_page).map_err(|departure| match departure {
        Some(departure) => Fault::corrupt(label, format!("boot sector: {departure}")).at(view.absolute(0)),
        None => Fault::unsupported(label, format!("{expected}; found no mark of any")).at(view.absolute(0)),
    })?;
    if fat.length() > view.length() {
        let message = format!("expected a file system of {} bytes; found {} of them", fat.length(), view.length());
        faults.push(Fault::truncated(label, message).at(view.absolute(view.length())));
    }
    Ok(Box::new(Arc::new(fat)))
}

/// The partition table of a disk that has partitions.
fn partition_table(view: &View) -> Option<[partition::Partition; 4]> {
    let mut sector = [0; 512];
    view.fill(0, &mut sector, "").ok()?;
    partition::table(&sector).filter(|table| table.iter().any(partition::Partition::is_used))
}

fn begins_archive(view: &View) -> bool {
    // An empty archive, and the mark of the first of several disks, begin otherwise than a file does.
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00"].into_iter().any(|mark| starts_with(view, mark))
}

fn starts_with(view: &View, mark: &[u8]) -> bool {
    let mut bytes = vec![0; mark.len()];
    view.fill(0, &mut bytes, "").is_ok() && bytes == mark
}

#[cfg(feature = "archives")]
fn open_archive(view: &View, nesting: &Nesting) -> Result<Opened, Fault> {
    archive::open(view, nesting)
}

#[cfg(not(feature = "archives"))]
fn open_archive(_view: &View, _nesting: &Nesting) -> Result<Opened, Fault> {
    Err(Fault::unsupported("", "this build reads no ZIP archives: the feature `archives` is off"))
}
