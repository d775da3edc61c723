//! Finds product names in a text: titles, ids and aliases. The longest name wins.

use crate::{
    catalogue::{Catalogue, bit_set::BitSet},
    model::{
        name::{self, Word},
        within::{Within, span_at},
    },
};
use std::ops::Range;

/// The names of all products, each as its words without separators, sorted.
#[derive(Debug)]
pub(super) struct ProductNames<'c> {
    names: Vec<(String, Named<'c>, Spelling)>,
    /// The first bytes of the names, which rule out most words.
    beginnings: BitSet,
}

/// A product with this name.
type Named<'c> = (&'c str, Kind);

/// The role of a product beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Other programs run on it.
    Platform,
    Program,
}

/// The spelling of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    Any,
    /// Without the full stop of its version. Counts only as a single word: "works 40 hours" does not mean Works 4.0.
    Compact,
}

/// A product that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention<'c> {
    /// Its id.
    pub(super) product: &'c str,
    /// Platform or program.
    pub(super) kind: Kind,
    /// The indexes of its words among those of the text.
    pub(super) words: Range<usize>,
}

impl<'c> ProductNames<'c> {
    pub(super) fn of(catalogue: &'c Catalogue) -> Self {
        let platforms: Vec<_> = catalogue.platforms().collect();
        let of = |(words, id)| {
            let named = (id, if platforms.contains(&id) { Kind::Platform } else { Kind::Program });
            [(name::key(words), named, Spelling::Any), (name::compact_key(words), named, Spelling::Compact)]
        };
        let mut names: Vec<_> = catalogue.names_of_products().flat_map(of).collect();
        names.sort_unstable();
        names.dedup_by(|(name, ..), (before, ..)| name == before);
        let mut beginnings = BitSet::default();
        for (name, ..) in &names {
            (1..=BEGINNING)
                .for_each(|length| beginnings.add(beginning(name.as_bytes().within(..length.min(name.len())))));
        }
        Self { names, beginnings }
    }

    /// The products that a text names, in order. The longest name wins: `Plus! for Windows 95` is not Windows 95.
    pub(super) fn mentions(&self, text: &str, words: &[Word<'_>]) -> Vec<Mention<'c>> {
        let mut mentions = Vec::new();
        let mut start = 0;
        while start < words.len() {
            match self.longest(text, words.within(start..)) {
                Some((length, (product, kind))) => {
                    mentions.push(Mention { product, kind, words: span_at(start, length) });
                    start = start.saturating_add(length);
                }
                None => start = start.saturating_add(1),
            }
        }
        mentions
    }

    /// The longest name at the beginning of some words: its number of words, and its product.
    fn longest(&self, text: &str, words: &[Word<'_>]) -> Option<(usize, Named<'c>)> {
        let maker = |word: &str| word.strip_prefix("ms").or_else(|| word.strip_prefix("microsoft")).map(str::len);
        let joined = || words.first().and_then(|word| maker(&word.text)).filter(|rest| *rest > 0);
        let first = words.first()?;
        self.name(text, words, 0).or_else(|| self.name(text, words, first.text.len().saturating_sub(joined()?)))
    }

    /// The longest name at the beginning of some words, without the first `skipped` bytes of the first word.
    fn name(&self, text: &str, words: &[Word<'_>], skipped: usize) -> Option<(usize, Named<'c>)> {
        let first = words.first()?.text.as_bytes().within(skipped..);
        if !self.beginnings.may_have(beginning(first.within(..first.len().min(BEGINNING)))) {
            return None;
        }
        let (mut key, mut longest, mut end, mut one) = (String::new(), None, None, true);
        for (at, word) in words.iter().enumerate() {
            if end.is_some_and(|end: usize| !joins(text.within(end..word.span.start))) {
                break;
            }
            one &= end.is_none_or(|end| end == word.span.start);
            key.push_str(if at == 0 { word.text.within(skipped..) } else { &word.text });
            end = Some(word.span.end);
            let first = self.names.partition_point(|(name, ..)| *name < key);
            match self.names.get(first) {
                Some((name, product, spelling)) if *name == key => {
                    if one || *spelling == Spelling::Any {
                        longest = Some((at.saturating_add(1), *product));
                    }
                }
                Some((name, ..)) if name.starts_with(&key) => {}
                _ => break,
            }
        }
        longest
    }

    /// The product that a text names, if it names just one.
    pub(super) fn product(&self, text: &str) -> Option<&'c str> {
        let mentions = self.mentions(text, &name::words(text));
        let first = mentions.first()?.product;
        mentions.iter().all(|mention| mention.product == first).then_some(first)
    }
}

/// The number of first bytes that are compared with all names at once.
const BEGINNING: usize = 3;

fn beginning(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |hash, byte| hash.saturating_mul(37).saturating_add(usize::from(*byte)))
}

/// Returns `true` if the text between two words lets them be one name: it has no end of a sentence, cell or value.
fn joins(between: &str) -> bool {
    const MAX_GAP: usize = 8;
    between.len() <= MAX_GAP && !between.contains(['.', ';', '|', '?', '=', '\n', '\t', '"', ':'])
}
