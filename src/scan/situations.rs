//! A matcher for every product, channel and package that the input names, made when it is first named.

use crate::{
    bulk::Matcher,
    catalogue::{Catalogue, UnknownId},
    model::{situation::Situation, sku::Sku},
};
use once_cell::sync::OnceCell;

/// The matchers of one catalogue.
pub(super) struct Situations<'c> {
    catalogue: &'c Catalogue,
    /// The one without a product, of which the others are made.
    first: Matcher<'c>,
    others: Vec<OnceCell<Box<Matcher<'c>>>>,
}

impl<'c> Situations<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Result<Self, UnknownId> {
        let count = (catalogue.products.len() + 1) * (Sku::ALL.len() + 1) * (catalogue.packages.len() + 1);
        let mut others = Vec::new();
        others.resize_with(count, OnceCell::new);
        Ok(Self { catalogue, first: Matcher::new(catalogue, Situation::default())?, others })
    }

    /// The place of a situation among all.
    pub(super) fn index(&self, situation: &Situation<'_>) -> usize {
        let at = |position: Option<usize>| position.map_or(0, |at| at + 1);
        let product = at(situation.product.and_then(|id| self.catalogue.products.ids().position(|other| other == id)));
        let sku = at(situation.sku.and_then(|sku| Sku::ALL.iter().position(|other| *other == sku)));
        let package = at(situation.package.and_then(|id| self.catalogue.packages.ids().position(|other| other == id)));
        (product * (Sku::ALL.len() + 1) + sku) * (self.catalogue.packages.len() + 1) + package
    }

    /// The matcher of a situation, at its place.
    pub(super) fn matcher(&self, index: usize, situation: &Situation<'c>) -> &Matcher<'c> {
        match self.others.get(index) {
            Some(cell) if index > 0 => cell.get_or_init(|| match self.first.at(*situation) {
                Ok(matcher) => Box::new(matcher),
                Err(error) => unreachable!("the situation holds ids of the catalogue: {error}"),
            }),
            _ => &self.first,
        }
    }

    /// The matcher without a product.
    pub(super) fn first(&self) -> &Matcher<'c> {
        &self.first
    }
}
