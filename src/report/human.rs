//! What a person reads: the key with marks under what fails, one sentence, its basis, and what to do.

use super::{Report, lines, steps::remedies, visible};
use crate::{
    catalogue::Catalogue,
    model::{
        finding::Finding,
        form::KeyKind,
        severity::Severity,
        subject::{AtProduct, Subject},
        verdict::Verdict,
    },
    wire::{
        Entry, Located, Remedies,
        mask::{self, Keys},
        summary::Summary,
    },
};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use comfy_table::{ContentArrangement, Table, presets};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    ops::Range,
};

/// The widest line of a table.
const WIDTH: u16 = 100;

/// So many products are named that ask for another form.
const OTHERS: usize = 6;

/// Writes subjects one after the other, and a line of counts when there were several.
pub struct Writer<'c, W> {
    out: W,
    catalogue: &'c Catalogue,
    /// Whether a subject was written already.
    written: bool,
    /// The remedies whose steps were told already.
    told: BTreeSet<String>,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a report.
    pub fn new(out: W, catalogue: &'c Catalogue) -> Self {
        Self { out, catalogue, written: false, told: BTreeSet::new() }
    }
}

impl<W: Write> Report for Writer<'_, W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        if self.written {
            writeln!(self.out)?;
        }
        self.written = true;
        lines::write(&mut self.out, &Remedies::Catalogue(self.catalogue), entry, &mut self.told)
    }

    fn subject(&mut self, located: &Located, _: Keys) -> io::Result<()> {
        let subject = &located.subject;
        if self.written {
            writeln!(self.out)?;
        }
        self.written = true;
        self.heading(located)?;
        for finding in &subject.findings {
            writeln!(self.out)?;
            writeln!(self.out, "{}", self.snippet(subject, finding))?;
            remedies(&mut self.out, self.catalogue, &finding.remedies, &mut self.told)?;
        }
        for unanswered in &subject.unanswered {
            writeln!(self.out, "\nnot answered [{}]: {}", unanswered.rule, unanswered.reason)?;
        }
        if subject.forms.len() > 1 {
            writeln!(self.out, "\nit could be:")?;
            for candidate in &subject.forms {
                writeln!(self.out, "  {} ({})", self.form(&candidate.form), candidate.why())?;
            }
        }
        if !subject.products.is_empty() {
            writeln!(self.out, "\n{}", self.products(subject).trim_fmt())?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        if summary.subjects > 1 {
            writeln!(self.out, "\n{}", lines::counts(summary))?;
        }
        if let Some(accepted) = lines::accepted(summary) {
            writeln!(self.out, "\n{accepted}")?;
        }
        self.out.flush()
    }
}

