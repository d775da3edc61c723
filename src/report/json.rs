//! The JSON document `jewelcase/1`, written as it comes, and its lines (NDJSON).

use super::{
    Report,
    document::{
        Entry, Remedies, Remedy, SCHEMA, Tool, Totals,
        topic::{Explained, MatchRow},
    },
    summary::Summary,
};
use crate::{catalogue::Catalogue, explain::Match};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

/// Writes a document of entries: [`begin`](Writer::begin), any number of entries, [`end`](Report::end).
pub struct Writer<'c, W> {
    out: W,
    remedies: Remedies<'c>,
    layout: Layout,
    named: BTreeSet<String>,
    entries: u64,
    totals: Option<Totals>,
}

/// One document, or one line per subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One document, indented.
    Document,
    /// One subject a line, then a line with the summary and the remedies.
    Lines,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a document whose remedies are told by `remedies`.
    ///
    /// # Errors
    /// What the output says.
    pub fn begin(mut out: W, remedies: Remedies<'c>, layout: Layout) -> io::Result<Self> {
        if layout == Layout::Document {
            let tool = indented(&Tool::this(), 2)?;
            write!(out, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"tool\": {tool},\n  \"subjects\": [")?;
        }
        Ok(Self { out, remedies, layout, named: BTreeSet::new(), entries: 0, totals: None })
    }
}

impl<W: Write> Report for Writer<'_, W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        for id in entry.remedies() {
            if !self.named.contains(id) {
                self.named.insert(id.to_owned());
            }
        }
        self.entries += 1;
        match self.layout {
            Layout::Document => {
                let separator = if self.entries == 1 { "\n    " } else { ",\n    " };
                write!(self.out, "{separator}{}", indented(entry, 4)?)
            }
            Layout::Lines => line(&mut self.out, entry),
        }
    }

    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        self.totals = Some(totals.clone());
        Ok(())
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        let remedies = self.remedies.table(self.named.iter().map(String::as_str));
        match self.layout {
            Layout::Document => {
                let close = if self.entries == 0 { "]" } else { "\n  ]" };
                let (remedies, summary) = (indented(&remedies, 2)?, indented(summary, 2)?);
                write!(self.out, "{close},\n  \"remedies\": {remedies},\n  \"summary\": {summary}")?;
                if let Some(totals) = &self.totals {
                    write!(self.out, ",\n  \"totals\": {}", indented(totals, 2)?)?;
                }
                writeln!(self.out, "\n}}")?;
            }
            Layout::Lines => {
                line(&mut self.out, &SummaryLine { schema: SCHEMA, summary, remedies, totals: self.totals.as_ref() })?
            }
        }
        self.out.flush()
    }
}

/// The last line of NDJSON.
#[derive(Serialize)]
struct SummaryLine<'a> {
    schema: &'a str,
    summary: &'a Summary,
    remedies: BTreeMap<String, Remedy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<&'a Totals>,
}

/// Writes what a topic leads to.
///
/// # Errors
/// What the output says.
pub fn matches(out: impl Write, catalogue: &Catalogue, topic: &str, matches: &[Match]) -> io::Result<()> {
    value(out, &Explained::of(catalogue, topic, matches))
}

/// Writes what a topic leads to, a match a line.
///
/// # Errors
/// What the output says.
pub fn match_lines(mut out: impl Write, matches: &[Match]) -> io::Result<()> {
    matches.iter().try_for_each(|found| line(&mut out, &MatchRow::of(found)))
}

/// Writes any value of the catalogue, indented.
///
/// # Errors
/// What the output says.
pub fn value(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)
}

/// Writes any value of the catalogue as one line.
///
/// # Errors
/// What the output says.
pub fn line(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)
}

/// A value as indented JSON, to stand `columns` into a line.
fn indented(value: &impl Serialize, columns: usize) -> io::Result<String> {
    let json = serde_json::to_string_pretty(value)?;
    Ok(json.replace('\n', &format!("\n{}", " ".repeat(columns))))
}
