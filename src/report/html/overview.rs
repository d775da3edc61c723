//! The overview: the counts, and the bars.

use super::{
    bars::{Name, bar},
    tallies::Tallies,
};
use crate::{
    catalogue::Catalogue,
    model::{verdict::Verdict, within::Within},
    wire::summary::Summary,
};
use maud::{Markup, html};

pub(super) fn overview(catalogue: &Catalogue, tallies: &Tallies, summary: &Summary) -> Markup {
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
    let met = verdicts.into_iter().filter(|(_, count)| *count > 0).collect();
    html! {
        section.glance aria-label="At a glance" {
            @if summary.subjects > 1 { div.strip { (bar(&met, summary.subjects)) } }
            div.tiles {
                @for (verdict, count) in verdicts {
                    div.tile.(verdict.id()).zero[count == 0] data-verdict=(verdict.id()) { b { (count) } " " span { (verdict.label()) } }
                }
            }
            p.counts {
                @for (class, name, count) in findings.into_iter().filter(|(class, _, count)| *count > 0 || *class == "error") {
                    span.chip.(if count == 0 { "zero" } else { class }) { (count) " " (singular(name, count)) } " "
                }
            }
            div.charts { (charts(catalogue, tallies, summary)) }
        }
    }
}

fn charts(catalogue: &Catalogue, tallies: &Tallies, summary: &Summary) -> Markup {
    let name = |shown: Option<&str>, id: &str| {
        let shown = shown.unwrap_or(id).to_owned();
        Name { sought: shown.clone(), shown }
    };
    let form = |id: &str| match id {
        "" => Name { shown: "no known form".to_owned(), sought: "unrecognized".to_owned() },
        id => name(catalogue.forms.get(id).map(|form| form.title.as_str()), id),
    };
    let product = |id: &str| name(catalogue.products.get(id).map(|product| product.title.as_str()), id);
    let prompt = |id: &str| Name { sought: String::new(), ..product(id) };
    let rule = |id: &str| Name {
        shown: catalogue.rules.get(id).map_or_else(|| id.to_owned(), |rule| rule.title.clone()),
        sought: id.to_owned(),
    };
    let file = |path: &str| name(None, path);
    // A scan lists only the keys with findings.
    let by_product = match summary.subjects > tallies.subjects {
        true => "By product, of what is listed below",
        false => "By product",
    };
    html! {
        (tallies.forms.figure("By form", form))
        (tallies.classes.figure("By class", |class| name(None, class)))
        (tallies.rules.figure("By finding", rule))
        (tallies.products.figure(by_product, product))
        // A single file offers no choice.
        @if tallies.files.len() > 1 { (tallies.files.figure("Where to look", file)) }
        (tallies.prompts.figure("At the products that could ask", prompt))
    }
}

/// `1 error`, but `1 suppressed`.
fn singular(name: &str, count: u64) -> &str {
    match name {
        "errors" | "warnings" | "notes" if count == 1 => name.within(..name.len().saturating_sub(1)),
        _ => name,
    }
}
