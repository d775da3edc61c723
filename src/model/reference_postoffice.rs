//! A postoffice as a particular Setup leaves it: its directories, files and sizes.

use super::{
    example::Example,
    postoffice::{Control, Master, Network},
    source::Source,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A postoffice as a particular Setup leaves it: a file of `keyrules/baselines/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferencePostoffice {
    /// The Setup that made it, in a sentence.
    pub title: String,
    /// The reference postoffice on which this one is based.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// Patterns of files that the other has and this one does not have.
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
    /// The expected results, for the postoffice unchanged and with faults.
    pub examples: Vec<Example>,
}
