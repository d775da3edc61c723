//! Makes images and archives to be read: good ones, which a test then breaks where it wants.
//!
//! Files are given by their paths, with `/` between names; a path that ends with `/` is an empty folder.

#![allow(dead_code, unused_imports, reason = "every test takes what it needs")]

mod container;
mod disk;
mod fat;
mod folders;
mod iso;
mod stored;

pub use container::{
    Grains, dynamic_vhd, qcow2, raw_cd, raw_sectors, vdi, vhd_footer, vmdk, vmdk_description, vmdk_with,
};
pub use disk::{Counting, Disk};
pub use fat::{Shape, Width};
pub use folders::Folders;
pub use iso::{iso, joliet};
pub use stored::stored;

use std::io::{Cursor, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// Paths and contents.
pub type Files<'f> = [(&'f str, &'f [u8])];

const SECTOR: usize = 512;

/// A floppy of 1.44 MB.
pub fn fat12_floppy(files: &Files) -> Vec<u8> {
    Shape::FLOPPY.write(files).bytes()
}

/// The smallest floppy that DOS knew: 160 KB, with a boot sector as later versions write it.
pub fn small_floppy(files: &Files) -> Vec<u8> {
    Shape::floppy(0xFE, 320, 1, 1, 64).write(files).bytes()
}

/// A hard disk, or a partition of one, of 8 MB in clusters of 1 KB.
pub fn fat16_disk(files: &Files) -> Vec<u8> {
    let (sectors, sectors_per_cluster, sectors_per_table) = (8 << 11, 2, 32);
    let shape =
        Shape { width: Width::Bits16, sectors, sectors_per_cluster, root_entries: 512, media: 0xF8, sectors_per_table };
    shape.write(files).bytes()
}

/// A hard disk, or a partition of one, of 34 MB in clusters of 512 bytes.
pub fn fat32_disk(files: &Files) -> Vec<u8> {
    let (sectors, sectors_per_cluster, sectors_per_table) = (34 << 11, 1, 540);
    let shape =
        Shape { width: Width::Bits32, sectors, sectors_per_cluster, root_entries: 0, media: 0xF8, sectors_per_table };
    shape.write(files).bytes()
}

/// A hard disk of nearly 2 GB in clusters of 32 KB, which takes memory only for what is written.
pub fn huge_fat16_disk(files: &Files) -> Disk {
    let (sectors, sectors_per_cluster, sectors_per_table) = (2_000 << 11, 64, 256);
    let shape =
        Shape { width: Width::Bits16, sectors, sectors_per_cluster, root_entries: 512, media: 0xF8, sectors_per_table };
    shape.write(files)
}

/// A disk with up to four partitions of these kinds and contents, which begin at sector 63.
pub fn partitioned(partitions: &[(u8, &[u8])]) -> Vec<u8> {
    let mut disk = vec![0; 63 * SECTOR];
    for (slot, (kind, content)) in partitions.iter().enumerate() {
        let start = disk.len() / SECTOR;
        disk.extend_from_slice(content);
        disk.resize(disk.len().next_multiple_of(SECTOR), 0);
        let sectors = disk.len() / SECTOR - start;
        write_partition(&mut disk, 0, slot, *kind, start as u32, sectors as u32);
    }
    disk
}

/// Writes an entry of a partition table, and the mark that ends the table's sector.
pub fn write_partition(disk: &mut [u8], sector: usize, slot: usize, kind: u8, start: u32, sectors: u32) {
    let table = &mut disk[sector * SECTOR..][..SECTOR];
    table[510..].copy_from_slice(&[0x55, 0xAA]);
    let entry = &mut table[446 + slot * 16..][..16];
    entry[4] = kind;
    entry[8..12].copy_from_slice(&start.to_le_bytes());
    entry[12..].copy_from_slice(&sectors.to_le_bytes());
}

/// A virtual disk of fixed size.
pub fn fixed_vhd(disk: &[u8]) -> Vec<u8> {
    vhd(disk, 2)
}

/// A virtual disk of any type: 2 is fixed, 3 dynamic, 4 differencing.
pub fn vhd(disk: &[u8], disk_type: u32) -> Vec<u8> {
    let mut footer = [0; SECTOR];
    footer[..8].copy_from_slice(b"conectix");
    footer[60..64].copy_from_slice(&disk_type.to_be_bytes());
    [disk, &footer].concat()
}

/// An archive as PKZIP 2 makes it.
pub fn zip(files: &Files) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let written = DateTime::from_date_and_time(1995, 7, 6, 14, 31, 0).expect("this is a date");
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(written);
    for (path, content) in files {
        if path.ends_with('/') {
            writer.add_directory(*path, options).expect("memory can be written");
        } else {
            writer.start_file(*path, options).expect("memory can be written");
            writer.write_all(content).expect("memory can be written");
        }
    }
    writer.finish().expect("memory can be written").into_inner()
}

/// What gzip packs.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}
