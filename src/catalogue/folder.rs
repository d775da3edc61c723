//! A folder of rule files, read strictly: every fault of every file, with its place.

use super::{
    Family, RuleFileError, Tables,
    fault::RuleFault,
    lint::{Complaint, Step},
    toml_entry::{self, Mistake},
};
use crate::{model::term::Terms, small_file};
use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A rule file and its text.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) source: String,
    pub(crate) id: String,
}

/// The longest rule file, in bytes. A rule file has a few pages of text; a longer file is something else.
const MAX_RULE_FILE_BYTES: u64 = 4 << 20;

/// The folder of the JSON Schemas, which is beside those of the entries.
const SCHEMAS: &str = "schema";

/// Adds every file of a folder to the tables, and checks them against the result.
pub(super) fn add(tables: &mut Tables, folder: &Path) -> Result<(), RuleFileError> {
    let mut faults = Vec::new();
    let mut read = Vec::new();
    for path in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
        let name = path.file_name().unwrap_or_default();
        if let Some((family, folder)) = Family::all_folders().find(|(_, folder)| name == folder.name) {
            for file in files(&path, folder.prefix)? {
                match tables.table_mut(family).read(&file.id, &file.source) {
                    Ok(()) => {}
                    Err(Mistake { offset, message }) => {
                        faults.push(RuleFault::at(file.path.clone(), &file.source, offset, message));
                    }
                }
                read.push((family, file));
            }
        } else if name != SCHEMAS {
            faults.push(RuleFault {
                path,
                line: 1,
                column: 1,
                message: format!("expected a folder named {}", folders()),
            });
        }
    }
    // References can be checked only if all files could be read.
    if faults.is_empty() {
        for (family, file) in &read {
            for Complaint { steps, message } in tables.table(*family).complaints(tables, &file.id) {
                faults.push(RuleFault::at(file.path.clone(), &file.source, offset_of(file, &steps), message));
            }
        }
    }
    if read.is_empty() && faults.is_empty() {
        faults.push(RuleFault {
            path: folder.to_owned(),
            line: 1,
            column: 1,
            message: format!("expected rule files (*.toml) in folders named {}; found none", folders()),
        });
    }
    faults.sort();
    if faults.is_empty() { Ok(()) } else { Err(RuleFileError::Faulty { faults }) }
}

/// The list of terms, if the folder has one.
pub(super) fn terms(folder: &Path) -> Result<Option<Terms>, RuleFileError> {
    let path = folder.join("terms.toml");
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let source = small_file::text(&path, MAX_RULE_FILE_BYTES)
        .map_err(|source| RuleFileError::Unreadable { path: path.clone(), source })?;
    match toml_entry::read::<Terms>(&source) {
        Ok(read) => Ok(Some(read.value)),
        Err(Mistake { offset, message }) => {
            Err(RuleFileError::Faulty { faults: vec![RuleFault::at(path, &source, offset, message)] })
        }
    }
}

/// The folders of rule files, as a message names them.
fn folders() -> String {
    let names: Vec<_> = Family::all_folders().map(|(_, folder)| folder.name).collect();
    match names.as_slice() {
        [] => String::new(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The files of one folder of `keyrules/`, in order of their names.
pub(crate) fn files(folder: &Path, prefix: &str) -> Result<Vec<File>, RuleFileError> {
    let mut files = Vec::new();
    for path in sorted(folder)? {
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let id = format!("{prefix}{stem}");
        let source = small_file::text(&path, MAX_RULE_FILE_BYTES)
            .map_err(|source| RuleFileError::Unreadable { path: path.clone(), source })?;
        files.push(File { path, source, id });
    }
    Ok(files)
}

/// The offset of a value in a file; of the nearest table above it if the value itself is absent.
pub(crate) fn offset_of(file: &File, steps: &[Step<'_>]) -> usize {
    let Ok(table) = DeTable::parse(&file.source) else {
        return 0;
    };
    let mut at: Range<usize> = 0..0;
    let mut value: Option<&Spanned<DeValue<'_>>> = None;
    for step in steps {
        let next = match (step, value.map(|value| value.get_ref())) {
            (Step::Key(key), None) => table.get_ref().get(*key),
            (Step::Key(key), Some(DeValue::Table(table))) => table.get(*key),
            (Step::Index(index), Some(DeValue::Array(array))) => array.get(*index),
            _ => None,
        };
        let Some(next) = next else { break };
        at = next.span();
        value = Some(next);
    }
    at.start
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, RuleFileError> {
    let unreadable = |source| RuleFileError::Unreadable { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}
