//! The files to read, in an order that does not depend on the disk.

pub use super::ignored::{Hidden, KeptOut};

pub(crate) use super::shown_path::shown;

use super::{
    Discovery, EntryKind, Fault, Member, Members, Part,
    identity::FileIdentity,
    ignored::{IgnoreRules, IgnoreUse},
};
use ignore::{
    WalkBuilder,
    overrides::{Override, OverrideBuilder},
};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The files of a folder that a walk includes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkOptions {
    /// The treatment of files and folders whose name begins with a full stop.
    pub hidden: Hidden,
    /// The treatment of files that `.gitignore`, `.ignore` and similar lists name.
    pub ignored: Ignored,
    /// Globs, one of which must match a file; a glob that begins with `!` excludes the files that it matches.
    pub globs: Vec<String>,
    /// Files that the run writes, and therefore does not read.
    pub written: Vec<PathBuf>,
}

/// The treatment of files that ignore rules name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ignored {
    /// They are skipped.
    #[default]
    Skipped,
    /// They are read.
    Included,
}

/// A file, or the reason why one could not be found.
#[derive(Debug)]
pub(crate) enum Step {
    File {
        path: PathBuf,
        size: u64,
    },
    ReadFault {
        path: String,
        message: String,
    },
    /// An ignore list that is not followed, so that more files are read.
    ListFault {
        path: String,
        message: String,
    },
}

/// Checks the syntax of the globs.
///
/// # Errors
/// The fault of the first invalid glob.
pub fn check_globs(globs: &[String]) -> Result<(), String> {
    overrides(Path::new("."), globs).map(|_| ())
}

/// The globs below a folder: a glob without a slash matches names, one with a slash the path relative to this folder. Media of the 1990s
/// have names in capitals, so case does not matter.
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
    /// Each glob that includes files, as a matcher of its own, below the folder being walked.
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

    /// Begins the walk of a folder.
    pub(crate) fn folder(&mut self, folder: &Path) {
        self.alone = self.globs.iter().map(|glob| overrides(folder, std::slice::from_ref(glob)).ok()).collect();
        (self.folder, self.files) = (shown(folder), 0);
    }

    /// Notes a file of the folder.
    pub(crate) fn file(&mut self, path: &Path) {
        self.files = self.files.saturating_add(1);
        for (alone, met) in self.alone.iter().zip(&mut self.met).filter(|(_, met)| !**met) {
            *met = alone.as_ref().is_some_and(|alone| alone.matched(path, false).is_whitelist());
        }
    }

    /// Notes that something in the folder could not be read, which is reported separately.
    pub(crate) fn fault(&mut self) {
        self.files = self.files.saturating_add(1);
    }

    /// Ends the walk of the folder.
    pub(crate) fn end(&mut self) {
        let folder = std::mem::take(&mut self.folder);
        match (self.files, self.globs.is_empty()) {
            (1.., _) => {}
            (0, true) => self.nothing.push(Nothing::Folder(folder)),
            (0, false) => self.nothing.push(Nothing::Unmatched { folder, globs: self.globs.clone() }),
        }
    }

    /// The inputs that led to no file. A single glob is listed only if a folder was walked and no folder is listed for it.
    pub(crate) fn nothing(&self) -> Vec<Nothing> {
        let told = self.nothing.iter().any(|nothing| matches!(nothing, Nothing::Unmatched { .. }));
        let unmet = self.globs.iter().zip(&self.met).filter(|(_, met)| !**met && !self.alone.is_empty() && !told);
        self.nothing.iter().cloned().chain(unmet.map(|(glob, _)| Nothing::Glob(glob.clone()))).collect()
    }
}

/// The files of a folder and of the folders in it, by name. Links are not followed.
pub(crate) fn files(
    folder: &Path,
    walk: &WalkOptions,
    ignore_use: &Arc<Mutex<IgnoreUse>>,
) -> impl Iterator<Item = Step> + Send + use<> {
    let mut builder = WalkBuilder::new(folder);
    // The builder would read ignore lists of any size and kind, and does not count what they exclude.
    builder.standard_filters(false).follow_links(false).sort_by_file_name(Ord::cmp);
    let overrides = overrides(folder, &walk.globs).unwrap_or_else(|_| Override::empty());
    let lock = |shared: &Arc<Mutex<IgnoreUse>>| -> Vec<(String, String)> {
        shared.lock().unwrap_or_else(PoisonError::into_inner).take_faults()
    };
    let (hidden, shared) = (walk.hidden, Arc::clone(ignore_use));
    let rules = (walk.ignored == Ignored::Skipped).then(|| {
        let mut ignore_use = ignore_use.lock().unwrap_or_else(PoisonError::into_inner);
        Mutex::new(IgnoreRules::new(folder, hidden, &mut ignore_use))
    });
    builder.filter_entry(move |entry| {
        let is_chosen = |path: &Path, folder: bool| !overrides.matched(path, folder).is_ignore();
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if entry.depth() == 0 || !is_chosen(entry.path(), is_folder) {
            return entry.depth() == 0;
        }
        match &rules {
            Some(rules) => {
                let mut rules = rules.lock().unwrap_or_else(PoisonError::into_inner);
                let mut ignore_use = shared.lock().unwrap_or_else(PoisonError::into_inner);
                rules.includes(entry.path(), entry.depth(), is_folder, &is_chosen, &mut ignore_use)
            }
            None => hidden == Hidden::Included || !entry.file_name().as_encoded_bytes().starts_with(b"."),
        }
    });
    let ignore_use = Arc::clone(ignore_use);
    let written: Vec<_> = walk.written.iter().filter_map(|path| FileIdentity::of(path)).collect();
    let steps = builder.build().filter_map(move |entry| match entry {
        Ok(entry) => {
            let fault = entry.error().map(ToString::to_string);
            let file = entry.file_type().is_some_and(|kind| kind.is_file());
            match (file, fault) {
                (true, _) => {
                    let metadata = entry.metadata().ok();
                    let identity =
                        metadata.as_ref().and_then(|metadata| FileIdentity::of_metadata(entry.path(), metadata));
                    if identity.is_some_and(|identity| written.contains(&identity)) {
                        return None;
                    }
                    let size = metadata.map_or(0, |metadata| metadata.len());
                    Some(Step::File { path: entry.into_path(), size })
                }
                (false, Some(message)) => Some(Step::ReadFault { path: shown(entry.path()), message }),
                (false, None) => None,
            }
        }
        Err(error) => Some(Step::ReadFault { path: path_of(&error), message: without_path(&error) }),
    });
    let faults = std::iter::once_with(move || lock(&ignore_use)).flatten();
    steps.chain(faults.map(|(path, message)| Step::ListFault { path, message }))
}

/// The files of a volume and of the folders in it, chosen as in a folder: the same files are hidden, but ignore lists do not apply. Globs
/// that include files apply to an archive or image that the user named; in one that was found, every file is included.
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
