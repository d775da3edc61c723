//! A judged key or serial as an entry of the document.

use super::{AtProduct, Candidate, Entry, Finding, KeyProperties, Kind, Properties, Span, Unanswered};
use crate::{
    model::{finding, form, subject::Subject},
    report::{
        Located,
        mask::{self, Keys},
    },
};

impl Entry {
    /// A key or serial where it stood. Spans are relative to the label, like everything in the document.
    pub fn of(located: &Located, keys: Keys) -> Self {
        let subject = &located.subject;
        let (label, start) = mask::label(subject, keys);
        Self {
            kind: match subject.kind {
                form::Kind::Key => Kind::Key,
                form::Kind::Serial => Kind::Serial,
            },
            label,
            location: located.location.clone(),
            form: subject.form.clone(),
            product: subject.product.clone(),
            sku: subject.sku,
            from: subject.package.clone(),
            verdict: subject.verdict,
            findings: subject.findings.iter().map(|finding| Finding::of(finding, start)).collect(),
            unanswered: subject.unanswered.iter().map(Unanswered::of).collect(),
            properties: Properties::Key(properties(subject)),
        }
    }
}

fn properties(subject: &Subject) -> KeyProperties {
    let forms = subject.forms.iter();
    let products = subject.products.iter().map(|row| AtProduct {
        product: row.product.clone(),
        sku: row.sku,
        verdict: row.verdict,
        rules: row.rules.clone(),
    });
    KeyProperties {
        forms: forms.map(|candidate| Candidate { form: candidate.form.clone(), why: candidate.why() }).collect(),
        products: subject.product.is_none().then(|| products.collect()),
        record: None,
    }
}

impl Finding {
    /// A finding whose span is told from an offset of the text on.
    pub fn of(finding: &finding::Finding, offset: usize) -> Self {
        Self {
            rule: finding.rule.clone(),
            severity: finding.severity,
            basis: finding.basis,
            message: finding.message.clone(),
            span: finding
                .span
                .as_ref()
                .map(|span| Span { start: span.start.saturating_sub(offset), end: span.end.saturating_sub(offset) }),
            remedies: finding.remedies.clone(),
            location: None,
            state: None,
        }
    }
}

impl Unanswered {
    /// The same, as the document has it.
    pub fn of(unanswered: &finding::Unanswered) -> Self {
        Self { rule: unanswered.rule.clone(), reason: unanswered.reason.clone() }
    }
}
