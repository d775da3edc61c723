//! The meaning of the words in rows, resolved once: most rows have the same words as others.

use crate::{
    model::situation::Situation,
    scan::{matcher_cache::MatcherCache, row_context::RowContext},
};
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

/// The check that cannot be made if the product is unknown.
pub(in crate::scan) const WRONG_FORM: &str = "key/wrong-form";

/// The facts about a key that its row gives.
#[derive(Clone, Debug, Default)]
pub(in crate::scan) struct KeyContext<'c> {
    pub(in crate::scan) situation: Situation<'c>,
    /// The index of the situation in the matcher cache.
    pub(super) index: usize,
    /// The names in the input that the catalogue does not have; `None`: there are none.
    pub(in crate::scan) unknown: Option<Arc<[String]>>,
}

impl<'c> KeyContext<'c> {
    /// The context of a key in a situation, without unknown names.
    pub(in crate::scan) fn of(situation: &Situation<'c>, matchers: &MatcherCache<'_>) -> Self {
        Self { situation: *situation, index: matchers.index(situation), unknown: None }
    }

    pub(super) fn unknown(&self) -> usize {
        self.unknown.as_ref().map_or(0, |unknown| unknown.len())
    }
}

/// The maximum number of cached contexts: a column of products can contain something else on every row.
const MAX_CACHED_CONTEXTS: usize = 1 << 10;

/// The words of rows with their contexts, under the options of one file.
#[derive(Default)]
pub(super) struct ContextCache<'c> {
    options: Situation<'c>,
    known: Vec<(ContextKey, KeyContext<'c>)>,
    hasher: RandomState,
    /// The index of each context, by the hash of its words.
    places: HashMap<u64, usize>,
    /// The index of the previous row's context: rows are often sorted.
    last: usize,
}

/// The words of a row for product, channel and package.
struct ContextKey([Option<Box<str>>; 3]);

impl ContextKey {
    fn are(&self, words: &[Option<&str>; 3]) -> bool {
        self.0.iter().zip(words).all(|(own, other)| own.as_deref() == *other)
    }
}

impl<'c> ContextCache<'c> {
    pub(super) fn meaning(
        &mut self,
        spoken: &RowContext<'_>,
        options: &Situation<'c>,
        understood: impl FnOnce() -> KeyContext<'c>,
    ) -> KeyContext<'c> {
        if self.options != *options || self.known.len() >= MAX_CACHED_CONTEXTS {
            (self.known, self.places) = (Vec::new(), HashMap::new());
            self.options = *options;
        }
        let words = [spoken.product, spoken.sku, spoken.package];
        let of = |(known, meaning): &(ContextKey, KeyContext<'c>)| known.are(&words).then(|| meaning.clone());
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
        self.known.push((ContextKey(words.map(|word| word.map(Box::from))), meaning.clone()));
        meaning
    }
}
