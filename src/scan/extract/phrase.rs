//! A part of a text as words: the products that it names, the platforms among them, and signs that it is about something else.

use crate::{
    catalogue::Lexicon,
    model::{
        name::{self, Word},
        within::{Within, span_at},
    },
    scan::{
        context::ScanContext,
        product_names::{Kind, Mention},
    },
};

/// The product of a number, according to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan) enum ProductMention<'c> {
    /// The number is for this product.
    Product(&'c str),
    /// It is for several products, for one that the catalogue does not have, or for one that cannot be determined.
    Unclear,
    /// The text mentions no product.
    Nothing,
}

/// A text, its words, and the products that it names.
pub(super) struct Phrase<'t, 'c> {
    lexicon: &'c Lexicon,
    text: &'t str,
    words: Vec<Word<'t>>,
    mentions: Vec<Mention<'c>>,
    /// For each word, true if it belongs to a word for keys, such as `CD key`.
    trade: Vec<bool>,
}

impl<'t, 'c> Phrase<'t, 'c> {
    pub(super) fn new(context: &ScanContext<'c>, text: &'t str) -> Self {
        let words = name::words(text);
        let mentions = context.mentions(text, &words);
        let lexicon = context.lexicon();
        let trade = trade(lexicon, &words);
        Self { lexicon, text, words, mentions, trade }
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The products that it is about: all that it names, except mere platforms.
    fn subjects(&self) -> Vec<&Mention<'c>> {
        let mut platform: Option<usize> = None;
        let mut subjects = Vec::new();
        for mention in &self.mentions {
            let joined = platform.is_some_and(|end| self.is_enumeration(end, mention.words.start));
            if joined || self.is_platform(mention) {
                platform = Some(mention.words.end);
            } else {
                subjects.push(mention);
            }
        }
        subjects
    }

