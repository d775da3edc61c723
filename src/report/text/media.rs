//! A disc for readers: the product, the markers by which it is known, and the prompts of its Setup.

use super::{list::style, remedies::RemedyTexts, sanitize};
use crate::{
    catalogue::Catalogue,
    report::disc::{disc_prompt, key_place},
    wire::{Entry, Finding, MediaProperties, Unanswered},
};
use anstyle::Style;
use std::io::{self, Write};

/// Writes one disc with these of its findings.
pub(super) fn write(
    out: &mut dyn Write,
    catalogue: &Catalogue,
    remedies: &mut RemedyTexts<'_>,
    entry: &Entry<'_>,
    media: &MediaProperties<'_>,
    findings: &[&Finding<'_>],
) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}: {}", sanitize::text(&entry.label), name(catalogue, entry, media))?;
    for (what, value) in [("volume label", &media.label), ("language", &media.language)] {
        if let Some(value) = value {
            writeln!(out, "  {what}: {}", sanitize::text(value))?;
        }
    }
    for marker in &media.markers {
        let source = marker.article.as_deref().or(marker.work.as_deref()).unwrap_or_default();
        let (path, says) = (sanitize::text(&marker.path), sanitize::text(&marker.says));
        let introduction = if marker.agrees { "because of" } else { "but not" };
        writeln!(out, "  {introduction} {path}: {says} ({}; {})", sanitize::text(source), marker.basis.label())?;
    }
    prompts(out, catalogue, entry, media)?;
    for finding in findings {
        let (style, severity) = (style(finding.severity), finding.severity.id());
        let (rule, message) = (sanitize::text(&finding.rule), sanitize::text(&finding.message));
        writeln!(out, "  {style}{severity}[{rule}]{style:#}: {message}")?;
        remedies.block(out, finding.remedies.iter())?;
    }
    for Unanswered { rule, reason } in &entry.unanswered {
        writeln!(out, "  not answered [{}]: {}", sanitize::text(rule), sanitize::text(reason))?;
    }
    Ok(())
}

/// The disc in a few words: `Windows NT 4.0, workstation, retail`.
fn name(catalogue: &Catalogue, entry: &Entry<'_>, media: &MediaProperties<'_>) -> String {
    if media.products.is_empty() {
        return entry.verdict_label().to_owned();
    }
    let title =
        |id: &String| catalogue.products.get(id).map_or_else(|| sanitize::text(id), |product| product.title.clone());
    let titles = media.products.iter().map(title).collect::<Vec<_>>().join(" or ");
    let sure = if entry.product.is_some() || media.products.len() > 1 { "" } else { "probably " };
    let details = [&media.edition, &media.version].into_iter().flatten().map(|detail| sanitize::text(detail));
    let sku = entry.sku.map(|sku| sku.name().to_owned());
    let details = details.filter(|detail| !titles.ends_with(detail.as_str()));
    let details = details.chain(sku).map(|detail| format!(", {detail}")).collect::<String>();
    format!("{sure}{titles}{details}")
}

/// The prompts, and the place of the key.
fn prompts(
    out: &mut dyn Write,
    catalogue: &Catalogue,
    entry: &Entry<'_>,
    media: &MediaProperties<'_>,
) -> io::Result<()> {
    if media.products.is_empty() {
        return Ok(());
    }
    if media.prompts.is_empty() {
        return writeln!(out, "  Setup asks for no key");
    }
    let several = if media.prompts.len() > 1 { ", one of" } else { "" };
    writeln!(out, "  Setup asks for{several}:")?;
    for prompt in &media.prompts {
        writeln!(out, "    {}", sanitize::text(&disc_prompt(catalogue, prompt)))?;
    }
    match entry.product.as_deref().and_then(|product| key_place(catalogue, product)) {
        Some(place) => writeln!(out, "  the key is on {place}"),
        None => Ok(()),
    }
}
