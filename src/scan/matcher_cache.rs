//! A matcher for every product, channel and package that the input names, made when it is first named.

use crate::{
    bulk::Matcher,
    catalogue::{Catalogue, UnknownId},
    model::{situation::Situation, sku::Sku},
};
use once_cell::sync::OnceCell;

/// The matchers of one catalogue.
pub(super) struct MatcherCache<'c> {
    catalogue: &'c Catalogue,
    /// The one without a product, of which the others are made.
    first: Matcher<'c>,
    /// By product, and then by channel and package.
    others: Vec<OnceCell<OfProduct<'c>>>,
}

/// The matchers of one product, or of none.
type OfProduct<'c> = Vec<OnceCell<Box<Matcher<'c>>>>;

impl<'c> MatcherCache<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Result<Self, UnknownId> {
        let others = empty(catalogue.products.len() + 1);
        Ok(Self { catalogue, first: Matcher::new(catalogue, Situation::default())?, others })
    }

    /// The place of a situation among all.
    pub(super) fn index(&self, situation: &Situation<'_>) -> usize {
        let at = |position: Option<usize>| position.map_or(0, |at| at + 1);
        let product = at(situation.product.and_then(|id| self.catalogue.products.ids().position(|other| other == id)));
        let sku = at(situation.sku.and_then(|sku| Sku::ALL.iter().position(|other| *other == sku)));
        let package = at(situation.package.and_then(|id| self.catalogue.packages.ids().position(|other| other == id)));
        product * self.of_one_product() + sku * (self.catalogue.packages.len() + 1) + package
    }

    /// How many situations a product can be in.
    fn of_one_product(&self) -> usize {
        (Sku::ALL.len() + 1) * (self.catalogue.packages.len() + 1)
    }

    /// The matcher of a situation, at its place.
    pub(super) fn matcher(&self, index: usize, situation: &Situation<'c>) -> &Matcher<'c> {
        let count = self.of_one_product();
        let of_product = self.others.get(index / count).filter(|_| index > 0);
        match of_product.and_then(|cell| cell.get_or_init(|| empty(count)).get(index % count)) {
            Some(cell) => cell.get_or_init(|| match self.first.at(*situation) {
                Ok(matcher) => Box::new(matcher),
                Err(error) => unreachable!("the situation holds ids of the catalogue: {error}"),
            }),
            None => &self.first,
        }
    }

    /// The matcher without a product.
    pub(super) fn first(&self) -> &Matcher<'c> {
        &self.first
    }
}

fn empty<T>(count: usize) -> Vec<OnceCell<T>> {
    std::iter::repeat_with(OnceCell::new).take(count).collect()
}
