//! The files to look at, in an order that does not depend on the disk.

use super::{Discovery, EntryKind, Fault, Member, Members, Part};
use ignore::{
    WalkBuilder,
    overrides::{Override, OverrideBuilder},
};
use std::{
    fmt,
    path::{Path, PathBuf},
};

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
pub(crate) enum Step {
    File { path: PathBuf, size: u64 },
    ReadFault { path: String, message: String },
}

/// Whether the globs can be understood.
///
/// # Errors
/// What is wrong with the first that cannot.
pub fn check_globs(globs: &[String]) -> Result<(), String> {
    overrides(Path::new("."), globs).map(|_| ())
}

/// The globs below a folder: one without a slash matches names, one with a slash the path from this folder on. The media of the 1990s write
/// names in capitals, so the case does not matter.
fn overrides(folder: &Path, globs: &[String]) -> Result<Override, String> {
    let mut builder = OverrideBuilder::new(folder);
    builder.case_insensitive(true).map_err(|error| error.to_string())?;
    for glob in globs {
        builder.add(glob).map_err(|error| error.to_string())?;
    }
    builder.build().map_err(|error| error.to_string())
}

/// Something that was asked for and led to no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// A folder without a file that would be read.
    Folder(String),
    /// A folder in which the globs match no file.
    Unmatched {
        /// The folder.
        folder: String,
        /// The globs.
        globs: Vec<String>,
    },
    /// A glob that matches no file of any folder, while others do.
    Glob(String),
}

impl fmt::Display for Nothing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(formatter, "{folder}: no file to read in this folder"),
            Self::Unmatched { folder, globs } => {
                let globs: Vec<_> = globs.iter().map(|glob| format!("--glob '{glob}'")).collect();
                write!(formatter, "{folder}: no file matched {}", globs.join(" "))
            }
            Self::Glob(glob) => write!(formatter, "--glob '{glob}': no file matched"),
        }
    }
}

/// The globs that matched no file so far, and the folders that led to none.
#[derive(Debug)]
pub(crate) struct GlobUse {
    globs: Vec<String>,
    /// Each glob that includes files, by itself, below the folder that is being walked.
    alone: Vec<Option<Override>>,
    met: Vec<bool>,
    folder: String,
    files: u64,
    nothing: Vec<Nothing>,
}

impl GlobUse {
    pub(crate) fn new(globs: &[String]) -> Self {
        let globs: Vec<String> = globs.iter().filter(|glob| !glob.starts_with('!')).cloned().collect();
        let met = vec![false; globs.len()];
        Self { globs, alone: Vec::new(), met, folder: String::new(), files: 0, nothing: Vec::new() }
    }

    /// The walk of a folder begins.
    pub(crate) fn folder(&mut self, folder: &Path) {
        self.alone = self.globs.iter().map(|glob| overrides(folder, std::slice::from_ref(glob)).ok()).collect();
        (self.folder, self.files) = (shown(folder), 0);
    }

    /// A file of the folder.
    pub(crate) fn file(&mut self, path: &Path) {
        self.files += 1;
        for (alone, met) in self.alone.iter().zip(&mut self.met).filter(|(_, met)| !**met) {
            *met = alone.as_ref().is_some_and(|alone| alone.matched(path, false).is_whitelist());
        }
    }

    /// Something in the folder that could not be read, which is told by itself.
    pub(crate) fn fault(&mut self) {
        self.files += 1;
    }

    /// The walk of the folder ends.
    pub(crate) fn end(&mut self) {
        let folder = std::mem::take(&mut self.folder);
        match (self.files, self.globs.is_empty()) {
            (1.., _) => {}
            (0, true) => self.nothing.push(Nothing::Folder(folder)),
            (0, false) => self.nothing.push(Nothing::Unmatched { folder, globs: self.globs.clone() }),
        }
    }

    /// What led to no file; a glob by itself only where a folder was walked, and no folder was told for it.
    pub(crate) fn nothing(&self) -> Vec<Nothing> {
        let told = self.nothing.iter().any(|nothing| matches!(nothing, Nothing::Unmatched { .. }));
        let unmet = self.globs.iter().zip(&self.met).filter(|(_, met)| !**met && !self.alone.is_empty() && !told);
        self.nothing.iter().cloned().chain(unmet.map(|(glob, _)| Nothing::Glob(glob.clone()))).collect()
    }
}

/// The files of a folder and of the folders in it, by name. Links are not followed.
pub(crate) fn files(folder: &Path, walk: &WalkOptions) -> impl Iterator<Item = Step> + Send + use<> {
    let mut builder = WalkBuilder::new(folder);
    builder
        .standard_filters(walk.ignored == Ignored::Skipped)
        .hidden(walk.hidden == Hidden::Skipped)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp);
    if let Ok(overrides) = overrides(folder, &walk.globs) {
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

/// The files of a volume and of the folders in it, as those of a folder are chosen: what hides files in a folder hides them
/// here, but for the lists of ignored files, which belong to folders. Globs that include files choose among those of an
/// archive or image that was named; of one that was met they have chosen all.
pub(crate) fn members(
    part: &Part,
    walk: &WalkOptions,
    discovery: Discovery,
) -> impl Iterator<Item = Result<Member, Fault>> + Send + use<> {
    let is_chosen = |glob: &&String| discovery == Discovery::Named || glob.starts_with('!');
    let globs: Vec<String> = walk.globs.iter().filter(is_chosen).cloned().collect();
    let overrides = overrides(Path::new("."), &globs).unwrap_or_else(|_| Override::empty());
    let hidden = walk.hidden;
    Members::new(part, move |path, kind| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_hidden = name.starts_with('.') && hidden == Hidden::Skipped;
        !is_hidden && !overrides.matched(path, kind == EntryKind::Folder).is_ignore()
    })
}

/// A path as reports show it.
pub(crate) fn shown(path: &Path) -> String {
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
