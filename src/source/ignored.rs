//! The files that `.gitignore`, `.ignore` and similar lists exclude from a walk, counted by rule.
//!
//! The lists are part of the input, so they are read with a bound, and a link is followed only within the tree.

use super::shown_path::shown;
use crate::small_file;
use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder, gitconfig_excludes_path},
};
use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
};

/// The longest ignore list, in bytes. A list is about a page of text; a longer file is something else.
const MAX_LIST_BYTES: u64 = 1 << 20;

/// The maximum number of files and folders in ignored folders that are counted in a run.
const MAX_COUNTED: u64 = 20_000;

/// The treatment of hidden files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// They are skipped.
    #[default]
    Skipped,
    /// They are read.
    Included,
}

/// The files that a rule excludes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptOut {
    /// The list that contains the rule.
    pub path: String,
    /// The line of the rule, counted from one.
    pub line: u64,
    /// The rule as it is written.
    pub pattern: String,
    /// The number of files that it excludes, those in excluded folders included.
    pub files: u64,
    /// The number of folders that it excludes whose files were too many to count.
    pub uncounted_folders: u64,
    /// True if the list is in the folder that is read, and not above it.
    pub inside: bool,
}

/// The number of files that each rule has excluded so far, and the lists that could not be read.
#[derive(Debug, Default)]
pub(crate) struct IgnoreUse {
    kept_out: BTreeMap<(String, u64), KeptOut>,
    faults: Vec<(String, String)>,
    counted: u64,
}

impl IgnoreUse {
    /// The rules that excluded something, by list and line.
    pub(crate) fn kept_out(&self) -> Vec<KeptOut> {
        self.kept_out.values().filter(|rule| rule.files > 0 || rule.uncounted_folders > 0).cloned().collect()
    }

    /// The lists, or lines of them, that could not be read, each with the reason; each is returned once.
    pub(crate) fn take_faults(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.faults)
    }
}

/// The ignore lists of a folder.
#[derive(Default)]
struct FolderLists {
    ignore: Option<List>,
    gitignore: Option<List>,
    exclude: Option<List>,
    has_git: bool,
}

/// An ignore list.
struct List {
    rules: Gitignore,
    lines: HashMap<String, u64>,
    shown: String,
    inside: bool,
}

/// The rules that apply at the current point of a walk.
pub(crate) struct IgnoreRules {
    /// The root of the walk as the user named it, and without links.
    named: PathBuf,
    base: PathBuf,
    hidden: Hidden,
    above: Vec<FolderLists>,
    global: Option<List>,
    /// The lists of the root and of each folder below it down to the current one.
    below: Vec<FolderLists>,
}

/// The decision of the rules about a file or folder.
enum Decision<'l> {
    KeptOut(&'l List, u64, String),
    Included,
    Nothing,
}

impl IgnoreRules {
    /// Reads the lists of a folder and of the folders above it.
    pub(crate) fn new(folder: &Path, hidden: Hidden, use_of: &mut IgnoreUse) -> Self {
        let base = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let mut above: Vec<_> =
            base.ancestors().skip(1).map(|above| FolderLists::read(above, above, &base, use_of)).collect();
        above.reverse();
        let global = gitconfig_excludes_path()
            .and_then(|path| List::read(&path, &base, &shown(&path), &base, path.parent(), use_of));
        let below = vec![FolderLists::read(&base, folder, &base, use_of)];
        Self { named: folder.to_owned(), base, hidden, above, global, below }
    }

    /// Returns `true` if a file or folder at this `depth` below the root is included. The walk enters each included folder before it asks
    /// about others.
    pub(crate) fn includes(
        &mut self,
        path: &Path,
        depth: usize,
        is_folder: bool,
        is_chosen: &dyn Fn(&Path, bool) -> bool,
        use_of: &mut IgnoreUse,
    ) -> bool {
        self.below.truncate(depth.max(1));
        let absolute = path.strip_prefix(&self.named).map_or_else(|_| path.to_owned(), |inner| self.base.join(inner));
        let is_included = match self.said(&absolute, is_folder) {
            Decision::KeptOut(list, line, pattern) => {
                let (path_of_list, inside) = (list.shown.clone(), list.inside);
                let (files, is_counted) = match is_folder {
                    true => count(path, self.hidden, is_chosen, &mut use_of.counted),
                    false => (1, true),
                };
                let key = (path_of_list.clone(), line);
                let rule = use_of.kept_out.entry(key).or_insert(KeptOut {
                    path: path_of_list,
                    line,
                    pattern,
                    files: 0,
                    uncounted_folders: 0,
                    inside,
                });
                rule.files = rule.files.saturating_add(files);
                rule.uncounted_folders = rule.uncounted_folders.saturating_add(u64::from(!is_counted));
                false
            }
            Decision::Included => true,
            Decision::Nothing => self.hidden == Hidden::Included || !is_hidden(path),
        };
        if is_included && is_folder {
            self.below.push(FolderLists::read(&absolute, path, &self.base, use_of));
        }
        is_included
    }

