//! The words for keys in all languages, prepared for running text.

use super::{
    Catalogue,
    words::{Words, is_unspaced, spoken},
};
use crate::model::language::{Language, Meaning};

/// The words of all languages together.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Words that announce a key.
    pub(crate) announces: Words,
    /// Words that hint at one.
    pub(crate) hints: Words,
    /// Words that mean a key.
    pub(crate) keys: Words,
    /// Words that say that a number is something else.
    pub(crate) vetoes: Words,
    /// Words that say so over a column.
    pub(crate) headings: Words,
    /// Things with serial numbers of their own.
    pub(crate) hardware: Words,
    /// Single words of each kind, as in [`Language`].
    pub(crate) links: Words,
    pub(crate) open: Words,
    pub(crate) purposes: Words,
    pub(crate) platforms: Words,
    pub(crate) machines: Words,
    pub(crate) genitives: Words,
    pub(crate) joins: Words,
    pub(crate) particles: Words,
    pub(crate) editions: Words,
    /// Words that deny the product after them: `not`.
    pub(crate) negations: Words,
    /// Words that add nothing about the product of a key, including those of the kinds above.
    pub(crate) fillers: Words,
    /// Names of columns, without spaces: of keys, of possible keys, of products.
    pub(crate) key_columns: Words,
    pub(crate) hint_columns: Words,
    pub(crate) product_columns: Words,
    /// Every name of a key, sure or not: words joined by one space.
    trade: Words,
    /// The first words of these.
    firsts: Words,
    /// Those in languages without spaces.
    unspaced: Vec<String>,
}

/// The maximum number of words in a name of a key.
const MAX_WORDS: usize = 4;

impl Lexicon {
    /// The lexicon of a catalogue's languages, with the words that announce its forms.
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let languages: Vec<&Language> = catalogue.languages.iter().map(|(_, language)| language).collect();
        let list = |of: fn(&Language) -> &Vec<String>| -> Vec<String> {
            languages.iter().flat_map(|language| of(language).iter().cloned()).collect()
        };
        let words = |of: fn(&Language) -> &Vec<String>| Words::new(list(of));
        let joined = |of: fn(&Language) -> &Vec<String>| {
            Words::new(list(of).into_iter().map(|word| word.replace(' ', "")).collect())
        };
        let forms = catalogue.forms.iter().flat_map(|(_, form)| form.announced_by.iter().chain(&form.hinted_by));
        let of_forms = forms.filter_map(|words| if let [word] = words.as_slice() { Some(word.clone()) } else { None });
        let trade: Vec<String> =
            of_forms.chain(list(|of| &of.announces)).chain(list(|of| &of.hints)).chain(list(|of| &of.keys)).collect();
        let silent: [fn(&Language) -> &Vec<String>; 9] = [
            |of| &of.fillers,
            |of| &of.editions,
            |of| &of.particles,
            |of| &of.links,
            |of| &of.open,
            |of| &of.purposes,
            |of| &of.platforms,
            |of| &of.genitives,
            |of| &of.joins,
        ];
        Self {
            announces: words(|of| &of.announces),
            hints: Words::new([list(|of| &of.hints), list(|of| &of.keys)].concat()),
            keys: words(|of| &of.keys),
            vetoes: words(|of| &of.vetoes),
            headings: words(|of| &of.headings),
            hardware: words(|of| &of.hardware),
            links: words(|of| &of.links),
            open: words(|of| &of.open),
            purposes: words(|of| &of.purposes),
            platforms: words(|of| &of.platforms),
            machines: words(|of| &of.machines),
            genitives: words(|of| &of.genitives),
            joins: words(|of| &of.joins),
            particles: words(|of| &of.particles),
            editions: words(|of| &of.editions),
            negations: words(|of| &of.negations),
            fillers: Words::new(silent.into_iter().flat_map(list).collect()),
            key_columns: joined(|of| &of.announces),
            hint_columns: joined(|of| &of.hints),
            product_columns: joined(|of| &of.products),
            firsts: Words::new(trade.iter().filter_map(|name| name.split(' ').next()).map(str::to_owned).collect()),
            unspaced: trade.iter().filter(|word| word.contains(is_unspaced)).cloned().collect(),
            trade: Words::new(trade),
        }
    }

    /// The number of words, from the first on, that are the name of a key, or 0.
    pub(crate) fn trade<'w>(&self, words: impl Iterator<Item = &'w str>) -> usize {
        let (mut name, mut length) = (String::new(), 0);
        for (at, word) in words.take(MAX_WORDS).enumerate() {
            let begins =
                || self.firsts.contains(word) || word.strip_suffix('s').is_some_and(|one| self.firsts.contains(one));
            if at == 0 && !begins() && (word.is_ascii() || !word.contains(is_unspaced)) {
                break;
            }
            if at > 0 {
                name.push(' ');
            }
            name.push_str(word);
            let plural = name.strip_suffix('s').is_some_and(|name| self.trade.contains(name));
            if plural || self.trade.contains(&name) {
                length = at.saturating_add(1);
            }
            if at == 0 && word.contains(is_unspaced) && self.unspaced.iter().any(|own| word.contains(own.as_str())) {
                length = 1;
            }
        }
        length
    }

    /// The meaning that the words of a text give to a number after it.
    pub(crate) fn meaning(&self, text: &str) -> Meaning {
        let text = spoken(text);
        let single = |words: &Words| text.split(' ').any(|word| words.contains(word));
        if self.vetoes.is_in(&text) {
            Meaning::Other
        } else if self.announces.is_in(&text) {
            Meaning::Key
        } else if self.hardware.is_in(&text) {
            Meaning::Hardware
        } else if self.hints.is_in(&text) {
            Meaning::Hint
        } else if single(&self.purposes) || single(&self.platforms) {
            Meaning::Platform
        } else {
            Meaning::Nothing
        }
    }
}
