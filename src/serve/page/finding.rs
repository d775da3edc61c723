//! A finding and its remedies on a page.

use super::{choice::beginning, link};
use crate::{
    catalogue::{Catalogue, Family},
    explain::MatchKind,
    model::finding::{Finding, Unanswered},
};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Remedies that a page has told already; their steps are told once.
pub(super) type Told = BTreeSet<String>;

/// A finding, what it rests on, and what to do.
pub(super) fn finding(catalogue: &Catalogue, finding: &Finding, told: &mut Told) -> Markup {
    let severity = finding.severity.id();
    html! {
        div class={ "finding " (severity) } {
            p { b class="weight" { (severity) ": " } (link::text(catalogue, &finding.message)) }
            p class="basis" { small {
                "Rule " (link::id(catalogue, Family::Rule, &finding.rule)) "; " (finding.basis.label())
                @if let Some(source) = &finding.source { " (" (link::text(catalogue, source)) ")" }
            } }
            (remedies(catalogue, &finding.remedies, told))
        }
    }
}

/// Remedies with their steps; one that was told before only by its name.
pub(super) fn remedies(catalogue: &Catalogue, ids: &[String], told: &mut Told) -> Markup {
    html! { @for id in ids { @if let Some((_, _, remedy)) = catalogue.remedy(id) {
        @if told.insert(id.clone()) {
            div class="remedy" {
                p { b { (remedy.title) } br; small {
                    "Remedy " (link::id(catalogue, MatchKind::Remedy, id)) " for " (remedy.applies_to.join(", ")) "; " (remedy.basis.label())
                } }
                ol { @for step in &remedy.steps { li { (link::text(catalogue, step)) } } }
            }
        } @else {
            p class="remedy" { small { "Remedy " (link::id(catalogue, MatchKind::Remedy, id)) ": see above." } }
        }
    } } }
}

/// What could not be found out.
pub(super) fn unanswered(catalogue: &Catalogue, all: &[Unanswered]) -> Markup {
    html! { @for unanswered in all {
        div class="finding unanswered" {
            p { b class="weight" { "not answered: " } (link::text(catalogue, &unanswered.reason)) }
            p class="basis" { small { "Rule " (link::id(catalogue, Family::Rule, &unanswered.rule)) } }
        }
    } }
}

/// A slip of whoever filled in the form. Told on a page like any other: some old browsers hide the text of a page that says it failed.
pub(super) fn slip(message: &str) -> Markup {
    /// Longer ones repeat what nobody types by hand.
    const LONGEST: usize = 400;
    let (told, more) = (beginning(message, LONGEST), if message.chars().count() > LONGEST { "..." } else { "." });
    html! { p class="slip" role="alert" { b { "This cannot be answered: " } (told) (more) } }
}
