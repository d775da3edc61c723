//! The folders of an archive, derived from the paths of its files.

use crate::{
    model::within::{Within, span_at},
    source::entry::Members,
};
use std::{cmp::Ordering, ops::Range};

/// The maximum number of names in a path; deeper files are left out.
const MAX_NAMES: usize = 130;

/// The maximum length of all paths together, in bytes.
const MAX_PATH_BYTES: usize = 32 << 20;

/// The sorted paths of an archive, so that those of a folder are consecutive. A file needs 16 bytes and those of its path.
#[derive(Debug, Default)]
pub(super) struct Tree {
    text: String,
    leaves: Vec<Leaf>,
}

/// The end of a path.
#[derive(Clone, Copy, Debug)]
struct Leaf {
    start: u32,
    length: u16,
    kind: LeafKind,
    /// The offset of its record in the directory.
    record: u32,
}

/// The kind of member that a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeafKind {
    File,
    Folder,
}

/// An entry of a folder with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Child<'t> {
    pub(super) name: &'t str,
    /// The members in it, if it is a folder.
    pub(super) folder: Option<Members>,
    /// The offset of the record in the directory: the file's, or the one that the archive has for the folder.
    pub(super) record: Option<u64>,
    /// Other members with this name.
    pub(super) again: Again,
}

/// The other members that share a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Again {
    #[default]
    Never,
    /// The last of them counts, as it does when an archive is unpacked.
    Files,
    /// One is a file, another a folder; only the folder can be reached.
    FileAndFolder,
}

/// The reason why a member has no place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misplaced {
    /// Its path leads out of the archive.
    Outside,
    /// Its path names nothing.
    Nameless,
    /// Its path is too deep.
    TooDeep,
    /// The archive contains too much.
    TooMuch,
}

impl Tree {
    /// Adds the path of a member.
    pub(super) fn put(&mut self, path: &str, kind: LeafKind, record: u64) -> Result<(), Misplaced> {
        let start = self.text.len();
        let mut names = 0_usize;
        for name in path.split(['/', '\\']).filter(|name| !matches!(*name, "" | ".")) {
            if name == ".." {
                self.text.truncate(start);
                return Err(Misplaced::Outside);
            }
            if names > 0 {
                self.text.push('/');
            }
            self.text.push_str(name);
            names = names.saturating_add(1);
        }
        let length = self.text.len().saturating_sub(start);
        let misplaced = match (names, u16::try_from(length), u32::try_from(record)) {
            (0, _, _) => Misplaced::Nameless,
            (1..=MAX_NAMES, Ok(length), Ok(record)) if self.text.len() <= MAX_PATH_BYTES => {
                self.leaves.push(Leaf { start: start as u32, length, kind, record });
                return Ok(());
            }
            (1..=MAX_NAMES, _, _) => Misplaced::TooMuch,
            (_, _, _) => Misplaced::TooDeep,
        };
        self.text.truncate(start);
        Err(misplaced)
    }

    /// Sorts the paths, once all were added.
    pub(super) fn sort(&mut self) {
        let text = std::mem::take(&mut self.text);
        // Of one path, files come before folders, each kind in the order of the archive.
        self.leaves.sort_by(|one, other| by_names(one.path(&text), other.path(&text)).then(one.kind.cmp(&other.kind)));
        self.text = text;
    }

    /// The root folder.
    pub(super) fn root(&self) -> Members {
        Members { start: 0, end: self.leaves.len() as u32, depth: 0 }
    }

    /// At most `most` entries of a folder, by name, from an index in its paths on, and the index of the next one; `None` for the folder of
    /// another archive.
    pub(super) fn children(
        &self,
        folder: Members,
        from: usize,
        most: usize,
    ) -> Option<(Vec<Child<'_>>, Option<usize>)> {
        let start = folder.start as usize;
        let mut rest = start.checked_add(from)?..folder.end as usize;
        let mut children = Vec::new();
        while let Some(first) = self.leaves.get(rest.clone())?.first() {
            if children.len() >= most {
                return Some((children, Some(rest.start.saturating_sub(start))));
            }
            let name = self.name(*first, folder.depth)?;
            let has_name = |leaf: &Leaf| self.name(*leaf, folder.depth) == Some(name);
            // Most names belong to one file.
            let same = match self.leaves.get(rest.start.saturating_add(1)..rest.end)? {
                [second, ..] if has_name(second) => self.leaves.get(rest.clone())?.partition_point(has_name),
                _ => 1,
            };
            children.push(self.child(name, span_at(rest.start, same), folder.depth));
            rest.start = rest.start.saturating_add(same);
        }
        Some((children, None))
    }

