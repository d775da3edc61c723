//! The files of `keyrules/`, converted to JSON by the build script.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The entries of one folder, sorted by id.
pub(super) fn folder(name: &str) -> &'static [(&'static str, &'static str)] {
    FOLDERS.iter().find(|(folder, _)| *folder == name).map_or(&[], |(_, entries)| entries)
}
