//! A project's decisions on its findings: `jewelcase.toml`, and the baseline.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub mod baseline;
pub mod file;
pub mod policy;
pub mod schema;

mod path;

use crate::model::{
    severity::Severity,
    sku::{self, Sku},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// The name of the file.
pub const NAME: &str = "jewelcase.toml";

/// A file `jewelcase.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The severity of each rule in this project. A finding with an inferred basis is at most a warning.
    #[serde(default)]
    pub severity: BTreeMap<String, Severity>,
    /// Settings for some paths only; if several match, the last one wins.
    #[serde(default)]
    pub paths: Vec<PathOverride>,
    /// Findings that are accepted.
    #[serde(default)]
    pub suppress: Vec<Suppression>,
}

/// Settings for the files that a glob matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PathOverride {
    /// The files, relative to the folder of the configuration: `*` and `?` match within a name, `**` across folders.
    pub glob: String,
    /// The product whose Setup asks, if neither the command line nor the file names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The channel, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "sku::by_name")]
    pub sku: Option<Sku>,
    /// The package, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The severity of each rule for these files.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub severity: BTreeMap<String, Severity>,
}

/// Findings that the project accepts, and the reason. A suppressed finding is shown only on request and never makes the exit code 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// The rule's id.
    pub rule: String,
    /// The files, as a glob relative to the folder of the configuration; every file and the command line if omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The label of the subject, masked as in a report; every subject if omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The reason for accepting the finding. It is required.
    pub reason: String,
    /// The last day of the suppression, as a TOML date such as `2027-12-31`; unlimited if omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
}

/// A day of the calendar, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "toml::value::Datetime", into = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
pub struct Day {
    /// The year of the common era.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<toml::value::Datetime> for Day {
    type Error = &'static str;

    fn try_from(moment: toml::value::Datetime) -> Result<Self, Self::Error> {
        match (moment.date, moment.time, moment.offset) {
            (Some(date), None, None) => Ok(Self { year: date.year, month: date.month, day: date.day }),
            _ => Err("expected a date without a time, such as 2027-12-31"),
        }
    }
}
