//! The list of subjects: the findings in each, and the remedies.

use super::{detail::detail, remedy};
use crate::{
    catalogue::Catalogue,
    wire::{Entry, Finding, Location, Remedies, State},
};
use maud::{Markup, PreEscaped, html};

/// The list with these rows.
pub(super) fn list(rows: &str) -> Markup {
    html! {
        table.list {
            thead { tr { th scope="col" { "Subject" } th scope="col" { "Verdict" } th scope="col" { "Findings and what to do" } } }
            tbody { (PreEscaped(rows)) }
        }
    }
}

/// The row of a subject.
pub(super) fn row(catalogue: &Catalogue, remedies: &Remedies<'_>, entry: &Entry<'_>) -> Markup {
    html! {
        tr.subject data-verdict=(entry.verdict.id()) data-severity=(worst(entry)) {
            td.what { (what(catalogue, entry)) }
            td.verdict { span.chip.(entry.verdict.id()) { (entry.verdict.label()) } }
            td.found {
                @if entry.findings.is_empty() && entry.unanswered.is_empty() { span.nothing { "nothing found" } }
                @for found in &entry.findings { (finding(remedies, entry, found)) }
                @for unanswered in &entry.unanswered {
                    div.finding { span.chip.undecided { "not answered" } " " code { (unanswered.rule) } p { (unanswered.reason) } }
                }
                (detail(catalogue, remedies, &entry.properties))
            }
        }
    }
}

/// The label, its place, and the form or product.
fn what(catalogue: &Catalogue, entry: &Entry<'_>) -> Markup {
    let form = entry.form.as_deref().map(|id| catalogue.forms.get(id).map_or(id, |form| &form.title));
    let product = entry.product.as_deref();
    let product = product.map(|id| catalogue.products.get(id).map_or(id, |product| &product.title));
    let from = entry.from.as_deref();
    let from = from.map(|id| catalogue.packages.get(id).map_or(id, |package| &package.title));
    html! {
        span.label { @if entry.label.is_empty() { "(no key)" } @else { (entry.label) } }
        @if let Some(location) = entry.place() { span.place { (location_text(location)) } }
        span.kind {
            (form.unwrap_or(entry.kind.label()))
            @if let Some(product) = product { ", " (product) }
            @if let Some(sku) = entry.sku { ", " (sku.name()) }
            @if let Some(from) = from { ", from " (from) }
        }
    }
}

/// One finding with its remedies.
fn finding(remedies: &Remedies<'_>, entry: &Entry<'_>, finding: &Finding<'_>) -> Markup {
    let accepted = finding.state.as_ref().and_then(State::accepted);
    html! {
        div.finding.accepted[accepted.is_some()] {
            span.chip.(finding.severity.id()) { (finding.severity.id()) } " " code { (finding.rule) }
            span.basis { (finding.basis.id()) }
            @if let Some(location) = &finding.location { span.place { (location_text(location)) } }
            p { (finding.message) (part(entry, finding)) }
            @if let Some(accepted) = accepted { p.reason { (accepted) } }
            (remedy::remedies(remedies, &finding.remedies))
        }
    }
}

/// The label with the part that a finding is about, if that is not all of it.
fn part(entry: &Entry<'_>, finding: &Finding<'_>) -> Markup {
    let label = &*entry.label;
    let marked = finding.span.filter(|span| span.start < span.end && span.end.saturating_sub(span.start) < label.len());
    // The span of a saved report may be anything.
    let parts = marked
        .and_then(|span| Some((label.get(..span.start)?, label.get(span.start..span.end)?, label.get(span.end..)?)));
    html! {
        @if let Some((before, marked, after)) = parts { " " span.part { (before) mark { (marked) } (after) } }
    }
}

pub(super) fn location_text(location: &Location<'_>) -> String {
    format!("{}:{}:{}", path(&location.path), location.line, location.column)
}

/// The file of a place, or a name in its stead.
pub(super) fn path(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

/// The severity of the worst finding that counts, for the filter.
fn worst(entry: &Entry<'_>) -> &'static str {
    let counted = entry.findings.iter().filter(|finding| finding.counts());
    counted.map(|finding| finding.severity).max().map_or("none", |severity| severity.id())
}
