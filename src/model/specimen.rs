//! A postoffice as an example describes it: a reference postoffice, and its differences.

use super::postoffice::{Address, Control, External, Master, Network};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A reference postoffice with differences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Specimen {
    /// The reference postoffice.
    pub base: String,
    /// The path of its root; `MAILDATA` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Patterns of files and directories that it lacks, with their contents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// Additional directories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directories: Vec<String>,
    /// Additional files, or files with another size.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, u64>,
    /// Its counters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Control>,
    /// The number of the next folder file.
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
    /// The names of the messages that the records of its mailbags name, by the mailbag's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, Vec<String>>,
    /// The number of mailbags that own each message.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub owners: BTreeMap<String, u16>,
    /// The days on which lists and their twins were written, counted from the beginning of 1970.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub written: BTreeMap<String, i64>,
    /// The records of `ADMIN.NME`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// The texts of eight hexadecimal digits in its indexes of folders.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub indexed: BTreeMap<String, BTreeSet<String>>,
    /// The name of its network, as an inventory has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Its own name, as an inventory has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postoffice: Option<String>,
    /// Files that cannot be read, each with the rule of the family `input/` that explains why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unread: BTreeMap<String, String>,
    /// Its serial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
}
