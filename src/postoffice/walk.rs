//! Finds postoffices on a volume, at any depth.

use super::find::is_postoffice;
use crate::{
    parallel::{Emit, map_in_order},
    source::{Entry, EntryKind, Fault, Listing, Node, Volume},
};
use std::{convert::Infallible, num::NonZeroUsize};

/// The folders of a postoffice, none of which holds another postoffice, and two that gateways add.
pub const FOLDERS: [&str; 21] = [
    "ATT", "CAL", "FAX", "FOLDERS", "GLB", "GRP", "HLP", "INF", "INI", "KEY", "LOG", "MACGATE", "MAI", "MBG", "MEM",
    "MMF", "NME", "P1", "TPL", "USR", "XTN",
];

/// Folders are searched to this depth below the root.
const MAX_DEPTH: usize = 64;

/// A folder that is a postoffice.
pub struct Site<'v> {
    /// The volume that it lies on.
    pub volume: &'v dyn Volume,
    /// The path inside the volume; empty where the volume's root is the postoffice's.
    pub path: String,
    /// What stands in it.
    pub listing: Listing,
    /// What stands in its folder `GLB`.
    pub glb: Listing,
}

/// What a walk came upon, in the order of the paths.
pub struct Walk<T> {
    /// What was made of every postoffice.
    pub found: Vec<T>,
    /// What could not be looked into outside of postoffices.
    pub faults: Vec<Fault>,
}

/// Does something with every postoffice of a volume, on `threads` threads. Symbolic links are not followed.
pub fn walk<T: Send>(volume: &dyn Volume, threads: NonZeroUsize, act: &(impl Fn(Site<'_>) -> T + Sync)) -> Walk<T> {
    let mut level = vec![Folder { path: Vec::new(), node: volume.root() }];
    let mut visited = Vec::new();
    // Level by level: the folders of one are independent of each other.
    for _ in 0..=MAX_DEPTH {
        let mut next = Vec::new();
        let look = |folder: Folder, emit: &mut Emit<'_, Visited<T>>| {
            // Nobody breaks off the walk.
            let _ = emit(visit(volume, folder, act));
        };
        let all = map_in_order(level.into_iter(), threads, look, |folder| {
            next.extend(folder.inner.iter().enumerate().map(|(at, node)| folder.child(at, node)));
            if folder.found.is_some() || !folder.faults.is_empty() {
                visited.push(Visited { inner: Vec::new(), ..folder });
            }
            Ok::<(), Infallible>(())
        });
        let Ok(()) = all;
        level = next;
        if level.is_empty() {
            break;
        }
    }
    visited.extend(level.into_iter().map(|Folder { path, node }| {
        let message = format!("lies in more than {MAX_DEPTH} folders and was not looked into");
        let faults = vec![fault("input/unreadable", node.path(), message)];
        Visited { path, found: None, faults, inner: Vec::new() }
    }));
    // A folder comes before those inside it, and they before the next folder.
    visited.sort_by(|one, other| one.path.cmp(&other.path));
    let mut walk = Walk { found: Vec::new(), faults: Vec::new() };
    for folder in visited {
        walk.found.extend(folder.found);
        walk.faults.extend(folder.faults);
    }
    walk
}

/// A folder to be visited.
struct Folder {
    /// The index of each folder above it, and its own, among those beside it.
    path: Vec<usize>,
    node: Node,
}

/// A folder that was visited.
struct Visited<T> {
    path: Vec<usize>,
    found: Option<T>,
    faults: Vec<Fault>,
    /// The folders inside it that can hold postoffices.
    inner: Vec<Node>,
}

impl<T> Visited<T> {
    fn child(&self, at: usize, node: &Node) -> Folder {
        Folder { path: [self.path.as_slice(), &[at]].concat(), node: node.clone() }
    }
}

fn visit<T>(volume: &dyn Volume, folder: Folder, act: &impl Fn(Site<'_>) -> T) -> Visited<T> {
    let Folder { path, node } = folder;
    let listing = match volume.list(&node) {
        Ok(listing) => listing,
        Err(fault) => return Visited { path, found: None, faults: vec![fault], inner: Vec::new() },
    };
    let glb = listing.entries.iter().find(|entry| is_folder(entry, "GLB"));
    // A folder GLB that cannot be listed here is reported when it is visited itself.
    let glb = glb.and_then(|glb| volume.list(&glb.node).ok());
    let glb = glb.filter(|glb| is_postoffice(glb.entries.iter().map(|entry| entry.name.as_str())));
    let inner: Vec<Node> = listing
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Folder)
        .filter(|entry| glb.is_none() || !FOLDERS.iter().any(|own| entry.name.eq_ignore_ascii_case(own)))
        .map(|entry| entry.node.clone())
        .collect();
    match glb {
        Some(glb) => {
            let found = act(Site { volume, path: node.path().to_owned(), listing, glb });
            Visited { path, found: Some(found), faults: Vec::new(), inner }
        }
        None => Visited { path, found: None, faults: listing.faults, inner },
    }
}

/// A fault of what was read, beside those that the volume tells itself.
pub fn fault(rule: &'static str, path: &str, message: impl Into<String>) -> Fault {
    Fault { path: path.to_owned(), offset: None, rule, message: message.into() }
}

/// Whether an entry is the folder of this name.
fn is_folder(entry: &Entry, name: &str) -> bool {
    entry.kind == EntryKind::Folder && entry.name.eq_ignore_ascii_case(name)
}
