//! Remedies in a document, and the source of their texts.

use crate::{
    catalogue::Catalogue,
    model::{article::Action, source::Basis},
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// A remedy in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy<'a> {
    /// The article's number.
    pub article: Cow<'a, str>,
    /// The result that it achieves.
    pub title: Cow<'a, str>,
    /// The steps, in order.
    pub steps: Cow<'a, [String]>,
    /// The products and channels for which it is, by their usual names.
    pub applies_to: Cow<'a, [String]>,
    /// The basis of the steps; `null` if it is not known.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// The kind of change that it makes, the least destructive first; `null` if it is not known.
    #[serde(default)]
    pub action: Option<Action>,
    /// Anything that is lost by it; absent if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loses: Option<Cow<'a, str>>,
}

impl Remedy<'_> {
    fn borrowed(&self) -> Remedy<'_> {
        Remedy {
            article: Cow::Borrowed(&self.article),
            title: Cow::Borrowed(&self.title),
            steps: Cow::Borrowed(&self.steps),
            applies_to: Cow::Borrowed(&self.applies_to),
            basis: self.basis,
            action: self.action,
            loses: self.loses.as_deref().map(Cow::Borrowed),
        }
    }
}

/// The source of the texts of remedies: the catalogue, or a saved document.
#[derive(Clone, Copy, Debug)]
pub enum Remedies<'a> {
    /// The catalogue.
    Catalogue(&'a Catalogue),
    /// The table of a document.
    Saved(&'a BTreeMap<Cow<'a, str>, Remedy<'a>>),
}

impl<'a> Remedies<'a> {
    /// The remedy with this id, if there is one.
    pub fn get(&self, id: &str) -> Option<Remedy<'a>> {
        match *self {
            Self::Catalogue(catalogue) => {
                let (article, _, remedy) = catalogue.remedy(id)?;
                Some(Remedy {
                    article: Cow::Borrowed(article),
                    title: Cow::Borrowed(&remedy.title),
                    steps: Cow::Borrowed(&remedy.steps),
                    applies_to: Cow::Borrowed(&remedy.applies_to),
                    basis: Some(remedy.basis),
                    action: Some(remedy.action),
                    loses: remedy.loses.as_deref().map(Cow::Borrowed),
                })
            }
            Self::Saved(remedies) => remedies.get(id).map(Remedy::borrowed),
        }
    }

    /// The table of a document that names these ids; an unknown id is left out.
    pub fn table<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> BTreeMap<Cow<'a, str>, Remedy<'a>> {
        ids.into_iter().filter_map(|id| Some((Cow::Owned(id.to_owned()), self.get(id)?))).collect()
    }
}
