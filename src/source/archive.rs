//! A ZIP archive as a volume.

mod cover;
mod directory;
mod member;
mod tree;

use super::{
    Attributes, CodePage, Entry, EntryKind, Fault, Listing, Node, Opened, Part, Timestamp, Volume, VolumeKind,
    entry::{NodeLocation, by_name},
    name,
    nesting::Nesting,
    view::View,
};
use crate::parse::zip::Central;
use cover::{Cover, Gaps};
use directory::{Directory, Record};
use std::sync::Arc;
use tree::{Again, Child, LeafKind, Misplaced, Tree};

/// The maximum number of misplaced files that are named; the rest are only counted.
const MAX_NAMED: u64 = 100;

/// The maximum number of entries of one folder in a listing, some 200 bytes each. A walk reads a folder page by page.
const MAX_LISTED: usize = 1 << 17;
const PAGE_ENTRIES: usize = 1 << 12;

/// The attribute of DOS for a folder.
const FOLDER: u32 = 0x10;

/// The most bytes to which nothing is packed.
const MAX_PACKED_NOTHING: u64 = 5;

/// The label of an archive that is before another in one file.
const EARLIER_ARCHIVE: &str = "earlier archive";

/// An archive. The paths of its files are in memory, at most 48 MB; everything else is read on demand.
struct Archive {
    view: View,
    directory: Directory,
    tree: Tree,
    nesting: Nesting,
}

/// Opens an archive.
pub(super) fn open(view: &View, nesting: &Nesting) -> Result<Opened, Fault> {
    let directory = Directory::find(view)?;
    let (mut tree, mut faults, mut files, mut unnamed) = (Tree::default(), Vec::new(), 0_u64, 0_u64);
    let (mut cover, mut odd) = (Cover::default(), Odd::default());
    let broken = directory.each(|offset, member| {
        files = files.saturating_add(1);
        cover.add(directory.local(member.local), member);
        let path = path(member.name, nesting.code_page);
        let is_folder = path.ends_with(['/', '\\']) || member.attributes & FOLDER != 0;
        let kind = match is_folder {
            // What has content is looked at, whatever it claims to be.
            true if member.size > 0 || member.packed > MAX_PACKED_NOTHING => {
                odd.folders.add(&path);
                LeafKind::File
            }
            true => LeafKind::Folder,
            false => LeafKind::File,
        };
        if is_link(member) {
            odd.links.add(&path);
        }
        let message = match tree.put(&path, kind, offset) {
            Ok(()) => return,
            Err(Misplaced::Outside) => "expected a path within the archive; found one that leads out of it",
            Err(Misplaced::Nameless) => "expected the path of a file; found none",
            Err(Misplaced::TooDeep) => "expected at most 129 folders within each other",
            Err(Misplaced::TooMuch) => "its path is too long, or there are too many; it is skipped",
        };
        unnamed = unnamed.saturating_add(1);
        if unnamed <= MAX_NAMED {
            faults.push(Fault::corrupt(path, message).at(directory.absolute(Record::Central(offset))));
        }
    });
    faults.extend(broken.err());
    if unnamed > MAX_NAMED {
        let message =
            format!("{} more files have no location in the archive and are skipped", unnamed.saturating_sub(MAX_NAMED));
        faults.push(Fault::corrupt("", message));
    }
    // Old programs count files modulo 65,536.
    if files & 0xFFFF != directory.files() & 0xFFFF {
        let message = format!("expected {} files, as the archive says; found {files}", directory.files());
        faults.push(Fault::corrupt("", message));
    }
    faults.extend(odd.faults());
    let mut gaps = cover.gaps(view, directory.start());
    let earlier = earlier(view, &mut gaps, nesting);
    if earlier.is_none() {
        faults.extend(before(view, &gaps));
    }
    faults.extend(gaps.faults(view));
    faults.extend(directory.after());
    tree.sort();
    let archive = Archive { view: view.clone(), directory, tree, nesting: nesting.clone() };
    let mut opened = earlier.unwrap_or_else(|| Opened { volumes: Vec::new(), faults: Vec::new() });
    opened.volumes.push(Part::new("", Arc::new(archive), nesting));
    opened.faults.extend(faults);
    Ok(opened)
}

/// The archive before this one, where one was written after another into one file.
fn earlier(view: &View, gaps: &mut Gaps, nesting: &Nesting) -> Option<Opened> {
    gaps.before.as_ref()?;
    let mut opened = open(&view.part(0, gaps.first), &nesting.deeper().ok()?).ok()?;
    gaps.before = None;
    let within =
        |path: &str| if path.is_empty() { EARLIER_ARCHIVE.to_owned() } else { format!("{EARLIER_ARCHIVE}/{path}") };
    opened.volumes.iter_mut().for_each(|part| part.label = within(&part.label));
    opened.faults.iter_mut().for_each(|fault| fault.path = within(&fault.path));
    let message = "another archive is before the one that ends this file; both are read";
    opened.faults.insert(0, Fault::remark(EARLIER_ARCHIVE, message));
    Some(opened)
}

