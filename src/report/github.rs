//! Workflow commands of GitHub Actions: an annotation for each finding, beside its line.

use super::{Output, Report, visible};
use crate::{
    model::severity::Severity,
    wire::{Entry, Finding, position::Position, summary::Summary},
};
use std::io;

/// Writes an annotation for each finding that counts. GitHub shows ten of each severity for a step; SARIF has no such limit.
pub struct Writer<'o> {
    out: Output<'o>,
}

impl<'o> Writer<'o> {
    /// Starts a report.
    pub fn new(out: Output<'o>) -> Self {
        Self { out: visible::output(out) }
    }

    fn annotation(&mut self, entry: &Entry<'_>, finding: &Finding<'_>) -> io::Result<()> {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(self.out, "::{command} ")?;
        let place = Position::of(entry, Some(finding));
        if place.is_in_a_file() {
            write!(self.out, "file={},", property(&place.path))?;
            let numbers = [("line", place.line), ("col", place.column), ("endColumn", place.end)];
            for (name, number) in numbers.into_iter().filter_map(|(name, number)| Some((name, number?))) {
                write!(self.out, "{name}={number},")?;
            }
        }
        let label = if entry.label.is_empty() { String::new() } else { format!("{}: ", entry.label) };
        let remedies = match finding.remedies.as_ref() {
            [] => String::new(),
            ids => format!("; remedies: {}", ids.join(", ")),
        };
        let message = format!("{label}{} ({}){remedies}", finding.message, finding.basis.id());
        writeln!(self.out, "title={}::{}", property(&finding.rule), data(&message))
    }
}

impl Report for Writer<'_> {
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let counted = entry.findings.iter().filter(|finding| finding.counts());
        counted.into_iter().try_for_each(|finding| self.annotation(entry, finding))
    }

    fn end(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}

/// A message, escaped because its line breaks would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, escaped because colons and commas would end it, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
