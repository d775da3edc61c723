//! Judges a key as a product's Setup would, and finds the remedies.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub mod arithmetic;
pub(crate) mod known_values;
mod message;
mod mismatch;
mod no_key;
pub mod postoffice;
mod prompt;
mod record;
mod remedy;
mod sticker;

pub(crate) use message::{filled, finding, source};
pub use no_key::judge_no_key;
pub use postoffice::judge_postoffice;
pub(crate) use remedy::{InAnswerSource, Query, answering, remedies_for};

use crate::{
    catalogue::{Catalogue, UnknownId},
    identify::{self, Readings, identify},
    model::{
        finding::{Finding, Unanswered},
        form::KeyKind,
        judgement::Judgement,
        product::{Asks, Product, Prompt},
        reading::Reading,
        severity::Severity,
        situation::{Purpose, Situation},
        sku::Sku,
        subject::{AtProduct, Candidate, Subject},
        verdict::Verdict,
        written::Written,
    },
    parse::{self, template::is_template_value},
};
use std::cmp::Reverse;

/// Judges a typed text at a product's prompt, or, without a product, by its form alone.
///
/// A bad key is a [`Finding`], not an error.
///
/// # Errors
/// [`UnknownId`] when the situation names a product or package that the catalogue does not have.
///
/// ```
/// use jewelcase::{Catalogue, Situation, Verdict, judge};
/// let situation = Situation { product: Some("outlook-97"), ..Situation::default() };
/// let subject = judge(Catalogue::built_in(), "932-9619111", &situation)?;
/// assert_eq!(subject.verdict, Verdict::Rejected);
/// assert_eq!(subject.findings[0].rule, "key/wrong-form");
/// # Ok::<(), jewelcase::UnknownId>(())
/// ```
pub fn judge(catalogue: &Catalogue, text: &str, situation: &Situation<'_>) -> Result<Subject, UnknownId> {
    on_case(catalogue, text, situation, |case, ruling| {
        let products = if situation.product.is_none() && ruling.form.is_some() { case.every_product() } else { vec![] };
        Subject { products, ..case.subject(ruling) }
    })
}

/// As [`judge`], without the table of every product: for keys among many.
///
/// # Errors
/// As [`judge`].
pub fn judge_among_many(catalogue: &Catalogue, text: &str, situation: &Situation<'_>) -> Result<Subject, UnknownId> {
    on_case(catalogue, text, situation, |case, ruling| case.subject(ruling))
}

/// The findings of [`judge`], without sentences and remedies: for keys that are only counted.
///
/// # Errors
/// As [`judge`].
pub fn judgement(catalogue: &Catalogue, text: &str, situation: &Situation<'_>) -> Result<Judgement, UnknownId> {
    on_case(catalogue, text, situation, |_, ruling| Judgement {
        form: ruling.form.map(str::to_owned),
        verdict: ruling.verdict(),
        rules: ruling.findings.into_iter().map(|finding| (finding.rule, finding.severity)).collect(),
        unanswered: ruling.unanswered.into_iter().map(|unanswered| unanswered.rule).collect(),
    })
}

/// Reads a text as every form, and rules on it.
fn on_case<T>(
    catalogue: &Catalogue,
    text: &str,
    situation: &Situation<'_>,
    then: impl FnOnce(&Case<'_, '_>, Ruling<'_>) -> T,
) -> Result<T, UnknownId> {
    let situation = situation.resolve(catalogue)?;
    let product = situation.product.and_then(|id| catalogue.products.entry(id));
    let effective = with_package_sku(catalogue, &situation);
    let written = parse::written::written(text);
    let case = Case {
        catalogue,
        situation: &effective,
        asked: situation.sku,
        readings: identify(catalogue, &written),
        written: &written,
    };
    let ruling = case.ruling(product);
    Ok(then(&case, ruling))
}

/// The situation with the channel of its package, if the package was distributed through only one channel.
fn with_package_sku<'a>(catalogue: &Catalogue, situation: &Situation<'a>) -> Situation<'a> {
    let package = situation.package.and_then(|id| catalogue.packages.get(id));
    let only = package.and_then(|package| match package.skus.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    Situation { sku: situation.sku.or(only), ..*situation }
}

