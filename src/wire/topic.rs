//! What a topic leads to, as `explain` and the API tell it.

use super::{Remedies, Remedy, SCHEMA};
use crate::{catalogue::Catalogue, explain::Match};
use serde::Serialize;
use std::collections::BTreeMap;

/// A topic and its matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Explained"))]
pub struct Explained<'a> {
    /// `jewelcase/1`.
    pub schema: &'a str,
    /// What was asked about.
    pub topic: &'a str,
    /// The entries of the catalogue that it leads to, best first.
    pub matches: Vec<MatchRow<'a>>,
    /// The remedies that the matches name, by id.
    pub remedies: BTreeMap<String, Remedy>,
}

impl<'a> Explained<'a> {
    /// A topic with what was found.
    pub fn of(catalogue: &Catalogue, topic: &'a str, matches: &'a [Match]) -> Self {
        let ids = matches.iter().flat_map(|found| found.remedies.iter().map(String::as_str));
        let remedies = Remedies::Catalogue(catalogue).table(ids);
        Self { schema: SCHEMA, topic, matches: matches.iter().map(MatchRow::of).collect(), remedies }
    }
}

/// One match of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Match"))]
pub struct MatchRow<'a> {
    /// Its family, such as `article`, or `remedy`.
    pub kind: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Why it matches.
    pub why: &'a str,
    /// The ids of its remedies.
    pub remedies: &'a [String],
}

impl<'a> MatchRow<'a> {
    /// A match that was found.
    pub fn of(found: &'a Match) -> Self {
        Self { kind: found.kind.id(), id: &found.id, title: &found.title, why: &found.why, remedies: &found.remedies }
    }
}