    /// The product of a number that follows the text.
    pub(super) fn before_number(&self) -> ProductMention<'c> {
        let subjects = self.subjects();
        let Some(last) = subjects.last() else {
            return if self.is_foreign(0) { ProductMention::Unclear } else { ProductMention::Nothing };
        };
        let one = subjects.iter().all(|mention| mention.product == last.product && !self.is_denied(mention));
        let clear = || match last.kind {
            Kind::Program => !self.is_foreign(last.words.end),
            Kind::Platform => self.is_plain(last.words.end, self.len()) && (self.is_bound(last) || !self.has_name(0)),
        };
        if one && clear() { ProductMention::Product(last.product) } else { ProductMention::Unclear }
    }

    /// Returns `true` if it names any product.
    pub(super) fn names_product(&self) -> bool {
        !self.mentions.is_empty()
    }

    /// Returns `true` if the words before a product deny it: `not for Windows 95`.
    fn is_denied(&self, mention: &Mention<'c>) -> bool {
        let adjacent = |at: &usize| self.is_adjacent(*at, at.saturating_add(1));
        let said = |at: usize| self.word(at);
        let mut before = (0..mention.words.start).rev().take_while(adjacent);
        let first = before.find(|at| !self.lexicon.fillers.contains(said(*at)));
        first.is_some_and(|at| self.lexicon.negations.contains(said(at)))
    }

    /// The product of a number before the text; the first `own` words are the number's own.
    pub(super) fn after_number(&self, own: usize) -> ProductMention<'c> {
        let subjects = self.subjects();
        let Some(first) = subjects.iter().find(|mention| mention.words.start >= own) else {
            return ProductMention::Nothing;
        };
        let one = subjects.iter().filter(|mention| mention.words.start >= own);
        let one = one.into_iter().all(|mention| mention.product == first.product && !self.is_denied(mention));
        if one && self.is_plain(own, first.words.start) {
            ProductMention::Product(first.product)
        } else {
            ProductMention::Nothing
        }
    }

    /// The product that the text names as a title: the cell of a row, a heading, or the name of a file or folder.
    pub(super) fn title(&self) -> ProductMention<'c> {
        let subjects = self.subjects();
        match subjects.first() {
            None if self.is_plain(0, self.len()) && self.mentions.is_empty() => ProductMention::Nothing,
            None => ProductMention::Unclear,
            Some(first) if subjects.iter().any(|mention| mention.product != first.product) => ProductMention::Unclear,
            Some(first) if first.kind == Kind::Program || self.is_plain(0, self.len()) => {
                ProductMention::Product(first.product)
            }
            Some(_) => ProductMention::Unclear,
        }
    }

    /// The product that the text names, if it contains that product's name and nothing else.
    pub(super) fn name(&self) -> ProductMention<'c> {
        match self.title() {
            ProductMention::Product(_) if !self.is_plain(0, self.len()) => ProductMention::Unclear,
            said => said,
        }
    }

    /// Returns `true` if it contains a name that the catalogue does not have. A name followed by a number does not count: that is usually a
    /// machine.
    pub(super) fn has_foreign_name(&self) -> bool {
        (0..self.len()).any(|at| self.is_name(at) && !self.words.get(at.saturating_add(1)).is_some_and(Word::is_number))
    }

    /// Returns `true` if something else merely runs on the product: `for Windows 95`, `on Windows NT 4.0`, `a Windows 95 PC`.
    fn is_platform(&self, mention: &Mention<'c>) -> bool {
        let (start, end) = (mention.words.start, mention.words.end);
        if mention.kind == Kind::Program {
            return false;
        }
        if self.words.get(end).is_some_and(|word| self.lexicon.machines.contains(&word.text))
            && self.is_adjacent(end.saturating_sub(1), end)
        {
            return true;
        }
        let mut before = start;
        while before > 0
            && self.is_adjacent(before.saturating_sub(1), before)
            && self.is_article(before.saturating_sub(1))
        {
            before = before.saturating_sub(1);
        }
        let Some(at) = before.checked_sub(1) else { return false };
        let word = self.word(at);
        let bracket =
            self.words.get(start).is_some_and(|word| self.text.within(..word.span.start).trim_end().ends_with('('));
        if bracket && !self.is_plain(at, at.saturating_add(1)) {
            return true;
        }
        if !self.is_adjacent(at, before) {
            return false;
        }
        // "The CD key for Windows 95" is its key; "Photoshop for Windows 95" is another program.
        self.lexicon.platforms.contains(word)
            || self.lexicon.purposes.contains(word) && at > 0 && !self.follows_trade(at)
    }

    /// Returns `true` if a word is an article or the like, or the maker's name.
    fn is_article(&self, at: usize) -> bool {
        let word = self.word(at);
        word == "ms" || self.lexicon.particles.contains(word)
    }

    /// Returns `true` if only fillers are between a word for keys and the word at `at`.
    fn follows_trade(&self, at: usize) -> bool {
        let last = (0..at).rev().find(|at| self.is_trade(*at));
        let silent = |at: usize| {
            let word = self.word(at);
            self.lexicon.fillers.contains(word) && !self.lexicon.purposes.contains(word)
        };
        last.is_some_and(|last| (last.saturating_add(1)..at).all(silent))
    }

    /// Returns `true` if the name of a product is directly beside a word for keys: `Windows 95 CD key`, `the CD key of Windows 95`.
    fn is_bound(&self, mention: &Mention<'c>) -> bool {
        let (start, end) = (mention.words.start, mention.words.end);
        let next = self.is_trade(end) && self.is_adjacent(end.saturating_sub(1), end);
        let last = (0..start).rev().find(|at| self.is_trade(*at));
        next || last
            .is_some_and(|last| (last.saturating_add(1)..start).all(|at| self.lexicon.fillers.contains(self.word(at))))
    }

    /// Returns `true` if only a comma, a slash or an "and" separates two words.
    fn is_enumeration(&self, from: usize, to: usize) -> bool {
        let gap = self.gap(from.saturating_sub(1), to);
        (from..to).all(|at| self.lexicon.joins.contains(self.word(at))) && !gap.contains(['.', ';', ':', '|', '='])
    }

    /// Returns `true` if the words from `from` on say that the number belongs to something else: `Site Server 3.0 CD key`, `CD key of
    /// Photoshop`.
    fn is_foreign(&self, from: usize) -> bool {
        self.has_name(from) || self.is_compound(from) || self.is_complement(from) || self.is_label(from)
    }

    /// Returns `true` if a word that is not a filler is directly before the last word for keys.
    fn is_compound(&self, from: usize) -> bool {
        let Some(last) = (from..self.len()).rev().find(|at| self.is_trade(*at)) else { return false };
        let first = (from..=last).rev().take_while(|at| self.is_trade(*at)).last().unwrap_or(last);
        let run = (from..first).rev().take_while(|at| self.is_adjacent(*at, at.saturating_add(1)));
        let mut run = run.take_while(|at| !self.lexicon.particles.contains(self.word(*at)));
        run.any(|at| !self.is_plain(at, at.saturating_add(1)))
    }

    /// Returns `true` if "of" or "for" and something unknown follow the last word for keys.
    fn is_complement(&self, from: usize) -> bool {
        let Some(last) = (from..self.len()).rev().find(|at| self.is_trade(*at)) else { return false };
        let of = (last.saturating_add(1)..self.len()).find(|at| {
            let word = self.word(*at);
            self.lexicon.purposes.contains(word) || self.lexicon.genitives.contains(word)
        });
        of.is_some_and(|of| {
            (last.saturating_add(1)..of).all(|at| self.is_plain(at, at.saturating_add(1)))
                && !self.is_plain(of, self.len())
        })
    }

    /// Returns `true` if a word that is not a filler is a label: `photoshop: `, `printer - `.
    fn is_label(&self, from: usize) -> bool {
        let labels = |at: usize| {
            let end = self.words.get(at).map_or(self.text.len(), |word| word.span.end);
            let next = self.words.get(at.saturating_add(1)).map_or(self.text.len(), |word| word.span.start);
            let gap = self.text.within(end..next);
            gap.contains([':', '=', '\u{2013}', '\u{2014}']) || gap.contains(" - ")
        };
        (from..self.len()).any(|at| labels(at) && !self.is_plain(at, at.saturating_add(1)))
    }

    /// Returns `true` if the words from `from` on contain an unknown name. The first word of a sentence is capitalised as names are.
    fn has_name(&self, from: usize) -> bool {
        let opens = |at: usize| {
            at == 0
                && self
                    .words
                    .get(1)
                    .is_some_and(|word| self.lexicon.particles.contains(&word.text) && self.is_adjacent(0, 1))
        };
        (from..self.len()).any(|at| self.is_name(at) && !opens(at))
    }

    /// Returns `true` if a word is capitalised like a name, and unknown.
    fn is_name(&self, at: usize) -> bool {
        let capitalised = |word: &Word| self.text.within(word.span.clone()).starts_with(char::is_uppercase);
        self.words.get(at).is_some_and(capitalised) && !self.is_plain(at, at.saturating_add(1))
    }

    /// Returns `true` if no word between two indexes adds anything: all are words for keys, parts of product names, or fillers.
    fn is_plain(&self, from: usize, to: usize) -> bool {
        /// The longest number of a version or release, in characters.
        const MAX_VERSION: usize = 6;
        let named = |at: usize| self.mentions.iter().any(|mention| mention.words.contains(&at));
        self.words.iter().enumerate().take(to).skip(from).all(|(at, word)| {
            let short = word.is_number() && word.text.len() <= MAX_VERSION || word.text.chars().nth(1).is_none();
            short || self.is_trade(at) || named(at) || self.lexicon.fillers.contains(&word.text)
        })
    }

    /// The word at an index; nothing beyond the last one.
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &*word.text)
    }

    /// Returns `true` if the word at an index belongs to a word for keys.
    fn is_trade(&self, at: usize) -> bool {
        self.trade.get(at).is_some_and(|trade| *trade)
    }

    /// The text between two words.
    fn gap(&self, at: usize, next: usize) -> &str {
        let ends = self.words.get(at).zip(self.words.get(next));
        ends.map_or("", |(word, next)| self.text.within(word.span.end..next.span.start))
    }

    /// Returns `true` if only spaces, hyphens and quotes separate two words.
    fn is_adjacent(&self, at: usize, next: usize) -> bool {
        !self
            .gap(at, next)
            .contains(|c: char| !(c.is_whitespace() || "-_\"'`*\u{2018}\u{2019}\u{201C}\u{201D}".contains(c)))
    }
}

/// For each word, true if it belongs to a word for keys.
fn trade(lexicon: &Lexicon, words: &[Word<'_>]) -> Vec<bool> {
    let mut trade = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let length = lexicon.trade(words.within(at..).iter().map(|word| &*word.text));
        trade.within_mut(span_at(at, length)).fill(true);
        at = at.saturating_add(length.max(1));
    }
    trade
}
