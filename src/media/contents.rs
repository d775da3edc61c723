//! The names, sizes and dates of a disc, and the contents of its small files where they are there.

use crate::{
    model::file_list::{FileList, ListedItem},
    source::Fault,
};

/// A disc, an image, a folder, or a list of their files.
pub trait Contents {
    /// The volume label.
    fn label(&self) -> Option<String>;

    /// The files and folders in a folder; the root is empty, and other paths are as they were listed before.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn list(&self, folder: &str) -> Result<Vec<Found>, Fault>;

    /// The first bytes of a file that was listed; `None` if only names are there.
    ///
    /// # Errors
    /// The file cannot be read.
    fn read(&self, file: &str, most: usize) -> Result<Option<Vec<u8>>, Fault>;
}

/// A file or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name.
    pub name: String,
    /// The 8.3 name, if it differs.
    pub short: Option<String>,
    /// The kind, and the size of a file if it is known.
    pub kind: FoundKind,
    /// The days that its date can mean.
    pub days: Vec<String>,
}

/// The kind of a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundKind {
    /// A folder.
    Folder,
    /// A file, with its size in bytes if it is known.
    File(Option<u64>),
}

impl Contents for FileList {
    fn label(&self) -> Option<String> {
        self.label.clone()
    }

    fn list(&self, folder: &str) -> Result<Vec<Found>, Fault> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let below = self.items.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let found = |(path, item): (&String, &ListedItem)| {
            let name = path.get(prefix.len()..).filter(|name| !name.is_empty() && !name.contains('/'))?;
            let kind = if item.is_folder { FoundKind::Folder } else { FoundKind::File(item.size) };
            Some(Found { name: name.to_owned(), short: None, kind, days: item.days.clone() })
        };
        Ok(below.filter_map(found).collect())
    }

    fn read(&self, _file: &str, _most: usize) -> Result<Option<Vec<u8>>, Fault> {
        Ok(None)
    }
}
