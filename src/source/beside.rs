//! Files beside the one that is opened: those that a description names, and the description of a file without one.

use super::{Entry, EntryKind, Fault, Folder, Node, Volume, file, view::View};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// The folder that contains the file being opened.
pub(super) trait Beside {
    /// The name of the file being opened; `None` if it has none.
    fn name(&self) -> Option<&str>;

    /// Opens another file of the folder, by its name in any case; `None` if there is none.
    ///
    /// # Errors
    /// It is there, and cannot be opened.
    fn open(&self, name: &str) -> Result<Option<View>, Fault>;
}

/// No folder: the file is in memory, or has no name.
pub(super) struct Nothing;

impl Beside for Nothing {
    fn name(&self) -> Option<&str> {
        None
    }

    fn open(&self, _name: &str) -> Result<Option<View>, Fault> {
        Ok(None)
    }
}

/// The folder of a file on disk.
pub(super) struct OnMachine {
    folder: PathBuf,
    name: Option<String>,
}

impl OnMachine {
    /// The files beside the one at a path.
    pub(super) fn new(path: &Path) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self { folder: folder.to_owned(), name: path.file_name().and_then(|name| name.to_str()).map(str::to_owned) }
    }
}

impl Beside for OnMachine {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn open(&self, name: &str) -> Result<Option<View>, Fault> {
        let folder = Folder::new(&self.folder);
        let listing = folder.list(&folder.root())?;
        let Some(entry) = find(&listing.entries, name) else { return Ok(None) };
        // A link can lead to something that the user did not name.
        if entry.kind != EntryKind::File {
            return Err(Fault::unreadable("", format!("`{}` beside it is not a file, and was not opened", entry.name)));
        }
        file::view(&self.folder.join(&entry.name)).map(Some)
    }
}

/// The folder of a file in a volume.
pub(super) struct InVolume {
    volume: Arc<dyn Volume>,
    folder: Node,
    name: String,
}

impl InVolume {
    /// The files beside the one with this name in a folder.
    pub(super) fn new(volume: Arc<dyn Volume>, folder: Node, name: String) -> Self {
        Self { volume, folder, name }
    }
}

impl Beside for InVolume {
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn open(&self, name: &str) -> Result<Option<View>, Fault> {
        let listing = self.volume.list(&self.folder)?;
        find(&listing.entries, name)
            .filter(|entry| entry.kind == EntryKind::File)
            .map(|entry| self.volume.open(entry))
            .transpose()
    }
}

/// The entry with a name: in the same case if there is one, otherwise in any case.
pub(super) fn find<'e>(entries: &'e [Entry], name: &str) -> Option<&'e Entry> {
    let same = entries.iter().find(|entry| entry.name == name);
    same.or_else(|| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)))
}

/// The longest name that is looked for, in characters: the maximum of Windows.
const MAX_NAME: usize = 255;

/// The name of a file without the folders before it, which belong to another machine, and without characters that would disturb a report.
pub(super) fn last_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect()
}
