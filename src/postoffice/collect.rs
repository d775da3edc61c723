//! Reads the facts of one postoffice from its volume: its files and sizes, and the few files whose contents rules check.

use super::{
    class::{Classified, classify},
    number::{Calibration, Master, SerialLookup},
    walk::{FOLDERS, Site, fault},
};
use crate::{
    model::{
        postoffice::{External, Postoffice},
        tree::{Item, Tree, stem},
    },
    parse::postoffice as records,
    source::{Entry, EntryKind, Fault, Listing, Node, Volume, read_whole},
};
use std::collections::{BTreeMap, BTreeSet};

/// The longest file that is read, in bytes. The largest mailbag has 475,136, and no file of records needs more.
const MAX_FILE: usize = 4 << 20;

/// The maximum number of files and directories of one postoffice that are read.
const MAX_ITEMS: usize = 1 << 20;

/// The maximum number of messages that are opened to read their owner counts.
const MAX_MESSAGES: usize = 1 << 16;

/// The facts read from a postoffice.
pub struct Collected {
    /// The facts.
    pub facts: Postoffice,
    /// The evidence for its class.
    pub because: &'static str,
    /// The bytes of `MASTER.GLB`; empty if it was not read.
    pub master: Master,
    /// The faults, with paths below the root.
    pub faults: Vec<Fault>,
}

/// Reads a postoffice; `path` is its path in a report.
pub fn collect(site: Site<'_>, path: String) -> Collected {
    let mut reader = Reader {
        volume: site.volume,
        root: site.path,
        items: Vec::new(),
        looked_into: Vec::new(),
        closed: Vec::new(),
        faults: site.listing.faults.clone(),
        full: false,
    };
    reader.root_folder(&site.listing, site.glb);
    let Reader { volume, root, items, looked_into, closed, mut faults, .. } = reader;
    let open = |folder: &str| !closed.iter().any(|path: &String| path.split('/').next() == Some(folder));
    let (externals, headers, owners) = (open("XTN"), open("MBG"), open("MAI"));
    let written = looked_into.iter().filter(|(path, _)| DATED_FILES.contains(&path.as_str()));
    let written = written.filter_map(|(path, entry)| Some((path.clone(), entry.modified?.day_number()))).collect();
    let tree = Tree::new(items).with_closed(closed);
    let files: BTreeMap<&str, &Entry> = looked_into.iter().map(|(path, entry)| (path.as_str(), entry)).collect();
    let mut content = Content { volume, files, faults: &mut faults };
    let master = Master::of(content.whole("GLB/MASTER.GLB").unwrap_or_default());
    let mut facts = Postoffice {
        path,
        master: records::master(&master.bytes),
        control: content.whole("GLB/CONTROL.GLB").and_then(|bytes| records::control(&bytes)),
        folder_counter: content.whole("FOLDERS/SERIALNO.IDX").and_then(|bytes| records::folder_counter(&bytes)),
        networks: content.whole("GLB/NETWORK.GLB").map(|bytes| records::networks(&bytes)),
        externals: content.externals().filter(|_| externals),
        headers: content.headers().filter(|_| headers),
        owners: content.owners().filter(|_| owners),
        written,
        addresses: content.whole("NME/ADMIN.NME").map(|bytes| records::addresses(&bytes)),
        indexed: content.indexed(),
        ..Postoffice::default()
    };
    let serial = match Calibration::default().read(&master) {
        SerialLookup::Serial(_, number) => Some(number),
        SerialLookup::Nothing(_) => None,
    };
    let Classified { class, because } = classify(&facts.path, &tree, facts.networks.as_deref(), serial);
    facts.class = class;
    facts.tree = tree;
    let prefix = if root.is_empty() { String::new() } else { format!("{root}/") };
    for fault in &mut faults {
        fault.path = fault.path.strip_prefix(&prefix).unwrap_or(&fault.path).to_owned();
    }
    faults.sort();
    faults.dedup();
    Collected { facts, because, master, faults }
}

/// The lists and their twins, whose dates are compared (Q85647).
const DATED_FILES: [&str; 4] = ["NME/ADMIN.NME", "NME/ADMINSHD.NME", "GRP/ADMIN.GRP", "GRP/ADMINSHD.GRP"];

/// Walks through the folders of a postoffice.
struct Reader<'v> {
    volume: &'v dyn Volume,
    root: String,
    items: Vec<(String, Item)>,
    /// The entries whose contents some rule needs, by their upper-case paths.
    looked_into: Vec<(String, Entry)>,
    /// Directories that could not be listed, or not to their end.
    closed: Vec<String>,
    faults: Vec<Fault>,
    full: bool,
}