    /// As [`Self::children`], with every file of a name instead of the last, and the folder of that name after them.
    pub(super) fn copies(&self, folder: Members, from: usize, most: usize) -> Option<(Vec<Child<'_>>, Option<usize>)> {
        let start = folder.start as usize;
        let mut rest = start.checked_add(from)?..folder.end as usize;
        let mut children: Vec<Child<'_>> = Vec::new();
        while let Some(first) = self.leaves.get(rest.clone())?.first() {
            if children.len() >= most {
                return Some((children, Some(rest.start.saturating_sub(start))));
            }
            let name = self.name(*first, folder.depth)?;
            let end = usize::from(folder.depth).saturating_add(name.len());
            // The files of a name come first.
            if usize::from(first.length) == end && first.kind == LeafKind::File {
                let same = self.leaves.get(rest.start.saturating_add(1)..rest.end)?.first();
                let again = match (children.last(), same) {
                    (Some(last), _) if last.name == name => Again::Never,
                    (_, Some(next)) if self.name(*next, folder.depth) == Some(name) => match next.kind {
                        LeafKind::File if usize::from(next.length) == end => Again::Files,
                        LeafKind::File | LeafKind::Folder => Again::FileAndFolder,
                    },
                    (_, _) => Again::Never,
                };
                children.push(Child { name, folder: None, record: Some(first.record.into()), again });
                rest.start = rest.start.saturating_add(1);
                continue;
            }
            let has_name = |leaf: &Leaf| self.name(*leaf, folder.depth) == Some(name);
            let same = self.leaves.get(rest.clone())?.partition_point(has_name);
            let child = self.child(name, span_at(rest.start, same), folder.depth);
            children.push(Child { again: Again::Never, ..child });
            rest.start = rest.start.saturating_add(same);
        }
        Some((children, None))
    }

    fn child<'t>(&self, name: &'t str, members: Range<usize>, depth: u16) -> Child<'t> {
        let end = usize::from(depth).saturating_add(name.len());
        // A path that ends with this name comes before those that continue.
        let all = self.leaves.within(members.clone());
        let own = all.within(..all.partition_point(|leaf| usize::from(leaf.length) == end));
        let of = |kind| own.iter().filter(move |leaf| leaf.kind == kind);
        let is_folder = own.len() < all.len() || of(LeafKind::Folder).next().is_some();
        let inside = Members {
            start: members.start.saturating_add(own.len()) as u32,
            end: members.end as u32,
            depth: u16::try_from(end.saturating_add(1)).unwrap_or(u16::MAX),
        };
        let (kind, again) = match (is_folder, of(LeafKind::File).count()) {
            (false, 0 | 1) => (LeafKind::File, Again::Never),
            (false, _) => (LeafKind::File, Again::Files),
            (true, 0) => (LeafKind::Folder, Again::Never),
            (true, _) => (LeafKind::Folder, Again::FileAndFolder),
        };
        let record = of(kind).next_back().map(|leaf| leaf.record.into());
        Child { name, folder: is_folder.then_some(inside), record, again }
    }

    /// The name at an offset in a path.
    fn name(&self, leaf: Leaf, start: u16) -> Option<&str> {
        let rest = leaf.path(&self.text).get(usize::from(start)..)?;
        rest.split('/').next()
    }
}

impl Leaf {
    fn path(self, text: &str) -> &str {
        let start = self.start as usize;
        text.get(span_at(start, usize::from(self.length))).unwrap_or_default()
    }
}

/// The order in which everything in a folder directly follows the folder.
fn by_names(one: &str, other: &str) -> Ordering {
    let folded = |byte: u8| if byte == b'/' { 0 } else { byte };
    one.bytes().map(folded).cmp(other.bytes().map(folded))
}
