//! A judged key or serial on a page: the verdict, the key with its failing part marked, the reasons and the remedies.

use super::{
    finding::{self, Told},
    link,
};
use crate::{
    catalogue::{Catalogue, Family},
    model::{
        finding::Finding,
        form,
        severity::Severity,
        subject::{AtProduct, Subject},
        verdict::Verdict,
    },
    wire::mask::{self, Keys, Label},
};
use maud::{Markup, html};
use std::{collections::BTreeMap, ops::Range};

/// The answer to one text, shown unmasked: it goes back to the person who typed it.
pub(super) fn answer(catalogue: &Catalogue, subject: &Subject) -> Markup {
    let mut told = Told::new();
    html! {
        div id="answer" class={ "answer " (subject.verdict.id()) } {
            h2 { (headline(catalogue, subject)) }
            (key(subject))
            @for found in &subject.findings { (finding::finding(catalogue, found, &mut told)) }
            (finding::unanswered(catalogue, &subject.unanswered))
            @if subject.forms.len() > 1 {
                p { "It could be:" }
                ul { @for candidate in &subject.forms {
                    li { (link::titled(catalogue, Family::Form, &candidate.form)) " (" (candidate.why()) ")" }
                } }
            }
            @if !subject.products.is_empty() { (products(catalogue, subject)) }
        }
    }
}

/// The verdict in a sentence.
fn headline(catalogue: &Catalogue, subject: &Subject) -> Markup {
    let form = subject.form.as_deref().and_then(|id| catalogue.forms.get(id)).map(form::Form::with_article);
    let verdict = subject.verdict.label();
    html! {
        @match (subject.verdict, setup(catalogue, subject)) {
            (Verdict::WellFormed, Some(setup)) if subject.text.is_empty() => { b { "Not needed" } " by " (setup) }
            (Verdict::WellFormed, Some(setup)) => { b { "Well formed" } ": passes what " (setup) " is known to check" }
            (Verdict::Undecided, Some(setup)) => { b { "Undecided" } " for " (setup) }
            (Verdict::Rejected, Some(setup)) if subject.text.is_empty() => { b { "No key" } " for " (setup) }
            (Verdict::Rejected, Some(setup)) => { b { "Rejected" } " by " (setup) }
            (Verdict::Unrecognized, _) => { b { "Unrecognized" } ": no known form" }
            (Verdict::WellFormed | Verdict::Undecided | Verdict::Rejected, None) => {
                b { (capital(verdict)) } @if let Some(form) = form { " as " (form) }
            }
        }
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

/// `Outlook 97 Setup (not for resale, from the BackOffice Server 4.0 CD set)`.
fn setup(catalogue: &Catalogue, subject: &Subject) -> Option<String> {
    let product = catalogue.products.get(subject.product.as_deref()?)?;
    let channel = subject.sku.map(|sku| sku.name().to_owned());
    let package = subject.package.as_deref().and_then(|id| catalogue.packages.get(id));
    let details: Vec<_> = channel.into_iter().chain(package.map(|package| format!("from {}", package.title))).collect();
    let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
    let setup = match subject.kind {
        form::KeyKind::Key | form::KeyKind::InstalledId => " Setup",
        form::KeyKind::Serial => "",
    };
    Some(format!("{}{setup}{details}", product.title))
}

/// The text with its failing parts marked: in bold, and with marks below them for browsers without bold.
fn key(subject: &Subject) -> Markup {
    let Label { text: label, start, .. } = mask::label(subject, Keys::Shown);
    let marked = marked(&subject.findings, start, label.len());
    let is_marked = |at: usize| marked.iter().any(|range| range.contains(&at));
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for (at, c) in label.char_indices() {
        let c = if c.is_control() { '?' } else { c };
        match pieces.last_mut() {
            Some((failing, piece)) if *failing == is_marked(at) => piece.push(c),
            _ => pieces.push((is_marked(at), c.to_string())),
        }
    }
    let line = |failing: bool, piece: &str| if failing { "^" } else { " " }.repeat(piece.chars().count());
    let below: String = pieces.iter().map(|(failing, piece)| line(*failing, piece)).collect();
    html! { @if !label.is_empty() {
        pre class="key" {
            @for (failing, piece) in &pieces { @if *failing { b class="failing" { (piece) } } @else { (piece) } }
            @if below.contains('^') { span class="below" aria-hidden="true" { "\n" (below.trim_end()) } }
        }
    } }
}

/// The ranges in the label of the worst findings that have one. A note marks nothing, because nothing fails there.
fn marked(findings: &[Finding], start: usize, length: usize) -> Vec<Range<usize>> {
    let failing = |finding: &&Finding| finding.span.is_some() && finding.severity > Severity::Note;
    let gravest = findings.iter().filter(failing).map(|finding| finding.severity).max();
    let spans =
        findings.iter().filter(|finding| Some(finding.severity) == gravest).filter_map(|finding| finding.span.as_ref());
    spans.map(|span| span.start.saturating_sub(start)..span.end.saturating_sub(start).min(length)).collect()
}

/// One row for each verdict and set of rules, with its products.
fn products(catalogue: &Catalogue, subject: &Subject) -> Markup {
    let mut rows: BTreeMap<(Verdict, &[String]), Vec<&AtProduct>> = BTreeMap::new();
    for row in &subject.products {
        rows.entry((row.verdict, &row.rules)).or_default().push(row);
    }
    html! {
        h3 { "At other prompts" }
        table border="1" cellpadding="4" cellspacing="0" class="list" {
            tr { th align="left" scope="col" { "Setup of" } th align="left" scope="col" { "verdict" } th align="left" scope="col" { "rules" } }
            @for ((verdict, rules), products) in rows {
                tr valign="top" {
                    td { @for (index, row) in products.iter().enumerate() {
                        @if index > 0 { ", " }
                        (link::titled(catalogue, Family::Product, &row.product))
                        @if let Some(sku) = row.sku { " (" (sku.name()) ")" }
                    } }
                    td { (verdict.label()) }
                    td { (link::list(rules.iter().map(String::as_str), |id| link::id(catalogue, Family::Rule, id))) @if rules.is_empty() { br; } }
                }
            }
        }
    }
}
