//! Many entries for readers: a line for each finding with its place, then the remedies, once.

use super::{remedies::RemedyTexts, sanitize};
use crate::{
    model::severity::Severity,
    wire::{Entry, Finding, KeyProperties, Location, Properties, State, Unanswered},
};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

/// Writes one entry: its verdict, these of its findings with their remedies, and these checks that could not be answered.
pub(super) fn write(
    out: &mut dyn Write,
    remedies: &mut RemedyTexts<'_>,
    entry: &Entry<'_>,
    findings: &[&Finding<'_>],
    unanswered: &[Unanswered<'_>],
) -> io::Result<()> {
    if let Some(location) = entry.place() {
        write!(out, "{}", location_prefix(location))?;
    }
    let bold = Style::new().bold();
    let verdict = entry.verdict_label();
    let form = entry.form.as_ref().map(|form| format!(" as {}", sanitize::text(form))).unwrap_or_default();
    let product = entry.product.as_ref().map(|product| format!(" at {}", sanitize::text(product))).unwrap_or_default();
    writeln!(out, "{bold}{}{bold:#}: {verdict}{form}{product}", sanitize::text(&entry.label))?;
    if let Properties::Key(KeyProperties { value: Some(value), .. }) = &entry.properties {
        writeln!(out, "  in {}", sanitize::text(value))?;
    }
    for finding in findings {
        line(out, finding)?;
        remedies.list(out, &finding.remedies)?;
    }
    for Unanswered { rule, reason } in unanswered {
        writeln!(out, "  not answered [{}]: {}", sanitize::text(rule), sanitize::text(reason))?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, finding: &Finding<'_>) -> io::Result<()> {
    let (style, name) = (style(finding.severity), finding.severity.id());
    let place = finding.location.as_ref().map(location_prefix).unwrap_or_default();
    let (rule, message) = (sanitize::text(&finding.rule), sanitize::text(&finding.message));
    write!(out, "  {place}{style}{name}[{rule}]{style:#}: {message} ({})", finding.basis.id())?;
    match finding.state.as_ref().and_then(State::accepted) {
        None => writeln!(out),
        Some(accepted) => writeln!(out, " [{}]", sanitize::text(&accepted)),
    }
}

/// The colour of a severity.
pub(super) fn style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Green,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

/// `setup.ini:12:7: `
pub(super) fn location_prefix(location: &Location<'_>) -> String {
    format!("{}:{}:{}: ", sanitize::text(&location.path), location.line, location.column)
}
