//! An ISO 9660 file system, as on a CD, as a volume. Joliet names are used if there are any.

mod listing;

use super::{
    CodePage, Entry, Fault, Listing, Loss, Node, Volume, VolumeKind,
    ancestors::{Ancestor, Misplaced},
    entry::{ByteRange, NodeLocation},
    name,
    view::{Bytes, View},
};
use crate::{
    model::within::Within,
    parse::iso::{DESCRIPTOR_LENGTH, Descriptor, Record, VolumeDescriptor, descriptor},
};
use listing::Reader;
use std::sync::Arc;

/// The offset of the descriptors, and the number of them that are read.
const DESCRIPTORS: u64 = 16 * DESCRIPTOR_LENGTH as u64;
const MAX_DESCRIPTORS: u64 = 64;

/// A file system. Only the entries of the folder being listed are kept in memory.
pub(super) struct Iso {
    view: View,
    block: u64,
    /// Its length in bytes, according to its descriptor.
    length: u64,
    root: ByteRange,
    names: Names,
    label: Option<String>,
    misplaced: Misplaced,
}

/// The encoding of names.
#[derive(Clone, Copy)]
enum Names {
    Bytes(CodePage),
    Utf16,
}

impl Iso {
    /// The file system whose descriptors are in `view`; `None` if there are none.
    ///
    /// # Errors
    /// There are descriptors, but none from which files could be found.
    pub(super) fn open(view: &View, code_page: CodePage) -> Option<Result<Self, Fault>> {
        let mut sector = [0; DESCRIPTOR_LENGTH];
        let (mut found, mut joliet) = (None, None);
        let mut is_iso = false;
        for number in 0..MAX_DESCRIPTORS {
            let start = DESCRIPTORS.saturating_add(number.saturating_mul(DESCRIPTOR_LENGTH as u64));
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
        // The label in the long names' descriptor is cut after sixteen characters.
        let label = found.as_ref().and_then(|found| found.as_ref()?.label.clone());
        is_iso.then(|| {
            let chosen = joliet.flatten().or(found.flatten()).ok_or_else(corrupt)?;
            Ok(Self { label: label.or(chosen.label), ..chosen })
        })
    }

    /// Reports a CD that ends before the length it claims, as after an interrupted download.
    pub(super) fn cut(&self, label: &str) -> Option<Fault> {
        let found = self.view.length();
        let message = format!("expected a file system of {} bytes; found {found} of them", self.length);
        (self.length > found).then(|| Fault::truncated(label, message).at(self.view.absolute(found)))
    }

    fn of(view: &View, volume: &VolumeDescriptor<'_>, names: Names) -> Option<Self> {
        let block = matches!(volume.block, 512 | 1024 | 2048).then_some(u64::from(volume.block))?;
        let root = extent(&volume.root, block);
        let length = u64::from(volume.blocks).saturating_mul(block);
        let label = label(volume.label, names);
        Some(Self { view: view.clone(), block, length, root, names, label, misplaced: Misplaced::default() })
    }

    fn name(&self, bytes: &[u8]) -> Option<String> {
        let mut name = match self.names {
            Names::Bytes(code_page) => name::decode(bytes, code_page),
            Names::Utf16 => {
                let units: Vec<u16> = bytes.as_chunks().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
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
    fn kind(&self) -> VolumeKind {
        VolumeKind::Iso9660
    }

    fn label(&self) -> Option<String> {
        self.label.clone()
    }

    fn root(&self) -> Node {
        Node { path: String::new(), place: NodeLocation::FolderExtent { extent: self.root, line: None } }
    }

    fn list(&self, folder: &Node) -> Result<Listing, Fault> {
        let NodeLocation::FolderExtent { extent, line } = &folder.place else {
            return Err(folder.no_folder());
        };
        if let Some(line) = line {
            line.check(extent.start, folder.path())?;
        }
        let mut reader = Reader::new(self, folder, Ancestor::below(extent.start, line.as_ref()));
        if let Err(fault) = reader.take_folder(*extent) {
            if reader.listing.is_empty() {
                return Err(fault);
            }
            reader.listing.faults.push(fault);
        }
        if let Some(line) = line
            && reader.above != Some(line.start())
        {
            let fault = self.misplaced.admit(folder.path())?.at(self.view.absolute(extent.start));
            // Programs that make CDs give an empty folder, as LOST_FOUND, itself as its parent. Nothing is lost by that.
            let is_own_parent = reader.above == Some(extent.start);
            let loss = if is_own_parent { Loss::None } else { fault.loss };
            reader.listing.faults.push(Fault { loss, ..fault });
        }
        Ok(reader.finish())
    }

    fn open(&self, file: &Entry) -> Result<View, Fault> {
        let NodeLocation::Extents(extents) = &file.node.place else {
            return Err(file.node.no_file());
        };
        match extents.as_ref() {
            [] if file.size > 0 => {
                Err(Fault::unsupported(file.node.path(), "its content is interleaved with another file's"))
            }
            // A file is cut short only if the image is, which is reported when its end is read.
            [extent] if extent.start.saturating_add(extent.length) <= self.view.length() => {
                Ok(self.view.part(extent.start, extent.length))
            }
            _ => Ok(View::over(IsoFile { view: self.view.clone(), extents: Arc::clone(extents), size: file.size })),
        }
    }
}

/// A file that is being read.
struct IsoFile {
    view: View,
    extents: Arc<[ByteRange]>,
    size: u64,
}

impl Bytes for IsoFile {
    fn length(&self) -> u64 {
        self.size
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let mut begins = 0_u64;
        for extent in self.extents.iter() {
            let ends = begins.saturating_add(extent.length);
            if offset < ends {
                let length = ends.saturating_sub(offset).min(into.len() as u64) as usize;
                let start = extent.start.saturating_add(offset.saturating_sub(begins));
                let read = self.view.read(start, into.within_mut(..length), "")?;
                if read == 0 {
                    self.view.check_filled(start, length, read, "")?;
                }
                return Ok(read);
            }
            begins = ends;
        }
        Ok(0)
    }
}

/// The name of a volume, without the spaces after it.
fn label(bytes: &[u8], names: Names) -> Option<String> {
    let text = match names {
        Names::Bytes(code_page) => name::decode(bytes.trim_ascii_end(), code_page),
        Names::Utf16 => {
            let units: Vec<u16> = bytes.as_chunks().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            String::from_utf16_lossy(&units)
        }
    };
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == char::REPLACEMENT_CHARACTER);
    (!text.is_empty()).then(|| text.to_owned())
}

fn extent(record: &Record<'_>, block: u64) -> ByteRange {
    let start = u64::from(record.block).saturating_add(u64::from(record.attribute_blocks)).saturating_mul(block);
    ByteRange { start, length: record.size.into() }
}
