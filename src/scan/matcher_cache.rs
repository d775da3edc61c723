//! The matchers for the products, channels and packages that the input names, each made on first use.

use crate::{
    bulk::Matcher,
    catalogue::{Catalogue, UnknownId},
    model::{
        situation::{Purpose, Situation},
        sku::Sku,
    },
};
use once_cell::sync::OnceCell;

/// The number of purposes that a number can have.
const PURPOSE_COUNT: usize = 2;

/// The matchers of one catalogue.
pub(super) struct MatcherCache<'c> {
    catalogue: &'c Catalogue,
    /// The matcher without a product, from which the others are derived.
    first: Matcher<'c>,
    /// By product, and then by channel and package.
    others: Vec<OnceCell<OfProduct<'c>>>,
}

/// The matchers of one product, or of none.
type OfProduct<'c> = Vec<OnceCell<Box<Matcher<'c>>>>;

impl<'c> MatcherCache<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Result<Self, UnknownId> {
        let others = empty(catalogue.products.len().saturating_add(1));
        let first = Situation { purpose: Purpose::Record, ..Situation::default() };
        Ok(Self { catalogue, first: Matcher::new(catalogue, first)?, others })
    }

    /// The index of a situation among all.
    pub(super) fn index(&self, situation: &Situation<'_>) -> usize {
        let at = |position: Option<usize>| position.map_or(0, |at| at.saturating_add(1));
        let product = at(situation.product.and_then(|id| self.catalogue.products.ids().position(|other| other == id)));
        let sku = at(situation.sku.and_then(|sku| Sku::ALL.iter().position(|other| *other == sku)));
        let package = at(situation.package.and_then(|id| self.catalogue.packages.ids().position(|other| other == id)));
        let place = product
            .saturating_mul(self.of_one_product())
            .saturating_add(sku.saturating_mul(self.catalogue.packages.len().saturating_add(1)))
            .saturating_add(package);
        place.saturating_mul(PURPOSE_COUNT).saturating_add(usize::from(situation.purpose == Purpose::Setup))
    }

    /// The number of situations of one product.
    fn of_one_product(&self) -> usize {
        Sku::ALL.len().saturating_add(1).saturating_mul(self.catalogue.packages.len().saturating_add(1))
    }

    /// The matcher of a situation, which is cached under its index.
    #[expect(clippy::unreachable, reason = "a situation of the catalogue makes a matcher without an error")]
    pub(super) fn matcher(&self, index: usize, situation: &Situation<'c>) -> &Matcher<'c> {
        let count = self.of_one_product().saturating_mul(PURPOSE_COUNT);
        let (product, rest) = (index.checked_div(count).unwrap_or(0), index.checked_rem(count).unwrap_or(0));
        let of_product = self.others.get(product).filter(|_| index > 0);
        match of_product.and_then(|cell| cell.get_or_init(|| empty(count)).get(rest)) {
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
