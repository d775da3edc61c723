//! An example inside a rule file: what the catalogue must say of one input.

use super::{plan::Plan, sku::Sku, specimen::Specimen, verdict::Verdict};
use serde::{Deserialize, Serialize};

/// One input with what must be found in it. Every file of the catalogue proves itself by its examples.
///
/// Exactly one of `text`, `no_key`, `screen`, `plan`, `file` and `postoffice` says what the input is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// A key, Product ID or serial, as a person would type it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// There is no key in the box (`check --no-key`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_key: bool,
    /// An error text as it stood on the screen (`explain`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
    /// A server and the add packs to be applied to it (`addpack`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// A postoffice on disk (`audit`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postoffice: Option<Specimen>,
    /// An answer file or a script.
    pub file: Option<NamedText>,
    /// The product whose Setup asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The channel that it came through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// The package that it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The verdict that must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The form that must be recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Rules that must be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finds: Vec<String>,
    /// Rules that must not be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// Rules that must stay unanswered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<String>,
    /// Remedies that must be offered; for `screen`, articles or remedies that must be among the matches that are as good as the best.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<String>,
    /// The answer source that `file` must be recognised as.
    #[serde(default, rename = "carrier", skip_serializing_if = "Option::is_none")]
    pub answer_source: Option<String>,
    /// The keys that must be found in `file`, all of them, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<FoundKey>,
    /// What must come of each pack of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// The licences after the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// Nothing else may be found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only: bool,
    /// Why this must be so.
    pub why: String,
}

/// A file by its name and its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NamedText {
    /// The name, which decides for some files.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// A key that must be found in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FoundKey {
    /// As it stands in the file, without quotes and brackets.
    pub text: String,
    /// The product at whose Setup it arrives; absent: the file does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The channel, if it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
}
