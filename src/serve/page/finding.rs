//! A finding and its remedies on a page.

use super::{choice::beginning, link};
use crate::{
    catalogue::{Catalogue, Family},
    explain::MatchKind,
    model::finding::{Finding, Unanswered},
};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The remedies that a page has shown already; their steps are shown once.
pub(super) type Told = BTreeSet<String>;

/// A finding, its sources, and its remedies.
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

/// Remedies with their steps; one that was shown before only by its name.
pub(super) fn remedies(catalogue: &Catalogue, ids: &[String], told: &mut Told) -> Markup {
    html! { @for id in ids { @if let Some((_, _, remedy)) = catalogue.remedy(id) {
        @if told.insert(id.clone()) {
            div class="remedy" {
                p { b { (remedy.title) } br; small {
                    "Remedy " (link::id(catalogue, MatchKind::Remedy, id)) " for " (remedy.applies_to.join(", ")) "; " (remedy.basis.label())
                } }
                @if let Some(loses) = &remedy.loses { p { small { "Loses: " (loses) } } }
                ol { @for step in &remedy.steps { li { (link::text(catalogue, step)) } } }
            }
        } @else {
            p class="remedy" { small { "Remedy " (link::id(catalogue, MatchKind::Remedy, id)) ": see above." } }
        }
    } } }
}

/// The checks that could not be made.
pub(super) fn unanswered(catalogue: &Catalogue, all: &[Unanswered]) -> Markup {
    html! { @for unanswered in all {
        div class="finding unanswered" {
            p { b class="weight" { "not answered: " } (link::text(catalogue, &unanswered.reason)) }
            p class="basis" { small { "Rule " (link::id(catalogue, Family::Rule, &unanswered.rule)) } }
        }
    } }
}

/// A mistake in the form, with a normal status: some old browsers hide the text of a page whose status is an error.
pub(super) fn slip(message: &str) -> Markup {
    /// The longest message, in characters. Longer ones repeat input that nobody types by hand.
    const MAX_MESSAGE: usize = 400;
    let (told, more) =
        (beginning(message, MAX_MESSAGE), if message.chars().count() > MAX_MESSAGE { "..." } else { "." });
    html! { p class="slip" role="alert" { b { "This cannot be answered: " } (told) (more) } }
}
