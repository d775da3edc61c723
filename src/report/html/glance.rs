//! The report at a glance: the counts, and the bars.

use super::{Tallies, bars::Shade};
use crate::{catalogue::Catalogue, model::verdict::Verdict, report::summary::Summary};
use maud::{Markup, html};

pub(super) fn glance(catalogue: &Catalogue, tallies: &Tallies, summary: &Summary) -> Markup {
    let verdicts = [
        (Verdict::WellFormed, summary.well_formed),
        (Verdict::Undecided, summary.undecided),
        (Verdict::Rejected, summary.rejected),
        (Verdict::Unrecognized, summary.unrecognized),
    ];
    let findings = [
        ("error", "errors", summary.errors),
        ("warning", "warnings", summary.warnings),
        ("note", "notes", summary.notes),
        ("accepted", "suppressed", summary.suppressed),
        ("accepted", "in the baseline", summary.known),
    ];
    let form = |id: &str| catalogue.forms.get(id).map_or_else(|| id.to_owned(), |form| form.title.clone());
    let product = |id: &str| catalogue.products.get(id).map_or_else(|| id.to_owned(), |product| product.title.clone());
    let rule = |id: &str| catalogue.rules.get(id).map_or_else(|| id.to_owned(), |rule| rule.title.clone());
    html! {
        section.glance aria-label="At a glance" {
            div.tiles {
                @for (verdict, count) in verdicts {
                    div.tile.(verdict.id()) { b { (count) } " " span { (verdict.name()) } }
                }
            }
            p.counts {
                @for (class, name, count) in findings.into_iter().filter(|(class, _, count)| *count > 0 || *class == "error") {
                    span.chip.(class) { (count) " " (singular(name, count)) } " "
                }
            }
            div.charts {
                @if !tallies.forms.is_empty() {
                    figure { figcaption { "By form" } (tallies.forms.draw(form)) }
                }
                @if !tallies.products.is_empty() {
                    figure { figcaption { "By product" } (tallies.products.draw(product)) }
                }
                @if !tallies.rules.is_empty() {
                    figure.findings { figcaption { "By finding" } (tallies.rules.draw(rule)) }
                }
            }
        }
    }
}

/// `1 error`, but `1 suppressed`.
fn singular(name: &str, count: u64) -> &str {
    match name {
        "errors" | "warnings" | "notes" if count == 1 => &name[..name.len() - 1],
        _ => name,
    }
}
