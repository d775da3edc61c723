//! Finds and reads `jewelcase.toml`, strictly: anything unknown is an error with its place.

use super::{Config, NAME, path::absolute};
use crate::{
    catalogue::{
        Catalogue,
        fault::RuleFault,
        folder::{File, offset_of},
        lint::Step::{self, Index, Key},
        nearest::nearest,
    },
    model::situation::Situation,
    small_file,
};
use globset::{ErrorKind, GlobBuilder, GlobSet, GlobSetBuilder};
use std::{
    io,
    path::{Path, PathBuf},
};
use thiserror::Error;

/// The longest configuration, in bytes. A configuration is about a page of text; a longer file is something else.
const MAX_CONFIG_BYTES: u64 = 1 << 20;

/// A configuration that cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: input/unreadable: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// It was read and has faults.
    #[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faulty {
        /// Every fault, by place.
        faults: Vec<RuleFault>,
    },
}

/// A configuration with the positions of its suppressions, so that reports can refer to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedConfig {
    /// The file.
    pub path: PathBuf,
    /// Its contents.
    pub config: Config,
    /// The line and column of each suppression, counted from one.
    pub places: Vec<(u64, u64)>,
}

/// The nearest configuration in the folder of `start` (or in `start`, if that is a folder) and the folders above it. Its path is relative
/// to the
/// working directory if it is in or below that.
pub fn find(start: &Path) -> Option<PathBuf> {
    let (here, start) = (absolute(Path::new(".")), absolute(start));
    let found = start
        .ancestors()
        .map(|folder| folder.join(NAME))
        .find(|path| path.symlink_metadata().is_ok_and(|found| !found.is_dir()))?;
    Some(found.strip_prefix(&here).map(Path::to_owned).unwrap_or(found))
}

/// Reads a configuration.
///
/// # Errors
/// [`ConfigError`] with every fault: unknown keys, unknown rules, products and packages with the nearest known ones, invalid globs,
/// suppressions without a reason.
pub fn read(path: &Path, catalogue: &Catalogue) -> Result<LoadedConfig, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
    if leads_elsewhere(path) {
        let message = "this is a link to a file elsewhere, which is not followed (--no-config skips it)";
        return Err(unreadable(io::Error::other(message)));
    }
    let source = small_file::text(path, MAX_CONFIG_BYTES).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => {
            let message = format!("input/truncated: a configuration has less than {MAX_CONFIG_BYTES} bytes");
            ConfigError::Faulty { faults: vec![RuleFault::at(path.to_owned(), "", 0, message)] }
        }
        _ => unreadable(error),
    })?;
    parse(path, source, catalogue)
}

/// Returns `true` if a configuration is a link to a file outside its folder.
fn leads_elsewhere(path: &Path) -> bool {
    let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
    let folder = absolute(path).parent().and_then(|folder| folder.canonicalize().ok());
    is_link && !folder.zip(path.canonicalize().ok()).is_some_and(|(folder, target)| target.starts_with(folder))
}

/// Reads a configuration from its text; `path` names it.
///
/// # Errors
/// As [`read`].
pub fn parse(path: &Path, source: String, catalogue: &Catalogue) -> Result<LoadedConfig, ConfigError> {
    let file = File { path: path.to_owned(), source, id: String::new() };
    let fault = |offset: usize, message: String| RuleFault::at(file.path.clone(), &file.source, offset, message);
    let mut config: Config = toml::from_str(&file.source).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        ConfigError::Faulty { faults: vec![fault(offset, with_nearest(error.message()))] }
    })?;
    let mut faults: Vec<_> = complaints(&config, catalogue)
        .into_iter()
        .map(|(steps, message)| fault(offset_of(&file, &steps), message))
        .collect();
    if !faults.is_empty() {
        faults.sort();
        return Err(ConfigError::Faulty { faults });
    }
    resolve(&mut config, catalogue);
    let places = (0..config.suppress.len()).map(|index| {
        let at = fault(offset_of(&file, &[Key("suppress"), Index(index)]), String::new());
        (at.line as u64, at.column as u64)
    });
    Ok(LoadedConfig { places: places.collect(), path: file.path.clone(), config })
}

/// Replaces names by ids, all of which were found.
fn resolve(config: &mut Config, catalogue: &Catalogue) {
    for area in &mut config.paths {
        let (product, package) = (area.product.as_deref(), area.from.as_deref());
        let named = Situation { product, sku: area.sku, package, ..Situation::default() };
        let Situation { product, package, .. } = named.resolve(catalogue).unwrap_or_default();
        let (product, from) = (product.map(str::to_owned), package.map(str::to_owned));
        (area.product, area.from) = (product, from);
    }
}

/// The longest glob of a configuration, in bytes. Every path is compared with every glob, and nobody writes such long ones by hand.
const MAX_GLOB_BYTES: usize = 1024;

/// Compiles a glob in which `*` stays within a name; case does not matter.
///
/// # Errors
/// It is not a glob, or too long, or nested too deeply to be compiled: a single `Glob` would find that only when it is compiled, and panic.
pub(super) fn glob(text: &str) -> Result<GlobSet, String> {
    if text.len() > MAX_GLOB_BYTES {
        return Err(format!("expected a glob of at most {MAX_GLOB_BYTES} bytes, found {}", text.len()));
    }
    let words = |error: globset::Error| match error.kind() {
        ErrorKind::Regex(_) => "expected a glob that is less deeply nested".to_owned(),
        kind => format!("expected a glob: {kind}"),
    };
    let glob = GlobBuilder::new(text).literal_separator(true).case_insensitive(true).build().map_err(words)?;
    GlobSetBuilder::new().add(glob).build().map_err(words)
}

/// The checks that the types cannot make.
fn complaints<'c>(config: &'c Config, catalogue: &Catalogue) -> Vec<(Vec<Step<'c>>, String)> {
    let mut complaints: Vec<(Vec<Step<'c>>, String)> = Vec::new();
    let rule = |id: &str| catalogue.rules.find(id).err().map(|error| error.to_string());
    let broken = |text: &str| glob(text).err();
    for id in config.severity.keys() {
        complaints.extend(rule(id).map(|message| (vec![Key("severity"), Key(id)], message)));
    }
    for (index, area) in config.paths.iter().enumerate() {
        let at = |key| vec![Key("paths"), Index(index), Key(key)];
        let product = area.product.as_ref().and_then(|id| catalogue.product(id).err());
        let package = area.from.as_ref().and_then(|id| catalogue.package(id).err());
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
            complaints.push((at("reason"), "expected a reason: later readers will ask for it".to_owned()));
        }
    }
    complaints
}

/// The message about an unknown key or word, with the known one that it resembles.
fn with_nearest(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let told = ["unknown field", "unknown variant"].iter().any(|beginning| message.starts_with(beginning));
    let unknown = told.then(|| names.next()).flatten();
    match unknown.map(|unknown| nearest(unknown, names)).unwrap_or_default().first() {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message.to_owned(),
    }
}
