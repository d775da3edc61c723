//! A FAT12, FAT16 or FAT32 file system of an image as a volume.

mod file;
mod geometry;
mod listing;
mod table;

use super::{
    CodePage, Entry, Fault, Listing, Node, Volume, VolumeKind,
    ancestors::{Ancestor, Misplaced},
    entry::NodeLocation,
    view::View,
};
use crate::{model::within::Within, parse::fat::boot_sector};
use file::FatFile;
use geometry::{Geometry, Root, Width};
use listing::{ClusterNumbers, Progress, Reader};
use std::sync::Arc;
use table::{Chain, Table};

/// The number of bytes of a folder that are read at a time; a cluster can be far longer than the entries in it.
const READ_BYTES: u64 = 2048;

/// The longest folder, in bytes: 65,536 entries.
const MAX_FOLDER_BYTES: u64 = 2 << 20;

/// A file system. Besides the entries of the folder being listed, it keeps at most 256 KiB in memory, and one bit for every cluster while
/// it follows a chain.
pub(super) struct Fat {
    view: View,
    geometry: Geometry,
    table: Table,
    code_page: CodePage,
    misplaced: Misplaced,
}

/// The reason why a boot sector is not that of a FAT file system.
#[derive(Debug)]
pub(super) enum Unfit {
    /// Nothing shows that it is one.
    Unmarked,
    /// It is a boot sector, but cannot be that of a FAT file system.
    BootSector(String),
    /// It claims to be that of a FAT file system, and cannot be.
    Fat(String),
}

impl Fat {
    /// The file system whose boot sector is `head`, the first bytes of `view`.
    ///
    /// A boot sector need not end with 55 AA if the allocation table repeats its media byte, as on old floppies. It need
    /// not have any parameters if the size of the image and the media byte in the table are those of a floppy.
    ///
    /// # Errors
    /// The first thing that the boot sector of such a file system cannot contain.
    pub(super) fn open(view: &View, head: &[u8], code_page: CodePage) -> Result<Self, Unfit> {
        let boot = boot_sector(head).ok_or(Unfit::Unmarked)?;
        let looks_right = boot.jump && boot.signature;
        let geometry = match Geometry::of(&boot, view.length()) {
            Ok(geometry) if looks_right || media(view, geometry.table) == Some(boot.media) => geometry,
            other => floppy(view).ok_or_else(|| match other.err() {
                Some(what) if is_named(head) => Unfit::Fat(what),
                Some(what) if looks_right => Unfit::BootSector(what),
                Some(_) | None => Unfit::Unmarked,
            })?,
        };
        let table = Table::new(view.clone(), geometry);
        Ok(Self { view: view.clone(), geometry, table, code_page, misplaced: Misplaced::default() })
    }

    /// The length of the file system in bytes, according to its boot sector.
    pub(super) fn length(&self) -> u64 {
        self.geometry.length
    }

    /// The offset of its allocation table, after the boot sector.
    pub(super) fn table_start(&self) -> u64 {
        self.geometry.table
    }

    /// Reads a folder into a reader of entries.
    fn read_folder(&self, first: u32, is_root: bool, path: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        match self.geometry.root {
            Root::Fixed { start, length } if is_root => self.list_stretch(start, length, path, reader).map(|_| ()),
            Root::Fixed { .. } | Root::Cluster(_) => self.list_clusters(first, path, reader),
        }
    }

    /// Reads a folder of clusters into a reader of entries.
    fn list_clusters(&self, first: u32, path: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let mut chain = Chain::new(first);
        let mut length = 0;
        while let Some(cluster) = chain.next(&self.table, path)? {
            if length >= MAX_FOLDER_BYTES {
                return Err(Fault::corrupt(
                    path,
                    format!("expected at most {} entries in a folder", MAX_FOLDER_BYTES / 32),
                ));
            }
            let start = self.geometry.cluster_start(cluster);
            if self.list_stretch(start, self.geometry.cluster, path, reader)? == Progress::End {
                return Ok(());
            }
            length = length.saturating_add(self.geometry.cluster);
        }
        Ok(())
    }

