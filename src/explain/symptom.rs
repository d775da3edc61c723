//! Finds articles by the words of a symptom if no message and no phrase fits: "the key box takes no more digits".

use super::{Match, fit::of_other_number, found_by, of_article};
use crate::{catalogue::Catalogue, model::article::Article, parse::screen};
use std::collections::{BTreeSet, HashMap};

/// The articles whose title, symptom, cause and remedies contain most of the typed words; rarer words count more.
pub(super) fn find(catalogue: &Catalogue, topic: &str, product: Option<&str>) -> Vec<Match> {
    const MAX_ARTICLES: usize = 5;
    /// The minimum share of the typed words that an article must contain, by their weights.
    const MIN_SHARE: f64 = 0.55;
    /// The minimum number of words: many articles contain any two.
    const MIN_WORDS: usize = 3;
    /// The maximum number of words. A description of a symptom is no longer than a sentence or two.
    const MAX_WORDS: usize = 60;
    let (typed, all) = (telling(topic), screen::words(topic));
    if typed.len() < MIN_WORDS || typed.len() > MAX_WORDS {
        return Vec::new();
    }
    let articles = catalogue.found_by(found_by);
    let articles: Vec<_> = articles
        .map(|(number, article, found_by)| {
            (number, article, found_by, found_by.words.get_or_init(|| words_of(article)))
        })
        .collect();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (.., words) in &articles {
        for word in typed.intersection(words) {
            let articles = known.entry(word).or_default();
            *articles = articles.saturating_add(1);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of articles is small")]
    let weight = |word: &str| {
        (articles.len() as f64 / known.get(word).copied().unwrap_or(0).saturating_add(1) as f64).ln().max(0.1)
    };
    let whole: f64 = typed.iter().map(|word| weight(word)).sum();
    let mut found: Vec<_> = articles
        .iter()
        .filter_map(|(number, article, found_by, words)| {
            let shared: Vec<_> = typed.intersection(words).collect();
            let share = shared.iter().map(|word| weight(word)).sum::<f64>() / whole;
            let about = product.is_some_and(|id| article.products.iter().any(|other| other == id));
            // An article that is only about other Notices is about something else.
            let of_another = || {
                let shown = found_by.screens.iter().filter(|screen| screen.shown);
                let pieces: Vec<_> = shown.flat_map(|screen| &screen.pieces).cloned().collect();
                of_other_number(&pieces, &all)
            };
            (shared.len() >= MIN_WORDS && share >= MIN_SHARE && !of_another())
                .then_some((about, share, *number, *article))
        })
        .collect();
    found.sort_by(|(left_about, left, left_number, _), (right_about, right, right_number, _)| {
        right_about.cmp(left_about).then(right.total_cmp(left)).then(left_number.cmp(right_number))
    });
    let best = found.first().map(|(about, share, ..)| (*about, *share));
    found
        .into_iter()
        .take(MAX_ARTICLES)
        .map(|(about, share, number, article)| {
            let why = if about { "words of the symptom, about this product" } else { "words of the symptom" };
            Match { best: best == Some((about, share)), ..of_article(number, article, why.to_owned()) }
        })
        .collect()
}

fn words_of(article: &Article) -> BTreeSet<String> {
    let messages = article.messages.iter().map(|message| &message.text);
    let remedies = article.remedies.iter().map(|remedy| &remedy.title);
    let texts = [&article.title, &article.symptom, &article.cause].into_iter();
    let texts = texts.chain(&article.applies_to).chain(&article.phrases).chain(messages).chain(remedies);
    texts.flat_map(|text| telling(text)).collect()
}

/// The distinctive words, without their endings: `types`, `typed` and `typing` are one word.
fn telling(text: &str) -> BTreeSet<String> {
    screen::words(text).iter().filter(|word| !is_silent(word)).map(|word| stem(word).to_owned()).collect()
}

/// Returns `true` if a word is too common to count.
fn is_silent(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

fn stem(word: &str) -> &str {
    let plain = ["ing", "ed", "es", "s", "e"].into_iter().find_map(|ending| word.strip_suffix(ending));
    plain.filter(|plain| plain.len() >= 3).unwrap_or(word)
}

/// Words that are in every sentence.
const STOP_WORDS: [&str; 52] = [
    "a",
    "all",
    "am",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "can",
    "cannot",
    "do",
    "does",
    "for",
    "from",
    "has",
    "have",
    "i",
    "if",
    "in",
    "is",
    "it",
    "its",
    "me",
    "microsoft",
    "more",
    "my",
    "no",
    "not",
    "of",
    "on",
    "or",
    "please",
    "so",
    "t",
    "that",
    "the",
    "there",
    "this",
    "to",
    "up",
    "want",
    "wants",
    "was",
    "when",
    "which",
    "will",
    "with",
    "won",
    "you",
    "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symptom_in_other_words_finds_its_articles() {
        let catalogue = Catalogue::built_in();
        let found =
            |topic: &str| -> Vec<String> { find(catalogue, topic, None).into_iter().map(|found| found.id).collect() };
        let typing = found("the CD key box will not let me type all digits");
        for number in ["Q145732", "Q138079", "Q139955"] {
            assert!(typing.iter().any(|id| id == number), "{number}: {typing:?}");
        }
        assert_eq!(found("the weather in the garden was fine"), [""; 0]);
        assert_eq!(found("key"), [""; 0]);
    }
}
