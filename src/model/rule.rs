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
    /// The finding, in a few words.
    pub title: String,
    /// The sentence of a finding. `{part}`, `{form}`, `{written}`, `{asked}`, `{product}`, `{package}`, `{found}`, `{expected}`, `{article}`, `{place}`, `{path}`, `{carrier}`, `{section}`, `{entries}` and `{switches}` are filled in; it never says what a digit should be.
    pub message: String,
    /// The meaning of the rule, its reason, its reliability and its limits.
    pub explanation: String,
    /// The usual severity.
    pub severity: Severity,
    /// The usual basis.
    pub basis: Basis,
    /// True if the rule compares several postoffices, so that a single one is not enough.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compares_postoffices: bool,
    /// Points on which sources disagree or leave a gap, and the reading that is used here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<String>,
    /// The message on the screen when this happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<Screen>,
    /// The checks that it makes in a postoffice; only for the family `postoffice/`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<FileCheck>,
    /// Reports of other checkers that this rule does not make.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiet: Vec<Quiet>,
    /// Literal values that the rule recognises.
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
    /// The index of the message among those of the article.
    pub message: usize,
    /// The meaning of the numbers in it, in order, by the names that the rule's own message uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
}

/// A literal value that Microsoft printed, with the article that printed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The literal, with its hyphens.
    pub text: String,
    /// The article that prints it.
    pub article: String,
    /// The place in it.
    pub place: String,
    /// The products whose Setup it concerns; for `key/published`, those that accept it, before any arithmetic.
    #[serde(default)]
    pub products: Vec<String>,
}
