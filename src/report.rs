//! What was found, in the forms that people and programs read. One file per format.

pub mod json;
pub mod mask;
pub mod summary;

#[cfg(feature = "cli")]
pub mod entry;
#[cfg(feature = "cli")]
pub mod human;
#[cfg(feature = "cli")]
pub mod notation;
#[cfg(feature = "cli")]
pub mod plan;
#[cfg(feature = "cli")]
mod steps;

use crate::model::subject::Subject;

/// Where a subject stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, or `-` for standard input.
    pub path: String,
    /// The line, counted from one.
    pub line: u64,
    /// The column in characters, counted from one.
    pub column: u64,
}

/// A judged subject and where it stood, if it stood anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The subject.
    pub subject: Subject,
    /// Its place; `None` for an argument of the command line.
    pub location: Option<Location>,
}
