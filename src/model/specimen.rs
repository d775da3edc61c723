//! A postoffice as an example describes it: a reference postoffice, and how it differs.

use super::postoffice::{Control, External, Master, Network};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A reference postoffice with differences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Specimen {
    /// The reference postoffice.
    pub base: String,
    /// Where its root lies; `MAILDATA` if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Patterns of files and directories that it lacks, with all that is in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// Directories that it has besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directories: Vec<String>,
    /// Files that it has besides, or with another size.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
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
    /// The records of the files below `XTN`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub externals: Vec<External>,
    /// The names of the messages that the records of its mailbags head, by the mailbag's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, Vec<String>>,
    /// How many mailbags its messages count.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub owners: BTreeMap<String, u16>,
    /// Files that cannot be read, each with the rule of the family `input/` that says why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unread: BTreeMap<String, String>,
    /// Its serial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
}
