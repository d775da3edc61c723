//! Where a key is going to be typed, or where a number was read.

use super::sku::Sku;
use serde::{Deserialize, Serialize};

/// The product whose Setup asks, and the channel and package that it came through, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation<'a> {
    /// A product id, such as `outlook-97`.
    pub product: Option<&'a str>,
    /// The channel.
    pub sku: Option<Sku>,
    /// A package id, such as `backoffice-server-4.0`.
    pub package: Option<&'a str>,
    /// Where the number was met.
    pub met: Met,
}

/// Where a number was met.
///
/// An inventory, a registry or an About box shows what a product is called after Setup. Nobody is going to type that, so it is not held against
/// the prompt of the product beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// Handed to a Setup program: typed, in an answer file, on a command line.
    #[default]
    AtSetup,
    /// Anywhere else: a list, a table, an inventory, a text.
    Elsewhere,
}

impl Met {
    /// Whether this is the usual case, which rule files need not name.
    pub fn is_at_setup(&self) -> bool {
        *self == Self::AtSetup
    }
}
