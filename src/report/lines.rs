//! Entries as a person reads many of them: a line per finding with its place, then what to do, told once.

use super::{Report, visible};
use crate::{
    model::{severity::Severity, verdict::Verdict},
    wire::{Entry, Finding, FormTotals, Kind, Location, Remedies, RepeatedKeys, Spot, State, Totals, summary::Summary},
};
use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, Table, presets};
use std::{
    collections::BTreeSet,
    io::{self, Write},
};

/// Writes entries as lines, and the counts at the end.
pub struct Writer<'c, W> {
    out: W,
    remedies: Remedies<'c>,
    told: BTreeSet<String>,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a report.
    pub fn new(out: W, remedies: Remedies<'c>) -> Self {
        Self { out, remedies, told: BTreeSet::new() }
    }
}

impl<W: Write> Report for Writer<'_, W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        write(&mut self.out, &self.remedies, entry, &mut self.told)
    }

    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        tallied(&mut self.out, totals)
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        writeln!(self.out, "{}", counts(summary))?;
        accepted(summary).into_iter().try_for_each(|accepted| writeln!(self.out, "{accepted}"))?;
        self.out.flush()
    }
}

/// Writes one entry: its verdict, its findings, and those of its remedies that were not told yet.
///
/// # Errors
/// What the output says.
pub fn write(
    out: &mut impl Write,
    remedies: &Remedies<'_>,
    entry: &Entry,
    told: &mut BTreeSet<String>,
) -> io::Result<()> {
    // A file is its own place.
    if let Some(location) = entry.location.as_ref().filter(|location| location.path != entry.label) {
        write!(out, "{}", place(location))?;
    }
    let bold = Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}: {}", visible::text(&entry.label), visible::text(&verdict(entry)))?;
    for finding in &entry.findings {
        line(out, finding)?;
        for id in &finding.remedies {
            if !told.insert(id.clone()) {
                writeln!(out, "    remedy {}: see above", visible::text(id))?;
            } else if let Some(remedy) = remedies.get(id) {
                writeln!(out, "    remedy {}: {}", visible::text(id), visible::text(&remedy.title))?;
                for (number, step) in (1..).zip(&remedy.steps) {
                    writeln!(out, "      {number}. {}", visible::text(step))?;
                }
            }
        }
    }
    for unanswered in &entry.unanswered {
        writeln!(out, "  not answered [{}]: {}", visible::text(&unanswered.rule), visible::text(&unanswered.reason))?;
    }
    Ok(())
}

/// The counts by form and by rule, and the keys in several places.
fn tallied(out: &mut impl Write, totals: &Totals) -> io::Result<()> {
    if !totals.forms.is_empty() {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        let verdicts = [Verdict::WellFormed, Verdict::Rejected, Verdict::Undecided, Verdict::Unrecognized];
        table.set_header(["form", "keys"].into_iter().chain(verdicts.map(Verdict::label)));
        for (form, counts) in &totals.forms {
            let form = if form.is_empty() { "no known form" } else { form };
            let FormTotals { keys, well_formed, rejected, undecided, unrecognized } = counts;
            let counts = [keys, well_formed, rejected, undecided, unrecognized].map(ToString::to_string);
            table.add_row([form.to_owned()].into_iter().chain(counts));
        }
        right(&mut table, 1..6);
        writeln!(out, "\n{}", table.trim_fmt())?;
    }
    if !totals.rules.is_empty() || !totals.unanswered.is_empty() {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_header(["rule", "keys"]);
        totals.rules.iter().for_each(|(rule, keys)| {
            table.add_row([rule.clone(), keys.to_string()]);
        });
        totals.unanswered.iter().for_each(|(rule, keys)| {
            table.add_row([format!("{rule} (not answered)"), keys.to_string()]);
        });
        right(&mut table, 1..2);
        writeln!(out, "\n{}", table.trim_fmt())?;
    }
    for places in totals.repeated.iter().flat_map(RepeatedKeys::groups) {
        writeln!(out, "\nthe same key {} times:", places.len())?;
        for (path, Spot { line, column, .. }) in places {
            writeln!(out, "  {}:{line}:{column}", visible::text(path))?;
        }
    }
    let files = |count: u64| if count == 1 { "file" } else { "files" };
    write!(out, "\n{} {} looked at", totals.files, files(totals.files))?;
    if totals.binary > 0 {
        write!(out, ", {} {} without text passed over", totals.binary, files(totals.binary))?;
    }
    writeln!(out)
}

fn right(table: &mut Table, columns: std::ops::Range<usize>) {
    for at in columns {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// `12 in all: 10 well formed, 2 rejected`.
pub fn counts(summary: &Summary) -> String {
    let Summary { subjects, well_formed, rejected, undecided, unrecognized, .. } = *summary;
    let counts = [
        (well_formed, Verdict::WellFormed),
        (rejected, Verdict::Rejected),
        (undecided, Verdict::Undecided),
        (unrecognized, Verdict::Unrecognized),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts.map(|(count, verdict)| format!("{count} {}", verdict.label())).collect();
    if counts.is_empty() { format!("{subjects} in all") } else { format!("{subjects} in all: {}", counts.join(", ")) }
}

/// `findings that do not count: 2 suppressed, 1 in the baseline`; `None` when every finding counts.
pub fn accepted(summary: &Summary) -> Option<String> {
    let counts = [(summary.suppressed, "suppressed"), (summary.known, "in the baseline")];
    let counts: Vec<_> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
    (!counts.is_empty()).then(|| format!("findings that do not count: {}", counts.join(", ")))
}

fn line(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    let name = finding.severity.id();
    let colour = match finding.severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Green,
    };
    let style = Style::new().bold().fg_color(Some(colour.into()));
    let place = finding.location.as_ref().map(place).unwrap_or_default();
    let (rule, message, basis) = (visible::text(&finding.rule), visible::text(&finding.message), finding.basis.id());
    write!(out, "  {place}{style}{name}[{rule}]{style:#}: {message} ({basis})")?;
    match &finding.state {
        None | Some(State::New) => writeln!(out),
        Some(State::Known) => writeln!(out, " [in the baseline]"),
        Some(State::Suppressed { reason, expires: None }) => writeln!(out, " [suppressed: {}]", visible::text(reason)),
        Some(State::Suppressed { reason, expires: Some(day) }) => {
            writeln!(out, " [suppressed until {}: {}]", visible::text(day), visible::text(reason))
        }
    }
}

fn place(location: &Location) -> String {
    format!("{}:{}:{}: ", visible::text(&location.path), location.line, location.column)
}

fn verdict(entry: &Entry) -> String {
    let verdict =
        match (entry.verdict, entry.kind) {
            (Verdict::WellFormed, Kind::Key | Kind::Serial | Kind::InstalledId)
            | (Verdict::Rejected | Verdict::Undecided | Verdict::Unrecognized, _) => entry.verdict.label(),
            (Verdict::WellFormed, Kind::Postoffice | Kind::AddPackPlan | Kind::AnswerFile) => {
                if entry.findings.is_empty() { "nothing found" } else { "no error" }
            }
        };
    let form = entry.form.as_ref().map(|form| format!(" as {form}")).unwrap_or_default();
    let product = entry.product.as_ref().map(|product| format!(" at {product}")).unwrap_or_default();
    format!("{verdict}{form}{product}")
}
