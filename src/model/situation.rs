//! Where a key is going to be typed.

use super::sku::Sku;

/// The product whose Setup asks, and the channel and package that it came through, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation<'a> {
    /// A product id, such as `outlook-97`.
    pub product: Option<&'a str>,
    /// The channel.
    pub sku: Option<Sku>,
    /// A package id, such as `backoffice-server-4.0`.
    pub package: Option<&'a str>,
}
