//! The layout of a FAT file system.

use crate::{
    parse::fat::BootSector,
    source::{VolumeKind, block_number::block_number},
};

/// The number of the first cluster; 0 and 1 are reserved.
pub(super) const FIRST_CLUSTER: u32 = 2;

/// The areas of a file system, in bytes from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Geometry {
    /// The width of the table's entries.
    pub(super) width: Width,
    /// The size of a cluster.
    pub(super) cluster: u64,
    /// The start of the allocation table.
    pub(super) table: u64,
    /// The last cluster.
    pub(super) last_cluster: u32,
    /// The root folder.
    pub(super) root: Root,
    /// The start of the first cluster.
    pub(super) data: u64,
    /// The length of the file system.
    pub(super) length: u64,
}

/// The width of an allocation table's entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Bits12,
    Bits16,
    Bits32,
}

/// The location of the root folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// In an area of its own.
    Fixed {
        /// Its start.
        start: u64,
        /// Its length.
        length: u64,
    },
    /// In clusters, from this one on.
    Cluster(u32),
}

/// A kind of floppy, recognised by its media byte and its size.
struct Floppy {
    media: u8,
    sectors: u32,
    sectors_per_cluster: u8,
    sectors_per_table: u32,
    root_entries: u16,
}

/// Floppies as DOS formats them. DOS 1 writes no parameters into the boot sector, and later ones may be damaged.
const FLOPPIES: [Floppy; 7] = [
    Floppy { media: 0xFE, sectors: 320, sectors_per_cluster: 1, sectors_per_table: 1, root_entries: 64 },
    Floppy { media: 0xFC, sectors: 360, sectors_per_cluster: 1, sectors_per_table: 2, root_entries: 64 },
    Floppy { media: 0xFF, sectors: 640, sectors_per_cluster: 2, sectors_per_table: 1, root_entries: 112 },
    Floppy { media: 0xFD, sectors: 720, sectors_per_cluster: 2, sectors_per_table: 2, root_entries: 112 },
    Floppy { media: 0xF9, sectors: 1440, sectors_per_cluster: 2, sectors_per_table: 3, root_entries: 112 },
    Floppy { media: 0xF9, sectors: 2400, sectors_per_cluster: 1, sectors_per_table: 7, root_entries: 224 },
    Floppy { media: 0xF0, sectors: 2880, sectors_per_cluster: 1, sectors_per_table: 9, root_entries: 224 },
];

impl Geometry {
    /// Reads a boot sector, for a disk or partition of `length` bytes.
    ///
    /// The number of clusters distinguishes FAT12 and FAT16, as in Microsoft's specification, and never the text in the
    /// boot sector. FAT32 is recognised by where its boot sector stores the length of the table, the only thing that Windows checks.
    ///
    /// # Errors
    /// The first impossible parameter, as a sentence without a full stop.
    pub(super) fn of(boot: &BootSector, length: u64) -> Result<Self, String> {
        let sector = u64::from(boot.bytes_per_sector);
        let per_cluster = u64::from(boot.sectors_per_cluster);
        if !matches!(sector, 512 | 1024 | 2048 | 4096) {
            return Err(format!("expected sectors of 512 to 4096 bytes; found {sector}"));
        }
        if !per_cluster.is_power_of_two() {
            return Err(format!("expected 1, 2, 4… or 128 sectors in a cluster; found {per_cluster}"));
        }
        if boot.reserved_sectors == 0 || boot.sectors_per_table == 0 || !(1..=4).contains(&boot.tables) {
            let BootSector { reserved_sectors, tables, sectors_per_table, .. } = boot;
            return Err(format!(
                "expected a boot sector and up to 4 allocation tables; found {reserved_sectors} reserved sectors and {tables} tables of {sectors_per_table} sectors"
            ));
        }
        if boot.fat32.is_none() && boot.root_entries == 0 {
            return Err("expected entries in the root folder; found none".to_owned());
        }
        let reserved = u64::from(boot.reserved_sectors);
        let table_sectors = u64::from(boot.sectors_per_table);
        let root_start = reserved.saturating_add(u64::from(boot.tables).saturating_mul(table_sectors));
        let root_length = u64::from(boot.root_entries) * 32;
        let data = root_start.saturating_add(root_length.div_ceil(sector));
        // A few old formatters leave the number of sectors to the partition table.
        let sectors = if boot.total_sectors == 0 { block_number(length, sector).0 } else { boot.total_sectors.into() };
        let clusters = block_number(sectors.saturating_sub(data), per_cluster).0;
        if clusters == 0 {
            return Err(format!("expected room for files after {data} sectors; found {sectors} sectors in all"));
        }
        let (width, bits) = match clusters {
            _ if boot.fat32.is_some() => (Width::Bits32, 32),
            ..4_085 => (Width::Bits12, 12),
            4_085..65_525 => (Width::Bits16, 16),
            65_525.. => return Err(format!("expected at most 65524 clusters without FAT32; found {clusters}")),
        };
        let told = table_sectors.saturating_mul(sector).saturating_mul(8).checked_div(bits).unwrap_or(0);
        // Clusters beyond the table's end do not belong to the file system, nor do the numbers that FAT32 reserves for marks.
        let last = clusters.saturating_add(1).min(told.saturating_sub(1)).min(0x0FFF_FFF6);
        let last_cluster = u32::try_from(last).unwrap_or(0);
        if last_cluster < FIRST_CLUSTER {
            return Err("expected an allocation table with at least one cluster; found none".to_owned());
        }
        let active =
            boot.fat32.and_then(|fat32| fat32.active_table).filter(|active| *active < boot.tables).unwrap_or(0);
        let root = match boot.fat32 {
            Some(fat32) => Root::Cluster(fat32.root_cluster),
            None => Root::Fixed { start: root_start.saturating_mul(sector), length: root_length },
        };
        Ok(Self {
            width,
            cluster: per_cluster.saturating_mul(sector),
            table: reserved.saturating_add(u64::from(active).saturating_mul(table_sectors)).saturating_mul(sector),
            last_cluster,
            root,
            data: data.saturating_mul(sector),
            length: sectors.saturating_mul(sector),
        })
    }

    /// Reads the first bytes of the second sector, which is the allocation table of a floppy, and the size of the image; `None` if they do
    /// not match.
    pub(super) fn of_floppy(table: [u8; 3], length: u64) -> Option<Self> {
        if table[1..] != [0xFF, 0xFF] {
            return None;
        }
        let floppy =
            FLOPPIES.iter().find(|floppy| (floppy.media, u64::from(floppy.sectors) * 512) == (table[0], length))?;
        let boot = BootSector {
            jump: false,
            bytes_per_sector: 512,
            sectors_per_cluster: floppy.sectors_per_cluster,
            reserved_sectors: 1,
            tables: 2,
            root_entries: floppy.root_entries,
            total_sectors: floppy.sectors,
            media: floppy.media,
            sectors_per_table: floppy.sectors_per_table,
            fat32: None,
            signature: false,
        };
        Self::of(&boot, length).ok()
    }

    /// FAT12, FAT16 or FAT32.
    pub(super) fn kind(&self) -> VolumeKind {
        match self.width {
            Width::Bits12 => VolumeKind::Fat12,
            Width::Bits16 => VolumeKind::Fat16,
            Width::Bits32 => VolumeKind::Fat32,
        }
    }

    /// The start of a cluster.
    pub(super) fn cluster_start(&self, cluster: u32) -> u64 {
        self.data.saturating_add(u64::from(cluster.saturating_sub(FIRST_CLUSTER)).saturating_mul(self.cluster))
    }
}
