//! Numbers in records, which nobody types at a Setup: the number of an installed product, and keys beside a product that asks for another
//! form.

use super::{Case, Ruling};
use crate::model::{
    finding::Unanswered,
    form::KeyKind,
    product::{Asks, Product},
    reading::Reading,
    severity::Severity,
    situation::Purpose,
    verdict::Verdict,
};

impl<'a, 't> Case<'a, 't> {
    /// Judges a number beside a product; `at_prompts` is the ruling of the product's Setup.
    ///
    /// In a record, a number that this Setup would refuse only because it asks for another one is judged by its form alone: a number of an
    /// installed
    /// product, or a key of a later one.
    pub(super) fn beside(&self, product: &'a Product, at_prompts: Ruling<'a>) -> Ruling<'a> {
        let asked = |form: &str| product.prompts.iter().any(|prompt| prompt.forms.iter().any(|other| other == form));
        let accepted = at_prompts.form.is_some_and(asked) && at_prompts.verdict() != Verdict::Rejected;
        if self.situation.purpose == Purpose::Setup || accepted {
            return at_prompts;
        }
        let other = |reading: &&Reading<'_, '_>| reading.form.is_installed_id() || reading.form.out_of_era;
        let exact = self.readings.candidates().filter(|reading| reading.mismatches.is_empty()).filter(other);
        let exact = exact.min_by_key(|reading| self.as_form(reading, None).gravity());
        let near =
            || self.readings.recognisable().filter(other).filter(|_| self.readings.candidates().next().is_none());
        let Some(reading) = exact.or_else(near) else { return at_prompts };
        let mut ruling = self.as_form(reading, None);
        if reading.form.is_installed_id() {
            ruling.installed = true;
            self.installed_id(reading, Some(product), &mut ruling);
        }
        ruling
    }

    /// Judges the number that an installed product keeps for itself: as the number of an installed product, whatever its Setup asks for.
    pub(super) fn kept(&self, product: Option<&'a Product>) -> Ruling<'a> {
        let fitting = self.readings.candidates().filter(|reading| reading.form.is_installed_id());
        let Some(reading) = fitting.min_by_key(|reading| self.as_form(reading, None).gravity()) else {
            return self.by_form();
        };
        let mut ruling = self.as_form(reading, None);
        ruling.installed = true;
        self.installed_id(reading, product, &mut ruling);
        ruling
    }

    /// Softens the ruling of a prompt on a text of another form, since nobody types it there: it can be a good key of another product. Its
    /// own form
    /// judges it.
    pub(super) fn key_of_another(&self, reading: &Reading<'a, 't>, product: &str, ruling: &mut Ruling<'a>) {
        for finding in &mut ruling.findings {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        if ruling.unanswered.is_empty() {
            let reason = format!("it can be a key of another product: nobody says that it is typed at {product} Setup");
            ruling.unanswered.push(Unanswered { rule: "key/wrong-form".to_owned(), reason });
        }
        let own = self.as_form(reading, None);
        ruling.findings.extend(own.findings);
        ruling.unanswered.extend(own.unanswered);
    }

    /// Explains what a number is and where the key is, if it is a number that products show after Setup.
    pub(super) fn installed_id(&self, reading: &Reading<'_, '_>, product: Option<&Product>, ruling: &mut Ruling<'_>) {
        // A form that some Setup asks for is explained only to a user who asks about it, not for every key of a list.
        let explained = match (reading.form.kind, product) {
            (KeyKind::InstalledId, _) => true,
            (KeyKind::Key | KeyKind::Serial, Some(_)) => reading.form.also_installed,
            (KeyKind::Key | KeyKind::Serial, None) => {
                reading.form.also_installed && self.situation.purpose != Purpose::Record
            }
        };
        if !explained || !reading.fits() {
            return;
        }
        let form = reading.form.with_article();
        let shown_by = product.map_or("a product", |product| &product.title);
        let place = match product {
            None if reading.form.kind != KeyKind::InstalledId => self.asked_by(reading.id),
            None => "the key that Setup asks for is on the CD case, or on the Certificate of Authenticity".to_owned(),
            Some(product) if product.prompts.iter().all(|prompt| prompt.asks == Asks::Nothing) => {
                "its Setup asks for no key".to_owned()
            }
            Some(product) => match &product.label {
                Some(label) => format!("the key that its Setup asks for is on {}", label.place),
                None => "its Setup asks for another number".to_owned(),
            },
        };
        let mut finding =
            self.finding("key/installed-id", &[("form", &form), ("product", shown_by), ("place", &place)]);
        finding.span = Some(self.written.body());
        ruling.findings.push(finding);
    }

    /// `of the Setups known here, those of SMS 1.2 and SQL Server 6.5 ask for one`.
    fn asked_by(&self, form: &str) -> String {
        let asks =
            |product: &Product| product.prompts.iter().any(|prompt| prompt.forms.iter().any(|other| other == form));
        let products = self.catalogue.products.iter().filter(|(_, product)| asks(product));
        let titles: Vec<_> = products.map(|(_, product)| product.title.as_str()).collect();
        match titles.as_slice() {
            [] => "no Setup known here asks for one".to_owned(),
            [only] => format!("of the Setups known here, only that of {only} asks for one"),
            [others @ .., last] => {
                format!("of the Setups known here, those of {} and {last} ask for one", others.join(", "))
            }
        }
    }
}
