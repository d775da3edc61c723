//! Joins what several markers tell of one disc.

use super::marker::Outcome;
use crate::model::{
    disc::{Disc, Marker, Strength, Told},
    product::Asks,
    recognition::Evidence,
    sku::Sku,
};
use std::collections::BTreeSet;

/// A disc of the catalogue, and the outcome of each of its markers.
pub(super) struct Candidate<'c> {
    pub(super) id: &'c str,
    pub(super) disc: &'c Disc,
    pub(super) outcomes: Vec<(&'c Marker, Outcome)>,
}

impl<'c> Candidate<'c> {
    /// The number of markers of a strength that were found.
    pub(super) fn count(&self, strength: Strength) -> usize {
        self.found().filter(|marker| marker.strength == strength).count()
    }

    /// The markers that were found.
    pub(super) fn found(&self) -> impl Iterator<Item = &'c Marker> {
        self.outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Holds(_))).map(|(marker, _)| *marker)
    }

    /// The evidence: the markers that were found, and those that what is there contradicts.
    pub(super) fn evidence(&self) -> impl Iterator<Item = Evidence> {
        self.outcomes.iter().filter_map(|(marker, outcome)| {
            let (path, agrees) = match outcome {
                Outcome::Holds(path) => (path, true),
                // A detail that is another one contradicts nothing.
                Outcome::Differs(path) if marker.strength == Strength::Suggests => (path, false),
                Outcome::Differs(_) | Outcome::Absent => return None,
            };
            Some(Evidence {
                path: path.clone(),
                says: marker.says.clone(),
                strength: marker.strength,
                agrees,
                basis: marker.basis,
                article: marker.article.clone(),
                work: marker.work.clone(),
            })
        })
    }
}

/// The details that all discs in question agree on.
#[derive(Default)]
pub(super) struct Details {
    pub(super) sku: Option<Sku>,
    pub(super) edition: Option<String>,
    pub(super) version: Option<String>,
    pub(super) language: Option<String>,
    pub(super) asks_nothing: bool,
}

impl Details {
    /// The details of these discs. A detail that two markers tell differently is not told.
    pub(super) fn of(candidates: &[&Candidate<'_>]) -> Self {
        let told: Vec<&Told> =
            candidates.iter().flat_map(|candidate| candidate.found()).map(|marker| &marker.tells).collect();
        let text = |by_marker: fn(&Told) -> &Option<String>, by_disc: fn(&Disc) -> &Option<String>| {
            let own = single(told.iter().filter_map(|told| by_marker(told).clone()));
            own.unwrap_or_else(|| {
                single(candidates.iter().filter_map(|candidate| by_disc(candidate.disc).clone())).flatten()
            })
        };
        Self {
            sku: single(told.iter().filter_map(|told| told.sku)).flatten(),
            edition: text(|told| &told.edition, |disc| &disc.edition),
            version: text(|told| &told.version, |disc| &disc.version),
            language: text(|told| &told.language, |disc| &disc.language),
            asks_nothing: told.iter().any(|told| told.asks == Some(Asks::Nothing)),
        }
    }
}

/// The only value; `Some(None)` if there are several, `None` if there is none.
fn single<T: Ord>(values: impl Iterator<Item = T>) -> Option<Option<T>> {
    let mut values = BTreeSet::from_iter(values);
    let first = values.pop_first()?;
    Some(values.is_empty().then_some(first))
}
