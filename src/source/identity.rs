//! The identity of a file on disk, by whatever name it is reached.

use std::{
    fs::{File, Metadata},
    path::{Path, PathBuf},
};

/// A file: two names with the same identity lead to one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileIdentity {
    /// The device, and the number of the file on it. Hard and symbolic links to a file share them.
    #[cfg_attr(not(unix), expect(dead_code, reason = "other systems tell no such numbers"))]
    Number { device: u64, file: u64 },
    /// The path without links, on systems without such numbers.
    Path(PathBuf),
}

impl FileIdentity {
    /// The identity of a path's target; `None` if there is none.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        Self::of_metadata(path, &metadata)
    }

    /// The identity of an open file; `None` if it is not a regular file, or the system does not provide it.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "only the command line opens streams"))]
    pub(crate) fn of_open(file: &File) -> Option<Self> {
        let metadata = file.metadata().ok().filter(Metadata::is_file)?;
        Self::of_number(&metadata)
    }

    /// The identity of a path whose metadata is known.
    pub(crate) fn of_metadata(path: &Path, metadata: &Metadata) -> Option<Self> {
        Self::of_number(metadata).or_else(|| path.canonicalize().ok().map(Self::Path))
    }

    #[cfg(unix)]
    fn of_number(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self::Number { device: metadata.dev(), file: metadata.ino() })
    }

    #[cfg(not(unix))]
    fn of_number(_: &Metadata) -> Option<Self> {
        None
    }
}
