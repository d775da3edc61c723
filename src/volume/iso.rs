//! An ISO 9660 file system, as on a CD, as a volume. Names are those of Joliet where there are any.

use super::{
    Attributes, CodePage, Entry, EntryKind, Fault, Kind, Listing, Node, Timestamp, Volume,
    entry::{Extent, Place, by_name},
    lineage::{Line, Strays},
    name,
    source::View,
};
use crate::parse::iso::{DESCRIPTOR_LENGTH, Descriptor, Record, VolumeDescriptor, descriptor, record};
use std::{collections::HashSet, sync::Arc};

/// Where the descriptors begin, and how many are looked at.
const DESCRIPTORS: u64 = 16 * DESCRIPTOR_LENGTH as u64;
const MOST_DESCRIPTORS: u64 = 64;

/// The length of the longest folder that is listed, in bytes: some 100,000 files.
const LONGEST_FOLDER: u64 = 8 << 20;

const FOLDER: u8 = 0x02;
const ASSOCIATED: u8 = 0x04;
const MORE_PARTS: u8 = 0x80;

/// A file system. Nothing of it is kept in memory but the entries of the folder that is listed.
pub(super) struct Iso {
    view: View,
    block: u64,
    root: Extent,
    names: Names,
    strays: Strays,
}

/// How names are written.
#[derive(Clone, Copy)]
enum Names {
    Bytes(CodePage),
    Utf16,
}

impl Iso {
    /// The file system whose descriptors stand in `view`; `None` where there are none.
    ///
    /// # Errors
    /// There are descriptors, but none from which files could be found.
    pub(super) fn open(view: &View, code_page: CodePage) -> Option<Result<Self, Fault>> {
        let mut sector = [0; DESCRIPTOR_LENGTH];
        let (mut found, mut joliet) = (None, None);
        let mut is_iso = false;
        for number in 0..MOST_DESCRIPTORS {
            let start = DESCRIPTORS + number * DESCRIPTOR_LENGTH as u64;
            if view.fill(start, &mut sector, "").is_err() {
                break;
            }
            let known = descriptor(&sector);
            is_iso |= known.is_some();
            match known {
                Some(Descriptor::Primary(volume)) => {
                    found = found.or(Some(Self::of(view, &volume, Names::Bytes(code_page))))
                }
                Some(Descriptor::Joliet(volume)) => joliet = joliet.or(Some(Self::of(view, &volume, Names::Utf16))),
                Some(Descriptor::Other) => {}
                Some(Descriptor::Terminator) | None => break,
            }
        }
        let corrupt = || {
            Fault::corrupt("", "expected a volume descriptor with blocks of 512 to 2048 bytes; found none")
                .at(view.absolute(DESCRIPTORS))
        };
        is_iso.then(|| joliet.flatten().or(found.flatten()).ok_or_else(corrupt))
    }

    fn of(view: &View, volume: &VolumeDescriptor<'_>, names: Names) -> Option<Self> {
        let block = matches!(volume.block, 512 | 1024 | 2048).then_some(u64::from(volume.block))?;
        let root = extent(&volume.root, block);
        Some(Self { view: view.clone(), block, root, names, strays: Strays::default() })
    }

    fn name(&self, bytes: &[u8]) -> Option<String> {
        let mut name = match self.names {
            Names::Bytes(code_page) => name::decode(bytes, code_page),
            Names::Utf16 => {
                let units: Vec<u16> =
                    bytes.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
                name::decode_long(&units)?
            }
        };
        if let Some((before, version)) = name.rsplit_once(';')
            && version.bytes().all(|byte| byte.is_ascii_digit())
        {
            name.truncate(before.len());
        }
        if name.ends_with('.') {
            name.pop();
        }
        name::is_usable(&name).then_some(name)
    }
}

impl Volume for Iso {
    fn kind(&self) -> Kind {
        Kind::Iso9660
    }

    fn root(&self) -> Node {
        Node { path: String::new(), place: Place::Extents { extents: Arc::new([self.root]), line: None } }
    }

    fn list(&self, folder: &Node) -> Result<Listing, Fault> {
        let Place::Extents { extents, line } = &folder.place else {
            return Err(Fault::foreign(folder));
        };
        let Some(extent) = extents.first() else {
            return Err(Fault::corrupt(folder.path(), "this folder has no content"));
        };
        if let Some(line) = line {
            line.check(extent.start, folder)?;
        }
        let mut reader = Reader {
            iso: self,
            folder,
            line: Line::below(extent.start, line.as_ref()),
            above: None,
            beginnings: HashSet::new(),
            parts: Vec::new(),
            listing: Listing::default(),
        };
        if let Err(fault) = reader.take_folder(*extent) {
            if reader.listing.entries.is_empty() {
                return Err(fault);
            }
            reader.listing.faults.push(fault);
        }
        let Reader { above, mut listing, .. } = reader;
        if let Some(line) = line
            && above != Some(line.start())
        {
            listing.faults.push(self.strays.admit(folder)?.at(self.view.absolute(extent.start)));
        }
        listing.entries.sort_by(by_name);
        listing.faults.sort();
        Ok(listing)
    }

