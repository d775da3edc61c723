//! Finds postoffices on a volume, and in the archives and images on it, at any depth.

use super::find::is_postoffice;
use crate::{
    model::severity::Severity,
    source::{Discovery, Entry, EntryKind, Fault, InputFile, Listing, Node, Opened, Part, Volume},
};
use rayon::prelude::*;

/// The folders of a postoffice, none of which contains another postoffice, and two that gateways add.
pub const FOLDERS: [&str; 21] = [
    "ATT", "CAL", "FAX", "FOLDERS", "GLB", "GRP", "HLP", "INF", "INI", "KEY", "LOG", "MACGATE", "MAI", "MBG", "MEM",
    "MMF", "NME", "P1", "TPL", "USR", "XTN",
];

/// The maximum depth of folders that are searched.
const MAX_DEPTH: usize = 64;

/// A folder that is a postoffice.
pub struct Site<'v> {
    /// Its volume.
    pub volume: &'v dyn Volume,
    /// The path of that volume below the one where the walk began; empty for that one.
    pub base: &'v str,
    /// The path inside the volume; empty if the volume's root is the postoffice's.
    pub path: String,
    /// Its contents.
    pub listing: Listing,
    /// The contents of its folder `GLB`.
    pub glb: Listing,
}

/// The results of a walk, in the order of the paths.
pub struct Walk<T> {
    /// The result for every postoffice.
    pub found: Vec<T>,
    /// The faults outside of postoffices.
    pub unread: Vec<Unread>,
}

/// The faults of a volume, or of a file that is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its path below the volume where the walk began; empty for that one.
    pub path: String,
    /// The name of its kind.
    pub volume: &'static str,
    /// The faults, with paths below it, each with its maximum severity.
    pub faults: Vec<(Fault, Severity)>,
}

/// The name of the kind of an image that could not be opened.
pub const IMAGE: &str = "disk image";

/// Calls `act` for every postoffice of a volume, on several threads if there are any. Symbolic links
/// are not followed. An archive or image within another is searched by one thread, so that few are open at a time.
pub fn walk<T: Send>(part: &Part, act: &(impl Fn(Site<'_>) -> T + Sync)) -> Walk<T> {
    Walker { part, base: "", work: Work::Shared, act }.walk()
}

/// The distribution of a volume's folders among threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    /// Among several threads.
    Shared,
    /// On this thread only.
    Alone,
}

/// The walk over one volume.
struct Walker<'w, F> {
    part: &'w Part,
    base: &'w str,
    work: Work,
    act: &'w F,
}

