//! Places that contain files, read-only and behind one trait: folders, ZIP archives, FAT and ISO 9660 images, compressed by gzip or not.
//!
//! Everything here is made for untrusted input. Nothing is ever written, nothing panics, every walk ends,
//! and anything that cannot be read is a [`Fault`] with its place while the rest stays readable.
//!
//! # Bounds
//!
//! | volume | kept in memory | left out, with a fault |
//! |---|---|---|
//! | folder | nothing but the listing that is asked for | |
//! | FAT | 256 KiB of the allocation table, and a bit for each cluster while a chain is followed | folders within 130 others, entries of one folder beyond 65,536 |
//! | ISO 9660 | nothing | folders within 130 others, records of one folder beyond 8 MiB |
//! | FAT or ISO 9660 in raw CD sectors, VDI, VHD, QCOW2, VMDK | 256 KiB of tables and four unpacked blocks of at most 2 MiB, besides | disks beyond 64 TiB |
//! | ZIP | the paths of its files and 16 bytes for each, and 16 more while it is opened: 46 MB for a million, 64 MB at most | archives with lists beyond 64 MiB or 1,048,576 files, folders within 129 others |
//! | gzip, and images in a ZIP | what is unpacked, up to 4 MiB; of what is longer, 11 MB to find any place of it again | what lies in more than 6 archives or images, or unpacks to more than 8 GiB and 256 times what the input has |
//!
//! Folders of an image that contradict the folder in which they are found are listed, with a fault, up to the 64th of them: if there are
//! more than 64, the order in which they are listed decides which. Two *files* that share clusters are not detected, unless
//! they begin in the same one.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod ancestors;
#[cfg(feature = "archives")]
mod archive;
mod beside;
mod block_number;
mod container;
#[cfg(feature = "scan")]
pub(crate) mod cutter;
mod discovery;
#[cfg(any(feature = "cli", feature = "scan"))]
pub mod encoding;
mod entry;
mod fat;
mod fault;
mod file;
mod folder;
#[cfg(feature = "archives")]
mod gzip;
#[cfg(any(feature = "cli", feature = "scan"))]
pub(crate) mod identity;
#[cfg(feature = "scan")]
pub(crate) mod ignored;
mod image;
#[cfg(feature = "archives")]
mod inflate;
mod input;
mod input_file;
mod iso;
mod mark;
mod members;
mod memory;
mod name;
#[cfg_attr(not(feature = "archives"), expect(dead_code, reason = "nothing is unpacked without this feature"))]
mod nesting;
mod piped;
#[cfg(feature = "scan")]
pub(crate) mod plain_file;
#[cfg(feature = "scan")]
pub(crate) mod ranges;
mod refusal;
#[cfg(feature = "scan")]
mod shown_path;
mod unpacked;
mod view;
#[cfg(feature = "scan")]
pub mod walk;
mod windows;

pub use discovery::Discovery;
pub use entry::{Attributes, Entry, EntryKind, Listing, Node, Timestamp};
pub use fault::{Fault, Loss};
pub use folder::Folder;
pub use input::Input;
pub use input_file::{InputFile, may_hold_files};
pub use members::{Member, Members};
pub use piped::Piped;

use crate::model::within::Within;
use beside::{Nothing, OnMachine};
use nesting::Nesting;
use std::{
    fmt,
    io::{Read, Seek},
    path::Path,
    sync::Arc,
};
pub use view::{View, ViewReader};

/// A place that contains files, read-only.
pub trait Volume: Send + Sync {
    /// The kind of the volume.
    fn kind(&self) -> VolumeKind;

    /// The root folder.
    fn root(&self) -> Node;

    /// Lists a folder.
    ///
    /// # Errors
    /// The whole folder cannot be read; single entries that cannot be read are in [`Listing::faults`].
    fn list(&self, folder: &Node) -> Result<Listing, Fault>;

    /// Lists a folder from the index `_from` on, 0 at first, and returns the index of the next page, if there is one.
    /// The default returns everything that [`Self::list`] returns as one page.
    ///
    /// # Errors
    /// As [`Self::list`].
    fn page(&self, folder: &Node, _from: usize) -> Result<(Listing, Option<usize>), Fault> {
        Ok((self.list(folder)?, None))
    }

    /// The name of the volume; `None` if it has none.
    fn label(&self) -> Option<String> {
        None
    }

    /// Opens a file, to be read at any offset.
    ///
    /// # Errors
    /// `file` is not a file, or nothing of it can be read.
    fn open(&self, file: &Entry) -> Result<View, Fault>;