    /// The decision of the nearest rule. `.ignore` takes precedence over `.gitignore`, and both over the lists of the repository and of the
    /// user.
    fn said(&self, path: &Path, is_folder: bool) -> Decision<'_> {
        let folders = || self.below.iter().rev().chain(self.above.iter().rev());
        if let Some(said) = first(folders().map(|lists| &lists.ignore), path, is_folder) {
            return said;
        }
        if !folders().any(|lists| lists.has_git) {
            return Decision::Nothing;
        }
        // The rules of a repository end at its root.
        let depth = folders().position(|lists| lists.has_git).map_or(usize::MAX, |at| at.saturating_add(1));
        first(folders().take(depth).map(|lists| &lists.gitignore), path, is_folder)
            .or_else(|| first(folders().take(depth).map(|lists| &lists.exclude), path, is_folder))
            .or_else(|| first(std::iter::once(&self.global), path, is_folder))
            .unwrap_or(Decision::Nothing)
    }
}

fn first<'l>(lists: impl Iterator<Item = &'l Option<List>>, path: &Path, is_folder: bool) -> Option<Decision<'l>> {
    lists.flatten().map(|list| list.said(path, is_folder)).find(|said| !matches!(said, Decision::Nothing))
}

impl FolderLists {
    /// Reads the lists of a folder, which reports show as `named`.
    fn read(folder: &Path, named: &Path, base: &Path, use_of: &mut IgnoreUse) -> Self {
        let mut list = |name: &str| {
            let path = folder.join(name);
            path.symlink_metadata().ok()?;
            List::read(&path, folder, &shown(&named.join(name)), base, Some(folder), use_of)
        };
        let (ignore, gitignore) = (list(".ignore"), list(".gitignore"));
        let has_git = folder.join(".git").symlink_metadata().is_ok();
        let exclude = if has_git { list(".git/info/exclude") } else { None };
        Self { ignore, gitignore, exclude, has_git }
    }
}

impl List {
    /// Reads a list whose rules are relative to `root`; a link may lead within the root of the walk, or within `own`.
    fn read(
        path: &Path,
        root: &Path,
        shown: &str,
        base: &Path,
        own: Option<&Path>,
        use_of: &mut IgnoreUse,
    ) -> Option<Self> {
        let is_within = |path: &Path| path.starts_with(base) || own.is_some_and(|own| path.starts_with(own));
        let target = path.canonicalize().and_then(|target| match is_within(&target) || !is_link(path) {
            true => Ok(target),
            false => Err(io::Error::other("this is a link to a file elsewhere, which is not followed")),
        });
        let bytes = match target.and_then(|target| small_file::bytes(&target, MAX_LIST_BYTES)) {
            Ok(bytes) => bytes,
            // Most users and repositories have no list of their own.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_link(path) => return None,
            Err(error) => {
                let message = format!("its rules are not followed: {error}");
                use_of.faults.push((shown.to_owned(), message));
                return None;
            }
        };
        let (mut builder, mut lines) = (GitignoreBuilder::new(root), HashMap::new());
        let text = String::from_utf8_lossy(&bytes);
        for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
            // The text of the line can be anything, even a key, so it is not repeated.
            if builder.add_line(None, line).is_err() {
                use_of.faults.push((shown.to_owned(), format!("line {number} is not a rule, and is not followed")));
            } else {
                lines.insert(line.trim_end().to_owned(), number);
            }
        }
        let rules = match builder.build() {
            Ok(rules) => rules,
            Err(_) => {
                use_of
                    .faults
                    .push((shown.to_owned(), "its rules are not followed: they are too many or too long".to_owned()));
                return None;
            }
        };
        Some(Self { rules, lines, shown: shown.to_owned(), inside: path.starts_with(base) })
    }

    fn said(&self, path: &Path, is_folder: bool) -> Decision<'_> {
        if !path.starts_with(self.rules.path()) {
            return Decision::Nothing;
        }
        match self.rules.matched(path, is_folder) {
            Match::None => Decision::Nothing,
            Match::Whitelist(_) => Decision::Included,
            Match::Ignore(rule) => {
                let pattern = rule.original().to_owned();
                let line = self.lines.get(pattern.trim_end()).copied().unwrap_or(1);
                Decision::KeptOut(self, line, pattern)
            }
        }
    }
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The number of files of a folder that would have been read, and true if all were counted.
fn count(folder: &Path, hidden: Hidden, is_chosen: &dyn Fn(&Path, bool) -> bool, counted: &mut u64) -> (u64, bool) {
    let (mut files, mut folders) = (0, vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { return (files, false) };
        for entry in entries.filter_map(Result::ok) {
            if *counted >= MAX_COUNTED {
                return (files, false);
            }
            *counted = counted.saturating_add(1);
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            if hidden == Hidden::Skipped && is_hidden(&path) || !is_chosen(&path, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else {
                files = files.saturating_add(u64::from(kind.is_file()));
            }
        }
    }
    (files, true)
}
