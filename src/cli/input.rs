//! The inputs that the user names: existing paths, and small files that are read whole (plans, saved reports, configurations, baselines).

use super::Failure;
#[cfg(any(feature = "audit", feature = "scan"))]
use super::{completeness::Completeness, message};
use crate::small_file;
#[cfg(any(feature = "audit", feature = "scan"))]
use crate::wire::mask::Keys;
use std::path::Path;
#[cfg(any(feature = "audit", feature = "scan"))]
use std::path::PathBuf;
use std::{
    fs::File,
    io::{self, Read},
};

/// The paths that exist, and whether all of them do. Each missing one is reported on standard error.
///
/// # Errors
/// [`Failure::NotFound`] if none exists.
#[cfg(any(feature = "audit", feature = "scan"))]
pub(super) fn present(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Completeness), Failure> {
    // A file with this name would be skipped in silence, as where the hook hands over the names of a folder.
    if paths.iter().any(|path| path == Path::new("-")) && Path::new("./-").symlink_metadata().is_ok() {
        let message = "`-` is standard input, and a file here has this name: name that as `./-`, or read standard input from another folder";
        return Err(Failure::Usage(message.to_owned()));
    }
    // If its existence cannot be determined, opening it will report why.
    let is_there = |path: &PathBuf| path == Path::new("-") || path.try_exists().unwrap_or(true);
    let (there, absent): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(is_there);
    if absent.is_empty() {
        return Ok((there, Completeness::Whole));
    }
    let failure = Failure::NotFound(absent);
    if there.is_empty() {
        return Err(failure);
    }
    message::say(&failure, Keys::Masked);
    Ok((there, Completeness::Partial))
}

/// The text of a regular file, or of standard input for `-`.
pub(super) fn regular_text(file: &str, longest: u64, what: &str) -> Result<String, Failure> {
    if file != "-" {
        let unreadable = |error: io::Error| Failure::Usage(format!("{file}: input/unreadable: {error}"));
        small_file::open_regular(Path::new(file)).map_err(unreadable)?;
    }
    text(file, longest, what)
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
