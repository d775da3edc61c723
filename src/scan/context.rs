//! The context of a run: everything that does not change while it lasts.

use super::{
    columns::Columns,
    lexicon::{FormLengths, ProductNames},
    matcher_cache::MatcherCache,
    request::ReportFilter,
};
use crate::{catalogue::Catalogue, model::situation::Situation};
use once_cell::sync::OnceCell;

/// What does not change during a run.
pub(super) struct ScanContext<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) matchers: MatcherCache<'c>,
    /// What the user said of all keys.
    pub(super) options: Situation<'c>,
    /// What the user said of the keys in a file.
    pub(super) by_path: Option<&'c (dyn Fn(&str) -> Situation<'c> + Sync)>,
    pub(super) filter: ReportFilter,
    pub(super) duplicates: bool,
    /// Whether the other columns of a table are wanted.
    pub(super) carry: bool,
    pub(super) columns: Columns,
    pub(super) lengths: FormLengths,
    /// Made for the first text.
    pub(super) names: OnceCell<ProductNames<'c>>,
}

impl<'c> ScanContext<'c> {
    /// The product that a text names, if it names just one.
    pub(super) fn product(&self, text: &str) -> Option<&'c str> {
        self.names.get_or_init(|| ProductNames::of(self.catalogue)).product(text)
    }
}
