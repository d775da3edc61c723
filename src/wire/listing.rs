//! Entries of the catalogue by name, as `rules list` and the API report them.

use super::SCHEMA;
use crate::catalogue::{Catalogue, Family};
use serde::Serialize;

/// Entries of one or more families.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Listing"))]
pub struct Listing<'c> {
    /// `jewelcase/1`.
    pub schema: &'c str,
    /// The entries, by family and id.
    pub entries: Vec<Listed<'c>>,
}

impl<'c> Listing<'c> {
    /// The entries of these families.
    pub fn of(catalogue: &'c Catalogue, families: &[Family]) -> Self {
        let listed = |family: &Family| {
            let kind = family.id();
            catalogue.table(*family).titles().into_iter().map(move |(id, title)| Listed { kind, id, title })
        };
        Self { schema: SCHEMA, entries: families.iter().flat_map(listed).collect() }
    }
}

/// One entry by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Listed"))]
pub struct Listed<'c> {
    /// Its family, such as `product`.
    pub kind: &'c str,
    /// Its id.
    pub id: &'c str,
    /// Its title.
    pub title: &'c str,
}
