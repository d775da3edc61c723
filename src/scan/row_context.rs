//! Products, channels and packages as people write them in tables.

use crate::{
    catalogue::Catalogue,
    model::{situation::Situation, sku::Sku},
    wire::mask,
};

/// The words of a row about its key; `None` if it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowContext<'t> {
    /// The product.
    pub product: Option<&'t str>,
    /// The channel.
    pub sku: Option<&'t str>,
    /// The package.
    pub package: Option<&'t str>,
}

/// A situation, and the words that are not in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedContext<'c> {
    /// The situation from the words and the user's options; the words win.
    pub situation: Situation<'c>,
    /// The words that could not be resolved.
    pub unknown: Vec<String>,
}

impl RowContext<'_> {
    /// Returns `true` if the row has no words about its key.
    pub fn is_empty(&self) -> bool {
        self.product.is_none() && self.sku.is_none() && self.package.is_none()
    }

    /// Looks the words up in the catalogue.
    pub fn understood<'c>(&self, catalogue: &'c Catalogue, options: &Situation<'c>) -> ResolvedContext<'c> {
        let mut understood = ResolvedContext { situation: *options, unknown: Vec::new() };
        if let Some(text) = self.product {
            match catalogue.known_product(text) {
                Some((id, _)) => understood.situation.product = Some(id),
                None => understood.unknown.push(truncate(text)),
            }
        }
        if let Some(text) = self.sku {
            match Sku::named(text) {
                Some(sku) => understood.situation.sku = Some(sku),
                None => understood.unknown.push(truncate(text)),
            }
        }
        if let Some(text) = self.package {
            match catalogue.known_package(text) {
                Some((id, _)) => understood.situation.package = Some(id),
                None => understood.unknown.push(truncate(text)),
            }
        }
        understood
    }
}

/// The beginning of a long text. The text is repeated for every key of its rows, so its length is bounded.
fn truncate(text: &str) -> String {
    let start = mask::beginning(text);
    let cut = start.len() < text.len();
    if cut { format!("{start}\u{2026}") } else { start.to_owned() }
}