    fn list_stretch(&self, start: u64, length: u64, path: &str, reader: &mut Reader<'_>) -> Result<Progress, Fault> {
        let numbers = match self.geometry.width {
            Width::Bits12 | Width::Bits16 => ClusterNumbers::Low,
            Width::Bits32 => ClusterNumbers::LowAndHigh,
        };
        let mut stretch = [0; READ_BYTES as usize];
        for offset in (0..length).step_by(READ_BYTES as usize) {
            let stretch = stretch.within_mut(..length.saturating_sub(offset).min(READ_BYTES) as usize);
            let read = self.view.read(start.saturating_add(offset), stretch, path)?;
            // The entries before the end of a truncated image still count.
            if reader.take(stretch.within(..read), self.view.absolute(start.saturating_add(offset)), numbers)
                == Progress::End
            {
                return Ok(Progress::End);
            }
            self.view.check_filled(start.saturating_add(offset), stretch.len(), read, path)?;
        }
        Ok(Progress::More)
    }

    /// The first cluster of the root folder; 0 if it has an area of its own.
    fn root_cluster(&self) -> u32 {
        match self.geometry.root {
            Root::Fixed { .. } => 0,
            Root::Cluster(root) => root,
        }
    }
}

impl Volume for Arc<Fat> {
    fn kind(&self) -> VolumeKind {
        self.geometry.kind()
    }

    fn root(&self) -> Node {
        Node { path: String::new(), place: NodeLocation::FolderOfClusters { first: self.root_cluster(), line: None } }
    }

    fn label(&self) -> Option<String> {
        let (root, first) = (self.root(), self.root_cluster());
        let mut reader = Reader::new(&root, Ancestor::below(first.into(), None), self.code_page);
        // The label comes before what cannot be read.
        _ = self.read_folder(first, true, "", &mut reader);
        reader.label.filter(|label| !label.is_empty())
    }

    fn list(&self, folder: &Node) -> Result<Listing, Fault> {
        let NodeLocation::FolderOfClusters { first, ref line } = folder.place else {
            return Err(folder.no_folder());
        };
        if let Some(line) = line {
            line.check(first.into(), folder.path())?;
        }
        let mut reader = Reader::new(folder, Ancestor::below(first.into(), line.as_ref()), self.code_page);
        if let Err(fault) = self.read_folder(first, line.is_none(), folder.path(), &mut reader) {
            if reader.listing.is_empty() {
                return Err(fault);
            }
            reader.listing.faults.push(fault);
        }
        if let Some(line) = line {
            // The root is named as 0 on every FAT, but some writers name its cluster on FAT32.
            let is_named = |named: u32| {
                u64::from(named) == line.start() || (named == 0 && line.start() == u64::from(self.root_cluster()))
            };
            if !reader.above.is_some_and(is_named) {
                let place = self.view.absolute(self.geometry.cluster_start(first));
                reader.listing.faults.push(self.misplaced.admit(folder.path())?.at(place));
            }
        }
        Ok(reader.finish())
    }

    fn open(&self, file: &Entry) -> Result<View, Fault> {
        let NodeLocation::Clusters(first) = file.node.place else {
            return Err(file.node.no_file());
        };
        Ok(View::over(FatFile::new(Arc::clone(self), first, file.size)))
    }
}

/// Returns `true` if a boot sector has the descriptive text that newer programs write into it.
fn is_named(head: &[u8]) -> bool {
    let has = |offset: usize, name: &[u8]| head.get(offset..).is_some_and(|head| head.starts_with(name));
    [b"FAT12   ", b"FAT16   ", b"FAT     "].iter().any(|name| has(54, *name)) || has(82, b"FAT32   ")
}

/// The media byte at the start of an allocation table, if there is one.
fn media(view: &View, table: u64) -> Option<u8> {
    let mut bytes = [0; 2];
    view.fill(table, &mut bytes, "").ok()?;
    (bytes[1] == 0xFF).then_some(bytes[0])
}

/// A floppy that is recognised without its boot sector.
fn floppy(view: &View) -> Option<Geometry> {
    let mut table = [0; 3];
    view.fill(512, &mut table, "").ok()?;
    Geometry::of_floppy(table, view.length())
}
