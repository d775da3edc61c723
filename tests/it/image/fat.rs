//! Makes disks as DOS and Windows 95 write them: without gaps, and with long names only where 8.3 names do not do.

use super::{Disk, Files, Folders};
use std::{
    collections::BTreeMap,
    io::{Seek, SeekFrom, Write},
};

const SECTOR: usize = 512;
const ENTRY: usize = 32;

/// 6 July 1995, 14:31, as DOS packs it: the date of every file.
const DATE: u16 = 0x1EE6;
const TIME: u16 = 0x73E0;

/// The parameters of a disk.
#[derive(Clone, Copy)]
pub struct Shape {
    pub width: Width,
    pub sectors: u32,
    pub sectors_per_cluster: u8,
    /// 0 on FAT32.
    pub root_entries: u16,
    pub media: u8,
    pub sectors_per_table: u32,
}

/// The bits of an entry of the allocation table.
#[derive(Clone, Copy, PartialEq)]
pub enum Width {
    Bits12,
    Bits16,
    Bits32,
}

impl Shape {
    /// A floppy of 1.44 MB.
    pub const FLOPPY: Self = Self::floppy(0xF0, 2880, 1, 9, 224);

    /// A floppy as DOS formats it.
    pub const fn floppy(
        media: u8,
        sectors: u32,
        sectors_per_cluster: u8,
        sectors_per_table: u32,
        root_entries: u16,
    ) -> Self {
        Self { width: Width::Bits12, sectors, sectors_per_cluster, root_entries, media, sectors_per_table }
    }

    /// Writes a disk of this shape.
    pub fn write(self, files: &Files) -> Disk {
        let mut disk = Disk::new(u64::from(self.sectors) * SECTOR as u64);
        let mut writer = Writer { shape: self, disk: &mut disk, next: 2, table: BTreeMap::new() };
        writer.boot_sector();
        writer.files(files);
        writer.tables();
        disk
    }

    fn reserved(self) -> usize {
        if self.width == Width::Bits32 { 32 } else { 1 }
    }

    fn root(self) -> usize {
        (self.reserved() + 2 * self.sectors_per_table as usize) * SECTOR
    }

    fn cluster(self) -> usize {
        usize::from(self.sectors_per_cluster) * SECTOR
    }
}

struct Writer<'d> {
    shape: Shape,
    disk: &'d mut Disk,
    /// The first cluster that is free.
    next: u32,
    /// What follows a cluster.
    table: BTreeMap<u32, u32>,
}

impl Writer<'_> {
    fn put(&mut self, offset: usize, bytes: &[u8]) {
        self.disk.seek(SeekFrom::Start(offset as u64)).expect("memory can be sought");
        self.disk.write_all(bytes).expect("the disk has room");
    }

    fn boot_sector(&mut self) {
        let Shape { width, sectors, sectors_per_cluster, root_entries, media, sectors_per_table } = self.shape;
        let mut boot = [0; SECTOR];
        boot[..11].copy_from_slice(b"\xEB\x3C\x90MSDOS5.0");
        boot[11..13].copy_from_slice(&(SECTOR as u16).to_le_bytes());
        boot[13] = sectors_per_cluster;
        boot[14] = self.shape.reserved() as u8;
        boot[16] = 2;
        boot[17..19].copy_from_slice(&root_entries.to_le_bytes());
        match u16::try_from(sectors) {
            Ok(sectors) => boot[19..21].copy_from_slice(&sectors.to_le_bytes()),
            Err(_) => boot[32..36].copy_from_slice(&sectors.to_le_bytes()),
        }
        boot[21] = media;
        if width == Width::Bits32 {
            boot[36..40].copy_from_slice(&sectors_per_table.to_le_bytes());
            boot[44] = 2;
            boot[48..52].copy_from_slice(&[1, 0, 6, 0]);
        } else {
            boot[22..24].copy_from_slice(&(sectors_per_table as u16).to_le_bytes());
        }
        boot[510..].copy_from_slice(&[0x55, 0xAA]);
        self.put(0, &boot);
    }

    fn files(&mut self, files: &Files) {
        let folders = Folders::of(files);
        // Every folder gets its clusters before any is written, for each names those above and below it.
        let mut places: BTreeMap<&str, u32> = BTreeMap::new();
        for path in folders.paths() {
            let length = self.folder(path, &folders, files, &BTreeMap::new(), &BTreeMap::new()).len();
            let has_clusters = !path.is_empty() || self.shape.width == Width::Bits32;
            let first = if has_clusters { self.take(length.max(1)) } else { 0 };
            places.insert(path, first);
        }
        let mut contents = BTreeMap::new();
        for (number, (path, content)) in files.iter().enumerate() {
            if !path.ends_with('/') {
                let first = if content.is_empty() { 0 } else { self.take(content.len()) };
                contents.insert(number, first);
                self.put(self.place(first.max(2)), content);
            }
        }
        for (path, first) in &places {
            let bytes = self.folder(path, &folders, files, &places, &contents);
            let place = if *first == 0 { self.shape.root() } else { self.place(*first) };
            self.put(place, &bytes);
        }
    }

    /// Takes clusters in a row, and links them.
    fn take(&mut self, length: usize) -> u32 {
        let first = self.next;
        self.next += length.div_ceil(self.shape.cluster()) as u32;
        self.table.extend((first..self.next - 1).map(|cluster| (cluster, cluster + 1)));
        self.table.insert(self.next - 1, 0x0FFF_FFFF);
        first
    }

    fn place(&self, cluster: u32) -> usize {
        let root = usize::from(self.shape.root_entries) * ENTRY;
        self.shape.root() + root + (cluster as usize - 2) * self.shape.cluster()
    }

    fn folder(
        &self,
        path: &str,
        folders: &Folders,
        files: &Files,
        places: &BTreeMap<&str, u32>,
        contents: &BTreeMap<usize, u32>,
    ) -> Vec<u8> {
        let place = |path: &str| places.get(path).copied().unwrap_or(0);
        let mut bytes = Vec::new();
        if let Some(above) = Folders::above(path) {
            bytes.extend(entry(b".          ", 0x10, place(path), 0));
            // The root is 0 here, even where it has clusters.
            bytes.extend(entry(b"..         ", 0x10, if above.is_empty() { 0 } else { place(above) }, 0));
        }
        for (number, (name, file)) in folders.entries(path).enumerate() {
            let short = short_name(name).unwrap_or_else(|| {
                let alias = alias(name, number + 1);
                bytes.extend(long_name(name, &alias));
                alias
            });
            bytes.extend(match file {
                Some(file) => entry(&short, 0x20, contents.get(&file).copied().unwrap_or(0), files[file].1.len()),
                None => entry(&short, 0x10, place(&Folders::join(path, name)), 0),
            });
        }
        bytes
    }

    fn tables(&mut self) {
        let mut table = vec![0; self.shape.sectors_per_table as usize * SECTOR];
        let mut set = |cluster: u32, next: u32| {
            let cluster = cluster as usize;
            match self.shape.width {
                Width::Bits12 => {
                    let pair = &mut table[cluster + cluster / 2..][..2];
                    let (kept, next) =
                        if cluster.is_multiple_of(2) { (0xF000, next & 0xFFF) } else { (0x000F, (next & 0xFFF) << 4) };
                    let word = u16::from_le_bytes([pair[0], pair[1]]) & kept | next as u16;
                    pair.copy_from_slice(&word.to_le_bytes());
                }
                Width::Bits16 => table[cluster * 2..][..2].copy_from_slice(&(next as u16).to_le_bytes()),
                Width::Bits32 => table[cluster * 4..][..4].copy_from_slice(&next.to_le_bytes()),
            }
        };
        set(0, 0x0FFF_FF00 | u32::from(self.shape.media));
        set(1, 0x0FFF_FFFF);
        for (cluster, next) in &self.table {
            set(*cluster, *next);
        }
        for copy in 0..2 {
            self.put(self.shape.reserved() * SECTOR + copy * table.len(), &table);
        }
    }
}

