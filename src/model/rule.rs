//! A rule: the meaning of a finding, documented under its id.

use super::{
    check::{FileCheck, Quiet},
    example::Example,
    severity::Severity,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// One rule: a file of `keyrules/key/`, `serial/`, `postoffice/`, `input/`, `addpack/` or `answer/`, whose path is the rule's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What was found, in a few words.
    pub title: String,
    /// The sentence of a finding. `{part}`, `{form}`, `{written}`, `{asked}`, `{product}`, `{package}`, `{found}`, `{expected}`, `{article}`, `{place}`, `{path}`, `{carrier}`, `{section}`, `{entries}` and `{switches}` are filled in; it never says what a digit should be.
    pub message: String,
    /// What the rule means, why it exists, how far it can be trusted and what it cannot see.
    pub explanation: String,
    /// The usual weight.
    pub severity: Severity,
    /// The usual basis.
    pub basis: Basis,
    /// What a single subject is not enough for: this rule compares several.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compares_postoffices: bool,
    /// Where sources disagree or leave a gap, and which reading is taken here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<String>,
    /// What the screen shows when this happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<Screen>,
    /// What it looks at in a postoffice; for the family `postoffice/` alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<FileCheck>,
    /// What others report here and this rule does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiet: Vec<Quiet>,
    /// Literal values that the rule knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// Pieces of the explanation and conflicts, and numbers of the checks, that are ours and in no article that is cited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ours: Vec<String>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// At least one input that the rule finds, and one that it does not.
    pub examples: Vec<Example>,
}

/// A message that an article quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// The article.
    pub article: String,
    /// Which of its messages, counted from zero.
    pub message: usize,
    /// What the numbers in it mean, in order, by the names that the rule's own message uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
}

/// A literal that Microsoft printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The literal, with its hyphens.
    pub text: String,
    /// The article that prints it.
    pub article: String,
    /// Where it stands there.
    pub place: String,
    /// The products whose Setup it concerns; for `key/published`, those that take it, before any arithmetic.
    #[serde(default)]
    pub products: Vec<String>,
}
