//! The words and lengths of the catalogue, made ready for running text.

use crate::{catalogue::Catalogue, model::form::Group};
use memchr::memrchr_iter;
use std::collections::HashMap;

/// The lengths of the groups of every form, so that most numbers are told apart from keys without reading them.
#[derive(Debug)]
pub(super) struct FormLengths(Vec<Vec<(usize, usize)>>);

impl FormLengths {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut lengths = Vec::new();
        for (_, form) in catalogue.forms.iter().filter(|(_, form)| !form.announced_by.is_empty()) {
            let groups: Vec<_> = form.groups.iter().map(Group::lengths).collect();
            if form.compact {
                lengths.push(vec![groups.iter().fold((0, 0), |(least, most), (a, b)| (least + a, most + b))]);
            }
            lengths.push(groups);
        }
        Self(lengths)
    }

    /// Whether the groups between the hyphens have the lengths of some form.
    pub(super) fn fit(&self, text: &[u8]) -> bool {
        let matches = |shape: &Vec<(usize, usize)>| {
            let mut groups = text.split(|byte| *byte == b'-');
            let own = |(least, most): &(usize, usize)| {
                groups.next().is_some_and(|group| (*least..=*most).contains(&group.len()))
            };
            shape.iter().all(own) && groups.next().is_none()
        };
        self.0.iter().any(matches)
    }
}

/// The titles of all products, by their first word.
#[derive(Debug)]
pub(super) struct ProductNames<'c>(HashMap<String, Vec<(&'c str, String)>>);

impl<'c> ProductNames<'c> {
    pub(super) fn of(catalogue: &'c Catalogue) -> Self {
        let mut names: HashMap<String, Vec<(&str, String)>> = HashMap::new();
        for (id, product) in catalogue.products.iter() {
            let title = product.title.to_lowercase();
            let first = words(&title).next().unwrap_or_default().to_owned();
            names.entry(first).or_default().push((id, title));
        }
        Self(names)
    }

    /// The product that the text before a key names, if it names just one.
    pub(super) fn product(&self, before: &str) -> Option<&'c str> {
        let names = words(before).filter_map(|word| self.0.get(word)).flatten();
        let named: Vec<_> = names.filter(|(_, title)| has_word(before, title)).collect();
        // The longer title wins over one that it contains: Windows NT 4.0 Server over Windows NT 4.0.
        let (id, longest) = named.iter().max_by_key(|(_, title)| title.len())?;
        named.iter().all(|(_, title)| longest.contains(title)).then_some(id)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a word stands in a text, itself or its plural.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    last_word(text, word).is_some()
}

/// Whether what stands at a place is a word, or its plural, and no part of one.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let tail = text[end..].strip_prefix('s').unwrap_or(&text[end..]);
    !letter(text[..start].chars().next_back()) && !letter(tail.chars().next())
}

/// Where the last occurrence of a word ends.
pub(super) fn last_word(text: &str, word: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Words are short, and so are the texts: to prepare a search would take longer than to search.
    let ends =
        memrchr_iter(*word.as_bytes().first()?, bytes).filter(|start| bytes[*start..].starts_with(word.as_bytes()));
    ends.map(|start| (start, start + word.len()))
        .find(|(start, end)| stands_alone(text, *start, *end))
        .map(|(_, end)| end)
}
