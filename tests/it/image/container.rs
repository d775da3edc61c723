//! Puts a disk into the containers of virtual machines, and a CD into raw sectors. Blocks of zeros are not kept.

use flate2::{Compression, write::DeflateEncoder, write::ZlibEncoder};
use std::io::Write;

const SECTOR: usize = 512;

/// The blocks of a disk, of equal length; `None` for zeros.
fn blocks(disk: &[u8], length: usize) -> Vec<Option<Vec<u8>>> {
    let whole = |block: &[u8]| {
        let mut block = block.to_vec();
        block.resize(length, 0);
        block
    };
    disk.chunks(length).map(|block| block.iter().any(|byte| *byte != 0).then(|| whole(block))).collect()
}

/// Puts numbers at offsets.
fn put(bytes: &mut [u8], numbers: &[(usize, &[u8])]) {
    for (at, number) in numbers {
        bytes[*at..at + number.len()].copy_from_slice(number);
    }
}

/// A CD in sectors as they are recorded, without their error correction, which nobody reads: `mode` is 1 or 2, `length` 2352, 2448 or 2336.
pub fn raw_cd(cd: &[u8], mode: u8, length: usize) -> Vec<u8> {
    raw_sectors(cd, mode, length, 0)
}

/// The sectors of a CD from a number on; those before the data area have negative ones.
pub fn raw_sectors(cd: &[u8], mode: u8, length: usize, first: i32) -> Vec<u8> {
    let mut image = Vec::new();
    for (number, data) in cd.chunks(2048).enumerate() {
        let digits = |number: i32| (number / 10 * 16 + number % 10) as u8;
        let frame = first + number as i32 + 150;
        let mut sector = vec![0; 2448];
        sector[1..11].fill(0xFF);
        sector[12..16].copy_from_slice(&[digits(frame / 4500), digits(frame / 75 % 60), digits(frame % 75), mode]);
        if mode == 2 {
            sector[16..24].copy_from_slice(&[0, 0, 8, 0, 0, 0, 8, 0]);
        }
        let start = if mode == 1 { 16 } else { 24 };
        sector[start..start + data.len()].copy_from_slice(data);
        // What the subchannels hold is never zero.
        sector[2352..].fill(0x40);
        image.extend_from_slice(if length == 2336 { &sector[16..2352] } else { &sector[..length] });
    }
    image
}

/// A virtual disk of VirtualBox that grows.
pub fn vdi(disk: &[u8], block: usize) -> Vec<u8> {
    let blocks = blocks(disk, block);
    let data = (SECTOR + blocks.len() * 4).next_multiple_of(SECTOR);
    let mut image = vec![0; data];
    image[..40].copy_from_slice(b"<<< Oracle VM VirtualBox Disk Image >>>\n");
    let mut kept = 0_u32;
    for (number, block) in blocks.iter().enumerate() {
        let entry = if block.is_some() { kept } else { u32::MAX };
        put(&mut image, &[(SECTOR + number * 4, &entry.to_le_bytes())]);
        kept += u32::from(block.is_some());
    }
    let header: [(usize, u32); 11] = [
        (0x40, 0xBEDA_107F),
        (0x44, 0x0001_0001),
        (0x48, 0x190),
        (0x4C, 1),
        (0x154, SECTOR as u32),
        (0x158, data as u32),
        (0x168, SECTOR as u32),
        (0x170, disk.len() as u32),
        (0x178, block as u32),
        (0x180, blocks.len() as u32),
        (0x184, kept),
    ];
    header.iter().for_each(|(at, number)| put(&mut image, &[(*at, &number.to_le_bytes())]));
    image.extend(blocks.into_iter().flatten().flatten());
    image
}

/// The complement of the sum of the bytes, with four zeros where it will be.
fn checksum(record: &[u8]) -> [u8; 4] {
    (!record.iter().fold(0_u32, |sum, byte| sum.wrapping_add((*byte).into()))).to_be_bytes()
}

