//! A list of files without their contents: a saved `DIR /S`, the output of `find`, an example.

use std::collections::BTreeMap;

/// A list of files and folders, by their paths below a root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileList {
    /// The volume label, if the list has one.
    pub label: Option<String>,
    /// The files and folders, by their paths with `/` between names.
    pub items: BTreeMap<String, ListedItem>,
}

/// What a list says of a file or folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedItem {
    /// True if it is a folder.
    pub is_folder: bool,
    /// The size in bytes.
    pub size: Option<u64>,
    /// The days that its date can mean, such as `1995-07-11`: day and month are written in either order.
    pub days: Vec<String>,
}

impl FileList {
    /// Adds a file or folder, and the folders above it.
    pub fn add(&mut self, path: &str, item: ListedItem) {
        for (slash, _) in path.match_indices('/') {
            if let Some(folder) = path.get(..slash).filter(|folder| !folder.is_empty()) {
                let folder = self.items.entry(folder.to_owned()).or_default();
                folder.is_folder = true;
            }
        }
        let known = self.items.entry(path.to_owned()).or_default();
        known.is_folder |= item.is_folder;
        known.size = known.size.or(item.size);
        known.days.extend(item.days);
    }
}
