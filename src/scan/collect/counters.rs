//! What a thread keeps from chunk to chunk and from file to file: what the words of rows mean, and counts of keys.

use super::context_cache::{ContextCache, KeyContext, WRONG_FORM};
use crate::{
    bulk::{Counter, Tally},
    catalogue::Catalogue,
    model::{judgement::Judgement, situation::Situation},
    scan::{matcher_cache::MatcherCache, row_context::RowContext},
};
use std::borrow::Cow;

/// The counters of one thread, and the words that it met.
#[derive(Default)]
pub(in crate::scan) struct WorkerCounters<'r, 'c> {
    counters: Vec<SituationCounter<'r, 'c>>,
    contexts: ContextCache<'c>,
}

/// The keys of one situation.
struct SituationCounter<'r, 'c> {
    /// The index of the situation.
    situation: usize,
    /// How much was said of them that no catalogue has.
    unknown: usize,
    counter: Counter<'r, 'c>,
}

impl<'r, 'c> WorkerCounters<'r, 'c> {
    /// Counts a key, and says what is said of it.
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

    /// Counts the lines of a list; gives how many there were.
    pub(in crate::scan) fn lines(
        &mut self,
        block: &[u8],
        meaning: &KeyContext<'c>,
        matchers: &'r MatcherCache<'c>,
    ) -> u64 {
        self.counter(meaning, matchers).lines(block)
    }

    /// What a row means; understood once, since most rows say the same as others.
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

    /// All that was counted.
    pub(in crate::scan) fn tally(self) -> Tally {
        let mut tally = Tally::default();
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

    fn counter(&mut self, meaning: &KeyContext<'c>, matchers: &'r MatcherCache<'c>) -> &mut Counter<'r, 'c> {
        let (situation, unknown) = (meaning.index, meaning.unknown());
        let known =
            self.counters.iter().position(|account| (account.situation, account.unknown) == (situation, unknown));
        let at = known.unwrap_or_else(|| {
            let counter = Counter::new(matchers.matcher(situation, &meaning.situation));
            self.counters.push(SituationCounter { situation, unknown, counter });
            self.counters.len() - 1
        });
        &mut self.counters[at].counter
    }
}

/// What is said of a key where so many words name nothing in the catalogue: a check that cannot be made.
fn with_unknown(outcome: &Judgement, unknown: usize) -> Judgement {
    let mut outcome = outcome.clone();
    outcome.unanswered.extend(std::iter::repeat_n(WRONG_FORM.to_owned(), unknown));
    outcome.verdict = outcome.verdict.unsettled();
    outcome
}
