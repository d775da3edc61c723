//! The subjects one by one: what was found in each, and what to do.

use super::detail::detail;
use crate::{
    catalogue::Catalogue,
    wire::{Entry, Finding, Kind, Location, Remedies, State},
};
use maud::{Markup, html};

pub(super) fn list(catalogue: &Catalogue, remedies: &Remedies<'_>, entries: &[Entry]) -> Markup {
    html! {
        table.list {
            thead { tr { th scope="col" { "Subject" } th scope="col" { "Verdict" } th scope="col" { "Findings and what to do" } } }
            tbody {
                @for entry in entries {
                    tr.subject data-verdict=(entry.verdict.id()) data-severity=(gravest(entry)) {
                        td.what { (what(catalogue, entry)) }
                        td.verdict { span.chip.(entry.verdict.id()) { (entry.verdict.label()) } }
                        td.found {
                            @if entry.findings.is_empty() && entry.unanswered.is_empty() { span.nothing { "nothing found" } }
                            @for finding in &entry.findings { (told(remedies, entry, finding)) }
                            @for unanswered in &entry.unanswered {
                                div.finding { span.chip.undecided { "not answered" } " " code { (unanswered.rule) } p { (unanswered.reason) } }
                            }
                            (detail(catalogue, remedies, &entry.properties))
                        }
                    }
                }
            }
        }
    }
}

/// The label, where it stood, and what it was judged as.
fn what(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let form = entry.form.as_ref().map(|id| catalogue.forms.get(id).map_or(id.as_str(), |form| &form.title));
    let product = entry.product.as_ref();
    let product = product.map(|id| catalogue.products.get(id).map_or(id.as_str(), |product| &product.title));
    let from = entry.from.as_ref();
    let from = from.map(|id| catalogue.packages.get(id).map_or(id.as_str(), |package| &package.title));
    let kind = match entry.kind {
        Kind::Key => "key",
        Kind::Serial => "postoffice serial",
        Kind::Postoffice => "postoffice",
        Kind::AddPackPlan => "plan of add packs",
        Kind::AnswerFile => "file",
        Kind::InstalledId => "installed ID",
    };
    html! {
        span.label { @if entry.label.is_empty() { "(no key)" } @else { (entry.label) } }
        @if let Some(location) = entry.location.as_ref().filter(|location| location.path != entry.label) { span.place { (place(location)) } }
        span.kind {
            (form.unwrap_or(kind))
            @if let Some(product) = product { ", " (product) }
            @if let Some(sku) = entry.sku { ", " (sku.name()) }
            @if let Some(from) = from { ", from " (from) }
        }
    }
}

/// One finding with its remedies.
fn told(remedies: &Remedies<'_>, entry: &Entry, finding: &Finding) -> Markup {
    let accepted = match &finding.state {
        None | Some(State::New) => None,
        Some(State::Known) => Some("in the baseline".to_owned()),
        Some(State::Suppressed { reason, expires: None }) => Some(format!("suppressed: {reason}")),
        Some(State::Suppressed { reason, expires: Some(day) }) => Some(format!("suppressed until {day}: {reason}")),
    };
    html! {
        div.finding.accepted[accepted.is_some()] {
            span.chip.(finding.severity.id()) { (finding.severity.id()) } " " code { (finding.rule) }
            span.basis { (finding.basis.id()) }
            @if let Some(location) = &finding.location { span.place { (place(location)) } }
            p { (finding.message) (part(entry, finding)) }
            @if let Some(accepted) = accepted { p.reason { (accepted) } }
            (answered(remedies, &finding.remedies))
        }
    }
}

/// What to do, folded up.
pub(super) fn answered(remedies: &Remedies<'_>, ids: &[String]) -> Markup {
    html! {
        @for (id, remedy) in ids.iter().filter_map(|id| Some((id, remedies.get(id)?))) {
            details {
                summary { (remedy.title) " " span.id { (id) } }
                @if !remedy.applies_to.is_empty() { p.applies { "For: " (remedy.applies_to.join(", ")) } }
                ol { @for step in &remedy.steps { li { (step) } } }
            }
        }
    }
}

/// The label with the part that a finding is about, where that is not all of it.
fn part(entry: &Entry, finding: &Finding) -> Markup {
    let label = entry.label.as_str();
    let marked = finding.span.filter(|span| span.start < span.end && span.end - span.start < label.len());
    // The span of a saved report may be anything.
    let parts = marked
        .and_then(|span| Some((label.get(..span.start)?, label.get(span.start..span.end)?, label.get(span.end..)?)));
    html! {
        @if let Some((before, marked, after)) = parts { " " span.part { (before) mark { (marked) } (after) } }
    }
}

pub(super) fn place(location: &Location) -> String {
    format!("{}:{}:{}", path(&location.path), location.line, location.column)
}

/// The file of a place, or what stands for it.
pub(super) fn path(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

/// The gravest finding that counts, for the filter.
fn gravest(entry: &Entry) -> &'static str {
    let counted = entry.findings.iter().filter(|finding| finding.counts());
    counted.map(|finding| finding.severity).max().map_or("none", |severity| severity.id())
}
