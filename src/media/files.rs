//! Finds files of a disc by the paths of markers, and lists every folder only once.

use super::{Contents, Found, FoundKind};
use crate::{
    model::tree::is_like,
    source::{Fault, Loss},
};
use std::{
    cell::{Ref, RefCell},
    collections::HashMap,
    rc::Rc,
};

/// The longest text file that is read, in bytes.
pub(super) const MAX_TEXT: usize = 256 << 10;

/// The maximum number of folders that a path with stars leads into.
const MAX_BRANCHES: usize = 64;

/// The files below a root.
pub(super) struct Files<'c> {
    contents: &'c dyn Contents,
    root: String,
    listed: &'c Listed,
}

/// The folders that were listed, and the faults that were met.
#[derive(Default)]
pub(super) struct Listed {
    folders: RefCell<HashMap<String, Rc<[Found]>>>,
    faults: RefCell<Vec<Fault>>,
}

impl Listed {
    /// The faults that were met.
    pub(super) fn faults(&self) -> Ref<'_, Vec<Fault>> {
        self.faults.borrow()
    }
}

impl<'c> Files<'c> {
    /// The files below a root.
    pub(super) fn new(contents: &'c dyn Contents, root: &str, listed: &'c Listed) -> Self {
        Self { contents, root: root.to_owned(), listed }
    }

    /// The volume label, which belongs to the root of the volume only.
    pub(super) fn label(&self) -> Option<String> {
        self.contents.label().filter(|_| self.root.is_empty())
    }

    /// The folder at which these files begin.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// The folders in the root.
    pub(super) fn folders(&self) -> Vec<String> {
        let is_folder = |found: &&Found| found.kind == FoundKind::Folder;
        self.list(&self.root).iter().filter(is_folder).map(|found| joined(&self.root, &found.name)).collect()
    }

    /// Returns `true` if everything that was asked for could be read.
    pub(super) fn is_whole(&self) -> bool {
        self.listed.faults().iter().all(|fault| fault.loss == Loss::None)
    }

    /// The files and folders at a path, in any case; `*` in it stands for any characters of a name. Paths begin at the volume's root.
    pub(super) fn find(&self, pattern: &str) -> Vec<(String, Found)> {
        let mut folders = vec![self.root.clone()];
        let mut names = pattern.split('/').peekable();
        while let Some(name) = names.next() {
            let mut found = Vec::new();
            for folder in &folders {
                let list = self.list(folder);
                let same = list.iter().filter(|found| is_named(found, name));
                found.extend(same.map(|found| (joined(folder, &found.name), found.clone())));
            }
            found.truncate(MAX_BRANCHES);
            if names.peek().is_none() {
                return found;
            }
            folders =
                found.into_iter().filter(|(_, found)| found.kind == FoundKind::Folder).map(|(path, _)| path).collect();
        }
        Vec::new()
    }

    /// The path below the root, as a report shows it.
    pub(super) fn shown<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(&self.root).map_or(path, |path| path.trim_start_matches('/'))
    }

    /// The small text files at a path, and their texts, as far as more than names is there.
    pub(super) fn texts(&self, pattern: &str) -> Vec<(String, String)> {
        let found = self.find(pattern).into_iter();
        found.filter_map(|(path, _)| self.text(&path).map(|text| (path, text))).collect()
    }

    /// The text of a small file; `None` if only its name is there.
    fn text(&self, path: &str) -> Option<String> {
        match self.contents.read(path, MAX_TEXT) {
            Ok(bytes) => bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
            Err(fault) => {
                self.listed.faults.borrow_mut().push(fault);
                None
            }
        }
    }

    fn list(&self, folder: &str) -> Rc<[Found]> {
        if let Some(list) = self.listed.folders.borrow().get(folder) {
            return Rc::clone(list);
        }
        let list: Rc<[Found]> = match self.contents.list(folder) {
            Ok(list) => list.into(),
            Err(fault) => {
                self.listed.faults.borrow_mut().push(fault);
                Rc::default()
            }
        };
        self.listed.folders.borrow_mut().insert(folder.to_owned(), Rc::clone(&list));
        list
    }
}

fn is_named(found: &Found, pattern: &str) -> bool {
    let pattern = pattern.to_uppercase();
    let names = [Some(found.name.as_str()), found.short.as_deref()];
    names.into_iter().flatten().any(|name| is_like(&name.to_uppercase(), &pattern))
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