    fn read(&self, file: &Entry, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let path = file.node.path();
        let Place::Extents { extents, .. } = &file.node.place else {
            return Err(Fault::foreign(&file.node));
        };
        if file.kind != EntryKind::File {
            return Err(Fault::no_file(path));
        }
        let wanted = file.size.saturating_sub(offset).min(into.len() as u64);
        let (mut read, mut begins) = (0, 0);
        for extent in extents.iter() {
            let (ends, from) = (begins + extent.length, offset + read);
            if read < wanted && from < ends {
                let length = (ends - from).min(wanted - read);
                let start = extent.start + (from - begins);
                self.view.fill(start, &mut into[read as usize..(read + length) as usize], path)?;
                read += length;
            }
            begins = ends;
        }
        if read < wanted {
            return Err(Fault::unsupported(path, "its content is interleaved with another file's"));
        }
        Ok(wanted as usize)
    }
}

/// The records of one folder, one after the other.
struct Reader<'i> {
    iso: &'i Iso,
    folder: &'i Node,
    line: Arc<Line>,
    /// Where the folder's own record of the one above says that this begins.
    above: Option<u64>,
    /// Where the folders in it begin.
    beginnings: HashSet<u64>,
    /// The parts of a file whose last part is still to come.
    parts: Vec<Extent>,
    listing: Listing,
}

impl Reader<'_> {
    fn take_folder(&mut self, extent: Extent) -> Result<(), Fault> {
        let view = &self.iso.view;
        let mut block = vec![0; self.iso.block as usize];
        for start in (0..extent.length.min(LONGEST_FOLDER)).step_by(block.len()) {
            let place = extent.start + start;
            view.fill(place, &mut block, self.folder.path())?;
            let mut rest = block.as_slice();
            while rest.first().is_some_and(|length| *length != 0) {
                let place = view.absolute(place + (block.len() - rest.len()) as u64);
                let Some(record) = record(rest) else {
                    let message = "expected the record of a file; found one that is not whole";
                    self.listing.faults.push(Fault::corrupt(self.folder.path(), message).at(place));
                    break;
                };
                self.take(&record, place);
                rest = &rest[record.length.into()..];
            }
        }
        if extent.length > LONGEST_FOLDER {
            let message = format!("expected a folder of at most {LONGEST_FOLDER} bytes; found {}", extent.length);
            return Err(Fault::corrupt(self.folder.path(), message).at(view.absolute(extent.start)));
        }
        Ok(())
    }

    fn take(&mut self, record: &Record<'_>, place: u64) {
        let extent = extent(record, self.iso.block);
        match record.name {
            [0] => return,
            [1] => return self.above = self.above.or(Some(extent.start)),
            _ if record.flags & ASSOCIATED != 0 => return,
            _ => {}
        }
        self.parts.push(extent);
        if record.flags & MORE_PARTS != 0 {
            return;
        }
        let parts = std::mem::take(&mut self.parts);
        let Some(name) = self.iso.name(record.name) else {
            let message = "expected the name of a file; found one that cannot be";
            return self.listing.faults.push(Fault::corrupt(self.folder.path(), message).at(place));
        };
        let path = self.folder.join(&name);
        let kind = if record.flags & FOLDER == 0 { EntryKind::File } else { EntryKind::Folder };
        // Two ways to one folder would be two ways to all below it.
        if kind == EntryKind::Folder && !self.beginnings.insert(extent.start) {
            let fault = Fault::corrupt(path, "begins where another folder begins");
            return self.listing.faults.push(fault.at(place));
        }
        let size = match kind {
            EntryKind::File => parts.iter().map(|part| part.length).sum(),
            EntryKind::Folder | EntryKind::Link | EntryKind::Other => 0,
        };
        let extents = if record.interleaved { Arc::default() } else { parts.into() };
        let attributes = Attributes { hidden: record.flags & 1 != 0, ..Attributes::default() };
        self.listing.entries.push(Entry {
            name,
            short: None,
            kind,
            size,
            modified: recorded(record.recorded),
            attributes: Some(attributes),
            node: Node { path, place: Place::Extents { extents, line: Some(Arc::clone(&self.line)) } },
        });
    }
}

fn extent(record: &Record<'_>, block: u64) -> Extent {
    let start = (u64::from(record.block) + u64::from(record.attribute_blocks)) * block;
    Extent { start, length: record.size.into() }
}

fn recorded([year, month, day, hour, minute, second, _zone]: [u8; 7]) -> Option<Timestamp> {
    let stamp = Timestamp { year: 1900 + u16::from(year), month, day, hour, minute, second };
    stamp.is_plausible().then_some(stamp)
}
