//! The baseline: the findings that existed when it was written, so that only new ones count.

use super::path::{absolute, relative};
use crate::wire::{Entry, Finding, position::Position};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use thiserror::Error;

/// The name and number of the file's format.
const SCHEMA: &str = "jewelcase-baseline/1";

/// The number of findings of each rule in each file.
///
/// A file is identified by its path from the folder of the baseline. Lines and keys are not stored: lines move, and a key, or its hash, is
/// a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    folder: PathBuf,
    counts: BTreeMap<(String, String), u64>,
}

/// A fault of a baseline, and its place.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{line}:{column}: {message}")]
pub struct BaselineError {
    /// The line, counted from one.
    pub line: usize,
    /// The column in bytes, counted from one.
    pub column: usize,
    /// The expectation and what was found instead.
    pub message: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    path: String,
    rule: String,
    count: u64,
}

impl Baseline {
    /// A baseline without findings, for a file of this path.
    pub fn empty(path: &Path) -> Self {
        let folder = absolute(path).parent().map(Path::to_owned).unwrap_or_default();
        Self { folder, counts: BTreeMap::new() }
    }

    /// Reads the baseline of this path from its text.
    ///
    /// # Errors
    /// The first place that does not belong in a baseline.
    pub fn read(path: &Path, text: &str) -> Result<Self, BaselineError> {
        let file: File = serde_json::from_str(text).map_err(|error| BaselineError {
            line: error.line().max(1),
            column: error.column().max(1),
            // The message repeats the place, which precedes it in the report.
            message: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
        })?;
        if file.schema != SCHEMA {
            let message = format!("expected the schema {SCHEMA}, found {:?}", file.schema);
            return Err(BaselineError { line: 1, column: 1, message });
        }
        let mut baseline = Self::empty(path);
        for Row { path, rule, count } in file.findings {
            let entry = baseline.counts.entry((path, rule)).or_default();
            *entry = entry.saturating_add(count);
        }
        Ok(baseline)
    }

    /// The text of the file: a finding on each line, sorted by path and rule, so that it can be compared and merged.
    pub fn text(&self) -> String {
        let rows = self.counts.iter().map(|((path, rule), count)| {
            let row = Row { path: path.clone(), rule: rule.clone(), count: *count };
            serde_json::to_string(&row).unwrap_or_default()
        });
        let rows: Vec<_> = rows.map(|row| format!("\n    {row}")).collect();
        let close = if rows.is_empty() { "]" } else { "\n  ]" };
        format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": [{}{close}\n}}\n", rows.join(","))
    }

    /// Adds a finding.
    pub fn add(&mut self, entry: &Entry<'_>, finding: &Finding<'_>) {
        let count = self.counts.entry(self.key(entry, finding)).or_default();
        *count = count.saturating_add(1);
    }

    /// Removes a finding, and returns `true` if the baseline had it.
    pub fn take(&mut self, entry: &Entry<'_>, finding: &Finding<'_>) -> bool {
        let key = self.key(entry, finding);
        match self.counts.get_mut(&key) {
            Some(left @ 1..) => {
                *left = left.saturating_sub(1);
                true
            }
            Some(0) | None => false,
        }
    }

    fn key(&self, entry: &Entry<'_>, finding: &Finding<'_>) -> (String, String) {
        let place = Position::of(entry, Some(finding));
        let path = if place.is_in_a_file() { relative(&self.folder, &place.path) } else { place.path };
        (path, finding.rule.to_string())
    }
}
