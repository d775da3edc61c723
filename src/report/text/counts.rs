//! The counts at the end of a report for people.

use super::sanitize;
use crate::{
    model::verdict::Verdict,
    wire::{FormTotals, KeptOut, Listed, RepeatedKeys, Spot, Totals, summary::Summary},
};
use comfy_table::{CellAlignment, Table, presets};
use std::{
    io::{self, Write},
    ops::Range,
};

/// The counts by form and by rule, and the keys in several places, if they were asked for.
pub(super) fn totals(out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
    counts(out, totals)?;
    for rule in &totals.kept_out {
        writeln!(out, "kept out by {}: {}", rule_of(rule), kept_out(rule))?;
    }
    Ok(())
}

/// `.gitignore:2 *.log`.
fn rule_of(rule: &KeptOut) -> String {
    format!("{}:{} {}", sanitize::text(&rule.path), rule.line, sanitize::text(&rule.pattern))
}

/// `3 files`, and the folders whose files were too many to count.
fn kept_out(rule: &KeptOut) -> String {
    let files = format!("{} {}", rule.files, if rule.files == 1 { "file" } else { "files" });
    match rule.uncounted_folders {
        0 => files,
        1 => format!("more than {files}: 1 folder has too many to count"),
        folders => format!("more than {files}: {folders} folders have too many to count"),
    }
}

fn counts(out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
    if totals.listed != Listed::None && totals.repeated.is_none() {
        return Ok(());
    }
    if !totals.forms.is_empty() {
        writeln!(out, "\n{}", forms(totals).trim_fmt())?;
    }
    if !totals.rules.is_empty() || !totals.unanswered.is_empty() {
        writeln!(out, "\n{}", rules(totals).trim_fmt())?;
    }
    for places in totals.repeated.iter().flat_map(RepeatedKeys::groups) {
        writeln!(out, "\nthe same key {} times:", places.len())?;
        for (path, Spot { line, column, .. }) in places {
            writeln!(out, "  {}:{line}:{column}", sanitize::text(path))?;
        }
    }
    let files = |count: u64| if count == 1 { "file" } else { "files" };
    write!(out, "\n{} {} looked at", totals.files, files(totals.files))?;
    if totals.binary > 0 {
        write!(out, ", {} {} skipped as binary", totals.binary, files(totals.binary))?;
    }
    writeln!(out)
}

fn forms(totals: &Totals) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let verdicts = [Verdict::WellFormed, Verdict::Rejected, Verdict::Undecided, Verdict::Unrecognized];
    table.set_header(["form", "keys"].into_iter().chain(verdicts.map(Verdict::label)));
    for (form, counts) in &totals.forms {
        let form = if form.is_empty() { "no known form".to_owned() } else { sanitize::text(form) };
        let FormTotals { keys, well_formed, rejected, undecided, unrecognized } = counts;
        let counts = [keys, well_formed, rejected, undecided, unrecognized].map(ToString::to_string);
        table.add_row([form].into_iter().chain(counts));
    }
    align_right(&mut table, 1..6);
    table
}

fn rules(totals: &Totals) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(["rule", "keys"]);
    for (rule, keys) in &totals.rules {
        table.add_row([sanitize::text(rule), keys.to_string()]);
    }
    for (rule, keys) in &totals.unanswered {
        table.add_row([format!("{} (not answered)", sanitize::text(rule)), keys.to_string()]);
    }
    align_right(&mut table, 1..2);
    table
}

fn align_right(table: &mut Table, columns: Range<usize>) {
    for at in columns {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// `12 in all: 10 well formed, 2 rejected`.
pub(super) fn subjects(summary: &Summary) -> String {
    let Summary { subjects, well_formed, rejected, undecided, unrecognized, .. } = *summary;
    let counts = [
        (well_formed, Verdict::WellFormed),
        (rejected, Verdict::Rejected),
        (undecided, Verdict::Undecided),
        (unrecognized, Verdict::Unrecognized),
    ];
    let counts = some(&counts.map(|(count, verdict)| (count, verdict.label())));
    if counts.is_empty() { format!("{subjects} in all") } else { format!("{subjects} in all: {counts}") }
}

/// `findings that do not count: 2 suppressed, 1 in the baseline`; `None` when every finding counts.
pub(super) fn accepted(summary: &Summary) -> Option<String> {
    let counts = some(&[(summary.suppressed, "suppressed"), (summary.known, "in the baseline")]);
    (!counts.is_empty()).then(|| format!("findings that do not count: {counts}"))
}

/// The counts that are not zero, with their names.
fn some(counts: &[(u64, &str)]) -> String {
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, name)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}
