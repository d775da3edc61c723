//! A product: which form its Setup asks for, per channel and package, and at which strength.

use super::{
    example::Example,
    severity::Level,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One product: a file of `keyrules/products/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The name in a sentence, without "Microsoft": `Outlook 97`.
    pub title: String,
    /// Other versions that this entry stands for, because the catalogue has none of their own: `3.2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_for: Vec<String>,
    /// Where a person finds the key of this product, if a source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// What its Setup programs ask for, the commonest first.
    pub prompts: Vec<Prompt>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// What must be said of some keys at these prompts.
    pub examples: Vec<Example>,
}

/// Where the key of a product is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The place: `a yellow sticker on the back of the CD case`.
    pub place: String,
    /// The article that says so.
    pub article: String,
}

/// What one Setup asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// What kind of answer Setup wants.
    pub asks: Asks,
    /// The forms that it takes; more than one only where different keys are taken at one prompt.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The channels that this prompt belongs to; empty: all that no other prompt names.
    #[serde(default)]
    pub skus: Vec<Sku>,
    /// The packages that it belongs to; empty: all that no other prompt names.
    #[serde(default)]
    pub packages: Vec<String>,
    /// What the statement that this form is asked for rests on.
    pub basis: Basis,
    /// The article that shows it, when the basis is `documented`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Parts that this Setup does not validate.
    #[serde(default)]
    pub ignores: Vec<String>,
    /// Where a check is stronger, milder or absent at this prompt: rule id to level.
    #[serde(default)]
    pub levels: BTreeMap<String, Level>,
    /// Forms that people are known to type here by mistake.
    #[serde(default)]
    pub mistaken: Vec<Mistaken>,
    /// The only values of the form that are known to be taken; any other stays undecided.
    #[serde(default)]
    pub known_only: bool,
}

/// What kind of answer a Setup wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// A key of one of the listed forms.
    Key,
    /// A key of one of the listed forms, but the field may be left blank.
    Optional,
    /// Nothing: there is no field, or it is greyed out.
    Nothing,
    /// A key whose form no source at hand describes.
    Unknown,
}

/// A form that is met at a prompt by a known mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Mistaken {
    /// The form that was typed.
    pub form: String,
    /// The rule that is reported instead of `key/wrong-form`.
    pub rule: String,
}
