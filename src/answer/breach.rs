//! From a rule that is broken to a finding with its remedies, or to a check that stays unanswered.

use super::{Case, MOST_FINDINGS};
use crate::{
    judge::{finding, remedies_for},
    model::{
        answer_source::Breach,
        finding::{Finding, Unanswered},
        situation::Situation,
    },
};
use std::ops::Range;

impl Case<'_> {
    /// Tells of a rule that is broken, as the answer source weighs it.
    pub(super) fn breach(&mut self, breach: &Breach, fill: &[(&str, &str)], span: Option<Range<usize>>) {
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

    /// Tells of a rule that is broken in every answer source alike, at the rule's own weight.
    pub(super) fn find(&mut self, rule: &str, fill: &[(&str, &str)], span: Range<usize>) {
        let mut finding = self.sentence(rule, fill);
        finding.span = Some(span);
        self.push(finding);
    }

    /// Says that not everything was looked at, or not everything told.
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
        if self.answers.findings.len() >= MOST_FINDINGS {
            self.left_out(format!("only the first {MOST_FINDINGS} findings of this text are told"));
            return;
        }
        finding.remedies = self.remedies(&finding);
        self.answers.findings.push(finding);
    }

    /// What answers a finding: at the product, or at every product that this may be; what the finding's own article says comes first.
    fn remedies(&self, finding: &Finding) -> Vec<String> {
        let products: Vec<Option<&str>> = match (self.situation.product, self.answer_source.products.as_slice()) {
            (None, several @ [_, ..]) => several.iter().map(|id| Some(id.as_str())).collect(),
            (product, _) => vec![product],
        };
        let mut remedies: Vec<String> = Vec::new();
        for product in products {
            for remedy in remedies_for(self.catalogue, &finding.rule, &Situation { product, ..self.situation }) {
                if !remedies.contains(&remedy) {
                    remedies.push(remedy);
                }
            }
        }
        let own = |remedy: &String| finding.source.as_deref() == remedy.split('/').next();
        remedies.sort_by_key(|remedy| !own(remedy));
        remedies
    }
}