fn entry(name: &[u8; 11], attributes: u8, cluster: u32, size: usize) -> [u8; ENTRY] {
    let mut entry = [0; ENTRY];
    entry[..11].copy_from_slice(name);
    entry[11] = attributes;
    entry[20..22].copy_from_slice(&((cluster >> 16) as u16).to_le_bytes());
    entry[22..24].copy_from_slice(&TIME.to_le_bytes());
    entry[24..26].copy_from_slice(&DATE.to_le_bytes());
    entry[26..28].copy_from_slice(&(cluster as u16).to_le_bytes());
    entry[28..].copy_from_slice(&(size as u32).to_le_bytes());
    entry
}

/// The name as DOS keeps it; `None` where DOS could not.
fn short_name(name: &str) -> Option<[u8; 11]> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let fits = |text: &str, most| {
        text.len() <= most
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"$_-~#".contains(&byte))
    };
    let is_short = !stem.is_empty() && fits(stem, 8) && fits(extension, 3) && !name.ends_with('.');
    is_short.then(|| padded(stem, extension))
}

fn padded(stem: &str, extension: &str) -> [u8; 11] {
    format!("{stem:8}{extension:3}").into_bytes().try_into().expect("eight and three make eleven")
}

/// An 8.3 name for a long one.
fn alias(name: &str, number: usize) -> [u8; 11] {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let plain = |text: &str, most| {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(most).collect::<String>()
    };
    let tail = format!("~{number}");
    padded(&format!("{}{tail}", plain(stem, 8 - tail.len())), &plain(extension, 3))
}

/// The entries that hold a long name, the last piece first.
fn long_name(name: &str, alias: &[u8; 11]) -> Vec<u8> {
    let checksum = alias.iter().fold(0_u8, |sum, byte| sum.rotate_right(1).wrapping_add(*byte));
    let units: Vec<u16> = name.encode_utf16().collect();
    let pieces: Vec<&[u16]> = units.chunks(13).collect();
    let mut bytes = Vec::new();
    for (number, piece) in pieces.iter().enumerate().rev() {
        let mut padded = [0xFFFF; 13];
        padded[..piece.len()].copy_from_slice(piece);
        if let Some(end) = padded.get_mut(piece.len()) {
            *end = 0;
        }
        let written: Vec<u8> = padded.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let last = if number + 1 == pieces.len() { 0x40 } else { 0 };
        bytes.push((number as u8 + 1) | last);
        bytes.extend(&written[..10]);
        bytes.extend([0x0F, 0, checksum]);
        bytes.extend(&written[10..22]);
        bytes.extend([0, 0]);
        bytes.extend(&written[22..]);
    }
    bytes
}
