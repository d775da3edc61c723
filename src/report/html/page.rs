//! The page around the parts: head, filter, foot.

use super::{
    MAX_LISTED,
    groups::{Numbers, groups},
    list::list,
    overview::overview,
    tallies::Tallies,
};
use crate::{
    catalogue::Catalogue,
    model::{severity::Severity, source::Basis, verdict::Verdict},
    wire::{Totals, summary::Summary},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Nothing is loaded from anywhere: the page contains everything it needs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// The contents of a page.
pub(super) struct Page<'p> {
    pub(super) catalogue: &'p Catalogue,
    /// The rows of the list.
    pub(super) rows: &'p str,
    pub(super) numbers: &'p Numbers,
    pub(super) tallies: &'p Tallies,
    pub(super) totals: Option<&'p Totals>,
    pub(super) summary: &'p Summary,
}

impl Page<'_> {
    /// Draws it.
    pub(super) fn draw(&self) -> Markup {
        let headline = headline(self.summary);
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="generator" content=(concat!("jewelcase ", env!("CARGO_PKG_VERSION")));
                    title { "jewelcase: " (headline) }
                    style { (PreEscaped(include_str!("style.css"))) }
                }
                body {
                    header {
                        p.brand { "jewelcase" }
                        h1 { (headline) }
                        p.lead { (self.lead()) }
                    }
                    main {
                        (overview(self.catalogue, self.tallies, self.summary))
                        (groups(self.numbers, self.totals))
                        (self.subjects())
                    }
                    footer {
                        p { "Written by jewelcase " (env!("CARGO_PKG_VERSION")) ". Basis: " (Basis::Documented.label()) ", " (Basis::Independent.label()) ", or " (Basis::Inferred.label()) "." }
                    }
                    script { (PreEscaped(include_str!("filter.js"))) }
                }
            }
        }
    }

    /// The extent of the input, and the meaning of a verdict.
    fn lead(&self) -> Markup {
        html! {
            (plural(self.summary.subjects, "subject")) " judged"
            @if let Some(totals) = self.totals {
                " in " (plural(totals.files, "file"))
                @if totals.binary > 0 { "; " (plural(totals.binary, "file")) " skipped as binary" }
                @for rule in &totals.kept_out { "; " (plural(rule.files, "file")) " kept out by " code { (rule.path) ":" (rule.line) " " (rule.pattern) } }
            }
            "."
            @if self.numbers.has_keys() || self.totals.is_some() {
                " Well formed means that a key passes what its Setup is known to check; it says nothing about a licence."
            }
        }
    }

    /// The list of subjects, and the number of those that are not listed.
    fn subjects(&self) -> Markup {
        let unlisted = self.summary.subjects.saturating_sub(self.tallies.subjects);
        html! {
            section aria-label="Subjects" {
                h2 { "All results" }
                (filter())
                @if self.rows.is_empty() { p.none { "Nothing to list." } } @else { (list(self.rows)) }
                @if self.tallies.entries > MAX_LISTED {
                    p.more {
                        "The first " (MAX_LISTED) " of " (self.tallies.entries) " are listed here. A report in the format csv or ndjson has all of them."
                    }
                }
                @if unlisted > 0 {
                    p.more { (plural(unlisted, "subject")) " more " (if unlisted == 1 { "is" } else { "are" }) " only counted above." }
                }
            }
        }
    }
}

/// The most important result, in a few words.
fn headline(summary: &Summary) -> String {
    match summary {
        Summary { errors: 1.., .. } => plural(summary.errors, "error") + " found",
        Summary { warnings: 1.., .. } => plural(summary.warnings, "warning") + ", no error",
        _ => "No error and no warning".to_owned(),
    }
}

fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The filter, which the script shows, because it does nothing without the script.
fn filter() -> Markup {
    html! {
        form.filter hidden {
            label { "Search " input type="search" name="text" autocomplete="off" placeholder="label, place, rule, word"; }
            label {
                "Verdict "
                select name="verdict" {
                    option value="" { "every verdict" }
                    @for verdict in [Verdict::Rejected, Verdict::Undecided, Verdict::Unrecognized, Verdict::WellFormed] {
                        option value=(verdict.id()) { (verdict.label()) }
                    }
                }
            }
            label {
                "Worst finding "
                select name="severity" {
                    option value="" { "any" }
                    @for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                        option value=(severity.id()) { (severity.id()) }
                    }
                    option value="none" { "none" }
                }
            }
            button type="reset" { "Show all" }
            output {}
        }
    }
}
