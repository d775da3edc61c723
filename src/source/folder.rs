//! A folder on disk as a volume.

use super::{
    Entry, EntryKind, Fault, Listing, Node, Timestamp, Volume, VolumeKind,
    entry::{NodeLocation, by_name},
    file::FileBytes,
    view::View,
};
use crate::small_file;
use std::{
    fs::{self, DirEntry, Metadata},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// A folder and everything below it. Symbolic links are listed, never followed; nothing is kept in memory.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at a path on disk.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The path of a node on disk; `None` for a node of another volume.
    fn path(&self, node: &Node) -> Option<PathBuf> {
        match &node.place {
            NodeLocation::Path(None) if node.path.is_empty() => Some(self.root.clone()),
            NodeLocation::Path(None) => Some(self.root.join(&node.path)),
            NodeLocation::Path(Some(path)) => Some(path.clone()),
            NodeLocation::Clusters(_)
            | NodeLocation::FolderOfClusters { .. }
            | NodeLocation::Extents(_)
            | NodeLocation::FolderExtent { .. }
            | NodeLocation::Member(_)
            | NodeLocation::FolderOfMembers(_) => None,
        }
    }

    /// One entry of a folder, with one system call for a file and none for a folder.
    fn entry(&self, folder: &Node, found: &DirEntry) -> Result<Entry, Fault> {
        let (name, raw) = match found.file_name().into_string() {
            Ok(name) => (name, false),
            Err(raw) => (raw.to_string_lossy().into_owned(), true),
        };
        let path = folder.join(&name);
        let unreadable = |path: &str, error: std::io::Error| Fault::unreadable(path, error.to_string());
        let file_type = found.file_type().map_err(|error| unreadable(&path, error))?;
        let kind = match file_type {
            _ if file_type.is_file() => EntryKind::File,
            _ if file_type.is_dir() => EntryKind::Folder,
            _ if file_type.is_symlink() => EntryKind::Link,
            _ => EntryKind::Other,
        };
        let (size, modified) = match kind {
            EntryKind::File => {
                let metadata = found.metadata().map_err(|error| unreadable(&path, error))?;
                (metadata.len(), modified(&metadata))
            }
            EntryKind::Folder | EntryKind::Link | EntryKind::Other => (0, None),
        };
        let is_text = !raw && matches!(folder.place, NodeLocation::Path(None));
        let place = NodeLocation::Path((!is_text).then(|| found.path()));
        Ok(Entry { name, short: None, kind, size, modified, attributes: None, node: Node { path, place } })
    }
}

impl Volume for Folder {
    fn kind(&self) -> VolumeKind {
        VolumeKind::Folder
    }

    fn root(&self) -> Node {
        Node { path: String::new(), place: NodeLocation::Path(None) }
    }

    fn list(&self, folder: &Node) -> Result<Listing, Fault> {
        let unreadable = |error: std::io::Error| Fault::unreadable(folder.path(), error.to_string());
        let path = self.path(folder).ok_or_else(|| folder.no_folder())?;
        let mut listing = Listing::default();
        for found in fs::read_dir(path).map_err(unreadable)? {
            match found.map_err(unreadable).and_then(|found| self.entry(folder, &found)) {
                Ok(entry) => listing.entries.push(entry),
                Err(fault) => listing.faults.push(fault),
            }
        }
        listing.entries.sort_unstable_by(by_name);
        listing.faults.sort_unstable();
        Ok(listing)
    }

    fn open(&self, file: &Entry) -> Result<View, Fault> {
        let path = file.node.path();
        let place =
            self.path(&file.node).filter(|_| file.kind == EntryKind::File).ok_or_else(|| file.node.no_file())?;
        let unreadable = |error: std::io::Error| Fault::unreadable(path, error.to_string());
        let open = small_file::open_regular(&place).map_err(unreadable)?;
        let metadata = open.metadata().map_err(unreadable)?;
        if (metadata.len(), modified(&metadata)) != (file.size, file.modified) {
            let found = metadata.len();
            let message = format!("changed while it was read: {} bytes when listed, {found} bytes now", file.size);
            return Err(Fault::unreadable(path, message));
        }
        Ok(View::over(FileBytes::new(open, file.size)))
    }
}

/// Returns `true` if a path leads to a folder. Links are followed, because the user named the path.
pub(super) fn is_folder(path: &Path) -> Result<bool, Fault> {
    let metadata = fs::metadata(path).map_err(|error| Fault::unreadable("", error.to_string()))?;
    Ok(metadata.is_dir())
}

fn modified(metadata: &Metadata) -> Option<Timestamp> {
    let seconds = match metadata.modified().ok()?.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok()?,
        Err(before) => 0_i64.checked_sub_unsigned(before.duration().as_secs())?,
    };
    Timestamp::from_unix(seconds)
}
