//! The matches of a topic, as `explain` and the API report them.

use super::{Remedies, Remedy, SCHEMA};
use crate::{
    catalogue::{Catalogue, Family},
    explain::{self, MatchKind},
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// A topic and its matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Explained"))]
#[serde(deny_unknown_fields)]
pub struct Explained<'a> {
    /// `jewelcase/1`.
    pub schema: Cow<'a, str>,
    /// The topic.
    pub topic: Cow<'a, str>,
    /// The entries of the catalogue that it leads to, best first.
    pub matches: Vec<Match<'a>>,
    /// The remedies that the matches name, by id.
    pub remedies: BTreeMap<Cow<'a, str>, Remedy<'a>>,
}

impl<'a> Explained<'a> {
    /// A topic with the matches that were found.
    pub fn new(catalogue: &'a Catalogue, topic: &'a str, matches: &'a [explain::Match]) -> Self {
        let ids = matches.iter().flat_map(|found| found.remedies.iter().map(String::as_str));
        Self {
            schema: Cow::Borrowed(SCHEMA),
            topic: Cow::Borrowed(topic),
            matches: matches.iter().map(|found| Match::new(catalogue, found)).collect(),
            remedies: Remedies::Catalogue(catalogue).table(ids),
        }
    }
}

/// One match of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Match"))]
#[serde(deny_unknown_fields)]
pub struct Match<'a> {
    /// Its family, such as `article`, or `remedy`.
    pub kind: Cow<'a, str>,
    /// Its id.
    pub id: Cow<'a, str>,
    /// Its title.
    pub title: Cow<'a, str>,
    /// The reason why it matches.
    pub why: Cow<'a, str>,
    /// The ids of its remedies.
    pub remedies: Cow<'a, [String]>,
    /// True if no other match is better.
    #[serde(default)]
    pub best: bool,
    /// The symptom; only of an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symptom: Option<Cow<'a, str>>,
    /// The cause; only of an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cow<'a, str>>,
    /// The texts on the screen; only of an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<Cow<'a, str>>>,
}

impl Match<'_> {
    /// The match in the catalogue; `None` if no family has this name.
    pub fn found(&self) -> Option<explain::Match> {
        let family = Family::ALL.iter().map(|family| MatchKind::Entry(*family));
        Some(explain::Match {
            kind: family.chain([MatchKind::Remedy]).find(|kind| kind.id() == self.kind)?,
            id: self.id.to_string(),
            title: self.title.to_string(),
            why: self.why.to_string(),
            remedies: self.remedies.to_vec(),
            best: self.best,
        })
    }
}

impl<'a> Match<'a> {
    /// A match that was found.
    pub fn new(catalogue: &'a Catalogue, found: &'a explain::Match) -> Self {
        let article =
            (found.kind == MatchKind::Entry(Family::Article)).then(|| catalogue.articles.get(&found.id)).flatten();
        Self {
            kind: Cow::Borrowed(found.kind.id()),
            id: Cow::Borrowed(&found.id),
            title: Cow::Borrowed(&found.title),
            why: Cow::Borrowed(&found.why),
            remedies: Cow::Borrowed(&found.remedies),
            best: found.best,
            symptom: article.map(|article| Cow::Borrowed(article.symptom.as_str())),
            cause: article.map(|article| Cow::Borrowed(article.cause.as_str())),
            messages: article.map(|article| article.messages.iter().map(|text| Cow::Owned(text.on_screen())).collect()),
        }
    }
}
