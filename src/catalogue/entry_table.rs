//! The entries of one family, sorted by id and parsed on first use.

use super::{UnknownId, nearest::nearest};
use memchr::memmem::Finder;
use once_cell::sync::OnceCell;
use serde::{Deserialize, de::DeserializeOwned};
use std::{borrow::Cow, fmt};

/// The entries of one family, sorted by id; each is parsed on first use.
pub struct EntryTable<T> {
    family: &'static str,
    entries: Vec<Entry<T>>,
}

struct Entry<T> {
    id: Cow<'static, str>,
    json: Cow<'static, str>,
    value: OnceCell<T>,
}

impl<T: DeserializeOwned> EntryTable<T> {
    pub(super) fn new(family: &'static str) -> Self {
        Self { family, entries: Vec::new() }
    }

    /// Adds the embedded entries of one folder; `prefix` is the beginning that the folder adds to their ids.
    pub(super) fn embed(&mut self, prefix: &str, entries: &'static [(&'static str, &'static str)]) {
        self.entries.extend(entries.iter().map(|&(id, json)| Entry {
            id: if prefix.is_empty() { id.into() } else { format!("{prefix}{id}").into() },
            json: json.into(),
            value: OnceCell::new(),
        }));
    }

    /// Adds an entry, or replaces the one with its id.
    pub(super) fn put(&mut self, id: String, json: String, value: T) {
        let entry = Entry { id: id.into(), json: json.into(), value: OnceCell::with_value(value) };
        match self.entries.binary_search_by(|other| other.id.cmp(&entry.id)) {
            Ok(at) => self.entries.splice(at..=at, [entry]).for_each(drop),
            Err(at) => self.entries.insert(at, entry),
        }
    }

    /// The entry of this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.entry(id).map(|(_, value)| value)
    }

    /// The entry of this id, with the id as stored in the catalogue.
    pub fn entry(&self, id: &str) -> Option<(&str, &T)> {
        self.position(id).map(|at| self.at(at))
    }

    /// The index of an id in the sorted ids.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.id.as_ref().cmp(id)).ok()
    }

    /// The entry at an index, as [`Self::position`] gives it.
    #[expect(clippy::indexing_slicing, reason = "an index is one that this table gave, and entries are never removed")]
    pub(super) fn at(&self, at: usize) -> (&str, &T) {
        let entry = &self.entries[at];
        (&entry.id, entry.value())
    }

    /// Some fields of the entry at an index, with its id, if the entry has not been parsed yet.
    pub(super) fn part<'e, P: Deserialize<'e>>(&'e self, at: usize) -> Option<(&'e str, P)> {
        let entry = self.entries.get(at)?;
        let json = entry.value.get().is_none().then_some(&entry.json)?;
        Some((&entry.id, serde_json::from_str(json).ok()?))
    }

    /// The entry of this id.
    ///
    /// # Errors
    /// [`UnknownId`] with the ids that resemble it.
    pub fn find(&self, id: &str) -> Result<(&str, &T), UnknownId> {
        self.entry(id).ok_or_else(|| self.unknown(id))
    }

    /// The error for an unknown id, with the ids that resemble it.
    pub(super) fn unknown(&self, id: &str) -> UnknownId {
        UnknownId { family: self.family, id: id.to_owned(), nearest: nearest(id, self.ids()), candidates: Vec::new() }
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.id.as_ref())
    }

    /// Every entry with its id, in order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.entries.iter().map(|entry| (entry.id.as_ref(), entry.value()))
    }

    /// The indexes of the entries whose stored text contains `text`.
    pub(super) fn containing(&self, text: &str) -> impl Iterator<Item = usize> {
        let finder = Finder::new(text);
        let contains = move |json: &str| finder.find(json.as_bytes()).is_some();
        self.entries.iter().enumerate().filter(move |(_, entry)| contains(&entry.json)).map(|(at, _)| at)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns `true` if there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<T: DeserializeOwned> Entry<T> {
    #[expect(clippy::unreachable, reason = "every entry was read before, by the tests or from its folder")]
    fn value(&self) -> &T {
        self.value.get_or_init(|| {
            serde_json::from_str(&self.json).unwrap_or_else(|error| {
                unreachable!("the tests read every embedded entry, and a folder's entries are read before they are put here: {}: {error}", self.id)
            })
        })
    }
}

impl<T> fmt::Debug for EntryTable<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.entries.iter().map(|entry| &entry.id)).finish()
    }
}
