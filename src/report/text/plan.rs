//! A plan of add packs for readers: a table, the reason for each step, and a checklist.

use super::{remedies::RemedyTexts, sanitize};
use crate::{
    catalogue::Catalogue,
    model::verdict::Verdict,
    wire::{Entry, Finding, LeftOut, PlanProperties, Step, Unanswered},
};
use comfy_table::{ContentArrangement, Table, presets};
use std::io::{self, Write};

/// The maximum width of the table.
const MAX_WIDTH: u16 = 110;

/// Writes one plan.
pub(super) fn write(
    out: &mut dyn Write,
    catalogue: &Catalogue,
    remedies: &mut RemedyTexts<'_>,
    entry: &Entry<'_>,
    plan: &PlanProperties<'_>,
) -> io::Result<()> {
    heading(out, entry, plan)?;
    // The findings are those of the steps, then those about the whole plan.
    let (of_steps, of_plan) = entry.findings.split_at(plan.steps.len().min(entry.findings.len()));
    if plan.steps.is_empty() {
        writeln!(out, "\nnone of these disks raises the licences of this server")?;
    } else {
        writeln!(out, "\n{}", table(plan, of_steps).trim_fmt())?;
    }
    for (at, step) in plan.steps.iter().enumerate() {
        writeln!(out, "\nstep {}, {}:", at.saturating_add(1), sanitize::text(&step.pack))?;
        if let Some(Finding { rule, message, basis, source, .. }) = of_steps.get(at) {
            reason(out, catalogue, rule, message, Some(basis.label()), source.as_deref())?;
        }
        if let Some(screen) = &step.screen {
            writeln!(out, "  on the screen: {}", sanitize::text(screen))?;
        }
        if !step.outcome.raises() {
            remedies.block(out, step.remedies.iter())?;
        }
    }
    for LeftOut { pack, rule, message, remedies: ids, basis, source } in &plan.left_out {
        writeln!(out, "\nleft out, {}:", sanitize::text(pack))?;
        reason(out, catalogue, rule, message, basis.map(|basis| basis.label()), source.as_deref())?;
        remedies.block(out, ids.iter())?;
    }
    for Unanswered { rule, reason } in &entry.unanswered {
        writeln!(out, "\nnot answered [{}]: {}", sanitize::text(rule), sanitize::text(reason))?;
    }
    checklist(out, plan, of_plan)
}

fn heading(out: &mut dyn Write, entry: &Entry<'_>, plan: &PlanProperties<'_>) -> io::Result<()> {
    let (used, disks) = (plan.steps.len(), plan.steps.len().saturating_add(plan.left_out.len()));
    let verdict = match entry.verdict {
        _ if used < disks => format!("{used} of {disks} disks used"),
        Verdict::WellFormed => "all disks will work".to_owned(),
        Verdict::Undecided => "not every step is certain".to_owned(),
        Verdict::Rejected | Verdict::Unrecognized => "not all disks will work".to_owned(),
    };
    let limit = plan.ceiling.map_or_else(|| "it accepts no packs".to_owned(), |ceiling| format!("at most {ceiling}"));
    let PlanProperties { title, start, end, .. } = plan;
    let title = sanitize::text(title);
    writeln!(out, "{title}{}: {start} licences now, {end} in the end ({limit}); {verdict}", server(entry, plan))
}

/// The state of the server: ` (nfr, reinstalled)`.
fn server(entry: &Entry<'_>, plan: &PlanProperties<'_>) -> String {
    let edition = entry.sku.map(|edition| edition.name().to_owned());
    let reinstalled = plan.reinstalled.then(|| "reinstalled".to_owned());
    let upgraded = plan.upgraded_from.as_ref().map(|from| format!("upgraded from {}", sanitize::text(from)));
    let converted = plan.converted_to_nt.then(|| "converted to the full Windows NT Server".to_owned());
    let states: Vec<_> = [edition, reinstalled, upgraded, converted].into_iter().flatten().collect();
    if states.is_empty() { String::new() } else { format!(" ({})", states.join(", ")) }
}

/// The columns: step, disk, outcome, licences, article.
fn table(plan: &PlanProperties<'_>, findings: &[Finding<'_>]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(MAX_WIDTH);
    table.set_header(["step", "disk", "what happens", "licences", "article"]);
    for (at, step) in plan.steps.iter().enumerate() {
        let article = findings.get(at).and_then(|finding| finding.source.as_deref()).unwrap_or_default();
        table.add_row([
            at.saturating_add(1).to_string(),
            sanitize::text(&step.pack),
            step.outcome.label().to_owned(),
            step.licenses.to_string(),
            sanitize::text(article),
        ]);
    }
    table
}

/// The finding about a disk, its basis, and differences between sources.
fn reason(
    out: &mut dyn Write,
    catalogue: &Catalogue,
    rule: &str,
    message: &str,
    basis: Option<&str>,
    source: Option<&str>,
) -> io::Result<()> {
    writeln!(out, "  {} [{}]", sanitize::text(message), sanitize::text(rule))?;
    if let Some(basis) = basis {
        let source = source.map_or_else(String::new, |source| format!(" ({})", sanitize::text(source)));
        writeln!(out, "  basis: {basis}{source}")?;
    }
    for conflict in catalogue.rules.get(rule).map_or(&[][..], |rule| &rule.conflicts) {
        writeln!(out, "  sources differ: {conflict}")?;
    }
    Ok(())
}

/// The actions for the disks; nothing if no disk has an effect.
fn checklist(out: &mut dyn Write, plan: &PlanProperties<'_>, of_plan: &[Finding<'_>]) -> io::Result<()> {
    let raising: Vec<&Step<'_>> = plan.steps.iter().filter(|step| step.outcome.raises()).collect();
    if raising.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nto do:")?;
    let (title, start) = (sanitize::text(&plan.title), plan.start);
    writeln!(
        out,
        "  [ ] Compare the version and the number of licences in the console, under About: {title} and {start}."
    )?;
    let mut licenses = start;
    for (number, step) in (1..).zip(raising) {
        let pack = sanitize::text(&step.pack);
        for preparation in &step.preparations {
            writeln!(out, "  [ ] {pack}: {}.", sanitize::text(preparation))?;
        }
        let (from, to) = (licenses, step.licenses);
        writeln!(
            out,
            "  [ ] {pack}: see that its write-protect tab is open, insert it, follow the wizard: {from} to {to}."
        )?;
        writeln!(out, "  [ ] Write on its label: disk {number}, {from} to {to}.")?;
        licenses = to;
    }
    for Finding { rule, message, .. } in of_plan {
        writeln!(out, "  [ ] Restart the server: {} [{}].", sanitize::text(message), sanitize::text(rule))?;
    }
    Ok(())
}
