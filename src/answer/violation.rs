//! Turns a broken rule into a finding with its remedies, or into an unanswered check.

use super::{Case, MAX_FINDINGS};
use crate::{
    judge::{InAnswerSource, Query, answering, finding},
    model::{
        answer_source::Violation,
        article::EntryCondition,
        finding::{Finding, Unanswered},
        situation::Situation,
    },
};
use std::ops::Range;

impl Case<'_> {
    /// Reports a broken rule, at the severity of the answer source.
    pub(super) fn breach(&mut self, breach: &Violation, fill: &[(&str, &str)], span: Option<Range<usize>>) {
        if let Some(reason) = &breach.unanswered {
            let unanswered = Unanswered { rule: breach.rule.clone(), reason: reason.clone() };
            if !self.answers.unanswered.contains(&unanswered) {
                self.answers.unanswered.push(unanswered);
            }
            return;
        }
        let mut finding = self.sentence(&breach.rule, fill);
        (finding.severity, finding.basis) = (breach.severity, breach.basis);
        finding.source = breach.article.clone().or(finding.source);
        finding.span = span;
        self.push(finding);
    }

    /// Reports a rule that is the same in every answer source, at the rule's own severity.
    pub(super) fn find(&mut self, rule: &str, fill: &[(&str, &str)], span: Range<usize>) {
        let mut finding = self.sentence(rule, fill);
        finding.span = Some(span);
        self.push(finding);
    }

    /// Notes that not everything was checked, or reported.
    pub(super) fn left_out(&mut self, reason: String) {
        let unanswered = Unanswered { rule: "input/truncated".to_owned(), reason };
        if !self.answers.unanswered.contains(&unanswered) {
            self.answers.unanswered.push(unanswered);
        }
    }

    fn sentence(&self, rule: &str, fill: &[(&str, &str)]) -> Finding {
        let mut all = vec![("carrier", self.answer_source.title.as_str())];
        all.extend(fill);
        finding(self.catalogue, rule, &all)
    }

    fn push(&mut self, mut finding: Finding) {
        if self.answers.findings.len() >= MAX_FINDINGS {
            self.left_out(format!("only the first {MAX_FINDINGS} findings of this text are reported"));
            return;
        }
        finding.remedies = self.remedies(&finding);
        self.answers.findings.push(finding);
    }

    /// The remedies for a finding: at the product, or at every product that this may be.
    fn remedies(&self, finding: &Finding) -> Vec<String> {
        let products: Vec<Option<&str>> = match (self.situation.product, self.answer_source.products.as_slice()) {
            (None, several @ [_, ..]) => several.iter().map(|id| Some(id.as_str())).collect(),
            (product, _) => vec![product],
        };
        let has = |condition: &EntryCondition| self.has(condition);
        let query = |product| Query {
            source: finding.source.as_deref(),
            answer_source: Some(InAnswerSource { id: self.id, has: &has }),
            ..Query::new(&finding.rule, Situation { product, ..self.situation })
        };
        let mut remedies: Vec<String> = Vec::new();
        for product in products {
            for remedy in answering(self.catalogue, &query(product)) {
                if !remedies.contains(&remedy) {
                    remedies.push(remedy);
                }
            }
        }
        // The remedies of each product are sorted, but all of them together must be, too.
        remedies.sort_by_key(|id| finding.source.as_deref() != id.split('/').next());
        remedies
    }

    /// Returns `true` if an entry meets a condition; a command line has no entries.
    pub(super) fn has(&self, condition: &EntryCondition) -> bool {
        let Some(outline) = &self.outline else { return false };
        let is = |value: &str, listed: &[String]| listed.iter().any(|other| other.eq_ignore_ascii_case(value));
        let mut values = outline.entries(Some(&condition.section), &condition.entry).map(|entry| outline.value(entry));
        match condition.except.as_slice() {
            [] => values.any(|value| condition.values.is_empty() || is(value, &condition.values)),
            except => !values.any(|value| is(value, except)),
        }
    }
}
