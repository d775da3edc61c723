//! What a server knows of client licences: where they start and end, and which add packs it takes.

use super::{
    example::Example,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// One kind of server: a file of `keyrules/servers/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// The name in a sentence: `Small Business Server 4.0`.
    pub title: String,
    /// What `--server` calls it: `4.0`.
    pub server: String,
    /// The product of the catalogue that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// How many licences a new server has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// How many licences it can have at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<u32>,
    /// The packs that it takes.
    #[serde(default)]
    pub takes: Vec<Takes>,
    /// Editions, or this whole kind of server, that take no pack at all.
    #[serde(default)]
    pub closed: Vec<Closed>,
    /// The servers, as `--server` calls them, that can be upgraded to this one.
    #[serde(default)]
    pub upgrades_from: Vec<String>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// What must come out of some plans on this server.
    pub examples: Vec<Example>,
}

/// Packs of one version on one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Takes {
    /// The version of the pack.
    pub version: String,
    /// The sizes that it was sold in, in licences.
    pub sizes: Vec<u32>,
    /// Whether the disk can be inserted as it is.
    pub how: How,
    /// What this rests on.
    pub basis: Basis,
    /// A used disk that is inserted out of its order on a reinstalled server becomes useless.
    #[serde(default)]
    pub order_matters: bool,
}

/// Whether a server takes a disk as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// As it is; a disk that was converted for a later server is not taken.
    AsItIs,
    /// Only after the Client Add Packs Upgrade utility has converted it; inserted before, it is spoilt.
    Converted,
}

/// Who takes no pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// The editions; empty: every one.
    #[serde(default)]
    pub editions: Vec<Sku>,
    /// The rule that is reported.
    pub rule: String,
    /// What this rests on.
    pub basis: Basis,
}
