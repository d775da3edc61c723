//! The sections and entries of a text, indexed by name.

use super::MAX_KEYS;
use crate::{
    model::within::Within,
    parse::ini::{self, Entry, Line},
};
use std::ops::Range;

/// A text as sections and entries, up to [`MAX_KEYS`] of them.
pub(super) struct Outline<'t> {
    pub(super) text: &'t str,
    pub(super) sections: Vec<Section>,
    pub(super) entries: Vec<(Option<usize>, Entry)>,
    /// The first line that is neither empty nor a comment.
    pub(super) first: Option<Range<usize>>,
    /// The number of other lines that have as many words as a sentence.
    pub(super) sentences: usize,
    /// True if lines were left out because there were too many.
    pub(super) cut: bool,
}

/// The heading of a section.
pub(super) struct Section {
    /// With its brackets.
    pub(super) span: Range<usize>,
    /// Without them.
    pub(super) name: Range<usize>,
}

impl<'t> Outline<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut outline =
            Self { text, sections: Vec::new(), entries: Vec::new(), first: None, sentences: 0, cut: false };
        for line in ini::lines(text) {
            if outline.sections.len().saturating_add(outline.entries.len()) >= MAX_KEYS {
                outline.cut = true;
                break;
            }
            let span = match line {
                Line::Section { span, name } => {
                    outline.sections.push(Section { span: span.clone(), name });
                    span
                }
                Line::Entry(entry) => {
                    let span = entry.span.clone();
                    outline.entries.push((outline.sections.len().checked_sub(1), entry));
                    span
                }
                Line::Other(span) => {
                    outline.sentences =
                        outline.sentences.saturating_add(usize::from(is_sentence(text.within(span.clone()))));
                    span
                }
                Line::Blank => continue,
            };
            outline.first.get_or_insert(span);
        }
        outline
    }

    /// Returns `true` if this is a text about answer files rather than one: it begins with something else, and contains many sentences.
    pub(super) fn is_prose(&self) -> bool {
        let first = self.first.as_ref().map_or(usize::MAX, |first| first.start);
        let begins_as_file = self.sections.first().is_some_and(|section| section.span.start == first)
            || self.entries.first().is_some_and(|(_, entry)| entry.span.start == first);
        !begins_as_file && self.sentences.saturating_mul(4) > self.sections.len().saturating_add(self.entries.len())
    }

    /// Returns `true` if the section at an index has this name.
    pub(super) fn is_section(&self, at: usize, name: &str) -> bool {
        self.sections.get(at).is_some_and(|section| is_named(self.text.within(section.name.clone()), name))
    }

    /// The first section of this name.
    pub(super) fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| is_named(self.text.within(section.name.clone()), name))
    }

    /// The entries of this name in sections of this name, as in [`crate::model::answer_source::EntryName`].
    pub(super) fn entries<'o>(&'o self, section: Option<&'o str>, name: &'o str) -> impl Iterator<Item = &'o Entry> {
        let inside = move |at: Option<usize>| match (section, at) {
            (None, _) => true,
            (Some(""), at) => at.is_none(),
            (Some(section), at) => at.is_some_and(|at| self.is_section(at, section)),
        };
        let (marked, name) = match name.strip_prefix('!') {
            Some(name) => (true, name),
            None => (false, name),
        };
        let called = move |entry: &Entry| {
            self.text.within(entry.name.clone()).eq_ignore_ascii_case(name) && (!marked || entry.mark.is_some())
        };
        self.entries.iter().filter(move |(at, entry)| called(entry) && inside(*at)).map(|(_, entry)| entry)
    }

    /// The value of an entry, as written.
    pub(super) fn value(&self, entry: &Entry) -> &'t str {
        self.text.within(entry.value.body.clone())
    }
}

/// Returns `true` for a line of six words or more, which is prose.
fn is_sentence(line: &str) -> bool {
    line.split_ascii_whitespace().nth(5).is_some()
}

/// Returns `true` if a heading has this name, whole or after a colon.
pub(super) fn is_named(heading: &str, name: &str) -> bool {
    let Some(before) = heading.len().checked_sub(name.len()) else { return false };
    let ends = heading.as_bytes().within(before..).eq_ignore_ascii_case(name.as_bytes());
    ends && (before == 0 || heading.as_bytes().within(..before).ends_with(b":"))
}
