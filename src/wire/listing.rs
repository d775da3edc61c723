//! Entries of the catalogue by name, as `rules list` and the API tell them.

use super::SCHEMA;
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
    /// A list of these entries.
    pub fn of(entries: Vec<Listed<'c>>) -> Self {
        Self { schema: SCHEMA, entries }
    }
}

/// One entry by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Listed"))]
pub struct Listed<'c> {
    /// Its family: `form`, `product`, `package`, `article`, `server`, `baseline`, `carrier`, `locator` or `rule`.
    pub kind: &'c str,
    /// Its id.
    pub id: &'c str,
    /// Its title.
    pub title: &'c str,
}
