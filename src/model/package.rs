//! A package: the box, kit or set in which a product was sold.

use super::{example::Example, sku::Sku, source::Source};
use serde::{Deserialize, Serialize};

/// A box or kit that contained products, and the keys that came with it: a file of `keyrules/packages/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The name in a sentence: `the Exchange Server 5.0 evaluation kit`.
    pub title: String,
    /// Other names that people use, as for a product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The products that a source says are inside.
    pub contains: Vec<String>,
    /// The channels through which it was distributed, if a source says so.
    #[serde(default)]
    pub skus: Vec<Sku>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Keys from this package, with their expected results.
    pub examples: Vec<Example>,
}