    /// Reads bytes of a file from `offset` on, and returns their number: fewer than asked for only at the end of the file.
    ///
    /// # Errors
    /// `file` is not a file, or a part of the range cannot be read. Smaller pieces may still be readable.
    fn read(&self, file: &Entry, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let wanted = file.size.saturating_sub(offset).min(into.len() as u64) as usize;
        let view = self.open(file)?;
        view.fill(offset, into.within_mut(..wanted), file.node.path())?;
        Ok(wanted)
    }
}

/// The kind of a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VolumeKind {
    /// A folder on disk.
    Folder,
    /// A ZIP archive.
    Zip,
    /// A FAT file system with entries of 12 bits, as on floppies.
    Fat12,
    /// A FAT file system with entries of 16 bits.
    Fat16,
    /// A FAT file system with entries of 32 bits.
    Fat32,
    /// A CD.
    Iso9660,
}

impl VolumeKind {
    /// The name of the kind in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Zip => "ZIP archive",
            Self::Fat12 => "FAT12 image",
            Self::Fat16 => "FAT16 image",
            Self::Fat32 => "FAT32 image",
            Self::Iso9660 => "ISO 9660 image",
        }
    }
}

/// The code page of 8.3 names, and of names in archives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CodePage {
    /// Code page 437, of DOS in the United States.
    #[default]
    Cp437,
    /// Code page 850, of DOS in Western Europe.
    Cp850,
}

/// An opened path: one volume, or one for each partition of a disk, and the parts that could not be opened.
#[derive(Debug)]
pub struct Opened {
    /// The volumes, in the order of the disk.
    pub volumes: Vec<Part>,
    /// Parts that could not be opened; their path is their label.
    pub faults: Vec<Fault>,
}

/// One volume of an opened path.
#[derive(Clone)]
pub struct Part {
    /// `partition 1`, … on a disk of several partitions, otherwise empty.
    pub label: String,
    /// The volume.
    pub volume: Arc<dyn Volume>,
    nesting: Nesting,
}

impl Part {
    fn new(label: &str, volume: Arc<dyn Volume>, nesting: &Nesting) -> Self {
        Self { label: label.to_owned(), volume, nesting: nesting.clone() }
    }

    /// Counts files of the volume that are read.
    ///
    /// # Errors
    /// They are too many, together with those in other archives and images of the same input.
    pub fn look(&self, files: usize) -> Result<(), Fault> {
        self.nesting.look(files as u64)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Part")
            .field("label", &self.label)
            .field("kind", &self.volume.kind())
            .finish_non_exhaustive()
    }
}

/// Opens a folder, an archive or an image. The content decides, not the name.
///
/// # Errors
/// It cannot be read, or nothing in it is known.
///
/// ```
/// let opened = jewelcase::internals::source::open("src".as_ref())?;
/// let source = &opened.volumes[0].volume;
/// let listing = source.list(&source.root())?;
/// let entry = listing.entries.iter().find(|entry| entry.name == "source.rs").unwrap();
/// assert!(jewelcase::internals::source::read_whole(source.as_ref(), entry, 1 << 20)?.starts_with(b"//! Places"));
/// # Ok::<(), jewelcase::internals::source::Fault>(())
/// ```
pub fn open(path: &Path) -> Result<Opened, Fault> {
    open_with(path, CodePage::default())
}

/// [`open()`], with names of DOS read in a given code page.
///
/// # Errors
/// As [`open()`].
pub fn open_with(path: &Path, code_page: CodePage) -> Result<Opened, Fault> {
    if folder::is_folder(path)? {
        let part = Part::new("", Arc::new(Folder::new(path)), &Nesting::folder(code_page));
        return Ok(Opened { volumes: vec![part], faults: Vec::new() });
    }
    let view = file::view(path)?;
    let nesting = Nesting::new(code_page, view.length());
    image::open(&view, &OnMachine::new(path), &nesting, Discovery::Named).map_err(|refusal| refusal.fault)
}

/// Opens an archive or an image in memory, or in any other seekable reader.
///
/// # Errors
/// As [`open()`].
pub fn open_reader(reader: impl Read + Seek + Send + 'static, code_page: CodePage) -> Result<Opened, Fault> {
    let view = View::new(reader).map_err(|error| Fault::unreadable("", error.to_string()))?;
    let nesting = Nesting::new(code_page, view.length());
    image::open(&view, &Nothing, &nesting, Discovery::Named).map_err(|refusal| refusal.fault)
}

/// Reads a file from its beginning: all of it, or its first `most` bytes if it is longer. Uses no more memory than that, whatever size the
/// volume claims.
///
/// # Errors
/// As [`Volume::read`].
pub fn read_whole(volume: &dyn Volume, file: &Entry, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = vec![0; usize::try_from(file.size).unwrap_or(most).min(most)];
    let read = volume.read(file, 0, &mut bytes)?;
    bytes.truncate(read);
    Ok(bytes)
}
