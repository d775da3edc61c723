//! Postoffices as a person reads them: a block for each, and a table of all at the end.

use super::{Report, lines, steps::remedies, visible};
use crate::{
    catalogue::Catalogue,
    model::{audit::Audit, finding::PostofficeFinding, postoffice::SerialSource, severity::Severity, verdict::Verdict},
    wire::{Entry, Remedies, summary::Summary},
};
use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, presets};
use std::{
    collections::BTreeSet,
    io::{self, Write},
};

/// The widest line of the table.
const WIDTH: u16 = 120;

/// Writes postoffices for people.
pub struct Writer<'c, W> {
    out: W,
    catalogue: &'c Catalogue,
    rows: Vec<[String; 6]>,
    /// The remedies whose steps were told already.
    told: BTreeSet<String>,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a report.
    pub fn new(out: W, catalogue: &'c Catalogue) -> Self {
        Self { out, catalogue, rows: Vec::new(), told: BTreeSet::new() }
    }

    fn heading(&mut self, audit: &Audit) -> io::Result<()> {
        if let Some(line) = &audit.line {
            write!(self.out, "{}:{}:{}: ", visible::text(&line.file), line.line, line.column)?;
        }
        let bold = Style::new().bold();
        let name = visible::text(&audit.name());
        let lies = if name == visible::text(&audit.path) || audit.path.is_empty() {
            String::new()
        } else {
            format!(" ({})", visible::text(&audit.path))
        };
        writeln!(self.out, "{bold}{name}{bold:#}{lies}: {}", verdict(audit.verdict()))?;
        if audit.because.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "  class: {}: {}", audit.class.label(), audit.because)?;
        if let Some(serial) = &audit.serial {
            let source = match serial.source {
                SerialSource::Inventory => "by ",
                SerialSource::Event => "by an event in ",
                SerialSource::SerialLocation => "at ",
                SerialSource::KnownValue => "at ",
            };
            writeln!(
                self.out,
                "  serial: {} ({source}{})",
                visible::text(&serial.text),
                visible::text(&serial.evidence)
            )?;
        }
        if let Some(users) = audit.users {
            writeln!(self.out, "  users: {users}, deleted ones among them")?;
        }
        writeln!(self.out, "  read from: {}", audit.volume)
    }

    /// The findings of one rule on one basis together, and its remedies once.
    fn findings(&mut self, findings: &[PostofficeFinding]) -> io::Result<()> {
        let key = |found: &PostofficeFinding| {
            let finding = &found.finding;
            (finding.rule.clone(), finding.severity, finding.basis, finding.source.clone())
        };
        for group in findings.chunk_by(|one, other| key(one) == key(other)) {
            let Some(first) = group.first() else { continue };
            let finding = &first.finding;
            let colour = match finding.severity {
                Severity::Error => AnsiColor::Red,
                Severity::Warning => AnsiColor::Yellow,
                Severity::Note => AnsiColor::Green,
            };
            let style = Style::new().bold().fg_color(Some(colour.into()));
            let title = self.catalogue.rules.get(&finding.rule).map_or("", |rule| rule.title.as_str());
            writeln!(self.out, "\n  {style}{}[{}]{style:#}: {title}", finding.severity.id(), finding.rule)?;
            for found in group {
                writeln!(self.out, "    - {}", visible::text(&found.finding.message))?;
            }
            let source = finding.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
            writeln!(self.out, "    basis: {}{source}", finding.basis.label())?;
            // Each remedy once, in the order of the first finding that it answers.
            let mut ids: Vec<String> = Vec::new();
            for id in group.iter().flat_map(|found| &found.finding.remedies) {
                if !ids.contains(id) {
                    ids.push(id.clone());
                }
            }
            remedies(&mut self.out, self.catalogue, &ids, &mut self.told)?;
        }
        Ok(())
    }

    fn row(&mut self, audit: &Audit) {
        let count = |severity| audit.findings.iter().filter(|found| found.finding.severity == severity).count();
        let counts =
            [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (count(severity), severity.id()));
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<_> =
            counts.map(|(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" })).collect();
        let there = !audit.because.is_empty();
        self.rows.push([
            visible::text(&audit.name()),
            if there { audit.class.label().to_owned() } else { String::new() },
            verdict(audit.verdict()).to_owned(),
            audit
                .serial
                .as_ref()
                .map_or_else(|| if there { "not read" } else { "" }.to_owned(), |serial| visible::text(&serial.text)),
            audit.users.map_or_else(String::new, |users| users.to_string()),
            counts.join(", "),
        ]);
    }
}

impl<W: Write> Report for Writer<'_, W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        lines::write(&mut self.out, &Remedies::Catalogue(self.catalogue), entry, &mut self.told)
    }

    fn audit(&mut self, audit: &Audit) -> io::Result<()> {
        if !self.rows.is_empty() {
            writeln!(self.out)?;
        }
        self.heading(audit)?;
        self.findings(&audit.findings)?;
        for unanswered in &audit.unanswered {
            writeln!(self.out, "\n  not answered [{}]: {}", unanswered.rule, visible::text(&unanswered.reason))?;
        }
        self.row(audit);
        Ok(())
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        if self.rows.len() > 1 {
            let mut table = Table::new();
            table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
            table.set_header(["postoffice", "class", "verdict", "serial", "users", "found"]);
            for row in &self.rows {
                table.add_row(row);
            }
            writeln!(self.out, "\n{}\n\n{}", table.trim_fmt(), lines::counts(summary))?;
        }
        self.out.flush()
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::WellFormed => "no fault found",
        Verdict::Undecided | Verdict::Rejected | Verdict::Unrecognized => verdict.label(),
    }
}
