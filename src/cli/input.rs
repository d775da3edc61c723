//! What a person names: the paths that are there, and small files that are read whole (plans, saved reports, configurations, baselines).

use super::Failure;
#[cfg(any(feature = "audit", feature = "scan"))]
use super::completeness::Completeness;
#[cfg(any(feature = "audit", feature = "scan"))]
use std::path::{Path, PathBuf};
use std::{
    fs::File,
    io::{self, Read},
};

/// The paths that lead somewhere, and whether all do: each of the others is a line on standard error.
///
/// # Errors
/// [`Failure::NotFound`] where none does.
#[cfg(any(feature = "audit", feature = "scan"))]
pub(super) fn present(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Completeness), Failure> {
    // What cannot be looked at may be there: then opening it says why.
    let is_there = |path: &PathBuf| path == Path::new("-") || path.try_exists().unwrap_or(true);
    let (there, absent): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(is_there);
    if absent.is_empty() {
        return Ok((there, Completeness::Whole));
    }
    let failure = Failure::NotFound(absent);
    if there.is_empty() {
        return Err(failure);
    }
    eprintln!("jewelcase: {failure}");
    Ok((there, Completeness::Partial))
}

/// The text of a file, or of standard input for `-`.
///
/// `what` names the kind of file in the message about one of `longest` bytes or more.
pub(super) fn text(file: &str, longest: u64, what: &str) -> Result<String, Failure> {
    let unreadable = |error: io::Error| Failure::Usage(format!("{file}: input/unreadable: {error}"));
    let mut reader: Box<dyn Read> = match file {
        "-" => Box::new(io::stdin()),
        _ => Box::new(File::open(file).map_err(unreadable)?),
    };
    let mut text = String::new();
    reader.by_ref().take(longest).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 == longest {
        return Err(Failure::Usage(format!("{file}: input/truncated: {what} has less than {longest} bytes")));
    }
    Ok(text)
}