/// The bytes before an archive, unless they are the program that unpacks it.
fn before(view: &View, gaps: &Gaps) -> Option<Fault> {
    const SPLIT: u64 = 4;
    let mut mark = [0; 2];
    if gaps.first <= SPLIT || gaps.before.is_some() || view.fill(0, &mut mark, "").is_err() || mark == *b"MZ" {
        return None;
    }
    Some(Fault::remark("", format!("{} bytes before the archive are not part of it, and were not read", gaps.first)))
}

/// Members that are read in another way than their kind promises.
#[derive(Default)]
struct Odd {
    links: Named,
    folders: Named,
}

/// How many members there are of a kind, and the path of the first.
#[derive(Default)]
struct Named {
    count: u64,
    first: String,
}

impl Named {
    fn add(&mut self, path: &str) {
        if self.count == 0 {
            path.trim_end_matches(['/', '\\']).clone_into(&mut self.first);
        }
        self.count = self.count.saturating_add(1);
    }

    /// A remark at the first of them.
    fn remark(&self, what: &str) -> Option<Fault> {
        let more = match self.count {
            0 => return None,
            1 => String::new(),
            2 => "; so is 1 more".to_owned(),
            count => format!("; so are {} more", count.saturating_sub(1)),
        };
        Some(Fault::remark(&*self.first, format!("{what}{more}")))
    }
}

impl Odd {
    fn faults(&self) -> impl Iterator<Item = Fault> {
        let links = "is a symbolic link, which is not followed: only the path in it is read";
        let folders = "is a folder by its name or attributes, but has content, which is read like that of a file";
        [self.links.remark(links), self.folders.remark(folders)].into_iter().flatten()
    }
}

impl Archive {
    /// At most `most` entries of a folder, from index `from` on, and the index of the next one.
    fn children(&self, folder: &Node, from: usize, most: usize) -> Result<(Listing, Option<usize>), Fault> {
        let NodeLocation::FolderOfMembers(members) = folder.place else {
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

    /// As [`Self::children`], for those who read all there is: every file of a name, and the paths in links.
    fn copies(&self, folder: &Node, from: usize, most: usize) -> Result<(Listing, Option<usize>), Fault> {
        let NodeLocation::FolderOfMembers(members) = folder.place else {
            return Err(folder.no_folder());
        };
        let (children, next) = self.tree.copies(members, from, most).ok_or_else(|| folder.no_folder())?;
        let (mut listing, mut bytes) = (Listing::default(), Vec::new());
        for child in children {
            let message = match child.again {
                Again::Never => None,
                Again::Files => Some("several files have this name; each of them is read"),
                Again::FileAndFolder => Some("a file and a folder have this name; both are read"),
            };
            listing.faults.extend(message.map(|message| Fault::remark(folder.join(child.name), message)));
            let entry = self.entry(folder, &child, &mut bytes);
            listing.entries.push(match entry.kind {
                EntryKind::Link => Entry { kind: EntryKind::File, size: self.size(&child, &mut bytes), ..entry },
                EntryKind::File | EntryKind::Folder | EntryKind::Other => entry,
            });
        }
        Ok((listing, next))
    }

    fn size(&self, child: &Child<'_>, bytes: &mut Vec<u8>) -> u64 {
        let member = child.record.and_then(|offset| self.directory.record(offset, bytes));
        member.map_or(0, |member| member.size)
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
            Some(members) => NodeLocation::FolderOfMembers(members),
            None => NodeLocation::Member(child.record.unwrap_or(u64::MAX)),
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
    fn kind(&self) -> VolumeKind {
        VolumeKind::Zip
    }

    fn root(&self) -> Node {
        Node { path: String::new(), place: NodeLocation::FolderOfMembers(self.tree.root()) }
    }

    fn list(&self, folder: &Node) -> Result<Listing, Fault> {
        let (mut listing, next) = self.children(folder, 0, MAX_LISTED)?;
        if next.is_some() {
            let message = format!("expected at most {MAX_LISTED} files in a folder; the rest is skipped");
            listing.faults.push(Fault::truncated(folder.path(), message));
        }
        listing.entries.sort_by(by_name);
        Ok(listing)
    }

    fn page(&self, folder: &Node, from: usize) -> Result<(Listing, Option<usize>), Fault> {
        self.copies(folder, from, PAGE_ENTRIES)
    }

    fn open(&self, file: &Entry) -> Result<View, Fault> {
        let NodeLocation::Member(offset) = file.node.place else {
            return Err(file.node.no_file());
        };
        let mut bytes = Vec::new();
        let member = self.directory.record(offset, &mut bytes).filter(|_| file.kind == EntryKind::File);
        let content = self.content(&member.ok_or_else(|| file.node.no_file())?);
        content.map_err(|fault| Fault { path: file.node.path().to_owned(), ..fault })
    }
}

/// Returns `true` if a member is a UNIX symbolic link.
fn is_link(member: &Central<'_>) -> bool {
    const UNIX: u8 = 3;
    member.system == UNIX && member.attributes >> 28 == 0xA
}

/// The path of a member: as UTF-8 if it is valid, otherwise in the DOS code page.
fn path(bytes: &[u8], code_page: CodePage) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect(),
        Err(_) => {
            let names = bytes.split(|byte| matches!(byte, b'/' | b'\\'));
            names.map(|name| name::decode(name, code_page)).collect::<Vec<_>>().join("/")
        }
    }
}
