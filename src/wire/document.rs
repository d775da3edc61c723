//! A report as a whole.

use super::{Entry, Remedies, Remedy, SCHEMA, Totals, summary::Summary};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// A whole report in the format `jewelcase/1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document<'a> {
    /// `jewelcase/1`.
    pub schema: Cow<'a, str>,
    /// The program that wrote it.
    pub tool: Tool<'a>,
    /// The command whose report it is, which decides how it is shown to readers; `null` if it is not known.
    #[serde(default)]
    pub command: Option<Command>,
    /// The subjects, in the order of the input.
    pub subjects: Vec<Entry<'a>>,
    /// The remedies that the findings name, by id.
    pub remedies: BTreeMap<Cow<'a, str>, Remedy<'a>>,
    /// The counts.
    pub summary: Summary,
    /// The counts by form and by rule, and the keys in several places; absent if the command is not `scan`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
}

impl<'a> Document<'a> {
    /// The document of these entries, with the counts of all of them and the remedies that they name.
    pub fn new(command: Command, subjects: Vec<Entry<'a>>, remedies: Remedies<'a>) -> Self {
        let summary = Summary::of(&subjects);
        let remedies = remedies.table(subjects.iter().flat_map(Entry::remedies));
        let schema = Cow::Borrowed(SCHEMA);
        Self { schema, tool: Tool::this(), command: Some(command), subjects, remedies, summary, totals: None }
    }
}

/// The program that wrote a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tool<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its version.
    pub version: Cow<'a, str>,
}

impl Tool<'_> {
    /// This program.
    pub const fn this() -> Self {
        Self { name: Cow::Borrowed(env!("CARGO_PKG_NAME")), version: Cow::Borrowed(env!("CARGO_PKG_VERSION")) }
    }
}

/// The commands that report what they judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Command {
    /// `jewelcase check`
    Check,
    /// `jewelcase scan`
    Scan,
    /// `jewelcase audit`
    Audit,
    /// `jewelcase addpack`
    Addpack,
    /// `jewelcase media`
    Media,
}
