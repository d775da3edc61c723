//! The product, channel and package for which a key is typed, and the purpose of the number.

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
    /// The purpose of the number.
    pub purpose: Purpose,
}

/// The purpose of a number: input of Setup, or a record of what is installed or owned.
///
/// An inventory, a registry or an About box records the number of an installed product. Nobody types that number at Setup, so it is not judged by
/// what the Setup of the product beside it asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Input of a Setup program: typed, in an answer file, on a command line.
    #[default]
    Setup,
    /// A record: a list, a table, an inventory, a text.
    Record,
    /// The number that an installed product keeps for itself, such as in a registry.
    Installed,
}

impl Purpose {
    /// Returns `true` if this is the usual purpose, which rule files need not name.
    pub fn is_setup(&self) -> bool {
        *self == Self::Setup
    }
}
