//! What the words of rows mean, understood once: most rows say the same as others.

use crate::{
    model::situation::Situation,
    scan::{matcher_cache::MatcherCache, row_context::RowContext},
};
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

/// The check that cannot be made where the product is not known.
pub(in crate::scan) const WRONG_FORM: &str = "key/wrong-form";

/// What is known of a key by what its row says.
#[derive(Clone, Debug, Default)]
pub(in crate::scan) struct KeyContext<'c> {
    pub(in crate::scan) situation: Situation<'c>,
    /// The place of the situation among all.
    pub(super) index: usize,
    /// What the input names that no catalogue has; `None`: nothing.
    pub(in crate::scan) unknown: Option<Arc<[String]>>,
}

impl<'c> KeyContext<'c> {
    /// What is known of a key in a situation.
    pub(in crate::scan) fn of(situation: &Situation<'c>, matchers: &MatcherCache<'_>) -> Self {
        Self { situation: *situation, index: matchers.index(situation), unknown: None }
    }

    pub(super) fn unknown(&self) -> usize {
        self.unknown.as_ref().map_or(0, |unknown| unknown.len())
    }
}

/// So many meanings are kept: a column of products can hold something else on every row.
const MAX_CACHED_CONTEXTS: usize = 1 << 10;

/// The words of rows with their meanings, under the options of one file.
#[derive(Default)]
pub(super) struct ContextCache<'c> {
    options: Situation<'c>,
    known: Vec<(ContextKey, KeyContext<'c>)>,
    hasher: RandomState,
    /// Where they are known, by the hash of the words.
    places: HashMap<u64, usize>,
    /// Where those of the row before are known: rows are often sorted.
    last: usize,
}

/// What a row says of product, channel and package.
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
