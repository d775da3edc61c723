//! The files to look at, in an order that does not depend on the disk.

use ignore::{WalkBuilder, overrides::OverrideBuilder};
use std::path::{Path, PathBuf};

/// Which files of a folder are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkOptions {
    /// Also files and folders whose name begins with a full stop.
    pub hidden: Hidden,
    /// What `.gitignore`, `.ignore` and the like say.
    pub ignored: Ignored,
    /// Only files that one of these matches; with `!` in front, none that it matches.
    pub globs: Vec<String>,
}

/// What is done with hidden files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// They are passed over.
    #[default]
    Skipped,
    /// They are looked at.
    Included,
}

/// What is done with ignored files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ignored {
    /// They are passed over.
    #[default]
    Skipped,
    /// They are looked at.
    Included,
}

/// A file, or why one could not be found.
#[derive(Debug)]
pub(super) enum Step {
    File { path: PathBuf, size: u64 },
    ReadFault { path: String, message: String },
}

/// Whether the globs can be understood.
///
/// # Errors
/// What is wrong with the first that cannot.
pub fn check_globs(globs: &[String]) -> Result<(), String> {
    overrides(globs).map(|_| ())
}

fn overrides(globs: &[String]) -> Result<ignore::overrides::Override, String> {
    let mut builder = OverrideBuilder::new(".");
    for glob in globs {
        builder.add(glob).map_err(|error| error.to_string())?;
    }
    builder.build().map_err(|error| error.to_string())
}

/// The files of a folder and of the folders in it, by name. Links are not followed.
pub(super) fn files(folder: &Path, walk: &WalkOptions) -> impl Iterator<Item = Step> + Send + use<> {
    let mut builder = WalkBuilder::new(folder);
    builder
        .standard_filters(walk.ignored == Ignored::Skipped)
        .hidden(walk.hidden == Hidden::Skipped)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp);
    if let Ok(overrides) = overrides(&walk.globs) {
        // The builder's own overrides would bring back what is hidden or ignored.
        builder.filter_entry(move |entry| {
            let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !overrides.matched(entry.path(), folder).is_ignore()
        });
    }
    builder.build().filter_map(|entry| match entry {
        Ok(entry) => {
            let fault = entry.error().map(ToString::to_string);
            let file = entry.file_type().is_some_and(|kind| kind.is_file());
            match (file, fault) {
                (true, _) => {
                    let size = entry.metadata().map_or(0, |metadata| metadata.len());
                    Some(Step::File { path: entry.into_path(), size })
                }
                (false, Some(message)) => Some(Step::ReadFault { path: shown(entry.path()), message }),
                (false, None) => None,
            }
        }
        Err(error) => Some(Step::ReadFault { path: path_of(&error), message: without_path(&error) }),
    })
}

/// A path as reports show it.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

fn path_of(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => shown(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => shown(child),
        _ => String::new(),
    }
}

fn without_path(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => without_path(err),
        // `IO error for operation on PATH: what happened`
        other => other.to_string().rsplit(": ").next().unwrap_or_default().to_owned(),
    }
}
