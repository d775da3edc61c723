//! A folder of rule files, read strictly: every fault of every file, with its place.

use super::{
    Catalogue, EntryTable, RuleFileError,
    fault::RuleFault,
    lint::{self, Complaint, Step},
    toml,
};
use ::toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use serde::de::DeserializeOwned;
use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

/// The folders of rule files, as a message names them.
const FOLDERS: &str = "forms, products, packages, articles, servers, baselines, carriers, locators, addpack, answer, config, input, key, postoffice or serial";

/// A rule file as it was read.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) source: String,
    pub(crate) id: String,
}

/// Adds every file of a folder to a catalogue, and checks them against what is then there.
pub(super) fn add(catalogue: &mut Catalogue, folder: &Path) -> Result<(), RuleFileError> {
    let mut faults = Vec::new();
    let mut files = Files::default();
    for path in subfolders(folder)? {
        match path.file_name().and_then(|name| name.to_str()) {
            Some("forms") => files.forms = read(&path, "", &mut catalogue.forms, &mut faults)?,
            Some("products") => files.products = read(&path, "", &mut catalogue.products, &mut faults)?,
            Some("packages") => files.packages = read(&path, "", &mut catalogue.packages, &mut faults)?,
            Some("articles") => files.articles = read(&path, "", &mut catalogue.articles, &mut faults)?,
            Some("servers") => files.servers = read(&path, "", &mut catalogue.servers, &mut faults)?,
            Some("carriers") => files.answer_sources = read(&path, "", &mut catalogue.answer_sources, &mut faults)?,
            Some("baselines") => {
                files.reference_postoffices = read(&path, "", &mut catalogue.reference_postoffices, &mut faults)?
            }
            Some("locators") => files.serial_locations = read(&path, "", &mut catalogue.serial_locations, &mut faults)?,
            Some(family @ ("addpack" | "answer" | "config" | "input" | "key" | "postoffice" | "serial")) => {
                files.rules.extend(read(&path, &format!("{family}/"), &mut catalogue.rules, &mut faults)?);
            }
            Some("schema") => {}
            _ => faults.push(RuleFault {
                path,
                line: 1,
                column: 1,
                message: format!("expected a folder named {FOLDERS}"),
            }),
        }
    }
    // References are only worth following between files that could be read.
    if faults.is_empty() {
        complain(&files.forms, &catalogue.forms, &mut faults, |_, form| lint::form(catalogue, form));
        complain(&files.products, &catalogue.products, &mut faults, |_, product| lint::product(catalogue, product));
        complain(&files.packages, &catalogue.packages, &mut faults, |_, package| lint::package(catalogue, package));
        complain(&files.articles, &catalogue.articles, &mut faults, |id, article| {
            lint::article(catalogue, id, article)
        });
        complain(&files.servers, &catalogue.servers, &mut faults, |_, server| lint::server(catalogue, server));
        complain(&files.answer_sources, &catalogue.answer_sources, &mut faults, |_, answer_source| {
            lint::answer_source(catalogue, answer_source)
        });
        complain(&files.reference_postoffices, &catalogue.reference_postoffices, &mut faults, |_, reference| {
            lint::reference_postoffice(catalogue, reference)
        });
        complain(&files.serial_locations, &catalogue.serial_locations, &mut faults, |_, location| {
            lint::serial_location(location)
        });
        complain(&files.rules, &catalogue.rules, &mut faults, |id, rule| lint::rule(catalogue, id, rule));
    }
    if files.is_empty() && faults.is_empty() {
        faults.push(RuleFault {
            path: folder.to_owned(),
            line: 1,
            column: 1,
            message: format!("expected rule files (*.toml) in folders named {FOLDERS}; found none"),
        });
    }
    faults.sort();
    if faults.is_empty() { Ok(()) } else { Err(RuleFileError::Faulty { faults }) }
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
        let source =
            fs::read_to_string(&path).map_err(|source| RuleFileError::Unreadable { path: path.clone(), source })?;
        files.push(File { path, source, id });
    }
    Ok(files)
}

/// The place of a value in a file; of the nearest table above it where the value itself is absent.
pub(crate) fn place(file: &File, steps: &[Step<'_>]) -> usize {
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

#[derive(Default)]
struct Files {
    forms: Vec<File>,
    products: Vec<File>,
    packages: Vec<File>,
    articles: Vec<File>,
    servers: Vec<File>,
    reference_postoffices: Vec<File>,
    serial_locations: Vec<File>,
    answer_sources: Vec<File>,
    rules: Vec<File>,
}

impl Files {
    fn is_empty(&self) -> bool {
        let Self {
            forms,
            products,
            packages,
            articles,
            servers,
            reference_postoffices,
            answer_sources,
            serial_locations,
            rules,
        } = self;
        [forms, products, packages, articles, servers, reference_postoffices, answer_sources, serial_locations, rules]
            .iter()
            .all(|files| files.is_empty())
    }
}

/// Reads a folder's files into a table.
fn read<T: DeserializeOwned>(
    folder: &Path,
    prefix: &str,
    table: &mut EntryTable<T>,
    faults: &mut Vec<RuleFault>,
) -> Result<Vec<File>, RuleFileError> {
    let files = files(folder, prefix)?;
    for file in &files {
        match toml::read(&file.source) {
            Ok(toml::Read { value, json }) => table.put(file.id.clone(), json, value),
            Err(toml::Mistake { offset, message }) => {
                faults.push(RuleFault::at(file.path.clone(), &file.source, offset, message));
            }
        }
    }
    Ok(files)
}

fn complain<T: DeserializeOwned>(
    files: &[File],
    table: &EntryTable<T>,
    faults: &mut Vec<RuleFault>,
    complaints: impl Fn(&str, &T) -> Vec<Complaint>,
) {
    for file in files {
        let Some(entry) = table.get(&file.id) else {
            continue;
        };
        for Complaint { steps, message } in complaints(&file.id, entry) {
            let offset = place(file, &steps);
            faults.push(RuleFault::at(file.path.clone(), &file.source, offset, message));
        }
    }
}

fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, RuleFileError> {
    Ok(sorted(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, RuleFileError> {
    let unreadable = |source| RuleFileError::Unreadable { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}
