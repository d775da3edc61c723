//! The prompts of a product: those that apply, and their ruling on a text.

use super::{Case, Ruling, remedy::remedies_for};
use crate::{
    catalogue::Catalogue,
    model::{
        finding::Unanswered,
        product::{Asks, Product, Prompt},
        reading::{Mismatch, Reading},
        severity::Severity,
        situation::{Purpose, Situation},
        sku::Sku,
        source::Basis,
    },
    parse,
};

/// The prompts of a product in a situation. A prompt that names the channel or the package wins over one that does not;
/// an unnamed channel leaves all of them open, an unnamed package those that belong to no package.
pub(super) fn applicable<'p>(product: &'p Product, situation: &Situation<'_>) -> Vec<&'p Prompt> {
    let names_package =
        |prompt: &&Prompt| situation.package.is_some_and(|id| prompt.packages.iter().any(|other| other == id));
    let names_sku = |prompt: &&Prompt| situation.sku.is_some_and(|sku| prompt.skus.contains(&sku));
    let mut prompts: Vec<_> = product.prompts.iter().collect();
    prompts.retain(|prompt| prompt.packages.is_empty() || names_package(prompt));
    prompts.retain(|prompt| prompt.skus.is_empty() || situation.sku.is_none() || names_sku(prompt));
    if prompts.iter().any(&names_package) {
        prompts.retain(names_package);
    }
    if prompts.iter().any(&names_sku) {
        prompts.retain(names_sku);
    }
    prompts
}

/// Returns `true` if a channel's own prompt accepts a form. A form that no prompt of the product accepts says nothing about the channel.
pub(super) fn serves(product: &Product, form: &str, sku: Sku) -> bool {
    let takes = |prompt: &&Prompt| prompt.forms.iter().any(|other| other == form);
    let own = product.prompts.iter().find(|prompt| prompt.skus.contains(&sku));
    let own = own.or_else(|| product.prompts.iter().find(|prompt| prompt.skus.is_empty()));
    !product.prompts.iter().any(|prompt| takes(&prompt)) || own.is_some_and(|prompt| takes(&prompt))
}

/// The name of the product in a sentence about a prompt, with its channel if the prompt is only for some: `Windows NT 4.0 (OEM)`.
pub(super) fn title(product: &Product, prompt: &Prompt) -> String {
    match prompt.skus.as_slice() {
        [] => product.title.clone(),
        skus => format!("{} ({})", product.title, skus.iter().map(|sku| sku.name()).collect::<Vec<_>>().join(", ")),
    }
}

/// The forms that a prompt asks for, in words: `an 11-digit CD key (NNNN-NNNNNNN)`.
pub(super) fn asked(catalogue: &Catalogue, prompt: &Prompt) -> String {
    let mut words = String::with_capacity(64);
    for form in prompt.forms.iter().filter_map(|id| catalogue.forms.get(id)) {
        if !words.is_empty() {
            words.push_str(" or ");
        }
        words.extend([&form.with_article(), " (", &form.written, ")"]);
    }
    if words.is_empty() { "a key whose form is not documented".to_owned() } else { words }
}

