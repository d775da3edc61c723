//! Products, channels and packages as people write them in a table: by id or by title.

use crate::{
    catalogue::Catalogue,
    model::{situation::Situation, sku::Sku},
    wire::mask,
};

/// What a row says of its key; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowContext<'t> {
    /// The product.
    pub product: Option<&'t str>,
    /// The channel.
    pub sku: Option<&'t str>,
    /// The package.
    pub package: Option<&'t str>,
}

/// A situation, and the words that name nothing in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedContext<'c> {
    /// What the words and the user's options say together; the words win.
    pub situation: Situation<'c>,
    /// What could not be understood.
    pub unknown: Vec<String>,
}

impl RowContext<'_> {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.product.is_none() && self.sku.is_none() && self.package.is_none()
    }

    /// What is meant.
    pub fn understood<'c>(&self, catalogue: &'c Catalogue, options: &Situation<'c>) -> ResolvedContext<'c> {
        let mut understood = ResolvedContext { situation: *options, unknown: Vec::new() };
        if let Some(text) = self.product {
            let entries = catalogue.products.iter().map(|(id, product)| (id, product.title.as_str()));
            match named(entries, text) {
                Some(id) => understood.situation.product = Some(id),
                None => understood.unknown.push(shortened(text)),
            }
        }
        if let Some(text) = self.sku {
            let plain = plain(text);
            match Sku::ALL.iter().find(|sku| self::plain(sku.id()) == plain || self::plain(sku.name()) == plain) {
                Some(sku) => understood.situation.sku = Some(*sku),
                None => understood.unknown.push(shortened(text)),
            }
        }
        if let Some(text) = self.package {
            let entries = catalogue.packages.iter().map(|(id, package)| (id, package.title.as_str()));
            match named(entries, text) {
                Some(id) => understood.situation.package = Some(id),
                None => understood.unknown.push(shortened(text)),
            }
        }
        understood
    }
}

/// No title is near so many bytes.
const LONGEST: usize = 256;

/// The beginning of a long text: it is repeated for every key that it is said of.
fn shortened(text: &str) -> String {
    let start = mask::beginning(text);
    let cut = start.len() < text.len();
    if cut { format!("{start}\u{2026}") } else { start.to_owned() }
}

/// The id of the entry that a text names by its id or its title.
fn named<'c>(entries: impl Iterator<Item = (&'c str, &'c str)>, text: &str) -> Option<&'c str> {
    if text.len() > LONGEST {
        return None;
    }
    let text = plain(text);
    let text = text.strip_prefix("microsoft").or_else(|| text.strip_prefix("ms")).unwrap_or(&text);
    entries.into_iter().find(|(id, title)| plain(id) == text || plain(title) == text).map(|(id, _)| id)
}

/// Letters and digits without case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
