//! The files of one Microsoft Mail postoffice as facts, before they are judged.

use super::tree::Tree;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// One postoffice as facts. Facts that could not be read, or are not published, are absent; nothing is guessed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Postoffice {
    /// The path of its root, with `/` between the names; the last of them is the root's own.
    pub path: String,
    /// The class of the postoffice.
    pub class: Class,
    /// Its files and directories.
    pub tree: Tree,
    /// The two published bytes of `GLB/MASTER.GLB`.
    pub master: Option<Master>,
    /// `GLB/CONTROL.GLB`.
    pub control: Option<Control>,
    /// `FOLDERS/SERIALNO.IDX`: the number that the next folder file gets. Not the postoffice's serial.
    pub folder_counter: Option<u32>,
    /// The records of `GLB/NETWORK.GLB`, in order.
    pub networks: Option<Vec<Network>>,
    /// The records of every `XTN/*.XTN`.
    pub externals: Option<Vec<External>>,
    /// The numbers of the messages that the records of each `MBG/*.MBG` name, by the mailbag's name (Q108027). Whether a record is free
    /// again is recorded in the `KEY` file, in an order that is not published.
    pub headers: Option<BTreeMap<String, Vec<u32>>>,
    /// The number of mailbags that own each message of `MAI`, by the path of its file.
    pub owners: Option<BTreeMap<String, u16>>,
    /// The days on which lists and their twins were written, counted from the beginning of 1970, by path; those that the volume keeps.
    pub written: BTreeMap<String, i64>,
    /// The records of `NME/ADMIN.NME`.
    pub addresses: Option<Vec<Address>>,
    /// The texts of eight hexadecimal digits in each index of folders, in capitals, by the path of the index: names of folder files, and of their
    /// owners. Which is which is published nowhere.
    pub indexed: Option<BTreeMap<String, BTreeSet<String>>>,
}

/// The class of a postoffice (Q132560, Q150688, Q151228).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The postoffice that Windows makes for one workgroup.
    Workgroup,
    /// A postoffice of Mail for PC Networks.
    Full,
    /// The shadow postoffice of the Exchange MS Mail Connector.
    Connector,
    /// The files do not show which it is.
    #[default]
    Unknown,
}

impl Class {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Workgroup => "workgroup",
            Self::Full => "full",
            Self::Connector => "connector",
            Self::Unknown => "unknown",
        }
    }

    /// The words for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Workgroup => "workgroup postoffice",
            Self::Full => "full postoffice",
            Self::Connector => "postoffice of the Exchange MS Mail Connector",
            Self::Unknown => "unknown",
        }
    }

    /// The product of the catalogue that has such serials.
    pub fn product(self) -> Option<&'static str> {
        match self {
            Self::Workgroup => Some("mail-workgroup"),
            Self::Full => Some("mail-3.5"),
            Self::Connector => Some("exchange-mail-connector"),
            Self::Unknown => None,
        }
    }
}

/// The two bytes of `GLB/MASTER.GLB` whose meaning is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Master {
    /// The byte at 0x93: a bit per gateway; 0x10 is the Connection gateway (Q148666).
    pub gateways: u8,
    /// The byte at 0x94: 1 with Enhanced Security, 0 without (Q104586).
    pub security: u8,
}

/// The two counters of `GLB/CONTROL.GLB` (Q87388).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The number of the next mailbag.
    pub mailbags: u32,
    /// The number of the next message or attachment.
    pub letters: u32,
}

/// One record of `NME/ADMIN.NME`: 45 bytes, the full name from the third on, a mailbag in the last four (Q119563).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// The two bytes before the name. Groups and postoffices elsewhere have other values there than local users, but which they are is published
    /// nowhere.
    pub kind: [u8; 2],
    /// The number of a local user's mailbag; of other records it is an offset.
    pub mailbag: u32,
}

/// One record of `GLB/NETWORK.GLB` (Q148666).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// True if the record is in use, not deleted.
    #[serde(default = "in_use")]
    pub active: bool,
    /// The kind of the record: 0x10 the Connection gateway, 0x64 a gateway over the file interface (FFAPI).
    #[serde(default)]
    pub kind: u8,
    /// The name of the network or gateway.
    pub name: String,
    /// The file below `XTN` that defines its postoffices, without its extension; empty if there is none.
    #[serde(default)]
    pub definition: String,
    /// The queue below `MBG` and `KEY` for mail to it, without its extension; empty if there is none.
    #[serde(default)]
    pub queue: String,
}

/// One record of a file below `XTN`: a postoffice elsewhere (Q86625, Q148666).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct External {
    /// Its file, without the extension.
    pub definition: String,
    /// True if the record is in use, not deleted.
    #[serde(default = "in_use")]
    pub active: bool,
    /// The name of the postoffice.
    pub name: String,
    /// The queue below `MBG` and `KEY` for mail to it, without its extension; empty if there is none.
    #[serde(default)]
    pub queue: String,
    /// The number of other postoffices that are reached through it.
    #[serde(default)]
    pub indirect: u16,
}

fn in_use() -> bool {
    true
}

/// A postoffice's serial and its origin. Two serials are equal if their numbers are: 0799 is 799.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serial {
    /// The text as given; `PPP-SSSSS` if it was read from bytes.
    pub text: String,
    /// The kind of its origin.
    pub source: SerialSource,
    /// The file, offset and encoding, or the line of an inventory.
    pub evidence: String,
}

/// The origin of a serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SerialSource {
    /// A list.
    Inventory,
    /// An event of the transfer agent.
    Event,
    /// A calibrated location in `MASTER.GLB`.
    SerialLocation,
    /// The bytes of a serial that every such postoffice has, found in `MASTER.GLB`.
    KnownValue,
}

impl SerialSource {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inventory => "inventory",
            Self::Event => "event",
            Self::SerialLocation => "locator",
            Self::KnownValue => "known-value",
        }
    }
}

/// The two numbers of a serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SerialNumber {
    /// The number before the hyphen, at most 9999.
    pub prefix: u16,
    /// The number after it, at most 99999.
    pub suffix: u32,
}

impl SerialNumber {
    /// The number of every workgroup postoffice, and of a full one that was never serialised (Q132560, Q142196).
    pub const PLACEHOLDER: Self = Self { prefix: 799, suffix: 99992 };
    /// The number of every Exchange MS Mail Connector postoffice (Q151228).
    pub const CONNECTOR: Self = Self { prefix: 22, suffix: 28798 };
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:05}", self.prefix, self.suffix)
    }
}
