//! Keys that wait to be judged in full: a judgement takes about two hundred times the room of a key, so keys are
//! judged only as they are handed on, a few at a time.

use super::{
    context_cache::WRONG_FORM,
    findings::{ChunkFindings, Placed, RawRecord},
};
use crate::{
    catalogue::Catalogue,
    judge::judge_among_many,
    model::{finding::Unanswered, situation::Situation},
};
use std::{ops::ControlFlow, sync::Arc};

/// So many keys are judged in full before they are handed on.
pub(in crate::scan) const MAX_PENDING_KEYS: usize = 1 << 8;

/// A key that is worth a report, of which nothing is said yet.
#[derive(Debug)]
pub(in crate::scan) struct PendingKey<'c> {
    pub(in crate::scan) line: u64,
    pub(in crate::scan) column: u64,
    pub(in crate::scan) text: Box<str>,
    pub(in crate::scan) situation: Situation<'c>,
    pub(in crate::scan) record: Option<RawRecord>,
    /// What the input names that no catalogue has; `None`: nothing.
    pub(in crate::scan) unknown: Option<Arc<[String]>>,
}

/// All that was found in a piece, before the keys are judged in full.
pub(in crate::scan) struct CollectedChunk<'c> {
    pub(in crate::scan) catalogue: &'c Catalogue,
    pub(in crate::scan) found: ChunkFindings,
    pub(in crate::scan) keys: Vec<PendingKey<'c>>,
}

impl CollectedChunk<'_> {
    /// Judges the keys and hands them on, some at a time, and what else was found: of the file as a whole with the first of
    /// them, the rest with the last. Breaks when no more are wanted.
    pub(in crate::scan) fn hand_on(self, mut take: impl FnMut(ChunkFindings) -> ControlFlow<()>) -> ControlFlow<()> {
        let Self { catalogue, mut found, keys } = self;
        let mut rest = keys.into_iter();
        while rest.len() > MAX_PENDING_KEYS {
            let keys = rest.by_ref().take(MAX_PENDING_KEYS).map(|key| key.judged(catalogue)).collect();
            take(ChunkFindings { keys, answers: found.answers.take(), ..ChunkFindings::default() })?;
        }
        found.keys = rest.map(|key| key.judged(catalogue)).collect();
        take(found)
    }
}

impl PendingKey<'_> {
    fn judged(self, catalogue: &Catalogue) -> Placed {
        let mut subject = match judge_among_many(catalogue, &self.text, &self.situation) {
            Ok(subject) => subject,
            Err(error) => unreachable!("the situation holds ids of the catalogue: {error}"),
        };
        for name in self.unknown.iter().flat_map(|unknown| unknown.iter()) {
            // Where columns are mixed up, a key can stand here.
            let key = name.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_OF_KEY;
            let reason = if key {
                "the input names something with many digits, which is in no catalogue".to_owned()
            } else {
                format!("the input names {name:?}, which the catalogue does not know")
            };
            subject.unanswered.push(Unanswered { rule: WRONG_FORM.to_owned(), reason });
            subject.verdict = subject.verdict.unsettled();
        }
        Placed { line: self.line, column: self.column, subject, record: self.record }
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

    /// What is handed on of so many keys, on lines of their own, until `taken` parts were taken.
    fn handed_on(count: usize, taken: usize) -> Vec<ChunkFindings> {
        let catalogue = Catalogue::built_in();
        let key = |line| PendingKey {
            line,
            column: 1,
            text: "111-1111111".into(),
            situation: Situation::default(),
            record: None,
            unknown: None,
        };
        let fault = ReadFault {
            rule: "input/unreadable",
            line: 0,
            column: 1,
            severity: Severity::Error,
            message: String::new(),
        };
        let found =
            ChunkFindings { lines: 9, answers: Some(AnswerFileFindings::default()), ..ChunkFindings::fault(fault) };
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
                // Keys are placed from the beginning of the piece, so its lines count behind the last of them.
                let rest = if at + 1 == parts.len() { (9, 1) } else { (0, 0) };
                assert_eq!((found.lines, found.faults.len()), rest);
                assert_eq!(found.answers.is_some(), at == 0);
            }
        }
    }

    #[test]
    fn no_more_is_handed_on_than_is_wanted() {
        assert_eq!(handed_on(3 * MAX_PENDING_KEYS, 1).len(), 1);
    }
}
