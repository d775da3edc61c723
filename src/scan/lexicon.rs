//! The words and lengths of the catalogue, prepared for running text.

use crate::{
    catalogue::{Catalogue, words::stands_alone},
    model::{form::Group, within::Within},
    parse::form::total_lengths,
};
use memchr::memrchr_iter;

/// The lengths of the groups of every form, which rule out most numbers without parsing them.
#[derive(Debug)]
pub(super) struct FormLengths(Vec<Vec<(usize, usize)>>);

impl FormLengths {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut lengths = Vec::new();
        for (_, form) in catalogue.forms.iter().filter(|(_, form)| !form.announced_by.is_empty()) {
            let groups: Vec<_> = form.groups.iter().map(Group::lengths).collect();
            if form.compact {
                lengths.push(vec![total_lengths(form)]);
            }
            lengths.push(groups);
        }
        Self(lengths)
    }

    /// Returns `true` if the groups between the hyphens have the lengths of some form.
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

/// Returns `true` if a word, or its plural, is in a text.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    last_word(text, word).is_some()
}

/// The end of the last occurrence of a word.
pub(super) fn last_word(text: &str, word: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Words and texts are so short that preparing a search would take longer than searching.
    let ends = memrchr_iter(*word.as_bytes().first()?, bytes)
        .filter(|start| bytes.within(*start..).starts_with(word.as_bytes()));
    ends.map(|start| (start, start.saturating_add(word.len())))
        .find(|(start, end)| stands_alone(text, *start, *end))
        .map(|(_, end)| end)
}
