//! Paths on disk as reports show them.

use std::path::Path;

/// A path as reports show it.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    // A single hyphen would mean standard input.
    text.strip_prefix("./").filter(|rest| *rest != "-").unwrap_or(&text).to_owned()
}
