//! The JSON document `jewelcase/1`, written as it comes, and its lines (NDJSON).

mod v1;

use super::{Located, mask::Keys, summary::Summary};
use crate::{catalogue::Catalogue, explain::Match, model::plan::Outlook};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};
use v1::{MatchV1, RemedyV1, SummaryLine, TOOL, plan, remedies, subject};

/// The name and number of the document.
pub const SCHEMA: &str = "jewelcase/1";

/// Writes a document of subjects: [`begin`](Writer::begin), any number of subjects, [`end`](Writer::end).
pub struct Writer<'c, W> {
    out: W,
    catalogue: &'c Catalogue,
    keys: Keys,
    layout: Layout,
    remedies: BTreeSet<String>,
    summary: Summary,
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
    /// Starts a document.
    ///
    /// # Errors
    /// What the output says.
    pub fn begin(mut out: W, catalogue: &'c Catalogue, keys: Keys, layout: Layout) -> io::Result<Self> {
        if layout == Layout::Document {
            write!(out, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"tool\": {},\n  \"subjects\": [", indented(&TOOL, 2)?)?;
        }
        Ok(Self { out, catalogue, keys, layout, remedies: BTreeSet::new(), summary: Summary::default() })
    }

    /// Writes one key or serial.
    ///
    /// # Errors
    /// What the output says.
    pub fn subject(&mut self, located: &Located) -> io::Result<()> {
        let judged = &located.subject;
        self.summary.add(judged.verdict, judged.findings.iter());
        self.remedies.extend(judged.findings.iter().flat_map(|finding| finding.remedies.iter().cloned()));
        self.write(&subject(located, self.keys))
    }

    /// Writes one plan of add packs.
    ///
    /// # Errors
    /// What the output says.
    pub fn plan(&mut self, outlook: &Outlook) -> io::Result<()> {
        self.summary.add(outlook.verdict(), outlook.findings());
        let findings = outlook.findings().chain(outlook.left_out.iter().map(|left| &left.finding));
        self.remedies.extend(findings.flat_map(|finding| finding.remedies.iter().cloned()));
        self.write(&plan(outlook))
    }

    fn write(&mut self, subject: &impl Serialize) -> io::Result<()> {
        match self.layout {
            Layout::Document => {
                let separator = if self.summary.subjects == 1 { "\n    " } else { ",\n    " };
                write!(self.out, "{separator}{}", indented(subject, 4)?)
            }
            Layout::Lines => line(&mut self.out, subject),
        }
    }

    /// Writes the remedies and the summary.
    ///
    /// # Errors
    /// What the output says.
    pub fn end(mut self) -> io::Result<()> {
        let remedies = remedies(self.catalogue, self.remedies.iter().map(String::as_str));
        match self.layout {
            Layout::Document => {
                let close = if self.summary.subjects == 0 { "]" } else { "\n  ]" };
                let (remedies, summary) = (indented(&remedies, 2)?, indented(&self.summary, 2)?);
                writeln!(self.out, "{close},\n  \"remedies\": {remedies},\n  \"summary\": {summary}\n}}")?;
            }
            Layout::Lines => {
                line(&mut self.out, &SummaryLine { schema: SCHEMA, summary: self.summary, remedies })?;
            }
        }
        self.out.flush()
    }
}

/// Writes what a topic leads to.
///
/// # Errors
/// What the output says.
pub fn matches(out: impl Write, catalogue: &Catalogue, topic: &str, matches: &[Match]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Explained<'a> {
        schema: &'a str,
        topic: &'a str,
        matches: Vec<MatchV1<'a>>,
        remedies: BTreeMap<String, RemedyV1<'a>>,
    }
    let ids = matches.iter().flat_map(|found| found.remedies.iter().map(String::as_str));
    let remedies = remedies(catalogue, ids);
    value(out, &Explained { schema: SCHEMA, topic, matches: matches.iter().map(MatchV1::of).collect(), remedies })
}

/// Writes what a topic leads to, a match a line.
///
/// # Errors
/// What the output says.
pub fn match_lines(mut out: impl Write, matches: &[Match]) -> io::Result<()> {
    matches.iter().try_for_each(|found| line(&mut out, &MatchV1::of(found)))
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
