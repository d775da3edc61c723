//! A key or serial for readers: the text with marks under the failing parts, one sentence, its basis, and the remedies.

use super::{remedies::RemedyTexts, sanitize};
use crate::{
    catalogue::Catalogue,
    model::{
        form::KeyKind,
        product::{Asks, Prompt},
        severity::Severity,
        verdict::Verdict,
    },
    wire::{AtProduct, Candidate, Entry, Finding, KeyProperties, Span, SubjectKind, Unanswered},
};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use comfy_table::{ContentArrangement, Table, presets};
use std::{
    collections::BTreeMap,
    io::{self, Write},
    ops::Range,
};

/// The maximum width of the table.
const MAX_WIDTH: u16 = 100;

/// The maximum number of products that are named among those that ask for another form.
const MAX_OTHERS: usize = 6;

/// Writes one key or serial with these of its findings.
pub(super) fn write(
    out: &mut dyn Write,
    catalogue: &Catalogue,
    remedies: &mut RemedyTexts<'_>,
    entry: &Entry<'_>,
    key: &KeyProperties<'_>,
    findings: &[&Finding<'_>],
) -> io::Result<()> {
    heading(out, catalogue, entry)?;
    for finding in findings {
        writeln!(out, "\n{}", snippet(entry, key, finding))?;
        remedies.block(out, finding.remedies.iter())?;
    }
    for Unanswered { rule, reason } in &entry.unanswered {
        writeln!(out, "\nnot answered [{}]: {}", sanitize::text(rule), sanitize::text(reason))?;
    }
    if key.forms.len() > 1 {
        writeln!(out, "\nit could be:")?;
        for Candidate { form, why } in &key.forms {
            writeln!(out, "  {} ({})", with_article(catalogue, form), sanitize::text(why))?;
        }
    }
    match key.products.as_deref() {
        None | Some([]) => Ok(()),
        Some(rows) => writeln!(out, "\n{}", products(catalogue, entry, rows).trim_fmt()),
    }
}

fn heading(out: &mut dyn Write, catalogue: &Catalogue, entry: &Entry<'_>) -> io::Result<()> {
    if let Some(location) = &entry.location {
        write!(out, "{}", super::list::location_prefix(location))?;
    }
    let text = sanitize::text(&entry.label);
    if text.is_empty() && entry.product.is_some() {
        write!(out, "no key: ")?;
    } else if !text.is_empty() {
        write!(out, "{text}: ")?;
    }
    let verdict = entry.verdict.label();
    let form = match &entry.form {
        Some(form) => format!(" as {}", with_article(catalogue, form)),
        None => String::new(),
    };
    match (entry.verdict, setup(catalogue, entry)) {
        (Verdict::WellFormed, Some(setup)) if text.is_empty() => writeln!(out, "none is needed by {setup}"),
        (Verdict::WellFormed, Some(setup)) => writeln!(out, "{verdict}: passes what {setup} is known to check"),
        (Verdict::Unrecognized, _) => writeln!(out, "{verdict}: no known form"),
        (Verdict::Undecided, Some(setup)) => writeln!(out, "{verdict} for {setup}"),
        (Verdict::Rejected, Some(setup)) => writeln!(out, "{verdict} by {setup}"),
        (Verdict::WellFormed | Verdict::Undecided | Verdict::Rejected, None) => writeln!(out, "{verdict}{form}"),
    }
}

/// A finding with its mark under the text, and its basis.
fn snippet(entry: &Entry<'_>, key: &KeyProperties<'_>, finding: &Finding<'_>) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let (message, rule) = (sanitize::text(&finding.message), sanitize::text(&finding.rule));
    let title = level.primary_title(message).id(rule);
    let basis = match &finding.source {
        Some(source) => format!("{} ({})", finding.basis.label(), sanitize::text(source)),
        None => finding.basis.label().to_owned(),
    };
    let basis = Level::NOTE.with_name("basis").message(basis);
    let whole = Span { start: 0, end: entry.label.len() };
    let (text, marked) = excerpt(&entry.label, finding.span.or(key.body).unwrap_or(whole));
    let group = match text.is_empty() {
        true => title.element(basis),
        false => {
            let annotation = AnnotationKind::Primary.span(marked);
            title.element(Snippet::source(text).line_numbering(false).annotation(annotation)).element(basis)
        }
    };
    Renderer::styled().render(&[group])
}

/// `Outlook 97 Setup (not for resale, from the BackOffice Server 4.0 CD set)`.
fn setup(catalogue: &Catalogue, entry: &Entry<'_>) -> Option<String> {
    let product = catalogue.products.get(entry.product.as_deref()?)?;
    let package = entry.from.as_deref().and_then(|id| catalogue.packages.get(id));
    let channel = entry.sku.map(|sku| sku.name().to_owned());
    let package = package.map(|package| format!("from {}", package.title));
    let details: Vec<_> = channel.into_iter().chain(package).collect();
    let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
    let asked = product.prompts.first().and_then(|prompt| catalogue.forms.get(prompt.forms.first()?));
    let setup = if asked.is_some_and(|form| form.kind == KeyKind::Serial) { "" } else { " Setup" };
    Some(format!("{}{setup}{details}", product.title))
}

/// A form in a sentence: `an 11-digit CD key`.
fn with_article(catalogue: &Catalogue, id: &str) -> String {
    catalogue.forms.get(id).map_or_else(|| sanitize::text(id), |form| form.with_article())
}

/// One row for each verdict and set of rules, with its products; then the forms that other products ask for.
fn products(catalogue: &Catalogue, entry: &Entry<'_>, products: &[AtProduct<'_>]) -> Table {
    let mut rows: BTreeMap<(Verdict, &[String]), Vec<String>> = BTreeMap::new();
    for row in products {
        rows.entry((row.verdict, &row.rules)).or_default().push(product(catalogue, row));
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(MAX_WIDTH);
    table.set_header(["At this Setup", "it is", "because of"]);
    for ((verdict, rules), products) in rows {
        table.add_row([products.join(", "), verdict.label().to_owned(), sanitize::text(&rules.join(", "))]);
    }
    for (asked, mut products) in other_forms(catalogue, entry, products) {
        if products.len() > MAX_OTHERS {
            let more = products.len().saturating_sub(MAX_OTHERS);
            products.truncate(MAX_OTHERS);
            products.push(format!("and {more} more"));
        }
        table.add_row([products.join(", "), "another form".to_owned(), asked]);
    }
    table
}

fn product(catalogue: &Catalogue, row: &AtProduct<'_>) -> String {
    let product = catalogue.products.get(&row.product);
    let title = product.map_or_else(|| sanitize::text(&row.product), |product| product.title.clone());
    match row.sku {
        Some(sku) => format!("{title} ({})", sku.name()),
        None => title,
    }
}

/// Products that ask for a key, but for none of the forms that the text fits.
fn other_forms(catalogue: &Catalogue, entry: &Entry<'_>, products: &[AtProduct<'_>]) -> BTreeMap<String, Vec<String>> {
    let kind = if entry.kind == SubjectKind::Serial { KeyKind::Serial } else { KeyKind::Key };
    let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, product) in catalogue.products.iter() {
        // A form that only a sample shows excludes no other.
        let asks = |prompt: &&Prompt| matches!(prompt.asks, Asks::Key | Asks::Optional);
        let Some(prompt) = product.prompts.first().filter(asks) else {
            continue;
        };
        let comparable = prompt.forms.first().and_then(|form| catalogue.forms.get(form));
        let comparable = comparable.is_some_and(|form| form.kind == kind && !form.out_of_era);
        if !comparable || products.iter().any(|row| row.product == id) {
            continue;
        }
        let asked: Vec<_> = prompt.forms.iter().map(|form| with_article(catalogue, form)).collect();
        others.entry(format!("asks for {}", asked.join(" or "))).or_default().push(product.title.clone());
    }
    others
}

/// The part of a text around a span that fits on a line, and the span in it. Control characters become visible.
fn excerpt(text: &str, span: Span) -> (String, Range<usize>) {
    /// The maximum number of characters shown before the span.
    const MAX_BEFORE: usize = 30;
    /// The maximum number of characters shown.
    const MAX_SHOWN: usize = 90;
    // The span of a saved report may be anything.
    let before = text.char_indices().take_while(|(at, _)| *at < span.start).count();
    let skipped = before.saturating_sub(MAX_BEFORE);
    let mut shown = if skipped > 0 { "…".to_owned() } else { String::new() };
    let mut marked = 0..0;
    for (count, (at, c)) in text.char_indices().skip(skipped).enumerate() {
        if at <= span.start {
            marked.start = shown.len();
        }
        if count == MAX_SHOWN {
            shown.push('…');
            break;
        }
        shown.push(sanitize::character(c));
        if at < span.end {
            marked.end = shown.len();
        }
    }
    if span.start >= text.len() {
        marked.start = shown.len();
    }
    marked.end = marked.end.max(marked.start);
    (shown, marked)
}
