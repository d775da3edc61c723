//! A ZIP archive as a volume.

mod directory;
mod member;
mod tree;

use super::{
    Attributes, CodePage, Entry, EntryKind, Fault, Kind, Listing, Node, Opened, Part, Timestamp, Volume,
    entry::{Place, by_name},
    name,
    nesting::Nesting,
    view::View,
};
use crate::parse::zip::Central;
use directory::{Directory, Record};
use std::sync::Arc;
use tree::{Again, Child, LeafKind, Misplaced, Tree};

/// So many files that have no place in the archive are named; the others are counted.
const MAX_NAMED: u64 = 100;

/// Entries of one folder that are listed at once: some 200 bytes each. A walk turns pages.
const MAX_LISTED: usize = 1 << 17;
const PAGE: usize = 1 << 12;

/// The attribute of DOS for a folder.
const FOLDER: u32 = 0x10;

/// An archive. The paths of its files are in memory, at most 48 MB; all else is read where it is asked for.
struct Archive {
    view: View,
    directory: Directory,
    tree: Tree,
    nesting: Nesting,
}

/// Opens an archive.
pub(super) fn open(view: &View, nesting: &Nesting) -> Result<Opened, Fault> {
    let directory = Directory::find(view)?;
    let (mut tree, mut faults, mut files, mut unnamed) = (Tree::default(), Vec::new(), 0, 0);
    let broken = directory.each(|offset, member| {
        files += 1;
        let path = path(member.name, nesting.code_page);
        let is_folder = path.ends_with(['/', '\\']) || member.attributes & FOLDER != 0;
        let kind = if is_folder { LeafKind::Folder } else { LeafKind::File };
        let message = match tree.put(&path, kind, offset) {
            Ok(()) => return,
            Err(Misplaced::Outside) => "expected a path within the archive; found one that leads out of it",
            Err(Misplaced::Nameless) => "expected the path of a file; found none",
            Err(Misplaced::TooDeep) => "expected at most 129 folders within each other",
            Err(Misplaced::TooMuch) => "its path is too long, or there are too many; it is left out",
        };
        unnamed += 1;
        if unnamed <= MAX_NAMED {
            faults.push(Fault::corrupt(path, message).at(directory.absolute(Record::Central(offset))));
        }
    });
    faults.extend(broken.err());
    if unnamed > MAX_NAMED {
        let message = format!("{} more files have no place in the archive and are left out", unnamed - MAX_NAMED);
        faults.push(Fault::corrupt("", message));
    }
    // Old programs count to 65,535 and go on at 0.
    if files & 0xFFFF != directory.files() & 0xFFFF {
        let message = format!("expected {} files, as the archive tells; found {files}", directory.files());
        faults.push(Fault::corrupt("", message));
    }
    tree.sort();
    let archive = Archive { view: view.clone(), directory, tree, nesting: nesting.clone() };
    Ok(Opened { volumes: vec![Part::new("", Arc::new(archive), nesting)], faults })
}

impl Archive {
    /// At most so many entries of a folder from a place on, and the place of the next one.
    fn children(&self, folder: &Node, from: usize, most: usize) -> Result<(Listing, Option<usize>), Fault> {
        let Place::FolderOfMembers(members) = folder.place else {
            return Err(folder.no_folder());
        };
        let (children, next) = self.tree.children(members, from, most).ok_or_else(|| folder.no_folder())?;
        let (mut listing, mut bytes) = (Listing::default(), Vec::new());
        for child in children {
            let message = match child.again {
                Again::Never => None,
                Again::Files => Some("several files have this name; the last one counts"),
                Again::FileAndFolder => Some("a file and a folder have this name; only the folder counts"),
            };
            listing.faults.extend(message.map(|message| Fault::corrupt(folder.join(child.name), message)));
            listing.entries.push(self.entry(folder, &child, &mut bytes));
        }
        Ok((listing, next))
    }

    fn entry(&self, folder: &Node, child: &Child<'_>, bytes: &mut Vec<u8>) -> Entry {
        let member = child.record.and_then(|offset| self.directory.record(offset, bytes));
        let kind = match &member {
            _ if child.folder.is_some() => EntryKind::Folder,
            Some(member) if is_link(member) => EntryKind::Link,
            Some(_) | None => EntryKind::File,
        };
        let size = match (&member, kind) {
            (Some(member), EntryKind::File) => member.size,
            (Some(_) | None, _) => 0,
        };
        let attributes = member.as_ref().map(|member| {
            let bits = member.attributes;
            Attributes { read_only: bits & 1 != 0, hidden: bits & 2 != 0, system: bits & 4 != 0 }
        });
        let place = match child.folder {
            Some(members) => Place::FolderOfMembers(members),
            None => Place::Member(child.record.unwrap_or(u64::MAX)),
        };
        Entry {
            name: child.name.to_owned(),
            short: None,
            kind,
            size,
            modified: member.and_then(|member| Timestamp::from_dos(member.date, member.time)),
            attributes,
            node: Node { path: folder.join(child.name), place },
        }
    }
}

impl Volume for Archive {
    fn kind(&self) -> Kind {
        Kind::Zip
    }

    fn root(&self) -> Node {
        Node { path: String::new(), place: Place::FolderOfMembers(self.tree.root()) }
    }

    fn list(&self, folder: &Node) -> Result<Listing, Fault> {
        let (mut listing, next) = self.children(folder, 0, MAX_LISTED)?;
        if next.is_some() {
            let message = format!("expected at most {MAX_LISTED} files in a folder; the rest is left out");
            listing.faults.push(Fault::truncated(folder.path(), message));
        }
        listing.entries.sort_by(by_name);
        Ok(listing)
    }

    fn page(&self, folder: &Node, from: usize) -> Result<(Listing, Option<usize>), Fault> {
        self.children(folder, from, PAGE)
    }

    fn open(&self, file: &Entry) -> Result<View, Fault> {
        let Place::Member(offset) = file.node.place else {
            return Err(file.node.no_file());
        };
        let mut bytes = Vec::new();
        let member = self.directory.record(offset, &mut bytes).filter(|_| file.kind == EntryKind::File);
        let content = self.content(&member.ok_or_else(|| file.node.no_file())?);
        content.map_err(|fault| Fault { path: file.node.path().to_owned(), ..fault })
    }
}

/// Whether a member is a symbolic link of UNIX.
fn is_link(member: &Central<'_>) -> bool {
    const UNIX: u8 = 3;
    member.system == UNIX && member.attributes >> 28 == 0xA
}

/// The path of a member: in UTF-8 where it is that, otherwise in the code page of DOS.
fn path(bytes: &[u8], code_page: CodePage) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect(),
        Err(_) => {
            let names = bytes.split(|byte| matches!(byte, b'/' | b'\\'));
            names.map(|name| name::decode(name, code_page)).collect::<Vec<_>>().join("/")
        }
    }
}
