//! The contents of a folder of a FAT file system.

use crate::{
    parse::fat::{DirectoryEntry, ENTRY_LENGTH, LongName, ShortEntry, checksum, directory_entry},
    source::{
        Attributes, CodePage, Entry, EntryKind, Fault, Listing, Node, Timestamp,
        ancestors::Ancestor,
        entry::{NodeLocation, by_name},
        name,
    },
};
use std::{collections::HashMap, sync::Arc};

/// The maximum number of pieces of a long name: 255 characters in pieces of thirteen.
const MAX_PIECES: u8 = 20;

/// A reader of the entries of one folder.
pub(super) struct Reader<'n> {
    folder: &'n Node,
    line: Arc<Ancestor>,
    code_page: CodePage,
    long: PendingName,
    /// The index of the entry that begins in a cluster.
    beginnings: HashMap<u32, usize>,
    /// The cluster that the folder's own entry `..` names.
    pub(super) above: Option<u32>,
    /// The name of the volume, which is in the root.
    pub(super) label: Option<String>,
    pub(super) listing: Listing,
}

/// The progress of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    More,
    End,
}

/// The pieces of a long name that precede the entry of its file.
#[derive(Default)]
struct PendingName {
    /// The pieces from the name's end to its beginning, in the order of the folder.
    pieces: Vec<[u16; 13]>,
    checksum: u8,
    /// The number of the next piece; 0 if the entry of the file comes next.
    next: u8,
}

impl<'n> Reader<'n> {
    /// A reader of a folder; `line` is the ancestors of its entries.
    pub(super) fn new(folder: &'n Node, line: Arc<Ancestor>, code_page: CodePage) -> Self {
        Self {
            folder,
            line,
            code_page,
            long: PendingName::default(),
            beginnings: HashMap::new(),
            above: None,
            label: None,
            listing: Listing::default(),
        }
    }

    /// Reads a range of the folder, which is at `place` in the image.
    pub(super) fn take(&mut self, bytes: &[u8], place: u64, wide: ClusterNumbers) -> Progress {
        for (bytes, place) in bytes.chunks_exact(ENTRY_LENGTH).zip((place..).step_by(ENTRY_LENGTH)) {
            match directory_entry(bytes) {
                None | Some(DirectoryEntry::End) => return Progress::End,
                Some(DirectoryEntry::Free) => self.long = PendingName::default(),
                Some(DirectoryEntry::Label(name)) => {
                    self.long = PendingName::default();
                    let label = name::decode(name.trim_ascii_end(), self.code_page);
                    self.label.get_or_insert(label);
                }
                Some(DirectoryEntry::Long(piece)) => self.long.take(&piece),
                Some(DirectoryEntry::Short(short)) => self.take_short(&short, place, wide),
            }
        }
        Progress::More
    }

    /// The sorted listing.
    pub(super) fn finish(mut self) -> Listing {
        self.listing.entries.sort_by(by_name);
        self.listing.faults.sort();
        self.listing
    }

    fn take_short(&mut self, short: &ShortEntry, place: u64, wide: ClusterNumbers) {
        let cluster = match wide {
            ClusterNumbers::Low => short.cluster_low.into(),
            ClusterNumbers::LowAndHigh => u32::from(short.cluster_high & 0x0FFF) << 16 | u32::from(short.cluster_low),
        };
        let long = std::mem::take(&mut self.long).finish(&short.name);
        if &short.name == b".          " {
            return;
        }
        if &short.name == b"..         " {
            self.above = self.above.or(Some(cluster));
            return;
        }
        let dos = name::decode_short(&short.name, self.code_page);
        let name = long.unwrap_or_else(|| name::shown(&dos, short.small));
        let path = self.folder.join(&name);
        if !name::is_usable(&dos) {
            let fault = Fault::corrupt(path, "expected a name; found one without characters, or dots only");
            return self.listing.faults.push(fault.at(place));
        }
        let is_folder = short.attributes & 0x10 != 0;
        let twin = self.beginnings.get(&cluster).and_then(|at| self.listing.entries.get(*at));
        let message = twin.map(|twin| format!("begins in the same cluster as {}", twin.name));
        let is_reached = twin.is_some_and(|twin| twin.kind == EntryKind::Folder);
        self.listing.faults.extend(message.map(|message| Fault::corrupt(path.as_str(), message).at(place)));
        // Two ways to one folder would be two ways to everything below it.
        if is_folder && is_reached {
            return;
        }
        if cluster != 0 && !is_reached {
            self.beginnings.insert(cluster, self.listing.entries.len());
        }
        let attributes = Attributes {
            read_only: short.attributes & 0x01 != 0,
            hidden: short.attributes & 0x02 != 0,
            system: short.attributes & 0x04 != 0,
        };
        let (kind, size, place) = if is_folder {
            let line = Some(Arc::clone(&self.line));
            (EntryKind::Folder, 0, NodeLocation::FolderOfClusters { first: cluster, line })
        } else {
            (EntryKind::File, short.size.into(), NodeLocation::Clusters(cluster))
        };
        self.listing.entries.push(Entry {
            short: (dos != name).then_some(dos),
            name,
            kind,
            size,
            modified: Timestamp::from_dos(short.date, short.time),
            attributes: Some(attributes),
            node: Node { path, place },
        });
    }
}

/// The fields of an entry that contain the number of its first cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClusterNumbers {
    /// FAT12 and FAT16.
    Low,
    /// FAT32.
    LowAndHigh,
}

impl PendingName {
    fn take(&mut self, piece: &LongName<'_>) {
        if piece.last && (1..=MAX_PIECES).contains(&piece.sequence) {
            *self = Self { pieces: Vec::new(), checksum: piece.checksum, next: piece.sequence };
        } else if piece.last || piece.sequence == 0 || (piece.sequence, piece.checksum) != (self.next, self.checksum) {
            return *self = Self::default();
        }
        let mut units = [0xFFFF; 13];
        units.iter_mut().zip(piece.units()).for_each(|(unit, read)| *unit = read);
        self.pieces.push(units);
        self.next = self.next.saturating_sub(1);
    }

    /// The name, if it is complete and belongs to this 8.3 name. A piece left over when DOS renamed or deleted the file belongs to nothing.
    fn finish(self, short: &[u8; 11]) -> Option<String> {
        if self.pieces.is_empty() || self.next != 0 || self.checksum != checksum(short) {
            return None;
        }
        let units: Vec<u16> =
            self.pieces.iter().rev().flatten().copied().take_while(|unit| !matches!(unit, 0x0000 | 0xFFFF)).collect();
        name::decode_long(&units)
    }
}
