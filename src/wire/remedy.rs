//! Remedies as a document carries them, and where their texts come from.

use crate::{catalogue::Catalogue, model::source::Basis};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// A remedy as a document carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy<'a> {
    /// The article's number.
    pub article: Cow<'a, str>,
    /// What it achieves.
    pub title: Cow<'a, str>,
    /// The steps, in order.
    pub steps: Cow<'a, [String]>,
    /// The products and channels that it is for, as people call them.
    pub applies_to: Cow<'a, [String]>,
    /// The basis of the steps; `null` where that is not known.
    #[serde(default)]
    pub basis: Option<Basis>,
}

impl Remedy<'_> {
    fn borrowed(&self) -> Remedy<'_> {
        Remedy {
            article: Cow::Borrowed(&self.article),
            title: Cow::Borrowed(&self.title),
            steps: Cow::Borrowed(&self.steps),
            applies_to: Cow::Borrowed(&self.applies_to),
            basis: self.basis,
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
    /// The remedy of this id, if there is one.
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
