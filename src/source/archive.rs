//! A ZIP archive as a volume.

mod directory;
mod tree;

use super::{
    Attributes, CodePage, Entry, EntryKind, Fault, Kind, Listing, Node, Opened, Part, Timestamp, Volume,
    entry::{Place, by_name},
    name,
    view::View,
};
use std::{
    io::{self, Read},
    sync::Arc,
};
use tree::{Again, Child, Leaf, Misplaced, Tree};
use zip::{
    CompressionMethod, ZipReadOptions,
    read::{ZipArchiveMetadata, ZipFileEntry},
};

/// The most that members of the methods of PKZIP before 2.0 may take in the archive, in bytes: these are unpacked from memory.
const LONGEST_LEGACY: u64 = 16 << 20;

/// An archive. The list of its files is in memory, for which see [`directory::MOST_BYTES`]; files are unpacked as they are
/// read, from their beginning each time.
struct Archive {
    view: View,
    members: Arc<ZipArchiveMetadata>,
    tree: Tree,
}

/// Opens an archive.
pub(super) fn open(view: &View, code_page: CodePage) -> Result<Opened, Fault> {
    let members = directory::read(view)?;
    let (mut tree, mut faults) = (Tree::new(), Vec::new());
    if members.has_duplicate_names() {
        faults.push(Fault::corrupt("", "several files have the same name; the last one of each name counts"));
    }
    let mut left_out = 0_usize;
    for number in 0..members.len() {
        let member = members.entry(number).map_err(|error| refusal("", &error))?;
        let path = path(&member, code_page);
        let ends_as_folder = path.ends_with(['/', '\\']);
        let leaf = if ends_as_folder || member.external_attributes() & 0x10 != 0 { Leaf::Folder } else { Leaf::File };
        let message = match tree.put(&path, leaf, number) {
            Ok(()) => continue,
            Err(Misplaced::Outside) => "expected a path within the archive; found one that leads out of it",
            Err(Misplaced::Nameless) => "expected the path of a file; found none",
            Err(Misplaced::TooDeep) => "expected at most 129 folders within each other",
            Err(Misplaced::TooMany) => {
                left_out += 1;
                continue;
            }
        };
        faults.push(Fault::corrupt(path, message).at(view.absolute(member.central_header_start())));
    }
    if left_out > 0 {
        let message = format!("expected at most {} files and folders; {left_out} files are left out", tree::MOST);
        faults.push(Fault::unsupported("", message));
    }
    let archive = Archive { view: view.clone(), members, tree };
    Ok(Opened { volumes: vec![Part { label: String::new(), volume: Box::new(archive) }], faults })
}

impl Archive {
    fn entry(&self, folder: &Node, name: &str, child: &Child) -> Entry {
        let member = child.member.and_then(|number| self.members.entry(number).ok());
        let kind = match &member {
            _ if child.folder.is_some() => EntryKind::Folder,
            Some(member) if member.is_symlink() => EntryKind::Link,
            Some(_) | None => EntryKind::File,
        };
        let size = match (&member, kind) {
            (Some(member), EntryKind::File) => member.size(),
            (Some(_) | None, _) => 0,
        };
        let attributes = member.as_ref().map(|member| {
            let bits = member.external_attributes();
            Attributes { read_only: bits & 1 != 0, hidden: bits & 2 != 0, system: bits & 4 != 0 }
        });
        let modified = member.as_ref().and_then(ZipFileEntry::last_modified);
        let place = match child.folder {
            Some(number) => Place::FolderOfMembers(number),
            None => Place::Member(child.member.unwrap_or(usize::MAX)),
        };
        Entry {
            name: name.to_owned(),
            short: None,
            kind,
            size,
            modified: modified.and_then(|packed| Timestamp::from_dos(packed.datepart(), packed.timepart())),
            attributes,
            node: Node { path: folder.join(name), place },
        }
    }
}

impl Volume for Archive {
    fn kind(&self) -> Kind {
        Kind::Zip
    }

