//! Reads a saved report: a JSON document, or its lines (NDJSON).

use super::{Command, Document, Entry, Remedy, SCHEMA, Tool, Totals, summary::Summary, topic::Explained};
use crate::model::within::Within;
use serde::{Deserialize, de::IgnoredAny};
use std::{borrow::Cow, collections::BTreeMap};
use thiserror::Error;

/// A saved report that does not match `jewelcase/1`, with the place.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{line}:{column}: {message}")]
pub struct SavedReportError {
    /// The line, counted from one.
    pub line: usize,
    /// The column in bytes, counted from one.
    pub column: usize,
    /// The expectation and what was found instead.
    pub message: String,
}

/// A saved document: the report of a command that judges, or the matches of `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a run reads one, and takes it apart at once")]
pub enum Saved {
    /// A report.
    Report(Document<'static>),
    /// A topic and its matches.
    Explained(Explained<'static>),
}

/// Reads any saved document in the format `jewelcase/1`.
///
/// # Errors
/// As [`read`].
pub fn saved(text: &str) -> Result<Saved, SavedReportError> {
    #[derive(Deserialize)]
    struct Peek {
        topic: Option<IgnoredAny>,
    }
    match read(text) {
        Ok(report) => Ok(Saved::Report(report)),
        Err(error) if !serde_json::from_str(text).is_ok_and(|peek: Peek| peek.topic.is_some()) => Err(error),
        Err(_) => {
            let explained: Explained<'_> = serde_json::from_str(text).map_err(|error| fault(&error, 0))?;
            known_schema(&explained.schema, text, 0)?;
            Ok(Saved::Explained(explained))
        }
    }
}

/// Reads a saved report from the text of a document or of its lines.
///
/// # Errors
/// The first place that does not match the document `jewelcase/1`; also that the last line, which has the counts, is missing.
///
/// ```
/// use jewelcase::document::read;
/// let error = read("{ \"schema\": \"jewelcase/1\",\n  \"tool\": 7 }").unwrap_err();
/// assert_eq!((error.line, error.column), (2, 11));
/// ```
pub fn read(text: &str) -> Result<Document<'static>, SavedReportError> {
    let text = text.trim_start_matches('\u{FEFF}');
    let start = text.len().saturating_sub(text.trim_start().len());
    if !text.within(start..).starts_with('{') {
        let line_start = text.within(..start).rfind('\n').map_or(0, |newline| newline.saturating_add(1));
        return Err(SavedReportError {
            line: text.within(..start).matches('\n').count().saturating_add(1),
            column: start.saturating_sub(line_start).saturating_add(1),
            message: format!("expected a report of the schema {SCHEMA}, which begins with a brace"),
        });
    }
    if is_document(text) { document(text) } else { lines(text) }
}

/// Returns `true` if this is one document and not many lines. The first line of NDJSON is a complete object: a subject, or the summary.
fn is_document(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Peek {
        kind: Option<IgnoredAny>,
        subjects: Option<IgnoredAny>,
        summary: Option<IgnoredAny>,
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_line = |peek: Peek| peek.subjects.is_none() && (peek.kind.is_some() || peek.summary.is_some());
    !serde_json::from_str(first).is_ok_and(is_line)
}

fn document(text: &str) -> Result<Document<'static>, SavedReportError> {
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| fault(&error, 0))?;
    known_schema(&document.schema, text, 0)?;
    Ok(document)
}

fn lines(text: &str) -> Result<Document<'static>, SavedReportError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Last {
        schema: Cow<'static, str>,
        #[serde(default)]
        command: Option<Command>,
        summary: Summary,
        remedies: BTreeMap<Cow<'static, str>, Remedy<'static>>,
        #[serde(default)]
        totals: Option<Totals>,
    }
    let mut subjects: Vec<Entry<'_>> = Vec::new();
    let mut last: Option<Last> = None;
    let mut count = 0;
    for (before, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        count = before.saturating_add(1);
        if last.is_some() {
            return Err(SavedReportError {
                line: count,
                column: 1,
                message: "expected nothing after the line with the summary".to_owned(),
            });
        }
        if line.trim_start().starts_with("{\"schema\":") {
            let found: Last = serde_json::from_str(line).map_err(|error| fault(&error, before))?;
            known_schema(&found.schema, line, before)?;
            last = Some(found);
        } else {
            subjects.push(serde_json::from_str(line).map_err(|error| fault(&error, before))?);
        }
    }
    let last = last.ok_or_else(|| SavedReportError {
        line: count.saturating_add(1),
        column: 1,
        message: "expected a last line with the summary and the remedies: the report was cut short".to_owned(),
    })?;
    let Last { schema, command, summary, remedies, totals } = last;
    Ok(Document { schema, tool: Tool::this(), command, subjects, remedies, summary, totals })
}

fn known_schema(schema: &str, text: &str, before: usize) -> Result<(), SavedReportError> {
    if schema == SCHEMA {
        return Ok(());
    }
    let value = text.find("\"schema\"").unwrap_or_default();
    let line_start = text.within(..value).rfind('\n').map_or(0, |newline| newline.saturating_add(1));
    Err(SavedReportError {
        line: before.saturating_add(1).saturating_add(text.within(..value).matches('\n').count()),
        column: value.saturating_sub(line_start).saturating_add(1),
        message: format!("expected the schema {SCHEMA}, found {schema:?}"),
    })
}

/// The fault that the JSON reader reports, moved down by `before` lines.
fn fault(error: &serde_json::Error, before: usize) -> SavedReportError {
    SavedReportError {
        line: before.saturating_add(error.line().max(1)),
        column: error.column().max(1),
        // The message repeats the place at its end.
        message: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
    }
}
