//! Finds sentences that an entry copies word for word from a text.

use super::text::Texts;
use crate::catalogue::lint::Step::{self, Index, Key};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// The number of consecutive words that count as a copied sentence.
const SENTENCE_WORDS: usize = 8;

/// The number of those that must be ordinary words; the rest may be file names and numbers, which nobody owns.
const MIN_ORDINARY_WORDS: usize = 6;

/// Every run of [`SENTENCE_WORDS`] words of the texts, by a hash, with its article.
pub(super) struct Copied(HashMap<u64, String>);

impl From<&Texts> for Copied {
    fn from(texts: &Texts) -> Self {
        let mut runs = HashMap::new();
        for (number, text) in texts.iter() {
            for run in words(text.printed()).windows(SENTENCE_WORDS) {
                runs.entry(hash(run)).or_insert_with(|| number.to_owned());
            }
        }
        Self(runs)
    }
}

/// Reports the first copied sentence of each text of an entry. Texts on a screen, search phrases, and
/// the inputs of examples are quoted on purpose.
pub(super) fn entry(copied: &Copied, value: &Value, mut report: impl FnMut(&[Step<'_>], String)) {
    let mut quoted = HashSet::new();
    for key in QUOTED_KEYS {
        each(value.get(key).unwrap_or(&Value::Null), &mut Vec::new(), &mut |_, text| {
            quoted.extend(words(text).windows(SENTENCE_WORDS).map(hash));
        });
    }
    let mut found: Vec<(Vec<PathPart>, String)> = Vec::new();
    each(value, &mut Vec::new(), &mut |way, text| {
        let (words, small) = (words(text), small(text));
        let runs = words.windows(SENTENCE_WORDS).zip(small.windows(SENTENCE_WORDS));
        let mut runs = runs.filter(|(run, small)| is_prose(run) && !is_name(small)).map(|(run, _)| (hash(run), run));
        let run = runs.find(|(hash, _)| copied.0.contains_key(hash) && !quoted.contains(hash));
        if let Some((run, number)) = run.and_then(|(hash, run)| Some((run, copied.0.get(&hash)?))) {
            found.push((way.to_vec(), format!("expected our own words, found words of {number}: `{}`", run.join(" "))));
        }
    });
    for (way, message) in found {
        let steps: Vec<_> = way.iter().map(PathPart::step).collect();
        report(&steps, message);
    }
}

/// Keys whose texts are quoted.
const QUOTED_KEYS: [&str; 2] = ["messages", "phrases"];

/// One step of the path to a value.
#[derive(Clone)]
enum PathPart {
    Key(String),
    Index(usize),
}

impl PathPart {
    fn step(&self) -> Step<'_> {
        match self {
            Self::Key(key) => Key(key),
            Self::Index(index) => Index(*index),
        }
    }
}

/// Calls a function for every text below a value, except quoted ones and inputs of examples.
fn each(value: &Value, way: &mut Vec<PathPart>, found: &mut impl FnMut(&[PathPart], &str)) {
    match value {
        Value::String(text) => found(way, text),
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                way.push(PathPart::Index(index));
                each(value, way, found);
                way.pop();
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                let quoted = way.is_empty() && (QUOTED_KEYS.contains(&key.as_str()) || key == "examples");
                if !quoted {
                    way.push(PathPart::Key(key.clone()));
                    each(value, way, found);
                    way.pop();
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The words of a text in lower case, without the marks around them.
fn words(text: &str) -> Vec<String> {
    written(text).map(str::to_lowercase).collect()
}

/// For each of these words, true if it begins with a small letter.
fn small(text: &str) -> Vec<bool> {
    written(text).map(|word| word.starts_with(char::is_lowercase)).collect()
}

fn written(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty())
}

/// Returns `true` for the name of a product, which nobody owns: `Windows CE Embedded Toolkit for Visual C++ 5.0`.
fn is_name(small: &[bool]) -> bool {
    /// The maximum number of words between names, such as `for` and `and`.
    const MAX_WORDS_BETWEEN: usize = 2;
    small.iter().filter(|small| **small).count() <= MAX_WORDS_BETWEEN
}

fn is_prose(run: &[String]) -> bool {
    run.iter().filter(|word| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'))).count()
        >= MIN_ORDINARY_WORDS
}

fn hash(run: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    run.hash(&mut hasher);
    hasher.finish()
}
