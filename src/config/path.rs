//! Paths from a project's point of view: relative to its own folder.

use std::path::{Component, Path, PathBuf};

/// A path without `.` and `..`, from the root of the file system; links are not followed.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(component),
        }
    }
    plain
}

/// A path of a report relative to a folder, with forward slashes; a path outside is unchanged.
pub(super) fn relative(folder: &Path, path: &str) -> String {
    let absolute = absolute(Path::new(path));
    match absolute.strip_prefix(folder) {
        Ok(inside) => inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"),
        Err(_) => path.to_owned(),
    }
}