/// A footer of Virtual PC.
pub fn vhd_footer(length: usize, disk_type: u32) -> Vec<u8> {
    let mut footer = vec![0; SECTOR];
    let header = if disk_type == 2 { u64::MAX } else { SECTOR as u64 };
    put(
        &mut footer,
        &[
            (0, b"conectix"),
            (16, &header.to_be_bytes()),
            (48, &(length as u64).to_be_bytes()),
            (60, &disk_type.to_be_bytes()),
        ],
    );
    let sum = checksum(&footer);
    put(&mut footer, &[(64, &sum)]);
    footer
}

/// A virtual disk of Virtual PC that grows.
pub fn dynamic_vhd(disk: &[u8], block: usize) -> Vec<u8> {
    let blocks = blocks(disk, block);
    let footer = vhd_footer(disk.len(), 3);
    let mut header = vec![0; 1024];
    put(
        &mut header,
        &[
            (0, b"cxsparse"),
            (8, &u64::MAX.to_be_bytes()),
            (16, &1536_u64.to_be_bytes()),
            (24, &0x1_0000_u32.to_be_bytes()),
            (28, &(blocks.len() as u32).to_be_bytes()),
            (32, &(block as u32).to_be_bytes()),
        ],
    );
    let sum = checksum(&header);
    put(&mut header, &[(36, &sum)]);
    let mut table = vec![0xFF; (blocks.len() * 4).next_multiple_of(SECTOR)];
    let (start, bits) = (1536 + table.len(), (block / SECTOR).div_ceil(8).next_multiple_of(SECTOR));
    let mut data = Vec::new();
    for (number, block) in blocks.into_iter().enumerate() {
        let Some(block) = block else { continue };
        put(&mut table, &[(number * 4, &(((start + data.len()) / SECTOR) as u32).to_be_bytes())]);
        data.extend(vec![0xFF; bits]);
        data.extend(block);
    }
    [footer.clone(), header, table, data, footer].concat()
}

/// A virtual disk of QEMU, in version 2 or 3; packed where that makes a cluster shorter.
pub fn qcow2(disk: &[u8], cluster_bits: u32, version: u32) -> Vec<u8> {
    let cluster = 1 << cluster_bits;
    let blocks = blocks(disk, cluster);
    let tables = blocks.len().div_ceil(cluster / 8);
    // The header, the tables of the first and the second level, and the clusters.
    let mut image = vec![0; cluster + (tables * 8).next_multiple_of(cluster)];
    let second = image.len();
    image.resize(second + tables * cluster, 0);
    for number in 0..tables {
        let entry = (1_u64 << 63) | (second + number * cluster) as u64;
        put(&mut image, &[(cluster + number * 8, &entry.to_be_bytes())]);
    }
    for (number, block) in blocks.into_iter().enumerate() {
        let Some(block) = block else {
            // In version 3, zeros can be said.
            let entry = if version == 3 { 1_u64 } else { 0 };
            put(&mut image, &[(second + number * 8, &entry.to_be_bytes())]);
            continue;
        };
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&block).expect("memory can be written");
        let packed = encoder.finish().expect("memory can be written");
        let entry = if number % 2 == 1 && packed.len() + SECTOR < cluster {
            let start = image.len();
            image.extend(&packed);
            let sectors = (start % SECTOR + packed.len()).div_ceil(SECTOR) - 1;
            (1 << 62) | ((sectors as u64) << (70 - cluster_bits)) | start as u64
        } else {
            image.resize(image.len().next_multiple_of(cluster), 0);
            image.extend(block);
            (1 << 63) | (image.len() - cluster) as u64
        };
        put(&mut image, &[(second + number * 8, &entry.to_be_bytes())]);
    }
    image.resize(image.len().next_multiple_of(SECTOR), 0);
    put(
        &mut image,
        &[
            (0, b"QFI\xFB"),
            (4, &version.to_be_bytes()),
            (20, &cluster_bits.to_be_bytes()),
            (24, &(disk.len() as u64).to_be_bytes()),
            (36, &(tables as u32).to_be_bytes()),
            (40, &(cluster as u64).to_be_bytes()),
        ],
    );
    if version == 3 {
        put(&mut image, &[(96, &4_u32.to_be_bytes()), (100, &104_u32.to_be_bytes())]);
    }
    image
}

