//! The JSON document `jewelcase/1`, written as it comes, and its lines (NDJSON).

use super::Report;
use crate::{
    catalogue::Catalogue,
    explain::Match,
    wire::{
        Entry, Remedies, Remedy, SCHEMA, Tool, Totals,
        summary::Summary,
        topic::{Explained, MatchRow},
    },
};
use memchr::memchr_iter;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufWriter, IntoInnerError, Write},
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
            write!(out, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"tool\": ")?;
            indented(&mut out, 2, &Tool::this())?;
            write!(out, ",\n  \"subjects\": [")?;
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
                self.out.write_all(separator.as_bytes())?;
                indented(&mut self.out, 4, entry)
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
                write!(self.out, "{close},\n  \"remedies\": ")?;
                indented(&mut self.out, 2, &remedies)?;
                write!(self.out, ",\n  \"summary\": ")?;
                indented(&mut self.out, 2, summary)?;
                if let Some(totals) = &self.totals {
                    write!(self.out, ",\n  \"totals\": ")?;
                    indented(&mut self.out, 2, totals)?;
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

/// Writes a value as indented JSON that stands `columns` into a line.
fn indented(out: &mut impl Write, columns: usize, value: &impl Serialize) -> io::Result<()> {
    let mut buffered = BufWriter::new(Shifted { out, margin: " ".repeat(columns), shifted: Vec::new() });
    serde_json::to_writer_pretty(&mut buffered, value)?;
    buffered.into_inner().map(|_| ()).map_err(IntoInnerError::into_error)
}

/// Moves every line but the first to the right. In JSON a line end stands only between values.
struct Shifted<'o, W> {
    out: &'o mut W,
    margin: String,
    /// Many small writes would cost more than this copy.
    shifted: Vec<u8>,
}

impl<W: Write> Write for Shifted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.shifted.clear();
        let mut start = 0;
        for end in memchr_iter(b'\n', bytes) {
            self.shifted.extend_from_slice(&bytes[start..=end]);
            self.shifted.extend_from_slice(self.margin.as_bytes());
            start = end + 1;
        }
        self.shifted.extend_from_slice(&bytes[start..]);
        self.out.write_all(&self.shifted)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
