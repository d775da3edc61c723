//! A judged key or serial as an entry of the document.

use super::mask::{self, Keys};
use super::{AtProduct, Candidate, Entry, Finding, KeyProperties, Kind, Location, Properties, Span, Unanswered};
use crate::model::{
    finding, form,
    subject::{self, Subject},
};

/// A judged key or serial and where it stood, if it stood anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The subject.
    pub subject: Subject,
    /// Its place; `None` for an argument of the command line.
    pub location: Option<Location>,
}

impl Entry {
    /// A key or serial where it stood. Spans are relative to the label, like everything in the document.
    pub fn of(located: &Located, keys: Keys) -> Self {
        Self::new(located.clone(), keys)
    }

    /// The same from a key or serial that is needed no longer: nothing of it is copied.
    pub fn new(located: Located, keys: Keys) -> Self {
        let Located { subject, location } = located;
        let (label, start) = mask::label(&subject, keys);
        let Subject { forms, products, .. } = subject;
        Self {
            kind: match subject.kind {
                form::KeyKind::Key => Kind::Key,
                form::KeyKind::Serial => Kind::Serial,
                form::KeyKind::InstalledId => Kind::InstalledId,
            },
            label,
            location,
            form: subject.form,
            sku: subject.sku,
            from: subject.package,
            verdict: subject.verdict,
            findings: subject.findings.into_iter().map(|finding| Finding::new(finding, start)).collect(),
            unanswered: subject.unanswered.into_iter().map(Unanswered::new).collect(),
            properties: Properties::Key(KeyProperties {
                forms: forms.into_iter().map(|form| Candidate { why: form.why(), form: form.form }).collect(),
                products: subject.product.is_none().then(|| products.into_iter().map(AtProduct::new).collect()),
                record: None,
            }),
            product: subject.product,
        }
    }
}

impl AtProduct {
    /// The same, as the document has it.
    pub fn new(row: subject::AtProduct) -> Self {
        Self { product: row.product, sku: row.sku, verdict: row.verdict, rules: row.rules }
    }
}

impl Finding {
    /// A finding whose span is told from an offset of the text on.
    pub fn of(finding: &finding::Finding, offset: usize) -> Self {
        Self::new(finding.clone(), offset)
    }

    /// The same from a finding that is needed no longer.
    pub fn new(finding: finding::Finding, offset: usize) -> Self {
        let moved = |at: usize| at.saturating_sub(offset);
        Self {
            rule: finding.rule,
            severity: finding.severity,
            basis: finding.basis,
            message: finding.message,
            span: finding.span.map(|span| Span { start: moved(span.start), end: moved(span.end) }),
            remedies: finding.remedies,
            location: None,
            state: None,
        }
    }
}

impl Unanswered {
    /// The same, as the document has it.
    pub fn of(unanswered: &finding::Unanswered) -> Self {
        Self::new(unanswered.clone())
    }

    /// The same from one that is needed no longer.
    pub fn new(unanswered: finding::Unanswered) -> Self {
        Self { rule: unanswered.rule, reason: unanswered.reason }
    }
}
