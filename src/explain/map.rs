//! Ways into the articles besides a topic: the numbers of messages, and the programs that are named.

use super::fit::codes;
use crate::{
    catalogue::Catalogue,
    model::article::{Article, Message},
    parse::screen,
};
use std::collections::{BTreeMap, BTreeSet};

/// The articles by the number of a message that they explain: its kind, such as `notice`, and its number.
///
/// ```
/// use jewelcase::{Catalogue, internals::explain::map::numbers};
/// let numbers = numbers(Catalogue::built_in());
/// assert!(numbers[&("notice".to_owned(), 62)].contains("Q119563"));
/// ```
pub fn numbers(catalogue: &Catalogue) -> BTreeMap<(String, u32), BTreeSet<&str>> {
    let mut numbers: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (id, article) in catalogue.articles.iter() {
        for text in article.messages.iter().map(Message::on_screen).chain(article.phrases.iter().cloned()) {
            let words = screen::words(&text);
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            for (kind, number) in codes(&words) {
                if let Ok(number) = number.parse() {
                    numbers.entry((kind.to_owned(), number)).or_default().insert(id);
                }
            }
        }
    }
    numbers
}

/// The articles by the programs that they name: files of the ending .EXE, in capitals.
///
/// ```
/// use jewelcase::{Catalogue, internals::explain::map::programs};
/// assert!(programs(Catalogue::built_in())["EXTERNAL.EXE"].len() > 10);
/// ```
pub fn programs(catalogue: &Catalogue) -> BTreeMap<String, BTreeSet<&str>> {
    let mut programs: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (id, article) in catalogue.articles.iter() {
        for text in texts(article) {
            for program in named(text) {
                programs.entry(program).or_default().insert(id);
            }
        }
    }
    programs
}

/// Everything that an article's entry says.
fn texts(article: &Article) -> impl Iterator<Item = &str> {
    let own = [&article.title, &article.symptom, &article.cause].into_iter();
    let messages = article.messages.iter().map(|message| &message.text);
    let remedies = article.remedies.iter().flat_map(|remedy| [&remedy.title].into_iter().chain(&remedy.steps));
    own.chain(messages).chain(&article.phrases).chain(remedies).map(String::as_str)
}

/// The names of programs in a text.
fn named(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_');
    let names = words.map(|word| word.trim_matches('.').to_ascii_uppercase());
    names.filter(|name| name.strip_suffix(".EXE").is_some_and(|stem| !stem.is_empty() && !stem.contains('.')))
}
