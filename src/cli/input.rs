//! Reads small files that a person names: plans, saved reports, configurations, baselines.

use super::Failure;
use std::{
    fs::File,
    io::{self, Read},
};

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
