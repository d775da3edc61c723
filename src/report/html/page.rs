//! The page around the parts: head, filter, foot.

use super::{Tallies, glance::glance, groups::groups, list::list};
use crate::{
    catalogue::Catalogue,
    report::{
        document::{Entry, Remedies},
        summary::Summary,
    },
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Nothing is loaded from anywhere; what stands in the page itself is all there is.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

pub(super) fn page(
    catalogue: &Catalogue,
    remedies: &Remedies<'_>,
    listed: &[Entry],
    tallies: &Tallies,
    summary: &Summary,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="generator" content=(concat!("jewelcase ", env!("CARGO_PKG_VERSION")));
                title { "jewelcase: " (headline(summary)) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                header {
                    p.brand { "jewelcase" }
                    h1 { (headline(summary)) }
                    p.lead {
                        (counted(summary.subjects, "subject")) " judged. Well formed means that a key passes what its Setup is known to check; "
                        "it says nothing about a licence."
                    }
                }
                (glance(catalogue, tallies, summary))
                (groups(listed))
                section aria-label="Subjects" {
                    h2 { "Subjects" }
                    (filter())
                    @if listed.is_empty() { p.none { "Nothing to list." } } @else { (list(catalogue, remedies, listed)) }
                    @if tallies.entries > listed.len() as u64 {
                        p.more {
                            "The first " (listed.len()) " of " (tallies.entries) " are listed here. A report in the form csv or ndjson holds all of them."
                        }
                    }
                }
                footer {
                    p { "Written by jewelcase " (env!("CARGO_PKG_VERSION")) ". Basis: documented by Microsoft, independent of Microsoft, or inferred." }
                }
                script { (PreEscaped(include_str!("filter.js"))) }
            }
        }
    }
}

/// What matters most, in a few words.
fn headline(summary: &Summary) -> String {
    match summary {
        Summary { errors: 1.., .. } => counted(summary.errors, "error") + " found",
        Summary { warnings: 1.., .. } => counted(summary.warnings, "warning") + ", no error",
        _ => "No error and no warning".to_owned(),
    }
}

fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Shown by the script, because it does nothing without it.
fn filter() -> Markup {
    html! {
        form.filter hidden {
            label { "Search " input type="search" name="text" autocomplete="off" placeholder="label, place, rule, word"; }
            label {
                "Verdict "
                select name="verdict" {
                    option value="" { "every verdict" }
                    option value="rejected" { "rejected" }
                    option value="undecided" { "undecided" }
                    option value="unrecognized" { "unrecognized" }
                    option value="well-formed" { "well formed" }
                }
            }
            label {
                "Gravest finding "
                select name="severity" {
                    option value="" { "any" }
                    option value="error" { "error" }
                    option value="warning" { "warning" }
                    option value="note" { "note" }
                    option value="none" { "none" }
                }
            }
            output {}
        }
    }
}
