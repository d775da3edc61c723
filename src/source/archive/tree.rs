//! The folders of an archive, which keeps no folders but the paths of its files.

use std::collections::BTreeMap;

/// How many names a path may have; what lies deeper is left out.
const DEEPEST: usize = 130;

/// How many files and folders an archive may have; the rest is left out.
pub(super) const MOST: usize = 1 << 20;

/// Folders by number; 0 is the root.
#[derive(Debug)]
pub(super) struct Tree {
    folders: Vec<BTreeMap<String, Child>>,
    size: usize,
}

/// What stands in a folder under a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Child {
    /// The number of the folder of this name.
    pub(super) folder: Option<usize>,
    /// The number of the member of this name in the archive: the file itself, or what the archive says of the folder.
    pub(super) member: Option<usize>,
    /// Whether other members have this name, too.
    pub(super) again: Again,
}

/// Whether a name stands for several members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Again {
    #[default]
    Never,
    /// The last of them counts, as it does for those who unpack an archive.
    Files,
    /// One is a file, another a folder; only the folder can be reached.
    FileAndFolder,
}

/// Why a member has no place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misplaced {
    /// Its path leads out of the archive.
    Outside,
    /// Its path names nothing.
    Nameless,
    /// It lies too deep.
    TooDeep,
    /// The archive holds too much.
    TooMany,
}

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    File,
    Folder,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self { folders: vec![BTreeMap::new()], size: 0 }
    }

    /// Puts a member in its place, and makes the folders of its path.
    pub(super) fn put(&mut self, path: &str, leaf: Leaf, member: usize) -> Result<(), Misplaced> {
        let mut names: Vec<&str> = path.split(['/', '\\']).filter(|name| !matches!(*name, "" | ".")).collect();
        if names.contains(&"..") {
            return Err(Misplaced::Outside);
        }
        if names.len() > DEEPEST {
            return Err(Misplaced::TooDeep);
        }
        let last = names.pop().ok_or(Misplaced::Nameless)?;
        if self.size + names.len() >= MOST {
            return Err(Misplaced::TooMany);
        }
        let folder = names.into_iter().fold(0, |folder, name| self.folder(folder, name));
        if leaf == Leaf::Folder {
            self.folder(folder, last);
        }
        let size = &mut self.size;
        let child = self.folders[folder].entry(last.to_owned()).or_insert_with(|| {
            *size += 1;
            Child::default()
        });
        match (leaf, child.folder, child.member) {
            (Leaf::File, Some(_), _) => child.again = Again::FileAndFolder,
            (Leaf::File, None, Some(_)) => (child.member, child.again) = (Some(member), Again::Files),
            (Leaf::File, None, None) | (Leaf::Folder, _, _) => child.member = Some(member),
        }
        Ok(())
    }

    /// What stands in a folder, by name.
    pub(super) fn children(&self, folder: usize) -> Option<&BTreeMap<String, Child>> {
        self.folders.get(folder)
    }

    /// The folder of a name, which is made where there is none.
    fn folder(&mut self, parent: usize, name: &str) -> usize {
        let number = self.folders.len();
        let known = self.folders[parent].get(name).copied();
        if let Some(folder) = known.and_then(|child| child.folder) {
            return folder;
        }
        // The file of this name, if there is one, can no longer be reached.
        let again = if known.is_some() { Again::FileAndFolder } else { Again::Never };
        self.folders[parent].insert(name.to_owned(), Child { folder: Some(number), member: None, again });
        self.folders.push(BTreeMap::new());
        self.size += usize::from(known.is_none());
        number
    }
}
