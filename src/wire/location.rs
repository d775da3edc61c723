//! The place of a subject or a finding in the input.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The place of a subject or a finding: path, line and column, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Location<'a> {
    /// The file, or `-` for standard input.
    pub path: Cow<'a, str>,
    /// The line, counted from one.
    pub line: u64,
    /// The column in characters, counted from one.
    pub column: u64,
}

impl Location<'_> {
    /// The same place, borrowed.
    pub fn borrowed(&self) -> Location<'_> {
        Location { path: Cow::Borrowed(&self.path), line: self.line, column: self.column }
    }
}
