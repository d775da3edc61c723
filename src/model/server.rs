//! A server's client licences: the first and the last number, and the add packs that it accepts.

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
    /// The name in `--server`: `4.0`.
    pub server: String,
    /// The product of the catalogue that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The number of licences of a new server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// The maximum number of licences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<u32>,
    /// The packs that it accepts.
    #[serde(default)]
    pub takes: Vec<Takes>,
    /// Editions, or this whole kind of server, that accept no pack at all.
    #[serde(default)]
    pub closed: Vec<Closed>,
    /// The servers, by their names in `--server`, that can be upgraded to this one.
    #[serde(default)]
    pub upgrades_from: Vec<String>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Plans on this server, with their expected results.
    pub examples: Vec<Example>,
}

/// Packs of one version on one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Takes {
    /// The version of the pack.
    pub version: String,
    /// The sizes in which it was sold, in licences.
    pub sizes: Vec<u32>,
    /// The state in which the disk has to be inserted.
    pub how: How,
    /// The basis of this statement.
    pub basis: Basis,
    /// True if a used disk that is inserted out of order on a reinstalled server becomes useless.
    #[serde(default)]
    pub order_matters: bool,
}

/// The state in which a server accepts a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Unchanged; a disk that was converted for a later server is not accepted.
    AsItIs,
    /// Only after the Client Add Packs Upgrade utility has converted it; inserted before that, it is spoilt.
    Converted,
}

/// Editions that accept no pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// The editions; empty: every one.
    #[serde(default)]
    pub editions: Vec<Sku>,
    /// The rule that is reported.
    pub rule: String,
    /// The basis of this statement.
    pub basis: Basis,
}
