//! A row per finding, for spreadsheets.

use super::{
    Report,
    document::{Entry, Finding, State},
    place::Place,
    summary::Summary,
};
use csv::{Terminator, WriterBuilder};
use std::io::{self, Write};

/// The names of the columns.
const COLUMNS: [&str; 18] = [
    "path", "line", "column", "kind", "label", "form", "product", "sku", "from", "verdict", "rule", "severity",
    "basis", "message", "remedies", "state", "reason", "expires",
];

/// Writes a row per finding and per check that could not be answered, and one for a subject without either.
///
/// The severity of a check that could not be answered is `unanswered`. Remedies are separated by blanks. A cell that a spreadsheet would
/// take for a formula gets an apostrophe in front.
pub struct Writer<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// Starts a table with the names of its columns.
    ///
    /// # Errors
    /// What the output says.
    pub fn begin(out: W) -> io::Result<Self> {
        let mut out = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
        out.write_record(COLUMNS)?;
        Ok(Self { out })
    }

    /// A row: what it says of the subject, then what it says of one finding.
    fn row(&mut self, entry: &Entry, finding: Option<&Finding>, told: [&str; 8]) -> io::Result<()> {
        let place = Place::of(entry, finding);
        let path = if place.is_in_a_file() { place.path.as_str() } else { "" };
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (line, column) = (number(place.line), number(place.column));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let subject = [
            path,
            &line,
            &column,
            entry.kind.id(),
            &entry.label,
            &text(&entry.form),
            &text(&entry.product),
            entry.sku.map_or("", |sku| sku.id()),
            &text(&entry.from),
            entry.verdict.id(),
        ];
        Ok(self.out.write_record(subject.into_iter().chain(told).map(cell))?)
    }
}

impl<W: Write> Report for Writer<W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        for finding in &entry.findings {
            let (state, reason, expires) = match &finding.state {
                None => ("", "", ""),
                Some(State::New) => ("new", "", ""),
                Some(State::Known) => ("known", "", ""),
                Some(State::Suppressed { reason, expires }) => {
                    ("suppressed", reason.as_str(), expires.as_deref().unwrap_or_default())
                }
            };
            let remedies = finding.remedies.join(" ");
            let (severity, basis) = (finding.severity.id(), finding.basis.id());
            let told = [&finding.rule, severity, basis, &finding.message, &remedies, state, reason, expires];
            self.row(entry, Some(finding), told)?;
        }
        for unanswered in &entry.unanswered {
            let told = [&unanswered.rule, "unanswered", "", &unanswered.reason, "", "", "", ""];
            self.row(entry, None, told)?;
        }
        if entry.findings.is_empty() && entry.unanswered.is_empty() {
            self.row(entry, None, [""; 8])?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}
