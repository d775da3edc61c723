//! A Knowledge Base article: what is seen, why, and what to do.

use super::{
    example::Example,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// One article: a file of `keyrules/articles/`, named by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// What the article is about, in a line.
    pub title: String,
    /// Whether the article's own text was at hand when the entry was written; if not, `sources` says who reports on it.
    pub text_at_hand: bool,
    /// The products of the catalogue that it is about.
    #[serde(default)]
    pub products: Vec<String>,
    /// The products and versions that it applies to, as people call them.
    pub applies_to: Vec<String>,
    /// What a person sees, in our own words.
    pub symptom: String,
    /// Why, in our own words.
    pub cause: String,
    /// Texts on the screen by which it is recognised.
    #[serde(default)]
    pub messages: Vec<Message>,
    /// What to do, one entry per case.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Screens that must lead here, and keys that must be sent here.
    pub examples: Vec<Example>,
}

/// A text on the screen. `{number}` stands for a number, `{text}` for any words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The text.
    pub text: String,
    /// The text is known only in part, or only as the article retells it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retold: bool,
}

/// One way out, for one case. Its id is the article's number, or `NUMBER/case`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// The case; absent where the article knows only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// What it achieves, in a line.
    pub title: String,
    /// What to do, in order, in our own words.
    pub steps: Vec<String>,
    /// Whom it is for, as people say it: `BackOffice Server 4.0, NFR`.
    pub applies_to: Vec<String>,
    /// What the steps rest on.
    pub basis: Basis,
    /// Which findings it answers.
    #[serde(default)]
    pub when: When,
}

/// The findings that a remedy answers. An empty list asks nothing, but without `rules` a remedy answers no finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The rules that were found.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The product whose Setup asks.
    #[serde(default)]
    pub products: Vec<String>,
    /// The package that it came in.
    #[serde(default)]
    pub packages: Vec<String>,
    /// The channel.
    #[serde(default)]
    pub skus: Vec<Sku>,
    /// The form of what was typed.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The files or directories of a postoffice that the finding is about, below its root and upper-case, `*` for a name and `**` for any path, such as `GLB/MASTER.GLB` or `XTN/*.XTN`; for an answer file its name, such as `$WINNT$.INF`; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}