/// One text in one situation, read as every form.
struct Case<'a, 't> {
    catalogue: &'a Catalogue,
    situation: &'a Situation<'a>,
    /// The channel that the user named.
    asked: Option<Sku>,
    written: &'a Written<'t>,
    readings: Readings<'a, 't>,
}

/// The rule for a text that will be replaced by a key.
const TEMPLATE: &str = "key/template";

/// The findings under one reading at one prompt.
#[derive(Debug, Default)]
struct Ruling<'a> {
    form: Option<&'a str>,
    precedence: u32,
    /// True if a prompt for another form was considered: then a text of no form is refused, not merely unknown.
    at_prompt: bool,
    /// The form of the prompt, if the text has no form: remedies have conditions on it.
    near: Option<&'a str>,
    /// True if it is the number of an installed product, beside a product that asks for another number.
    installed: bool,
    findings: Vec<Finding>,
    unanswered: Vec<Unanswered>,
}

impl Ruling<'_> {
    fn verdict(&self) -> Verdict {
        if self.form.is_none() && !self.at_prompt {
            Verdict::Unrecognized
        } else if self.findings.iter().any(|finding| finding.severity == Severity::Error) {
            Verdict::Rejected
        } else if self.findings.iter().any(|finding| finding.rule == TEMPLATE) {
            Verdict::Unrecognized
        } else if self.unanswered.is_empty() {
            Verdict::WellFormed
        } else {
            Verdict::Undecided
        }
    }

    /// Orders rulings by severity, mildest first: if several readings or prompts are possible, the mildest is assumed.
    fn gravity(&self) -> (Verdict, usize, usize, u32) {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        (self.verdict(), count(Severity::Error), count(Severity::Warning), self.precedence)
    }
}

