//! Finds and reads `jewelcase.toml`, strictly: what is not understood is an error with its place.

use super::{Config, NAME, path::absolute};
use crate::catalogue::{
    Catalogue,
    fault::RuleFault,
    folder::{File, place},
    lint::Step::{self, Index, Key},
    nearest::nearest,
};
use globset::{Glob, GlobBuilder};
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};
use thiserror::Error;

/// A configuration is a page of text; what is longer is something else.
const LONGEST: u64 = 1 << 20;

/// A configuration that cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: input/unreadable: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It was read and is wrong.
    #[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faulty {
        /// Every fault, by place.
        faults: Vec<RuleFault>,
    },
}

/// A configuration with the places of its suppressions, so that what is said of them can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// What it says.
    pub config: Config,
    /// The line and column of each suppression, counted from one.
    pub places: Vec<(u64, u64)>,
}

/// The nearest configuration in the folder of `start` (or in `start`, if that is a folder) and the folders above it; seen from the folder in
/// which the program runs, where it lies in or below that.
pub fn find(start: &Path) -> Option<PathBuf> {
    let (here, start) = (absolute(Path::new(".")), absolute(start));
    let found = start.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())?;
    Some(found.strip_prefix(&here).map(Path::to_owned).unwrap_or(found))
}

/// Reads a configuration.
///
/// # Errors
/// [`ConfigError`] with every fault: unknown keys, unknown rules, products and packages with the nearest known ones, globs that are none,
/// suppressions without a reason.
pub fn read(path: &Path, catalogue: &Catalogue) -> Result<Found, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
    let mut source = String::new();
    fs::File::open(path).map_err(unreadable)?.take(LONGEST).read_to_string(&mut source).map_err(unreadable)?;
    if source.len() as u64 == LONGEST {
        let message = format!("input/truncated: a configuration has less than {LONGEST} bytes");
        return Err(ConfigError::Faulty { faults: vec![RuleFault::at(path.to_owned(), &source, 0, message)] });
    }
    parse(path, source, catalogue)
}

/// Reads a configuration from its text; `path` names it.
///
/// # Errors
/// As [`read`].
pub fn parse(path: &Path, source: String, catalogue: &Catalogue) -> Result<Found, ConfigError> {
    let file = File { path: path.to_owned(), source, id: String::new() };
    let fault = |offset: usize, message: String| RuleFault::at(file.path.clone(), &file.source, offset, message);
    let config: Config = toml::from_str(&file.source).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        ConfigError::Faulty { faults: vec![fault(offset, with_nearest(error.message()))] }
    })?;
    let mut faults: Vec<_> = complaints(&config, catalogue)
        .into_iter()
        .map(|(steps, message)| fault(place(&file, &steps), message))
        .collect();
    if !faults.is_empty() {
        faults.sort();
        return Err(ConfigError::Faulty { faults });
    }
    let places = (0..config.suppress.len()).map(|index| {
        let at = fault(place(&file, &[Key("suppress"), Index(index)]), String::new());
        (at.line as u64, at.column as u64)
    });
    Ok(Found { places: places.collect(), path: file.path.clone(), config })
}

/// A glob in which `*` stays within a name; the case of letters does not matter.
pub(super) fn glob(text: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(text).literal_separator(true).case_insensitive(true).build()
}

/// What must hold beyond the types.
fn complaints<'c>(config: &'c Config, catalogue: &Catalogue) -> Vec<(Vec<Step<'c>>, String)> {
    let mut complaints: Vec<(Vec<Step<'c>>, String)> = Vec::new();
    let rule = |id: &str| catalogue.rules.find(id).err().map(|error| error.to_string());
    let broken = |text: &str| glob(text).err().map(|error| format!("expected a glob: {}", error.kind()));
    for id in config.severity.keys() {
        complaints.extend(rule(id).map(|message| (vec![Key("severity"), Key(id)], message)));
    }
    for (index, area) in config.paths.iter().enumerate() {
        let at = |key| vec![Key("paths"), Index(index), Key(key)];
        let product = area.product.as_ref().and_then(|id| catalogue.products.find(id).err());
        let package = area.from.as_ref().and_then(|id| catalogue.packages.find(id).err());
        complaints.extend(broken(&area.glob).map(|message| (at("glob"), message)));
        complaints.extend(product.map(|error| (at("product"), error.to_string())));
        complaints.extend(package.map(|error| (at("from"), error.to_string())));
        for id in area.severity.keys() {
            complaints.extend(rule(id).map(|message| ([at("severity"), vec![Key(id)]].concat(), message)));
        }
    }
    for (index, suppression) in config.suppress.iter().enumerate() {
        let at = |key| vec![Key("suppress"), Index(index), Key(key)];
        complaints.extend(rule(&suppression.rule).map(|message| (at("rule"), message)));
        complaints.extend(suppression.path.as_deref().and_then(broken).map(|message| (at("path"), message)));
        if suppression.reason.trim().is_empty() {
            complaints.push((at("reason"), "expected a reason: whoever reads this later will ask for it".to_owned()));
        }
    }
    complaints
}

/// The message on an unknown key or word, with the known one that is written much alike.
fn with_nearest(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let told = ["unknown field", "unknown variant"].iter().any(|beginning| message.starts_with(beginning));
    let unknown = told.then(|| names.next()).flatten();
    match unknown.map(|unknown| nearest(unknown, names)).unwrap_or_default().first() {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message.to_owned(),
    }
}