impl Reader<'_> {
    /// The root itself: only the names of other entries in it are recorded.
    fn root_folder(&mut self, listing: &Listing, glb: Listing) {
        let mut glb = Some(glb);
        for entry in &listing.entries {
            let name = entry.name.to_ascii_uppercase();
            // No rule checks other names, so a link with such a name hides nothing.
            if entry.kind == EntryKind::Link && !FOLDERS.contains(&name.as_str()) {
                continue;
            }
            self.entry(&name, entry);
            if entry.kind != EntryKind::Folder || !FOLDERS.contains(&name.as_str()) {
                continue;
            }
            match glb.take_if(|_| name == "GLB") {
                Some(glb) => self.listing("GLB", glb),
                None => self.folder(&name, &entry.node),
            }
        }
    }

    fn folder(&mut self, path: &str, node: &Node) {
        match self.volume.list(node) {
            Ok(listing) => self.listing(path, listing),
            Err(fault) => {
                self.closed.push(path.to_owned());
                self.faults.push(fault);
            }
        }
    }

    fn listing(&mut self, path: &str, listing: Listing) {
        // An entry that could not be read hides its name too.
        if !listing.faults.is_empty() {
            self.closed.push(path.to_owned());
        }
        self.faults.extend(listing.faults);
        for entry in listing.entries {
            if self.items.len() >= MAX_ITEMS {
                if !std::mem::replace(&mut self.full, true) {
                    let message = format!("has more than {MAX_ITEMS} files; the rest was not read");
                    self.faults.push(fault("input/truncated", &self.root, message));
                }
                self.closed.push(path.to_owned());
                return;
            }
            let path = format!("{path}/{}", entry.name.to_ascii_uppercase());
            self.entry(&path, &entry);
            // The deepest directories of a postoffice are FOLDERS/LOC/00000000.
            if entry.kind == EntryKind::Folder && path.matches('/').count() < 8 {
                self.folder(&path, &entry.node);
            }
            if entry.kind == EntryKind::File && has_content_for_rules(&path) {
                self.looked_into.push((path, entry));
            }
        }
    }

    fn entry(&mut self, path: &str, entry: &Entry) {
        let item = match entry.kind {
            EntryKind::File => Item::File(entry.size),
            EntryKind::Folder => Item::Directory,
            EntryKind::Link | EntryKind::Other => {
                let message = "is a link or no file at all, and was not followed";
                self.faults.push(fault("input/unreadable", entry.node.path(), message));
                // Whatever its target is, something is there.
                self.closed.push(path.to_owned());
                Item::Directory
            }
        };
        self.items.push((path.to_owned(), item));
    }
}

/// The files whose contents rules check.
fn has_content_for_rules(path: &str) -> bool {
    let Some((folder, name)) = path.split_once('/') else {
        return false;
    };
    match folder {
        "GLB" => ["MASTER.GLB", "CONTROL.GLB", "NETWORK.GLB"].contains(&name),
        "FOLDERS" => name.ends_with(".IDX"),
        "NME" | "GRP" => DATED_FILES.contains(&path),
        "XTN" => name.ends_with(".XTN"),
        "MBG" => name.ends_with(".MBG"),
        "MAI" => name.ends_with(".MAI"),
        _ => false,
    }
}

/// Reads files.
struct Content<'v, 'f> {
    volume: &'v dyn Volume,
    files: BTreeMap<&'f str, &'f Entry>,
    faults: &'f mut Vec<Fault>,
}

impl Content<'_, '_> {
    /// A whole file; `None` if it does not exist, cannot be read, or is absurdly long.
    fn whole(&mut self, path: &str) -> Option<Vec<u8>> {
        let entry = *self.files.get(path)?;
        if entry.size > MAX_FILE as u64 {
            let message = format!("has {} bytes, more than the {MAX_FILE} that are read of such a file", entry.size);
            self.faults.push(fault("input/truncated", entry.node.path(), message));
            return None;
        }
        self.read(entry, MAX_FILE)
    }

    fn read(&mut self, entry: &Entry, most: usize) -> Option<Vec<u8>> {
        if entry.size == 0 {
            return Some(Vec::new());
        }
        read_whole(self.volume, entry, most).map_err(|fault| self.faults.push(fault)).ok()
    }

    /// The paths of the files in a folder of the postoffice.
    fn below(&self, folder: &str) -> Vec<String> {
        let inside = |path: &&&str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.files.keys().filter(inside).map(|path| (*path).to_owned()).collect()
    }

    /// Every file is read, even after one that could not be: the faults of all are reported.
    fn externals(&mut self) -> Option<Vec<External>> {
        let mut externals = Some(Vec::new());
        for path in self.below("XTN") {
            let read = self.whole(&path).map(|bytes| records::externals(stem(&path), &bytes));
            externals = externals.zip(read).map(|(mut externals, read)| {
                externals.extend(read);
                externals
            });
        }
        externals
    }

    fn headers(&mut self) -> Option<BTreeMap<String, Vec<u32>>> {
        let mut headers = Some(BTreeMap::new());
        for path in self.below("MBG") {
            let read = self.whole(&path).map(|bytes| records::headers(&bytes));
            headers = headers.zip(read).map(|(mut headers, read)| {
                if !read.is_empty() {
                    headers.insert(stem(&path).to_owned(), read);
                }
                headers
            });
        }
        headers
    }

    /// The names in every index of folders.
    fn indexed(&mut self) -> Option<BTreeMap<String, BTreeSet<String>>> {
        let mut indexed = Some(BTreeMap::new());
        for path in self.below("FOLDERS").into_iter().filter(|path| path != "FOLDERS/SERIALNO.IDX") {
            let read = self.whole(&path).map(|bytes| records::indexed(&bytes));
            indexed = indexed.zip(read).map(|(mut indexed, read)| {
                indexed.insert(path, read);
                indexed
            });
        }
        indexed
    }

    fn owners(&mut self) -> Option<BTreeMap<String, u16>> {
        let paths = self.below("MAI");
        if paths.len() > MAX_MESSAGES {
            return None;
        }
        let mut owners = Some(BTreeMap::new());
        for path in paths {
            let entry = *self.files.get(path.as_str())?;
            let read = self.read(entry, records::OWNERS_END);
            // A message that is too short to contain the count has none.
            owners = owners.zip(read).map(|(mut owners, bytes)| {
                owners.extend(records::owners(&bytes).map(|count| (path, count)));
                owners
            });
        }
        owners
    }
}
