//! The number of keys with each outcome.

use crate::model::judgement::Judgement;
use std::collections::BTreeMap;

/// Counts of judged keys, by verdict, form and rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Judgement, u64>,
}

impl Tally {
    /// Counts keys of one outcome.
    pub fn add(&mut self, outcome: &Judgement, count: u64) {
        match self.counts.get_mut(outcome) {
            Some(known) => *known += count,
            None => {
                self.counts.insert(outcome.clone(), count);
            }
        }
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: &Self) {
        other.counts.iter().for_each(|(outcome, count)| self.add(outcome, *count));
    }

    /// Every outcome with its count, in a fixed order.
    pub fn counts(&self) -> impl Iterator<Item = (&Judgement, u64)> {
        self.counts.iter().map(|(outcome, count)| (outcome, *count))
    }

    /// The number of keys counted.
    pub fn keys(&self) -> u64 {
        self.counts.values().sum()
    }
}
