//! What a thread keeps from chunk to chunk and from file to file: what the words of rows mean, and counts of keys.

use super::{
    found::{WRONG_FORM, unsettled},
    people::Spoken,
    situations::Situations,
};
use crate::{
    bulk::{Counter, Tally},
    catalogue::Catalogue,
    model::{outcome::Outcome, situation::Situation},
};
use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

/// The counters of one thread, and the words that it met.
#[derive(Default)]
pub(super) struct Ledger<'r, 'c> {
    accounts: Vec<Account<'r, 'c>>,
    sayings: Sayings<'c>,
}

/// The keys of one situation.
struct Account<'r, 'c> {
    /// The index of the situation.
    situation: usize,
    /// How much was said of them that no catalogue has.
    unknown: usize,
    counter: Counter<'r, 'c>,
}

/// What is known of a key by what its row says.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning<'c> {
    pub(super) situation: Situation<'c>,
    /// The place of the situation among all.
    index: usize,
    /// What the input names that no catalogue has; `None`: nothing.
    pub(super) unknown: Option<Arc<[String]>>,
}

impl<'c> Meaning<'c> {
    /// What is known of a key in a situation.
    pub(super) fn of(situation: &Situation<'c>, situations: &Situations<'_>) -> Self {
        Self { situation: *situation, index: situations.index(situation), unknown: None }
    }

    fn unknown(&self) -> usize {
        self.unknown.as_ref().map_or(0, |unknown| unknown.len())
    }
}

impl<'r, 'c> Ledger<'r, 'c> {
    /// Counts a key, and says what is said of it.
    pub(super) fn key(
        &mut self,
        text: &str,
        meaning: &Meaning<'c>,
        situations: &'r Situations<'c>,
    ) -> Cow<'r, Outcome> {
        let outcome = self.counter(meaning, situations).key(text);
        match meaning.unknown() {
            0 => outcome,
            unknown => Cow::Owned(with_unknown(&outcome, unknown)),
        }
    }

    /// Counts the lines of a list; gives how many there were.
    pub(super) fn lines(&mut self, block: &[u8], meaning: &Meaning<'c>, situations: &'r Situations<'c>) -> u64 {
        self.counter(meaning, situations).lines(block)
    }

    /// What a row means; understood once, since most rows say the same as others.
    pub(super) fn meaning(
        &mut self,
        spoken: &Spoken<'_>,
        options: &Situation<'c>,
        catalogue: &'c Catalogue,
        situations: &Situations<'_>,
    ) -> Meaning<'c> {
        self.sayings.meaning(spoken, options, || {
            let understood = spoken.understood(catalogue, options);
            let unknown = (!understood.unknown.is_empty()).then(|| understood.unknown.into());
            Meaning { unknown, ..Meaning::of(&understood.situation, situations) }
        })
    }

    /// All that was counted.
    pub(super) fn tally(self) -> Tally {
        let mut tally = Tally::default();
        for Account { unknown, counter, .. } in self.accounts {
            let counted = counter.tally();
            if unknown == 0 {
                tally.merge(&counted);
                continue;
            }
            counted.counts().for_each(|(outcome, count)| tally.add(&with_unknown(outcome, unknown), count));
        }
        tally
    }

    fn counter(&mut self, meaning: &Meaning<'c>, situations: &'r Situations<'c>) -> &mut Counter<'r, 'c> {
        let (situation, unknown) = (meaning.index, meaning.unknown());
        let known =
            self.accounts.iter().position(|account| (account.situation, account.unknown) == (situation, unknown));
        let at = known.unwrap_or_else(|| {
            let counter = Counter::new(situations.matcher(situation, &meaning.situation));
            self.accounts.push(Account { situation, unknown, counter });
            self.accounts.len() - 1
        });
        &mut self.accounts[at].counter
    }
}

/// What is said of a key where so many words name nothing in the catalogue: a check that cannot be made.
fn with_unknown(outcome: &Outcome, unknown: usize) -> Outcome {
    let mut outcome = outcome.clone();
    outcome.unanswered.extend(std::iter::repeat_n(WRONG_FORM.to_owned(), unknown));
    outcome.verdict = unsettled(outcome.verdict);
    outcome
}

/// So many meanings are kept: a column of products can hold something else on every row.
const MOST: usize = 1 << 10;

/// The words of rows with their meanings, under the options of one file.
#[derive(Default)]
struct Sayings<'c> {
    options: Situation<'c>,
    known: Vec<(Words, Meaning<'c>)>,
    hasher: RandomState,
    /// Where they are known, by the hash of the words.
    places: HashMap<u64, usize>,
    /// Where those of the row before are known: rows are often sorted.
    last: usize,
}

/// What a row says of product, channel and package.
struct Words([Option<Box<str>>; 3]);

impl Words {
    fn are(&self, words: &[Option<&str>; 3]) -> bool {
        self.0.iter().zip(words).all(|(own, other)| own.as_deref() == *other)
    }
}

impl<'c> Sayings<'c> {
    fn meaning(
        &mut self,
        spoken: &Spoken<'_>,
        options: &Situation<'c>,
        understood: impl FnOnce() -> Meaning<'c>,
    ) -> Meaning<'c> {
        if self.options != *options || self.known.len() >= MOST {
            (self.known, self.places) = (Vec::new(), HashMap::new());
            self.options = *options;
        }
        let words = [spoken.product, spoken.sku, spoken.package];
        let of = |(known, meaning): &(Words, Meaning<'c>)| known.are(&words).then(|| meaning.clone());
        if let Some(meaning) = self.known.get(self.last).and_then(of) {
            return meaning;
        }
        let hash = self.hasher.hash_one(words);
        self.last = self.places.get(&hash).copied().unwrap_or(self.known.len());
        if let Some(meaning) = self.known.get(self.last).and_then(of) {
            return meaning;
        }
        let meaning = understood();
        self.last = self.known.len();
        self.places.insert(hash, self.last);
        self.known.push((Words(words.map(|word| word.map(Box::from))), meaning.clone()));
        meaning
    }
}
