//! Postoffices for readers: a block for each, and a table of all at the end.

use super::{
    list::{location_prefix, style},
    remedies::RemedyTexts,
    sanitize,
};
use crate::{
    catalogue::Catalogue,
    model::severity::Severity,
    wire::{Entry, Finding, PostofficeProperties, Unanswered},
};
use anstyle::Style;
use comfy_table::{ContentArrangement, presets};
use std::io::{self, Write};

/// The maximum width of the table.
const MAX_WIDTH: u16 = 120;

/// Writes one postoffice with these of its findings.
pub(super) fn write(
    out: &mut dyn Write,
    catalogue: &Catalogue,
    remedies: &mut RemedyTexts<'_>,
    entry: &Entry<'_>,
    postoffice: &PostofficeProperties<'_>,
    findings: &[&Finding<'_>],
) -> io::Result<()> {
    if let [only] = findings
        && only.rule == "postoffice/not-found"
    {
        return nowhere(out, entry, postoffice, only);
    }
    heading(out, entry, postoffice)?;
    // Findings of one rule with the same basis are grouped, and their remedies written once.
    let alike = |one: &&Finding<'_>, other: &&Finding<'_>| {
        (&one.rule, one.severity, one.basis, &one.source) == (&other.rule, other.severity, other.basis, &other.source)
    };
    for group in findings.chunk_by(alike) {
        group_of_findings(out, catalogue, remedies, group)?;
    }
    for Unanswered { rule, reason } in &entry.unanswered {
        writeln!(out, "\n  not answered [{}]: {}", sanitize::text(rule), sanitize::text(reason))?;
    }
    Ok(())
}

/// Writes in two lines that there is no postoffice: the expected files, and the path to name instead.
fn nowhere(
    out: &mut dyn Write,
    entry: &Entry<'_>,
    postoffice: &PostofficeProperties<'_>,
    finding: &Finding<'_>,
) -> io::Result<()> {
    let (style, name) = (style(finding.severity), finding.severity.id());
    let path = postoffice.path.as_deref().unwrap_or(&entry.label);
    writeln!(
        out,
        "{}: {style}{name}[{}]{style:#}: {}",
        sanitize::text(path),
        finding.rule,
        sanitize::text(&finding.message)
    )?;
    writeln!(out, "  name the folder above GLB; `jewelcase explain {}` says more", finding.rule)
}

fn heading(out: &mut dyn Write, entry: &Entry<'_>, postoffice: &PostofficeProperties<'_>) -> io::Result<()> {
    if let Some(location) = &entry.location {
        write!(out, "{}", location_prefix(location))?;
    }
    let bold = Style::new().bold();
    let name = sanitize::text(&entry.label);
    let path = postoffice.path.as_deref().map(sanitize::text).filter(|path| *path != name);
    let path = path.map_or_else(String::new, |path| format!(" ({path})"));
    writeln!(out, "{bold}{name}{bold:#}{path}: {}", entry.verdict_label())?;
    if postoffice.class_because.is_empty() {
        return Ok(());
    }
    writeln!(out, "  class: {}: {}", postoffice.class.label(), sanitize::text(&postoffice.class_because))?;
    if let Some(serial) = &postoffice.serial {
        let source = match postoffice.serial_source.as_deref() {
            Some("inventory") => "by ",
            Some("event") => "by an event in ",
            _ => "at ",
        };
        let evidence = postoffice.serial_evidence.as_deref().map(sanitize::text).unwrap_or_default();
        writeln!(out, "  serial: {} ({source}{evidence})", sanitize::text(serial))?;
    }
    if let Some(users) = postoffice.users {
        writeln!(out, "  users: {users}, deleted ones among them")?;
    }
    writeln!(out, "  read from: {}", sanitize::text(&postoffice.volume))
}

fn group_of_findings(
    out: &mut dyn Write,
    catalogue: &Catalogue,
    remedies: &mut RemedyTexts<'_>,
    group: &[&Finding<'_>],
) -> io::Result<()> {
    let Some(first) = group.first() else { return Ok(()) };
    let (style, name) = (style(first.severity), first.severity.id());
    let title = catalogue.rules.get(&first.rule).map_or("", |rule| rule.title.as_str());
    writeln!(out, "\n  {style}{name}[{}]{style:#}: {title}", sanitize::text(&first.rule))?;
    for finding in group {
        writeln!(out, "    - {}", sanitize::text(&finding.message))?;
    }
    let source = first.source.as_deref().map(|source| format!(" ({})", sanitize::text(source))).unwrap_or_default();
    writeln!(out, "    basis: {}{source}", first.basis.label())?;
    // Each remedy once, in the order of the first finding that it answers.
    let mut ids: Vec<&String> = Vec::new();
    for id in group.iter().flat_map(|finding| finding.remedies.iter()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    remedies.block(out, ids)
}

/// The table of all postoffices.
#[derive(Default)]
pub(super) struct Table(Vec<[String; 6]>);

impl Table {
    /// Adds a row.
    pub(super) fn add(&mut self, entry: &Entry<'_>, postoffice: &PostofficeProperties<'_>, findings: &[&Finding<'_>]) {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (count(severity), severity));
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts =
            counts.map(|(count, severity)| format!("{count} {}{}", severity.id(), if count == 1 { "" } else { "s" }));
        let is_there = !postoffice.class_because.is_empty();
        let serial = match &postoffice.serial {
            Some(serial) => sanitize::text(serial),
            None => if is_there { "not read" } else { "" }.to_owned(),
        };
        self.0.push([
            sanitize::text(&entry.label),
            if is_there { postoffice.class.label() } else { "" }.to_owned(),
            entry.verdict_label().to_owned(),
            serial,
            postoffice.users.map_or_else(String::new, |users| users.to_string()),
            counts.collect::<Vec<_>>().join(", "),
        ]);
    }

    /// Writes the table if it has more than one row.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.0.len() < 2 {
            return Ok(());
        }
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(MAX_WIDTH);
        table.set_header(["postoffice", "class", "verdict", "serial", "users", "found"]);
        for row in &self.0 {
            table.add_row(row);
        }
        writeln!(out, "\n{}", table.trim_fmt())
    }
}
