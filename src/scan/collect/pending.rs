//! Keys waiting for a full judgement. A judgement needs about two hundred times the memory of a key, so keys are judged only as they are
//! emitted, a few at a time.

use super::{
    context_cache::WRONG_FORM,
    findings::{ChunkFindings, RawRecord, ReportedKey},
};
use crate::{
    catalogue::Catalogue,
    judge::judge_among_many,
    model::{finding::Unanswered, form::KeyKind, situation::Situation, subject::Subject},
};
use std::{ops::ControlFlow, sync::Arc};

/// The number of keys that are judged in full before they are emitted.
pub(in crate::scan) const MAX_PENDING_KEYS: usize = 1 << 8;

/// A key that will be reported, not yet judged in full.
#[derive(Debug)]
pub(in crate::scan) struct PendingKey<'c> {
    pub(in crate::scan) line: u64,
    pub(in crate::scan) column: u64,
    pub(in crate::scan) text: Box<str>,
    pub(in crate::scan) situation: Situation<'c>,
    pub(in crate::scan) record: Option<RawRecord>,
    /// The names in the input that the catalogue does not have; `None`: there are none.
    pub(in crate::scan) unknown: Option<Arc<[String]>>,
    /// The key path and name of the registry value that has it.
    pub(in crate::scan) value: Option<Box<str>>,
}

/// The findings in a chunk, before its keys are judged in full.
pub(in crate::scan) struct CollectedChunk<'c> {
    pub(in crate::scan) catalogue: &'c Catalogue,
    pub(in crate::scan) found: ChunkFindings,
    pub(in crate::scan) keys: Vec<PendingKey<'c>>,
}

impl CollectedChunk<'_> {
    /// Judges the keys and emits them in batches: findings of the whole file with the first batch, everything else with the last. Breaks
    /// when no more are wanted.
    pub(in crate::scan) fn hand_on(self, mut take: impl FnMut(ChunkFindings) -> ControlFlow<()>) -> ControlFlow<()> {
        let Self { catalogue, mut found, keys } = self;
        let mut rest = keys.into_iter();
        while rest.len() > MAX_PENDING_KEYS {
            let keys = rest.by_ref().take(MAX_PENDING_KEYS).map(|key| key.judge(catalogue)).collect();
            let (answers, allowed) = (std::mem::take(&mut found.answers), Arc::clone(&found.allowed));
            take(ChunkFindings { keys, answers, allowed, ..ChunkFindings::default() })?;
        }
        found.keys = rest.map(|key| key.judge(catalogue)).collect();
        take(found)
    }
}

impl PendingKey<'_> {
    #[expect(clippy::unreachable, reason = "a situation of the catalogue is judged without an error")]
    fn judge(self, catalogue: &Catalogue) -> ReportedKey {
        let mut subject = match judge_among_many(catalogue, &self.text, &self.situation) {
            Ok(subject) => subject,
            Err(error) => unreachable!("the situation holds ids of the catalogue: {error}"),
        };
        for name in self.unknown.iter().flat_map(|unknown| unknown.iter()) {
            // Where columns are mixed up, a key can stand here.
            let key = name.chars().filter(|c| c.is_numeric()).count() >= DIGITS_OF_KEY;
            let reason = if key {
                "the input names something with many digits, which is in no catalogue".to_owned()
            } else {
                format!("the input names {name:?}, which the catalogue does not know")
            };
            subject.unanswered.push(Unanswered { rule: WRONG_FORM.to_owned(), reason });
            subject.verdict = subject.verdict.unsettled();
        }
        subject.value = self.value.map(String::from);
        hide_cut_key(&mut subject);
        ReportedKey { line: self.line, column: self.column, subject, record: self.record }
    }
}

/// Hides the suffix of what is a serial of a postoffice by its form, and can be a key of which a digit or two are missing: a file does not
/// say which of the two it has. The numbers that many postoffices have are not keys.
fn hide_cut_key(subject: &mut Subject) {
    let digits = subject.text.get(subject.body.clone()).unwrap_or_default().chars().filter(|c| c.is_numeric()).count();
    let has = |rules: &[&str]| subject.findings.iter().any(|finding| rules.contains(&finding.rule.as_str()));
    let of_many = ["serial/placeholder", "serial/workgroup", "serial/connector"];
    let unanswered = subject.unanswered.iter().any(|unanswered| of_many.contains(&unanswered.rule.as_str()));
    let is_asked_for = subject.product.is_some() && !has(&["key/wrong-form"]);
    if subject.kind == KeyKind::Serial && (8..=9).contains(&digits) && !has(&of_many) && !unanswered && !is_asked_for {
        subject.shown.truncate(1);
    }
}

/// No form has fewer digits, and no title so many.
const DIGITS_OF_KEY: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::severity::Severity,
        scan::collect::findings::{AnswerFileFindings, ReadFault},
    };

    /// The batches of `count` keys on separate lines, until `taken` batches were accepted.
    fn handed_on(count: usize, taken: usize) -> Vec<ChunkFindings> {
        let catalogue = Catalogue::built_in();
        let key = |line| PendingKey {
            line,
            column: 1,
            text: "111-1111111".into(),
            situation: Situation::default(),
            record: None,
            unknown: None,
            value: None,
        };
        let fault = ReadFault {
            rule: "input/unreadable",
            line: 0,
            column: 1,
            severity: Severity::Error,
            message: String::new(),
        };
        let found =
            ChunkFindings { lines: 9, answers: vec![AnswerFileFindings::default()], ..ChunkFindings::fault(fault) };
        let collected = CollectedChunk { catalogue, found, keys: (0..count as u64).map(key).collect() };
        let mut parts = Vec::new();
        let end = collected.hand_on(|found| {
            parts.push(found);
            if parts.len() < taken { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert_eq!(end.is_break(), parts.len() == taken);
        parts
    }

    #[test]
    fn keys_are_handed_on_in_order_and_only_some_at_a_time() {
        for count in [
            0,
            1,
            MAX_PENDING_KEYS - 1,
            MAX_PENDING_KEYS,
            MAX_PENDING_KEYS + 1,
            2 * MAX_PENDING_KEYS,
            3 * MAX_PENDING_KEYS + 7,
        ] {
            let parts = handed_on(count, usize::MAX);
            assert_eq!(parts.len(), count.div_ceil(MAX_PENDING_KEYS).max(1), "{count} keys");
            assert!(parts.iter().all(|found| found.keys.len() <= MAX_PENDING_KEYS));
            let lines: Vec<_> = parts.iter().flat_map(|found| &found.keys).map(|key| key.line).collect();
            assert_eq!(lines, (0..count as u64).collect::<Vec<_>>());
            for (at, found) in parts.iter().enumerate() {
                // Keys are counted from the beginning of the chunk, so its lines are added after the last batch.
                let rest = if at + 1 == parts.len() { (9, 1) } else { (0, 0) };
                assert_eq!((found.lines, found.faults.len()), rest);
                assert_eq!(found.answers.len(), usize::from(at == 0));
            }
        }
    }

    #[test]
    fn no_more_is_handed_on_than_is_wanted() {
        assert_eq!(handed_on(3 * MAX_PENDING_KEYS, 1).len(), 1);
    }
}