impl<W: Write> Writer<'_, W> {
    fn heading(&mut self, located: &Located) -> io::Result<()> {
        let subject = &located.subject;
        if let Some(location) = &located.location {
            write!(self.out, "{}:{}:{}: ", location.path, location.line, location.column)?;
        }
        let text: String = visible::text(&mask::label(subject, Keys::Shown).0);
        if subject.text.is_empty() && subject.product.is_some() {
            write!(self.out, "no key: ")?;
        } else if !text.is_empty() {
            write!(self.out, "{text}: ")?;
        }
        let verdict = subject.verdict.label();
        let form = match &subject.form {
            Some(form) => format!(" as {}", self.form(form)),
            None => String::new(),
        };
        let setup = self.setup(subject);
        match (subject.verdict, setup) {
            (Verdict::WellFormed, Some(setup)) if subject.text.is_empty() => {
                writeln!(self.out, "none is needed by {setup}")
            }
            (Verdict::WellFormed, Some(setup)) => {
                writeln!(self.out, "{verdict}: passes what {setup} is known to check")
            }
            (Verdict::WellFormed, None) => writeln!(self.out, "{verdict}{form}"),
            (Verdict::Unrecognized, _) => writeln!(self.out, "{verdict}: no known form"),
            (Verdict::Undecided, Some(setup)) => writeln!(self.out, "{verdict} for {setup}"),
            (_, Some(setup)) => writeln!(self.out, "{verdict} by {setup}"),
            (_, None) => writeln!(self.out, "{verdict}{form}"),
        }
    }

    /// A finding with its mark under the text, and what it rests on.
    fn snippet(&self, subject: &Subject, finding: &Finding) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(finding.message.as_str()).id(finding.rule.as_str());
        let basis = match &finding.source {
            Some(source) => format!("{} ({source})", finding.basis.label()),
            None => finding.basis.label().to_owned(),
        };
        let basis = Level::NOTE.with_name("basis").message(basis);
        let (text, marked) = match &finding.span {
            Some(span) => excerpt(&subject.text, span),
            None => excerpt(&subject.text, &subject.body),
        };
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
    fn setup(&self, subject: &Subject) -> Option<String> {
        let product = self.catalogue.products.get(subject.product.as_deref()?)?;
        let package = subject.package.as_deref().and_then(|id| self.catalogue.packages.get(id));
        let channel = subject.sku.map(|sku| sku.name().to_owned());
        let package = package.map(|package| format!("from {}", package.title));
        let details: Vec<_> = channel.into_iter().chain(package).collect();
        let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
        let asked = product.prompts.first().and_then(|prompt| self.catalogue.forms.get(prompt.forms.first()?));
        let setup = if asked.is_some_and(|form| form.kind == KeyKind::Serial) { "" } else { " Setup" };
        Some(format!("{}{setup}{details}", product.title))
    }

    fn form(&self, id: &str) -> String {
        self.catalogue.forms.get(id).map_or_else(|| id.to_owned(), |form| form.with_article())
    }

    /// One row per verdict and set of rules, with the products that give it; then what other products ask for.
    fn products(&self, subject: &Subject) -> Table {
        let mut rows: BTreeMap<(Verdict, &[String]), Vec<String>> = BTreeMap::new();
        for row in &subject.products {
            rows.entry((row.verdict, &row.rules)).or_default().push(self.product(row));
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
        table.set_header(["At this Setup", "it is", "because of"]);
        for ((verdict, rules), products) in rows {
            table.add_row([products.join(", "), verdict.label().to_owned(), rules.join(", ")]);
        }
        for (asked, mut products) in self.other_forms(subject) {
            if products.len() > OTHERS {
                let more = products.len() - OTHERS;
                products.truncate(OTHERS);
                products.push(format!("and {more} more"));
            }
            table.add_row([products.join(", "), "another form".to_owned(), asked]);
        }
        table
    }

    fn product(&self, row: &AtProduct) -> String {
        let title = self.catalogue.products.get(&row.product).map_or(row.product.as_str(), |product| &product.title);
        match row.sku {
            Some(sku) => format!("{title} ({})", sku.name()),
            None => title.to_owned(),
        }
    }

    /// Products that ask for a key, but of none of the forms that the text fits.
    fn other_forms(&self, subject: &Subject) -> BTreeMap<String, Vec<String>> {
        let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (id, product) in self.catalogue.products.iter() {
            let Some(prompt) = product.prompts.first() else {
                continue;
            };
            let comparable = prompt.forms.first().and_then(|form| self.catalogue.forms.get(form));
            let comparable = comparable.is_some_and(|form| form.kind == subject.kind && !form.out_of_era);
            if !comparable || subject.products.iter().any(|row| row.product == id) {
                continue;
            }
            let asked: Vec<_> = prompt.forms.iter().map(|form| self.form(form)).collect();
            others.entry(format!("asks for {}", asked.join(" or "))).or_default().push(product.title.clone());
        }
        others
    }
}

/// The part of a text around a span that fits on a line, and the span in it. Line breaks and controls become visible marks.
fn excerpt(text: &str, span: &Range<usize>) -> (String, Range<usize>) {
    /// So many characters are shown before the span, and so many in all.
    const BEFORE: usize = 30;
    const LONGEST: usize = 90;
    let margin = text.len() - text.trim_start().len();
    let lead = text[..span.start].chars().rev().take(BEFORE).map(char::len_utf8).sum::<usize>();
    let from = (span.start - lead).max(margin.min(span.start));
    let mut shown = String::new();
    if from > margin {
        shown.push('…');
    }
    let mut marked = 0..0;
    for (count, (at, c)) in text[from..].char_indices().enumerate() {
        if from + at == span.start {
            marked.start = shown.len();
        }
        if count == LONGEST {
            shown.push('…');
            break;
        }
        let inside = span.contains(&(from + at));
        if inside || !matches!(c, '\u{FEFF}' | '\r' | '\n') {
            shown.push(visible::character(c));
        }
        if from + at < span.end {
            marked.end = shown.len();
        }
    }
    marked.end = marked.end.max(marked.start);
    (shown, marked)
}
