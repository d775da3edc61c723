//! An install disc: the product on it, and the markers by which it is known.

use super::{
    example::Example,
    product::Asks,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An install disc or a set of disks: a file of `keyrules/discs/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Disc {
    /// The disc in a few words: `Windows NT Workstation 4.0, CD`.
    pub title: String,
    /// The product that it installs; several if the disc does not tell them apart.
    pub products: Vec<String>,
    /// The edition: `workstation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The version or release: `OSR2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The language: `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The number of markers that `suggest` which together count, if none proves.
    #[serde(default = "two", skip_serializing_if = "is_two")]
    pub needs: usize,
    /// The markers.
    pub markers: Vec<Marker>,
    /// The other ways in which a person can tell the channel: the label on the envelope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Otherwise>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Discs, with their expected results.
    pub examples: Vec<Example>,
}

fn two() -> usize {
    2
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_two(needs: &usize) -> bool {
    *needs == 2
}

/// One mark of a disc. Everything that is listed must be true of it; paths are below its root, in any case, and `*` stands for any
/// characters of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// The strength of the conclusion.
    pub strength: Strength,
    /// Files or folders that are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// Files or folders that are not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Files and their sizes in bytes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sizes: BTreeMap<String, u64>,
    /// Files and the days of their last change: `1995-07-11`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dates: BTreeMap<String, String>,
    /// Volume labels, of which it has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Entries of small text files, of which one is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<FileEntry>,
    /// The conclusion on the channel and other details.
    #[serde(default, skip_serializing_if = "Told::is_nothing")]
    pub tells: Told,
    /// The kind of evidence.
    pub basis: Basis,
    /// The article that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The work that is not Microsoft's that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    /// The conclusion in words.
    pub says: String,
}

/// The strength of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// It proves the product.
    Proves,
    /// It counts together with others: sizes and dates, which makers of computers changed.
    Suggests,
    /// It tells a detail of a disc that is known already.
    Details,
}

impl Strength {
    /// The words for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Proves => "proof",
            Self::Suggests => "hint",
            Self::Details => "detail",
        }
    }
}

/// An entry in a small text file: a line `entry = value`, below `[section]`; or a field of a table, if there is no section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// The file; a path can lead into a cabinet: `WIN95/PRECOPY2.CAB/SETUPPP.INF`.
    pub file: String,
    /// The section, without brackets; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The name of the entry.
    pub entry: String,
    /// The values, of which it has one, in any case; `*` stands for any characters.
    pub values: Vec<String>,
}

/// The details that a marker tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// The edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The version or release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `nothing` if this Setup asks for no key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Asks>,
}

impl Told {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// A way to tell the channel without the disc's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Otherwise {
    /// The place to look at, as a clause.
    pub look: String,
    /// The article that says so.
    pub article: String,
}
