//! The JSON document `jewelcase/1`, written entry by entry, and its lines (NDJSON).

use super::{Output, Report};
use crate::wire::{Command, Entry, Remedies, Remedy, SCHEMA, Tool, Totals, summary::Summary};
use serde::Serialize;
use serde_json::{
    Serializer,
    ser::{Formatter, PrettyFormatter},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::{self, BufWriter, Write},
};

/// Writes a document of entries: [`begin`](Writer::begin), any number of entries, [`end`](Report::end).
pub struct Writer<'c> {
    out: Output<'c>,
    remedies: Remedies<'c>,
    command: Option<Command>,
    layout: Layout,
    named: BTreeSet<String>,
    entries: u64,
    totals: Option<Totals>,
    /// The JSON of one entry: many small writes would be slower than this copy.
    buffer: Vec<u8>,
}

/// One document, or one line for each subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One document, indented.
    Document,
    /// One subject on each line, then a line with the summary and the remedies.
    Lines,
}

impl<'c> Writer<'c> {
    /// Starts a document of a command; the remedies are those of `remedies`.
    ///
    /// # Errors
    /// Any I/O error of the output.
    pub fn begin(
        mut out: Output<'c>,
        command: Option<Command>,
        remedies: Remedies<'c>,
        layout: Layout,
    ) -> io::Result<Self> {
        if layout == Layout::Document {
            write!(out, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"tool\": ")?;
            indented(&mut *out, 1, &Tool::this())?;
            write!(out, ",\n  \"command\": ")?;
            indented(&mut *out, 1, &command)?;
            write!(out, ",\n  \"subjects\": [")?;
        }
        let (named, buffer) = (BTreeSet::new(), Vec::new());
        Ok(Self { out, remedies, command, layout, named, entries: 0, totals: None, buffer })
    }
}

impl Report for Writer<'_> {
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        for id in entry.remedies() {
            if !self.named.contains(id) {
                self.named.insert(id.to_owned());
            }
        }
        self.entries = self.entries.saturating_add(1);
        self.buffer.clear();
        match self.layout {
            Layout::Document => {
                self.buffer.extend_from_slice(if self.entries == 1 { &b"\n    "[..] } else { b",\n    " });
                entry.serialize(&mut Serializer::with_formatter(&mut self.buffer, at_depth(2)))?;
            }
            Layout::Lines => {
                entry.serialize(&mut Serializer::new(&mut self.buffer))?;
                self.buffer.push(b'\n');
            }
        }
        self.out.write_all(&self.buffer)
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
                indented(&mut *self.out, 1, &remedies)?;
                write!(self.out, ",\n  \"summary\": ")?;
                indented(&mut *self.out, 1, summary)?;
                if let Some(totals) = &self.totals {
                    write!(self.out, ",\n  \"totals\": ")?;
                    indented(&mut *self.out, 1, totals)?;
                }
                writeln!(self.out, "\n}}")?;
            }
            Layout::Lines => {
                let (command, totals) = (self.command, self.totals.as_ref());
                line(&mut *self.out, &SummaryLine { schema: SCHEMA, command, summary, remedies, totals })?;
            }
        }
        self.out.flush()
    }
}

/// The last line of NDJSON.
#[derive(Serialize)]
struct SummaryLine<'a> {
    schema: &'a str,
    command: Option<Command>,
    summary: &'a Summary,
    remedies: BTreeMap<Cow<'a, str>, Remedy<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<&'a Totals>,
}

/// Writes any value, indented.
///
/// # Errors
/// Any I/O error of the output.
pub fn value(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    indented(out, 0, value)?;
    writeln!(out)
}

/// Writes any value as one line.
///
/// # Errors
/// Any I/O error of the output.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut buffered = BufWriter::new(&mut *out);
    value.serialize(&mut Serializer::new(&mut buffered))?;
    buffered.flush()?;
    drop(buffered);
    writeln!(out)
}

/// Writes a value as indented JSON at a depth of a document.
fn indented(out: &mut dyn Write, depth: usize, value: &impl Serialize) -> io::Result<()> {
    let mut buffered = BufWriter::new(out);
    value.serialize(&mut Serializer::with_formatter(&mut buffered, at_depth(depth)))?;
    buffered.flush()
}

/// The formatter of a value at a depth of a document.
fn at_depth(depth: usize) -> PrettyFormatter<'static> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..depth {
        // Only the indentation is needed; writing to a sink cannot fail.
        let _ = formatter.begin_array(&mut io::sink());
    }
    formatter
}
