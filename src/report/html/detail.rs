//! The details of one kind of subject: the facts of a postoffice, the steps of a plan, the verdicts on a key by product.

use super::{bars::bar, remedy};
use crate::{
    catalogue::Catalogue,
    model::verdict::Verdict,
    report::disc::disc_prompt,
    wire::{AtProduct, MediaProperties, PlanProperties, PostofficeProperties, Properties, Remedies},
};
use maud::{Markup, html};
use std::collections::BTreeMap;

pub(super) fn detail(catalogue: &Catalogue, remedies: &Remedies<'_>, properties: &Properties<'_>) -> Markup {
    match properties {
        Properties::Plan(plan) => steps(remedies, plan),
        Properties::Postoffice(postoffice) => facts(postoffice),
        Properties::Key(key) => {
            key.products.as_deref().map(|products| prompts(catalogue, products)).unwrap_or_default()
        }
        Properties::Media(media) => disc(catalogue, media),
        Properties::File(_) => Markup::default(),
    }
}

/// The markers of a disc, and the prompts of its Setup.
fn disc(catalogue: &Catalogue, media: &MediaProperties<'_>) -> Markup {
    html! {
        @if !media.markers.is_empty() {
            ul {
                @for marker in &media.markers {
                    li {
                        (marker.path) ": " (marker.says)
                        @if !marker.agrees { " (the file here is another one)" }
                        " (" (marker.article.as_deref().or(marker.work.as_deref()).unwrap_or_default()) ", " (marker.basis.id()) ")"
                    }
                }
            }
        }
        @for prompt in &media.prompts { p { (disc_prompt(catalogue, prompt)) } }
    }
}

/// The facts about a postoffice.
fn facts(postoffice: &PostofficeProperties<'_>) -> Markup {
    let told = [
        ("class", Some(format!("{}: {}", postoffice.class.label(), postoffice.class_because))),
        (
            "serial",
            postoffice.serial.as_ref().map(|serial| match &postoffice.serial_evidence {
                Some(evidence) => format!("{serial}, by {evidence}"),
                None => serial.to_string(),
            }),
        ),
        ("users", postoffice.users.map(|users| format!("{users} records"))),
        ("path", postoffice.path.as_ref().map(ToString::to_string)),
        ("read from", Some(postoffice.volume.to_string())),
    ];
    html! {
        dl.facts {
            @for (name, value) in told.into_iter().filter_map(|(name, value)| Some((name, value?))) {
                div { dt { (name) } dd { (value) } }
            }
        }
    }
}

/// The licences step by step, as a staircase below the server's maximum.
fn steps(remedies: &Remedies<'_>, plan: &PlanProperties<'_>) -> Markup {
    let most =
        plan.ceiling.into_iter().chain([plan.start, plan.end]).chain(plan.steps.iter().map(|step| step.licenses)).max();
    let most = u64::from(most.unwrap_or(1));
    let stair = |licenses: u32, outcome: Verdict| bar(&BTreeMap::from([(outcome, u64::from(licenses))]), most);
    html! {
        table.steps {
            thead { tr { th { "Step" } th { "Disk" } th { "What happens" } th colspan="2" { "Licences" } } }
            tbody {
                tr { td {} td {} td { "at the start" } td.bar { (stair(plan.start, Verdict::WellFormed)) } td.total { (plan.start) } }
                @for (number, step) in (1..).zip(&plan.steps) {
                    tr {
                        td { (number) }
                        td { code { (step.pack) } }
                        td {
                            (step.outcome.label())
                            @for preparation in &step.preparations { div.kind { "first: " (preparation) } }
                            @if let Some(screen) = &step.screen { div.kind { "on the screen: " (screen) } }
                        }
                        td.bar { (stair(step.licenses, if step.outcome.raises() { Verdict::WellFormed } else { Verdict::Rejected })) }
                        td.total { (step.licenses) }
                    }
                }
            }
        }
        @if let Some(ceiling) = plan.ceiling { p.kind { "The bars reach the right edge at " (ceiling) ", the most that this server can have." } }
        @for left in &plan.left_out {
            div.finding {
                span.chip.accepted { "left out" } " " code { (left.pack) } " " code { (left.rule) }
                p { (left.message) }
                (remedy::remedies(remedies, &left.remedies))
            }
        }
    }
}

/// The verdicts of all products that could ask for a key.
fn prompts(catalogue: &Catalogue, products: &[AtProduct<'_>]) -> Markup {
    let mut verdicts: BTreeMap<Verdict, Vec<String>> = BTreeMap::new();
    for at in products {
        let title = catalogue.products.get(&at.product).map_or(&*at.product, |product| &product.title);
        let channel = at.sku.map(|sku| format!(" ({})", sku.name())).unwrap_or_default();
        verdicts.entry(at.verdict).or_default().push(format!("{title}{channel}"));
    }
    html! {
        @if !products.is_empty() {
            details.prompts {
                summary { "At the " (products.len()) " prompts that could ask for it" }
                @for (verdict, titles) in &verdicts {
                    p { span.chip.(verdict.id()) { (titles.len()) " " (verdict.label()) } " " (titles.join(", ")) }
                }
            }
        }
    }
}
