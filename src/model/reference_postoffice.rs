//! A postoffice as some Setup leaves it: its directories, files and sizes.

use super::{
    example::Example,
    postoffice::{Control, Master, Network},
    source::Source,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A postoffice as some Setup leaves it: a file of `keyrules/baselines/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferencePostoffice {
    /// What made it, in a sentence.
    pub title: String,
    /// The reference postoffice that this one is like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// Patterns of files that the other has and this one has not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// Its directories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directories: Vec<String>,
    /// Its files, with their sizes in bytes.
    pub files: BTreeMap<String, u64>,
    /// Its counters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Control>,
    /// The number that the next folder file gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_counter: Option<u32>,
    /// The published bytes of `MASTER.GLB`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub master: Option<Master>,
    /// The records of `NETWORK.GLB`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub networks: Option<Vec<Network>>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// What must be said of it, as it is and with faults.
    pub examples: Vec<Example>,
}