/// How the grains of a file of VMware are kept.
#[derive(Clone, Copy, PartialEq)]
pub enum Grains {
    Plain,
    Packed,
}

/// The text within a sparse file of VMware, or beside files that hold the sectors of a disk.
pub fn vmdk_description(kind: &str, extents: &[(usize, &str, &str)]) -> String {
    let mut text = format!(
        "# Disk DescriptorFile\nversion=1\nCID=19950706\nparentCID=ffffffff\ncreateType=\"{kind}\"\n\n# Extent description\n"
    );
    for (sectors, kind, name) in extents {
        text += &format!("RW {sectors} {kind} \"{name}\"{}\n", if *kind == "FLAT" { " 0" } else { "" });
    }
    text + "\n# The Disk Data Base\n#DDB\n\nddb.adapterType = \"ide\"\n"
}

/// A sparse virtual disk of VMware in grains of so many sectors.
pub fn vmdk(disk: &[u8], grain: usize, grains: Grains) -> Vec<u8> {
    let kind = if grains == Grains::Packed { "streamOptimized" } else { "monolithicSparse" };
    let text = vmdk_description(kind, &[(disk.len().div_ceil(SECTOR), "SPARSE", "disk.vmdk")]);
    vmdk_with(disk, grain, grains, &text)
}

/// A sparse file of VMware with this description, or none.
pub fn vmdk_with(disk: &[u8], grain: usize, grains: Grains, text: &str) -> Vec<u8> {
    let blocks = blocks(disk, grain * SECTOR);
    let tables = blocks.len().div_ceil(512);
    // The header, the description, the directory, and the tables of 2 KB.
    let directory = 1 + text.len().div_ceil(SECTOR);
    let first = directory + (tables * 4).div_ceil(SECTOR);
    let mut image = vec![0; (first + tables * 4).next_multiple_of(grain) * SECTOR];
    image[SECTOR..SECTOR + text.len()].copy_from_slice(text.as_bytes());
    for number in 0..tables {
        put(&mut image, &[(directory * SECTOR + number * 4, &((first + number * 4) as u32).to_le_bytes())]);
    }
    for (number, block) in blocks.into_iter().enumerate() {
        let Some(block) = block else { continue };
        let place = (image.len() / SECTOR) as u32;
        put(&mut image, &[(first * SECTOR + number * 4, &place.to_le_bytes())]);
        if grains == Grains::Packed {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&block).expect("memory can be written");
            let packed = encoder.finish().expect("memory can be written");
            image.extend(((number * grain) as u64).to_le_bytes());
            image.extend((packed.len() as u32).to_le_bytes());
            image.extend(packed);
            image.resize(image.len().next_multiple_of(SECTOR), 0);
        } else {
            image.extend(block);
        }
    }
    let (flags, version, method): (u32, u32, u16) = if grains == Grains::Packed { (0x3_0001, 3, 1) } else { (1, 1, 0) };
    let length = text.len().div_ceil(SECTOR) as u64;
    let mut header = vec![0; SECTOR];
    put(
        &mut header,
        &[
            (0, b"KDMV"),
            (4, &version.to_le_bytes()),
            (8, &flags.to_le_bytes()),
            (12, &(disk.len().div_ceil(SECTOR) as u64).to_le_bytes()),
            (20, &(grain as u64).to_le_bytes()),
            (28, &u64::from(length > 0).to_le_bytes()),
            (36, &length.to_le_bytes()),
            (44, &512_u32.to_le_bytes()),
            (56, &(directory as u64).to_le_bytes()),
            (73, b"\n \r\n"),
            (77, &method.to_le_bytes()),
        ],
    );
    if grains == Grains::Packed {
        // The header at the end tells where the directory is; the one in front leaves that open.
        image.extend_from_slice(&header);
        image.extend([0; SECTOR]);
        put(&mut header, &[(56, &u64::MAX.to_le_bytes())]);
    }
    image[..SECTOR].copy_from_slice(&header);
    image
}
