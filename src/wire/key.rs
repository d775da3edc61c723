//! A judged key or serial as an entry of the document.

use super::{
    AtProduct, Candidate, Entry, Finding, KeyProperties, Location, Properties, State, SubjectKind, Unanswered,
    mask::{self, Keys},
};
use crate::model::{
    form::KeyKind,
    subject::{self, Subject},
};
use std::borrow::Cow;

/// A judged key or serial and its place, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The subject.
    pub subject: Subject,
    /// Its place; `None` for an argument of the command line.
    pub location: Option<Location<'static>>,
}

impl<'a> Entry<'a> {
    /// A key or serial, masked or shown. Spans are relative to the label, like everything in the document.
    pub fn of_key(located: &'a Located, keys: Keys) -> Self {
        let Located { subject, location } = located;
        let label = mask::label(subject, keys);
        let finding = |finding: &'a crate::model::finding::Finding| Finding {
            span: finding.span.as_ref().map(|span| label.span(span)),
            state: State::of_accepted(&subject.accepted, &finding.rule),
            ..Finding::from(finding)
        };
        let body = label.span(&subject.body);
        let findings = subject.findings.iter().map(finding).collect();
        Self {
            kind: match subject.kind {
                KeyKind::Key => SubjectKind::Key,
                KeyKind::Serial => SubjectKind::Serial,
                KeyKind::InstalledId => SubjectKind::InstalledId,
            },
            location: location.as_ref().map(Location::borrowed),
            form: subject.form.as_deref().map(Cow::Borrowed),
            product: subject.product.as_deref().map(Cow::Borrowed),
            sku: subject.sku,
            from: subject.package.as_deref().map(Cow::Borrowed),
            verdict: subject.verdict,
            findings,
            unanswered: subject.unanswered.iter().map(Unanswered::from).collect(),
            properties: Properties::Key(KeyProperties {
                forms: subject.forms.iter().map(Candidate::from).collect(),
                products: subject.product.is_none().then(|| subject.products.iter().map(AtProduct::from).collect()),
                record: None,
                body: Some(body).filter(|body| body.start > 0 || body.end < label.text.len()),
                value: subject.value.as_deref().map(Cow::Borrowed),
            }),
            label: label.text,
        }
    }
}

impl<'a> From<&'a subject::Candidate> for Candidate<'a> {
    fn from(candidate: &'a subject::Candidate) -> Self {
        Self { form: Cow::Borrowed(&candidate.form), why: Cow::Owned(candidate.why()) }
    }
}

impl<'a> From<&'a subject::AtProduct> for AtProduct<'a> {
    fn from(row: &'a subject::AtProduct) -> Self {
        let (product, rules) = (Cow::Borrowed(row.product.as_str()), Cow::Borrowed(row.rules.as_slice()));
        Self { product, sku: row.sku, verdict: row.verdict, rules }
    }
}
