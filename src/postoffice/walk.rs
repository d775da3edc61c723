//! Finds postoffices on a volume, at any depth.

use super::find::is_postoffice;
use crate::source::{Entry, EntryKind, Fault, Listing, Node, Volume};
use rayon::prelude::*;

/// The folders of a postoffice, none of which holds another postoffice, and two that gateways add.
pub const FOLDERS: [&str; 21] = [
    "ATT", "CAL", "FAX", "FOLDERS", "GLB", "GRP", "HLP", "INF", "INI", "KEY", "LOG", "MACGATE", "MAI", "MBG", "MEM",
    "MMF", "NME", "P1", "TPL", "USR", "XTN",
];

/// Folders inside each other beyond this number are not looked into.
const DEEPEST: usize = 64;

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

/// Does something with every postoffice of a volume, several at a time where there are several threads. Symbolic links
/// are not followed.
pub fn walk<T: Send>(volume: &dyn Volume, act: &(impl Fn(Site<'_>) -> T + Sync)) -> Walk<T> {
    folder(volume, &volume.root(), 0, act)
}

fn folder<T: Send>(volume: &dyn Volume, node: &Node, depth: usize, act: &(impl Fn(Site<'_>) -> T + Sync)) -> Walk<T> {
    if depth > DEEPEST {
        let message = format!("lies in more than {DEEPEST} folders and was not looked into");
        return Walk { found: Vec::new(), faults: vec![fault("input/unreadable", node.path(), message)] };
    }
    let listing = match volume.list(node) {
        Ok(listing) => listing,
        Err(fault) => return Walk { found: Vec::new(), faults: vec![fault] },
    };
    let glb = listing.entries.iter().find(|entry| is_folder(entry, "GLB"));
    // What cannot be listed here is told when the walk goes into it.
    let glb = glb.and_then(|glb| volume.list(&glb.node).ok());
    let glb = glb.filter(|glb| is_postoffice(glb.entries.iter().map(|entry| entry.name.as_str())));
    let inner: Vec<Node> = listing
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Folder)
        .filter(|entry| glb.is_none() || !FOLDERS.iter().any(|own| entry.name.eq_ignore_ascii_case(own)))
        .map(|entry| entry.node.clone())
        .collect();
    let mut walk = Walk { found: Vec::new(), faults: Vec::new() };
    match glb {
        Some(glb) => walk.found.push(act(Site { volume, path: node.path().to_owned(), listing, glb })),
        None => walk.faults = listing.faults,
    }
    let walks: Vec<_> = inner.par_iter().map(|node| folder(volume, node, depth + 1, act)).collect();
    for inner in walks {
        walk.found.extend(inner.found);
        walk.faults.extend(inner.faults);
    }
    walk
}

/// A fault of what was read, beside those that the volume tells itself.
pub fn fault(rule: &'static str, path: &str, message: impl Into<String>) -> Fault {
    Fault { path: path.to_owned(), offset: None, rule, message: message.into() }
}

/// Whether an entry is the folder of this name.
fn is_folder(entry: &Entry, name: &str) -> bool {
    entry.kind == EntryKind::Folder && entry.name.eq_ignore_ascii_case(name)
}