impl<'a, 't> Case<'a, 't> {
    /// The ruling with all findings, worst first.
    fn ruling(&self, product: Option<(&'a str, &'a Product)>) -> Ruling<'a> {
        let is_template_value = self.is_template_value();
        let mut ruling = match product {
            _ if is_template_value => self.template_value(product.map(|(id, _)| id)),
            _ if self.written.groups.is_empty() => self.empty(),
            _ if self.lacks_first_group() => self.without_first_group(product.map(|(id, _)| id)),
            product if self.situation.purpose == Purpose::Installed => self.kept(product.map(|(_, product)| product)),
            Some((id, product)) => self.beside(product, self.at_product(id, product)),
            None => self.by_form(),
        };
        if !is_template_value {
            self.strays(&mut ruling);
        }
        let mut templates = 0_usize;
        ruling.findings.retain(|finding| {
            templates = templates.saturating_add(usize::from(finding.rule == TEMPLATE));
            finding.rule != TEMPLATE || templates == 1
        });
        if self.situation.purpose == Purpose::Record {
            // In a record it is a field to be filled in, which no Setup sees.
            let templates = ruling.findings.iter_mut().filter(|finding| finding.rule == TEMPLATE);
            templates.for_each(|finding| finding.severity = Severity::Note);
        }
        ruling.findings.sort_by_key(|finding| Reverse(finding.severity));
        ruling
    }

    /// The ruling on an empty text.
    fn empty(&self) -> Ruling<'a> {
        let mut ruling = Ruling::default();
        if self.written.strays.is_empty() {
            ruling.findings.push(self.finding("key/empty", &[]));
        }
        ruling
    }

    /// Returns `true` if the text is a name in place of a key, such as REPLACE_ME.
    fn is_template_value(&self) -> bool {
        let text = self.written.text;
        let start = self.written.switch.as_ref().map_or(0, |switch| switch.end);
        is_template_value(text.get(start..).unwrap_or(text)) && self.readings.candidates().next().is_none()
    }

    /// The ruling on a name in place of a key. At a `product` it reaches Setup unchanged.
    fn template_value(&self, product: Option<&'a str>) -> Ruling<'a> {
        let has_words = self.written.text.contains(char::is_alphanumeric);
        let found = if has_words { "words instead of digits" } else { "spaces instead of digits" };
        let mut finding = self.finding(TEMPLATE, &[("found", found)]);
        finding.span = Some(self.written.body());
        Ruling { at_prompt: product.is_some(), findings: vec![finding], ..Ruling::default() }
    }

    /// The ruling without a product: the form's own checks, under the mildest reading.
    fn by_form(&self) -> Ruling<'a> {
        match self.kindest().or_else(|| self.readings.recognisable()) {
            Some(reading) => {
                let mut ruling = self.as_form(reading, None);
                self.installed_id(reading, None, &mut ruling);
                ruling
            }
            None => self.unrecognized(self.readings.nearest()),
        }
    }

    /// The candidate with the mildest ruling.
    fn kindest(&self) -> Option<&Reading<'a, 't>> {
        match self.readings.candidates().count() {
            0 | 1 => self.readings.candidates().next(),
            _ => self.readings.candidates().min_by_key(|reading| self.as_form(reading, None).gravity()),
        }
    }

    /// The ruling at the prompts that the product has for this channel and package: the mildest of them.
    fn at_product(&self, id: &'a str, product: &'a Product) -> Ruling<'a> {
        let prompts = prompt::applicable(product, self.situation);
        // If some prompt accepts the form, or the form nearest to the text, the other prompts are not meant.
        let nearest = self.readings.candidates().next().is_none().then(|| self.readings.nearest()).flatten();
        let fits = |prompt: &&&Prompt| {
            let mut meant = self.readings.candidates().chain(nearest);
            meant.any(|reading| prompt.forms.iter().any(|form| form == reading.id))
        };
        let fitting = prompts.iter().filter(fits).map(|prompt| self.at_prompt(id, product, prompt));
        let all = || prompts.iter().map(|prompt| self.at_prompt(id, product, prompt)).min_by_key(Ruling::gravity);
        fitting.min_by_key(Ruling::gravity).or_else(all).unwrap_or_else(|| self.no_such_prompt(product))
    }

    /// The ruling on the whole text as one form: the form's arithmetic at this prompt's strength, and the differences from the form.
    fn as_form(&self, reading: &Reading<'a, 't>, at: Option<(&'a str, &Prompt)>) -> Ruling<'a> {
        let mut ruling = Ruling { form: Some(reading.id), precedence: reading.form.precedence, ..Ruling::default() };
        let ignores = at.map_or(&[][..], |(_, prompt)| &prompt.ignores);
        self.mismatches(reading, ignores, &mut ruling);
        let published = self.known_values(reading, at.map(|(product, _)| product), &mut ruling);
        if reading.form.out_of_era {
            self.out_of_era(reading, &mut ruling);
        } else if !published {
            self.arithmetic(reading, &reading.form.checks, at.map(|(_, prompt)| prompt), &mut ruling);
        }
        if let Some((product, prompt)) = at {
            for part in reading.parts.iter().filter(|part| ignores.iter().any(|ignored| ignored == part.name)) {
                let mut finding =
                    self.finding("key/not-validated", &[("product", self.product_title(product)), ("part", part.name)]);
                finding.span = Some(part.span.clone());
                ruling.findings.push(finding);
            }
            if prompt.known_only && !published {
                ruling.unanswered.push(Unanswered {
                    rule: "key/published".to_owned(),
                    reason: "Microsoft printed one value of this form for this Setup, and no source says which others it accepts".to_owned(),
                });
            }
        }
        ruling
    }

    fn out_of_era(&self, reading: &Reading<'_, '_>, ruling: &mut Ruling<'_>) {
        ruling.findings.push(self.finding("key/out-of-era", &[("form", &reading.form.with_article())]));
        ruling.unanswered.push(Unanswered {
            rule: "key/out-of-era".to_owned(),
            reason: "keys of this form are recognised, but their check is not known to this program".to_owned(),
        });
    }

    /// The ruling on a text of no form: its difference from the nearest one.
    fn unrecognized(&self, nearest: Option<&Reading<'a, 't>>) -> Ruling<'a> {
        let mut ruling = Ruling::default();
        match nearest {
            Some(reading) => self.mismatches(reading, &[], &mut ruling),
            None => ruling.findings.push(self.no_form()),
        }
        ruling
    }

    fn no_such_prompt(&self, product: &Product) -> Ruling<'a> {
        let mut ruling = self.by_form();
        let sku = self.situation.sku.map_or("this", |sku| sku.name());
        ruling.unanswered.push(Unanswered {
            rule: "key/wrong-form".to_owned(),
            reason: format!("no available source says what Setup of the {sku} edition of {} asks for", product.title),
        });
        ruling
    }

    fn product_title(&self, id: &str) -> &'a str {
        self.catalogue.products.get(id).map_or("this product's", |product| product.title.as_str())
    }

    /// The subject, with the remedies and everything that does not depend on the reading.
    fn subject(&self, mut ruling: Ruling<'_>) -> Subject {
        let verdict = ruling.verdict();
        let product = self.situation.product.and_then(|id| self.catalogue.products.get(id));
        let serves = |sku| match (product, ruling.form) {
            (Some(product), Some(form)) => prompt::serves(product, form, sku),
            _ => true,
        };
        for finding in &mut ruling.findings {
            // A literal is answered by the article that prints it, not by one that prints other literals.
            let literal = known_values::RULES.contains(&finding.rule.as_str());
            let only = finding.source.as_deref().filter(|_| literal);
            // A remedy for a form does not answer a text of no form, unless the text was typed at a prompt for that form.
            let form = ruling.form.or(ruling.near).or(Some(""));
            let query = Query { form, serves: &serves, only, ..Query::new(&finding.rule, *self.situation) };
            finding.remedies = answering(self.catalogue, &query);
        }
        let reading = ruling.form.and_then(|form| self.readings.of(form));
        let shown = reading.map_or(Vec::new(), |reading| {
            let shapes = reading.form.groups.iter().flat_map(|group| &group.parts).filter(|shape| shape.shown);
            shapes.filter_map(|shape| reading.part(&shape.name)).map(|part| part.span.clone()).collect()
        });
        Subject {
            text: self.written.text.to_owned(),
            kind: match reading {
                Some(_) if ruling.installed => KeyKind::InstalledId,
                Some(reading) => reading.form.kind,
                None => self.asked_kind(),
            },
            body: self.written.body(),
            shown,
            form: ruling.form.map(str::to_owned),
            forms: self.candidates(),
            product: self.situation.product.map(str::to_owned),
            sku: self.asked,
            package: self.situation.package.map(str::to_owned),
            verdict,
            products: Vec::new(),
            accepted: Vec::new(),
            value: None,
            findings: ruling.findings,
            unanswered: ruling.unanswered,
        }
    }

    /// The forms that the text fits; if there are several, each with the rules that it fails.
    fn candidates(&self) -> Vec<Candidate> {
        let mut candidates: Vec<_> =
            self.readings.candidates().map(|reading| identify::candidate(reading, self.written)).collect();
        if candidates.len() > 1 {
            for (candidate, reading) in candidates.iter_mut().zip(self.readings.candidates()) {
                let findings = self.as_form(reading, None).findings.into_iter();
                let errors = findings.filter(|finding| finding.severity == Severity::Error);
                candidate.fails = errors.map(|finding| finding.rule).collect();
                candidate.fails.dedup();
            }
        }
        candidates
    }

    /// The kind of number that the product asks for, if the text itself does not show it.
    fn asked_kind(&self) -> KeyKind {
        let product = self.situation.product.and_then(|id| self.catalogue.products.get(id));
        let form = product.and_then(|product| product.prompts.first()?.forms.first());
        form.and_then(|id| self.catalogue.forms.get(id)).map_or(KeyKind::Key, |form| form.kind)
    }

    /// The verdict at every prompt that could ask for a form that the text fits.
    fn every_product(&self) -> Vec<AtProduct> {
        let mut rows: Vec<AtProduct> = Vec::new();
        for (id, product) in self.catalogue.products.iter() {
            for prompt in product.prompts.iter().filter(|prompt| prompt.packages.is_empty()) {
                let asked = matches!(prompt.asks, Asks::Key | Asks::Optional);
                let fits = |form: &String| self.readings.candidates().any(|reading| reading.id == form);
                if !asked || !prompt.forms.iter().any(fits) {
                    continue;
                }
                let mut ruling = self.at_prompt(id, product, prompt);
                self.strays(&mut ruling);
                let mut rules: Vec<_> = ruling.findings.iter().map(|finding| finding.rule.clone()).collect();
                rules.sort();
                rules.dedup();
                let skus = match product.prompts.len() {
                    1 => vec![None],
                    _ if prompt.skus.is_empty() => vec![None],
                    _ => prompt.skus.iter().copied().map(Some).collect(),
                };
                for sku in skus {
                    let row =
                        AtProduct { product: id.to_owned(), sku, verdict: ruling.verdict(), rules: rules.clone() };
                    if !rows.contains(&row) {
                        rows.push(row);
                    }
                }
            }
        }
        rows
    }
}