/// An entry of a folder at which the walk continues.
enum Inner<'l> {
    Folder(&'l Node),
    File(&'l Entry),
}

impl<T: Send, F: Fn(Site<'_>) -> T + Sync> Walker<'_, F> {
    fn walk(&self) -> Walk<T> {
        let volume = self.part.volume.as_ref();
        let mut faults = Vec::new();
        let mut walk = self.folder(&volume.root(), 0);
        // The faults of the volume itself are one entry; those of files in it are others.
        walk.unread.retain_mut(|unread| {
            let is_own = unread.path == self.base;
            if is_own {
                faults.append(&mut unread.faults);
            }
            !is_own
        });
        if !faults.is_empty() {
            walk.unread.insert(0, self.unread(faults));
        }
        walk
    }

    fn unread(&self, faults: Vec<(Fault, Severity)>) -> Unread {
        Unread { path: self.base.to_owned(), volume: self.part.volume.kind().name(), faults }
    }

    fn failed(&self, fault: Fault) -> Walk<T> {
        Walk { found: Vec::new(), unread: vec![self.unread(vec![(fault, Severity::Error)])] }
    }

    fn folder(&self, node: &Node, depth: usize) -> Walk<T> {
        let volume = self.part.volume.as_ref();
        if depth > MAX_DEPTH {
            let message = format!("is in more than {MAX_DEPTH} folders and was not searched");
            return self.failed(fault("input/unreadable", node.path(), message));
        }
        let listing = match volume.list(node) {
            Ok(listing) => listing,
            Err(fault) => return self.failed(fault),
        };
        if let Err(fault) = self.part.look(listing.entries.len()) {
            return self.failed(Fault { path: node.path().to_owned(), ..fault });
        }
        let glb = listing.entries.iter().find(|entry| is_folder(entry, "GLB"));
        // A folder that cannot be listed here is reported when the walk enters it.
        let glb = glb.and_then(|glb| volume.list(&glb.node).ok());
        let glb = glb.filter(|glb| is_postoffice(glb.entries.iter().map(|entry| entry.name.as_str())));
        let is_own = |entry: &Entry| glb.is_some() && FOLDERS.iter().any(|own| entry.name.eq_ignore_ascii_case(own));
        let inner = listing.entries.iter().filter_map(|entry| match entry.kind {
            EntryKind::Folder if !is_own(entry) => Some(Inner::Folder(&entry.node)),
            EntryKind::File => Some(Inner::File(entry)),
            EntryKind::Folder | EntryKind::Link | EntryKind::Other => None,
        });
        let inner: Vec<Inner<'_>> = inner.collect();
        let look = |inner: &Inner<'_>| match inner {
            Inner::Folder(folder) => self.folder(folder, depth.saturating_add(1)),
            Inner::File(file) => self.file(node, file),
        };
        let walks: Vec<_> = match self.work {
            Work::Shared => inner.par_iter().map(look).filter(Walk::is_worth_keeping).collect(),
            Work::Alone => inner.iter().map(look).filter(Walk::is_worth_keeping).collect(),
        };
        drop(inner);
        let mut walk = Walk { found: Vec::new(), unread: Vec::new() };
        match glb {
            Some(glb) => {
                let site = Site { volume, base: self.base, path: node.path().to_owned(), listing, glb };
                walk.found.push((self.act)(site));
            }
            None if listing.faults.is_empty() => {}
            None => {
                let faults = listing.faults.into_iter().map(|fault| (fault.severity_within(), fault));
                let faults = faults.map(|(severity, fault)| (fault, severity));
                walk.unread.push(self.unread(faults.collect()));
            }
        }
        for inner in walks {
            walk.found.extend(inner.found);
            walk.unread.extend(inner.unread);
        }
        walk
    }

    /// Searches a file, if it is an archive or an image.
    fn file(&self, folder: &Node, entry: &Entry) -> Walk<T> {
        let mut walk = Walk { found: Vec::new(), unread: Vec::new() };
        let file = match InputFile::of_volume(self.part, folder, entry) {
            Ok(file) => file,
            // It may or may not be an archive.
            Err(fault) => {
                walk.unread.push(self.unread(vec![(fault, Severity::Note)]));
                return walk;
            }
        };
        let path = joined(self.base, entry.node.path());
        let unread = |faults: Vec<Fault>| {
            let faults = faults.into_iter().map(|fault| (fault.severity(Discovery::Met), fault));
            Unread {
                path: path.clone(),
                volume: IMAGE,
                faults: faults.map(|(severity, fault)| (fault, severity)).collect(),
            }
        };
        match file.open(Discovery::Met) {
            Ok(None) => {}
            Ok(Some(Opened { volumes, faults })) => {
                if !faults.is_empty() {
                    walk.unread.push(unread(faults));
                }
                for part in &volumes {
                    let base = joined(&path, &part.label);
                    let inner = Walker { part, base: &base, work: Work::Alone, act: self.act }.walk();
                    walk.found.extend(inner.found);
                    walk.unread.extend(inner.unread);
                }
            }
            Err(fault) => walk.unread.push(unread(vec![fault])),
        }
        walk
    }
}

impl<T> Walk<T> {
    /// Of a million files hardly any is an archive.
    fn is_worth_keeping(&self) -> bool {
        !self.found.is_empty() || !self.unread.is_empty()
    }
}

/// A fault in addition to those that the volume itself reports.
pub fn fault(rule: &'static str, path: &str, message: impl Into<String>) -> Fault {
    Fault { rule, ..Fault::unreadable(path, message) }
}

/// Returns `true` if an entry is the folder with this name.
fn is_folder(entry: &Entry, name: &str) -> bool {
    entry.kind == EntryKind::Folder && entry.name.eq_ignore_ascii_case(name)
}

/// Joins two parts of a path, either of which may be empty.
pub(super) fn joined(path: &str, inner: &str) -> String {
    match (path.is_empty(), inner.is_empty()) {
        (_, true) => path.to_owned(),
        (true, false) => inner.to_owned(),
        (false, false) => format!("{}/{inner}", path.trim_end_matches('/')),
    }
}
