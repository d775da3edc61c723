//! Reads a plan file.

use crate::model::{plan::Plan, within::Within};
use thiserror::Error;

/// A fault of a plan file, and its place.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{line}:{column}: {message}")]
pub struct PlanFileError {
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
    /// The expectation and what was found instead.
    pub message: String,
}

/// Reads a plan from TOML, or from JSON if the text begins with a brace.
///
/// # Errors
/// The first place that does not belong in a plan.
///
/// ```
/// let plan = jewelcase::internals::addpack::read("server = '4.0'\nlicenses = 5\npacks = ['4.0x5']").unwrap();
/// assert_eq!(plan.packs, ["4.0x5"]);
/// let error = jewelcase::internals::addpack::read("server = '4.0'\nlicences = 5").unwrap_err();
/// assert_eq!((error.line, error.column), (2, 1));
/// ```
pub fn read(source: &str) -> Result<Plan, PlanFileError> {
    let source = source.trim_start_matches('\u{FEFF}');
    if source.trim_start().starts_with('{') {
        return serde_json::from_str(source).map_err(|error| PlanFileError {
            line: error.line(),
            column: error.column(),
            // The message repeats the place, which precedes it in the report.
            message: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
        });
    }
    toml::from_str(source).map_err(|error| {
        let before = source.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline.saturating_add(1));
        PlanFileError {
            line: before.matches('\n').count().saturating_add(1),
            column: before.within(line_start..).chars().count().saturating_add(1),
            message: error.message().to_owned(),
        }
    })
}
