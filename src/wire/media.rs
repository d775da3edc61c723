//! A recognised disc as an entry of the document.

use super::{DiscMarker, DiscPrompt, Entry, Finding, MediaProperties, Properties, SubjectKind, Unanswered};
use crate::model::recognition::{Evidence, PossiblePrompt, Recognition};
use std::borrow::Cow;

/// A disc, with the markers by which it was recognised.
impl<'a> From<&'a Recognition> for Entry<'a> {
    fn from(recognised: &'a Recognition) -> Self {
        Self {
            kind: SubjectKind::Media,
            label: Cow::Borrowed(&recognised.path),
            location: None,
            form: None,
            product: recognised.product().map(Cow::Borrowed),
            sku: recognised.sku,
            from: None,
            verdict: recognised.verdict(),
            findings: recognised.findings.iter().map(Finding::from).collect(),
            unanswered: recognised.unanswered.iter().map(Unanswered::from).collect(),
            properties: Properties::Media(MediaProperties {
                label: recognised.label.as_deref().map(Cow::Borrowed),
                version: recognised.version.as_deref().map(Cow::Borrowed),
                language: recognised.language.as_deref().map(Cow::Borrowed),
                products: Cow::Borrowed(&recognised.products),
                edition: recognised.edition.as_deref().map(Cow::Borrowed),
                markers: recognised.evidence.iter().map(DiscMarker::from).collect(),
                prompts: recognised.prompts.iter().map(DiscPrompt::from).collect(),
            }),
        }
    }
}

impl<'a> From<&'a Evidence> for DiscMarker<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self {
            path: Cow::Borrowed(&evidence.path),
            says: Cow::Borrowed(&evidence.says),
            strength: evidence.strength,
            agrees: evidence.agrees,
            basis: evidence.basis,
            article: evidence.article.as_deref().map(Cow::Borrowed),
            work: evidence.work.as_deref().map(Cow::Borrowed),
        }
    }
}

impl<'a> From<&'a PossiblePrompt> for DiscPrompt<'a> {
    fn from(prompt: &'a PossiblePrompt) -> Self {
        Self {
            product: Cow::Borrowed(&prompt.product),
            sku: prompt.sku,
            asks: prompt.asks,
            forms: Cow::Borrowed(&prompt.forms),
        }
    }
}
