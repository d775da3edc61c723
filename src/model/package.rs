//! A package: the box, kit or set that a product came in.

use super::{example::Example, sku::Sku, source::Source};
use serde::{Deserialize, Serialize};

/// One package: a file of `keyrules/packages/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The name in a sentence: `the Exchange Server 5.0 evaluation kit`.
    pub title: String,
    /// The products that a source says are inside.
    pub contains: Vec<String>,
    /// The channels that it was given out through, if a source says so.
    #[serde(default)]
    pub skus: Vec<Sku>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// What must be said of keys from this package.
    pub examples: Vec<Example>,
}
