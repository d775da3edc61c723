//! The state that a thread keeps from chunk to chunk and file to file: the meaning of the words in rows, and counts of keys.

use super::context_cache::{ContextCache, KeyContext, WRONG_FORM};
use crate::{
    bulk::{Counter, Tally},
    catalogue::Catalogue,
    model::{judgement::Judgement, situation::Situation},
    scan::{matcher_cache::MatcherCache, row_context::RowContext},
};
use std::borrow::Cow;

/// The counters of one thread, and the contexts that it met.
#[derive(Default)]
pub(in crate::scan) struct WorkerCounters<'r, 'c> {
    counters: Vec<SituationCounter<'r, 'c>>,
    contexts: ContextCache<'c>,
    /// The numbers of registries, which are few.
    installed: Tally,
}

/// The keys of one situation.
struct SituationCounter<'r, 'c> {
    /// The index of the situation.
    situation: usize,
    /// The number of names that the catalogue does not have.
    unknown: usize,
    counter: Counter<'r, 'c>,
}

impl<'r, 'c> WorkerCounters<'r, 'c> {
    /// Counts a key, and returns its judgement.
    pub(in crate::scan) fn key(
        &mut self,
        text: &str,
        meaning: &KeyContext<'c>,
        matchers: &'r MatcherCache<'c>,
    ) -> Cow<'r, Judgement> {
        let outcome = self.counter(meaning, matchers).key(text);
        match meaning.unknown() {
            0 => outcome,
            unknown => Cow::Owned(with_unknown(&outcome, unknown)),
        }
    }

    /// Counts a number of a registry.
    pub(in crate::scan) fn installed(&mut self, outcome: &Judgement) {
        self.installed.add(outcome, 1);
    }

    /// Counts the keys on the lines of a list. Returns the number of lines.
    pub(in crate::scan) fn lines(
        &mut self,
        block: &[u8],
        meaning: &KeyContext<'c>,
        matchers: &'r MatcherCache<'c>,
    ) -> u64 {
        self.counter(meaning, matchers).lines(block)
    }

    /// The context that a row gives to its key, resolved once: most rows have the same words as others.
    pub(in crate::scan) fn meaning(
        &mut self,
        spoken: &RowContext<'_>,
        options: &Situation<'c>,
        catalogue: &'c Catalogue,
        matchers: &MatcherCache<'_>,
    ) -> KeyContext<'c> {
        self.contexts.meaning(spoken, options, || {
            let understood = spoken.understood(catalogue, options);
            let unknown = (!understood.unknown.is_empty()).then(|| understood.unknown.into());
            KeyContext { unknown, ..KeyContext::of(&understood.situation, matchers) }
        })
    }

    /// The counts of all situations.
    pub(in crate::scan) fn tally(self) -> Tally {
        let mut tally = self.installed;
        for SituationCounter { unknown, counter, .. } in self.counters {
            let counted = counter.tally();
            if unknown == 0 {
                tally.merge(&counted);
                continue;
            }
            counted.counts().for_each(|(outcome, count)| tally.add(&with_unknown(outcome, unknown), count));
        }
        tally
    }

    #[expect(clippy::indexing_slicing, reason = "the index of a counter that was found, or pushed just now")]
    fn counter(&mut self, meaning: &KeyContext<'c>, matchers: &'r MatcherCache<'c>) -> &mut Counter<'r, 'c> {
        let (situation, unknown) = (meaning.index, meaning.unknown());
        let known =
            self.counters.iter().position(|account| (account.situation, account.unknown) == (situation, unknown));
        let at = known.unwrap_or_else(|| {
            let counter = Counter::new(matchers.matcher(situation, &meaning.situation));
            self.counters.push(SituationCounter { situation, unknown, counter });
            self.counters.len().saturating_sub(1)
        });
        &mut self.counters[at].counter
    }
}

/// The judgement of a key whose input has `unknown` names that are not in the catalogue: for each, a check that cannot be made.
fn with_unknown(outcome: &Judgement, unknown: usize) -> Judgement {
    let mut outcome = outcome.clone();
    outcome.unanswered.extend(std::iter::repeat_n(WRONG_FORM.to_owned(), unknown));
    outcome.verdict = outcome.verdict.unsettled();
    outcome
}
