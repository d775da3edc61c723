//! A product: the form that its Setup asks for, per channel and package, and at which strength.

use super::{
    example::Example,
    severity::Level,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A product and the keys that its Setup asks for, per channel and package: a file of `keyrules/products/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The name in a sentence, without "Microsoft": `Outlook 97`.
    pub title: String,
    /// Other names that people use: `Win95`. Case, spaces, punctuation, a `Microsoft` before it and a `.0` after it make no difference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Other versions that this entry covers, because the catalogue has none of their own, and other names that articles use for the
    /// product: `3.2`, `WGPO`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_for: Vec<String>,
    /// True if other programs run on it: after "for" and "on", its name says where a program runs, not which program it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub platform: bool,
    /// The place where the key of this product is printed, if a source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The prompts of its Setup programs, the commonest first.
    pub prompts: Vec<Prompt>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Keys at these prompts, with their expected results.
    pub examples: Vec<Example>,
}

/// The place where the key of a product is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The place: `a yellow sticker on the back of the CD case`.
    pub place: String,
    /// The article that says so.
    pub article: String,
}

/// The question of Setup in one situation: the kind of answer and the forms that it accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// The kind of answer that Setup wants.
    pub asks: Asks,
    /// The forms that it accepts; more than one only if different keys are accepted at one prompt. If `asks` is `unknown`: forms that a sample shows,
    /// which excludes no other.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The channels that this prompt belongs to; empty: all that no other prompt names.
    #[serde(default)]
    pub skus: Vec<Sku>,
    /// The packages that it belongs to; empty: all that no other prompt names.
    #[serde(default)]
    pub packages: Vec<String>,
    /// The basis of the statement that this form is asked for.
    pub basis: Basis,
    /// The article that shows it, when the basis is `documented`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Parts that this Setup does not validate.
    #[serde(default)]
    pub ignores: Vec<String>,
    /// The levels of checks that are stronger, milder or absent at this prompt: rule id to level.
    #[serde(default)]
    pub levels: BTreeMap<String, Level>,
    /// Forms that people are known to type here by mistake.
    #[serde(default)]
    pub mistaken: Vec<Mistaken>,
    /// True if only the known values of the form are known to be accepted; any other stays undecided.
    #[serde(default)]
    pub known_only: bool,
}

/// The kind of answer that Setup asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Asks {
    /// A key of one of the listed forms.
    Key,
    /// A key of one of the listed forms, but the field may be left empty.
    Optional,
    /// Nothing: there is no field, or it is greyed out.
    Nothing,
    /// A key whose form no available source describes.
    Unknown,
}

/// A form that people are known to type at a prompt by mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Mistaken {
    /// The form that was typed.
    pub form: String,
    /// The rule that is reported instead of `key/wrong-form`.
    pub rule: String,
}