    fn root(&self) -> Node {
        Node { path: String::new(), place: Place::FolderOfMembers(0) }
    }

    fn list(&self, folder: &Node) -> Result<Listing, Fault> {
        let Place::FolderOfMembers(number) = folder.place else {
            return Err(folder.no_folder());
        };
        let children = self.tree.children(number).ok_or_else(|| folder.no_folder())?;
        let mut listing = Listing::default();
        for (name, child) in children {
            let message = match child.again {
                Again::Never => None,
                Again::Files => Some("several files have this name; the last one counts"),
                Again::FileAndFolder => Some("a file and a folder have this name; only the folder counts"),
            };
            listing.faults.extend(message.map(|message| Fault::corrupt(folder.join(name), message)));
            listing.entries.push(self.entry(folder, name, child));
        }
        listing.entries.sort_by(by_name);
        Ok(listing)
    }

    fn read(&self, file: &Entry, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let path = file.node.path();
        let Place::Member(number) = file.node.place else {
            return Err(file.node.no_file());
        };
        if file.kind != EntryKind::File {
            return Err(file.node.no_file());
        }
        let member = self.members.entry(number).map_err(|_| file.node.no_file())?;
        let start = self.view.absolute(member.header_start());
        let wanted = file.size.saturating_sub(offset).min(into.len() as u64) as usize;
        if wanted == 0 {
            return Ok(0);
        }
        if member.encrypted() {
            return Err(Fault::unreadable(path, "this file is encrypted").at(start));
        }
        let is_legacy = !matches!(member.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
        if is_legacy && member.compressed_size() > LONGEST_LEGACY {
            let message = format!("expected at most {LONGEST_LEGACY} bytes packed by a method of PKZIP before 2.0");
            return Err(Fault::unsupported(path, message).at(start));
        }
        let mut source = directory::Source::new(&self.view);
        let mut content =
            member.with_reader(&mut source, ZipReadOptions::new()).map_err(|error| refusal(path, &error).at(start))?;
        let damaged = |error: &io::Error| {
            let message = format!("cannot be unpacked: {error}");
            let is_unsupported = error.kind() == io::ErrorKind::Unsupported;
            if is_unsupported { Fault::unsupported(path, message) } else { Fault::corrupt(path, message) }.at(start)
        };
        let skipped = io::copy(&mut content.by_ref().take(offset), &mut io::sink()).map_err(|error| damaged(&error))?;
        let into = &mut into[..wanted];
        let mut read = 0;
        while skipped == offset && read < wanted {
            match content.read(&mut into[read..]) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(damaged(&error)),
            }
        }
        if read < wanted {
            let message = format!("expected {} bytes; its content ends after {}", file.size, skipped + read as u64);
            return Err(Fault::truncated(path, message).at(start));
        }
        // Only what follows the last byte tells whether the checksum agrees.
        if offset + read as u64 == file.size {
            match content.read(&mut [0]) {
                Ok(0) => {}
                Ok(_) => {
                    return Err(Fault::corrupt(
                        path,
                        format!("holds more than the {} bytes that the archive tells", file.size),
                    )
                    .at(start));
                }
                Err(error) => return Err(damaged(&error)),
            }
        }
        Ok(read)
    }
}

/// The path of a member: in UTF-8 where it is that, otherwise in the code page of DOS.
fn path(member: &ZipFileEntry<'_>, code_page: CodePage) -> String {
    let bytes = member.name_raw();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect(),
        Err(_) => {
            let names = bytes.split(|byte| matches!(byte, b'/' | b'\\'));
            names.map(|name| name::decode(name, code_page)).collect::<Vec<_>>().join("/")
        }
    }
}

fn refusal(path: &str, error: &zip::result::ZipError) -> Fault {
    let message = format!("cannot be read as a ZIP archive: {error}");
    match error {
        zip::result::ZipError::Io(_) => Fault::unreadable(path, message),
        zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::CompressionMethodNotSupported(_) => {
            Fault::unsupported(path, message)
        }
        _ => Fault::corrupt(path, message),
    }
}
