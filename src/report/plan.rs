//! A plan of add packs as a person reads it: a table, what stands behind each step, and a list to tick off.

use super::{Report, lines, steps::remedies};
use crate::{
    catalogue::Catalogue,
    model::{
        finding::Finding,
        plan::{Forecast, Step},
        verdict::Verdict,
    },
    wire::{Entry, Remedies, summary::Summary},
};
use comfy_table::{ContentArrangement, Table, presets};
use std::{
    collections::BTreeSet,
    io::{self, Write},
};

/// The widest line of the table.
const WIDTH: u16 = 110;

/// Writes plans for people.
pub struct Writer<'c, W> {
    out: W,
    catalogue: &'c Catalogue,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a report.
    pub fn new(out: W, catalogue: &'c Catalogue) -> Self {
        Self { out, catalogue }
    }
}

impl<W: Write> Report for Writer<'_, W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        lines::write(&mut self.out, &Remedies::Catalogue(self.catalogue), entry, &mut BTreeSet::new())
    }

    fn plan(&mut self, forecast: &Forecast) -> io::Result<()> {
        write(&mut self.out, self.catalogue, forecast)
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        if let Some(accepted) = lines::accepted(summary) {
            writeln!(self.out, "\n{accepted}")?;
        }
        self.out.flush()
    }
}

fn write(out: &mut impl Write, catalogue: &Catalogue, forecast: &Forecast) -> io::Result<()> {
    let verdict = match forecast.verdict() {
        Verdict::WellFormed => "every disk does what it is for",
        Verdict::Undecided => "not every step is certain",
        Verdict::Rejected | Verdict::Unrecognized => "not every disk does what it is for",
    };
    let (used, disks) = (forecast.steps.len(), forecast.steps.len() + forecast.left_out.len());
    let verdict = if used < disks { format!("{used} of {disks} disks used") } else { verdict.to_owned() };
    let limit = forecast.ceiling.map_or_else(|| "it takes no packs".to_owned(), |ceiling| format!("at most {ceiling}"));
    let Forecast { title, start, end, .. } = forecast;
    writeln!(out, "{title}{}: {start} licences now, {end} in the end ({limit}); {verdict}", server(forecast))?;
    if forecast.steps.is_empty() {
        writeln!(out, "\nno disk at hand raises the licences of this server")?;
    } else {
        writeln!(out, "\n{}", table(forecast).trim_fmt())?;
    }
    let mut told = BTreeSet::new();
    for (number, step) in (1..).zip(&forecast.steps) {
        writeln!(out, "\nstep {number}, {}:", step.pack)?;
        finding(out, catalogue, &step.finding)?;
        if let Some(screen) = &step.screen {
            writeln!(out, "  on the screen: {screen}")?;
        }
        if !step.outcome.raises() {
            remedies(out, catalogue, &step.finding.remedies, &mut told)?;
        }
    }
    for left in &forecast.left_out {
        writeln!(out, "\nleft out, {}:", left.pack)?;
        finding(out, catalogue, &left.finding)?;
        remedies(out, catalogue, &left.finding.remedies, &mut told)?;
    }
    for unanswered in &forecast.unanswered {
        writeln!(out, "\nnot answered [{}]: {}", unanswered.rule, unanswered.reason)?;
    }
    checklist(out, forecast)
}

fn finding(out: &mut impl Write, catalogue: &Catalogue, finding: &Finding) -> io::Result<()> {
    let source = finding.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
    writeln!(out, "  {} [{}]", finding.message, finding.rule)?;
    writeln!(out, "  basis: {}{source}", finding.basis.label())?;
    for conflict in catalogue.rules.get(&finding.rule).map_or(&[][..], |rule| &rule.conflicts) {
        writeln!(out, "  sources differ: {conflict}")?;
    }
    Ok(())
}

/// What the plan says of the server: ` (nfr, reinstalled)`.
fn server(forecast: &Forecast) -> String {
    let plan = &forecast.plan;
    let edition = plan.edition.map(|edition| edition.name().to_owned());
    let reinstalled = plan.reinstalled.then(|| "reinstalled".to_owned());
    let upgraded = plan.upgraded_from.as_ref().map(|from| format!("upgraded from {from}"));
    let converted = plan.converted_to_nt.then(|| "converted to the full Windows NT Server".to_owned());
    let states: Vec<_> = [edition, reinstalled, upgraded, converted].into_iter().flatten().collect();
    if states.is_empty() { String::new() } else { format!(" ({})", states.join(", ")) }
}

/// Step, disk, what happens, licences, article.
fn table(forecast: &Forecast) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.set_header(["step", "disk", "what happens", "licences", "article"]);
    for (number, step) in (1..).zip(&forecast.steps) {
        let article = step.finding.source.clone().unwrap_or_default();
        let cells = [
            number.to_string(),
            step.pack.to_string(),
            step.outcome.label().to_owned(),
            step.licenses.to_string(),
            article,
        ];
        table.add_row(cells);
    }
    table
}

/// What to do with the disks in hand; nothing when no disk does anything.
fn checklist(out: &mut impl Write, forecast: &Forecast) -> io::Result<()> {
    let raising: Vec<&Step> = forecast.steps.iter().filter(|step| step.outcome.raises()).collect();
    if raising.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nto do:")?;
    writeln!(
        out,
        "  [ ] Compare the version and the number of licences in the console, under About: {} and {}.",
        forecast.title, forecast.start
    )?;
    let mut licenses = forecast.start;
    for (number, step) in (1..).zip(raising) {
        for preparation in &step.preparations {
            writeln!(out, "  [ ] {}: {preparation}.", step.pack)?;
        }
        let (from, to) = (licenses, step.licenses);
        writeln!(
            out,
            "  [ ] {}: see that its write-protect tab is open, insert it, follow the wizard: {from} to {to}.",
            step.pack
        )?;
        writeln!(out, "  [ ] Write on its label: disk {number}, {from} to {to}.")?;
        licenses = to;
    }
    for note in &forecast.notes {
        writeln!(out, "  [ ] Restart the server: {} [{}].", note.message, note.rule)?;
    }
    Ok(())
}
