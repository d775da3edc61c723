//! Numbers that a product shows after Setup: what they are, in a sentence, and how they are judged where nobody is going to type them.

use super::{Case, Ruling};
use crate::model::{
    form::KeyKind,
    product::{Asks, Product},
    reading::Reading,
    situation::Met,
    verdict::Verdict,
};

impl<'a, 't> Case<'a, 't> {
    /// What is said of a number beside a product, where `at_prompts` is what its Setup would say.
    ///
    /// Nobody hands it to Setup, so what Setup would refuse only for being another number is judged by its form alone: a number of an installed product,
    /// or a key of a later one.
    pub(super) fn beside(&self, product: &'a Product, at_prompts: Ruling<'a>) -> Ruling<'a> {
        let asked = |form: &str| product.prompts.iter().any(|prompt| prompt.forms.iter().any(|other| other == form));
        let taken = at_prompts.form.is_some_and(asked) && at_prompts.verdict() != Verdict::Rejected;
        if self.situation.met == Met::AtSetup || taken {
            return at_prompts;
        }
        let other = |reading: &&Reading<'_, '_>| reading.form.is_installed_id() || reading.form.out_of_era;
        let exact = self.readings.candidates().filter(|reading| reading.mismatches.is_empty()).filter(other);
        let reading = exact.min_by_key(|reading| self.as_form(reading, None).gravity());
        let recognisable =
            || self.readings.recognisable().filter(other).filter(|_| self.readings.candidates().next().is_none());
        let Some(reading) = reading.or_else(recognisable) else { return at_prompts };
        let mut ruling = self.as_form(reading, None);
        if reading.form.is_installed_id() {
            ruling.installed = true;
            self.installed_id(reading, Some(product), &mut ruling);
        }
        ruling
    }

    /// Says of a number what it is and where the key is to be found, if it is one that products show after Setup.
    pub(super) fn installed_id(&self, reading: &Reading<'_, '_>, product: Option<&Product>, ruling: &mut Ruling<'_>) {
        // A form that some Setup asks for is explained to who asks, and not with every key of a list.
        let worth = match (reading.form.kind, product) {
            (KeyKind::InstalledId, _) => true,
            (KeyKind::Key | KeyKind::Serial, Some(_)) => reading.form.also_installed,
            (KeyKind::Key | KeyKind::Serial, None) => reading.form.also_installed && self.situation.met == Met::AtSetup,
        };
        if !worth || !reading.fits() {
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
        let titles: Vec<_> = self
            .catalogue
            .products
            .iter()
            .filter(|(_, product)| asks(product))
            .map(|(_, product)| product.title.as_str())
            .collect();
        match titles.as_slice() {
            [] => "no Setup known here asks for one".to_owned(),
            [only] => format!("of the Setups known here, only that of {only} asks for one"),
            [others @ .., last] => {
                format!("of the Setups known here, those of {} and {last} ask for one", others.join(", "))
            }
        }
    }
}