impl<'a, 't> Case<'a, 't> {
    /// The ruling of this prompt on the text.
    pub(super) fn at_prompt(&self, id: &'a str, product: &'a Product, prompt: &Prompt) -> Ruling<'a> {
        match prompt.asks {
            Asks::Nothing => return self.asks_nothing(product, prompt),
            Asks::Unknown => return self.asks_unknown(id, product, prompt),
            Asks::Key | Asks::Optional => {}
        }
        let other_is_exact = self.readings.any_exact();
        let asked = || prompt.forms.iter().filter_map(|form| self.readings.of(form));
        let taken = |reading: &&Reading<'_, '_>| {
            let exact = reading.mismatches.iter().all(|mismatch| in_ignored(mismatch, prompt));
            exact || reading.fits() && !other_is_exact
        };
        if let Some(ruling) =
            asked().filter(taken).map(|reading| self.as_form(reading, Some((id, prompt)))).min_by_key(Ruling::gravity)
        {
            return ruling;
        }
        let met = |form: &str| prompt.mistaken.iter().any(|mistaken| mistaken.form == form);
        match self.readings.candidates().find(|reading| met(reading.id)).or_else(|| self.kindest()) {
            Some(reading) => self.other_form(reading, id, product, prompt),
            None => {
                let asked = prompt.forms.iter().filter_map(|form| self.catalogue.forms.entry(form));
                let readings = asked.map(|(id, form)| parse::form::read(id, form, self.written));
                let nearest = readings.min_by_key(|reading| (!reading.has_its_lengths(), reading.mismatches.len()));
                match nearest {
                    Some(reading) if reading.has_its_lengths() => self.as_form(&reading, Some((id, prompt))),
                    nearest => {
                        let near = nearest.as_ref().map(|reading| reading.id);
                        Ruling { at_prompt: true, near, ..self.unrecognized(nearest.as_ref()) }
                    }
                }
            }
        }
    }

    /// The ruling on a text of another form than the prompt asks for.
    fn other_form(&self, reading: &Reading<'a, 't>, id: &'a str, product: &Product, prompt: &Prompt) -> Ruling<'a> {
        let mut ruling = Ruling { form: Some(reading.id), precedence: reading.form.precedence, ..Ruling::default() };
        let name = title(product, prompt);
        let asked = asked(self.catalogue, prompt);
        let form = reading.form.with_article();
        let fill = [("product", name.as_str()), ("asked", asked.as_str()), ("form", form.as_str())];
        let mistaken = prompt.mistaken.iter().find(|mistaken| mistaken.form == reading.id);
        let mut findings: Vec<_> = mistaken.iter().map(|mistaken| self.finding(&mistaken.rule, &fill)).collect();
        if findings.iter().all(|finding| finding.severity < Severity::Error) {
            let mut wrong = self.finding("key/wrong-form", &fill);
            wrong.basis = prompt.basis;
            wrong.source = prompt.article.clone();
            if prompt.basis == Basis::Inferred {
                wrong.severity = Severity::Warning;
                ruling.unanswered.push(Unanswered {
                    rule: wrong.rule.clone(),
                    reason: format!("that {name} Setup asks for {asked} is only inferred"),
                });
            }
            findings.push(wrong);
        } else if self.situation.purpose == Purpose::Setup {
            // Setup will see the rest of the key, so it is judged too: the parts with the same names.
            for form in prompt.forms.iter().filter_map(|form| self.catalogue.forms.get(form)) {
                self.arithmetic(reading, &form.checks, Some(prompt), &mut ruling);
            }
        }
        for mut finding in findings {
            finding.span = Some(self.written.body());
            ruling.findings.push(finding);
        }
        if self.situation.purpose == Purpose::Record {
            self.key_of_another(reading, &name, &mut ruling);
            return ruling;
        }
        self.mismatches(reading, &[], &mut ruling);
        self.known_values(reading, Some(id), &mut ruling);
        self.installed_id(reading, Some(product), &mut ruling);
        if reading.form.out_of_era {
            ruling.findings.push(self.finding("key/out-of-era", &fill));
        }
        ruling
    }

    /// The ruling on a key if there is no field for one.
    fn asks_nothing(&self, product: &Product, prompt: &Prompt) -> Ruling<'a> {
        let by_form = self.by_form();
        let mut finding = self.finding("key/not-needed", &[("product", &title(product, prompt))]);
        finding.basis = prompt.basis;
        finding.source = prompt.article.clone();
        Ruling { form: by_form.form, precedence: by_form.precedence, findings: vec![finding], ..Ruling::default() }
    }

    /// The ruling of a prompt whose form no source describes: the text is recognised, nothing more. A form that the prompt lists is shown by a sample;
    /// others may be accepted as well.
    fn asks_unknown(&self, id: &'a str, product: &Product, prompt: &Prompt) -> Ruling<'a> {
        let sample = prompt.forms.iter().filter_map(|form| self.readings.of(form));
        if let Some(reading) = sample.into_iter().find(|reading| reading.mismatches.is_empty()) {
            let mut ruling = self.as_form(reading, Some((id, prompt)));
            ruling.unanswered.push(Unanswered {
                rule: "key/wrong-form".to_owned(),
                reason: format!(
                    "one sample shows numbers of {} in this form, and no source says that all have it",
                    product.title
                ),
            });
            return ruling;
        }
        let by_form = self.by_form();
        let mut ruling = Ruling { form: by_form.form, precedence: by_form.precedence, ..Ruling::default() };
        let reading = by_form.form.and_then(|form| self.readings.of(form));
        if let Some(reading) = reading {
            self.known_values(reading, None, &mut ruling);
        }
        // An article may say that keys from this very package are refused, even if it does not describe them.
        let of_package = self.situation.package.is_some()
            && !remedies_for(self.catalogue, "key/wrong-form", self.situation).is_empty();
        if of_package {
            let form = reading.map_or_else(|| "of no known form".to_owned(), |reading| reading.form.with_article());
            let fill = [("product", title(product, prompt)), ("asked", asked(self.catalogue, prompt)), ("form", form)];
            let mut finding =
                self.finding("key/wrong-form", &fill.each_ref().map(|(name, text)| (*name, text.as_str())));
            (finding.severity, finding.source) = (Severity::Warning, prompt.article.clone());
            finding.span = Some(self.written.body());
            ruling.findings.push(finding);
        }
        ruling.unanswered.push(Unanswered {
            rule: "key/wrong-form".to_owned(),
            reason: format!("no available source describes what key {} Setup asks for", title(product, prompt)),
        });
        ruling
    }
}

/// Returns `true` if a mismatch is in a part that Setup does not validate.
fn in_ignored(mismatch: &Mismatch, prompt: &Prompt) -> bool {
    match mismatch {
        Mismatch::Character { part, .. } => prompt.ignores.contains(part),
        Mismatch::Grouping { .. }
        | Mismatch::Template { .. }
        | Mismatch::GroupLength { .. }
        | Mismatch::TotalLength { .. } => false,
    }
}
