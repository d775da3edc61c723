//! The faults of rule files, and their positions.

use crate::model::within::Within;
use std::path::PathBuf;
use thiserror::Error;

/// A folder of rule files that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RuleFileError {
    /// The folder or a file in it cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// Files that were read have faults; all faults of all files.
    #[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faulty {
        /// The faults, by file and place.
        faults: Vec<RuleFault>,
    },
}

/// One fault of one rule file: its path, line and column, and the expectation that is not met there.
#[derive(Clone, Debug, Error, PartialEq, Eq, PartialOrd, Ord)]
#[error("{}:{line}:{column}: {message}", path.display())]
pub struct RuleFault {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
    /// The expectation and what was found instead.
    pub message: String,
}

impl RuleFault {
    /// A fault at a byte offset of a source.
    pub(crate) fn at(path: PathBuf, source: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = source.as_bytes().within(..offset.min(source.len()));
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline.saturating_add(1));
        let line = before.iter().filter(|&&byte| byte == b'\n').count().saturating_add(1);
        let column = String::from_utf8_lossy(before.within(line_start..)).chars().count().saturating_add(1);
        Self { path, line, column, message: message.into() }
    }
}
