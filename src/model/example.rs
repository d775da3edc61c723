//! An example inside a rule file: an input, and the expected result.

use super::{
    disc_specimen::DiscSpecimen, plan::Plan, situation::Purpose, sku::Sku, specimen::Specimen, verdict::Verdict,
};
use serde::{Deserialize, Serialize};

/// One input with its expected result. Every file of the catalogue proves itself by its examples.
///
/// Exactly one of `text`, `no_key`, `screen`, `plan`, `file`, `postoffice` and `disc` is the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// A key, Product ID or serial, as a user would type it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// True if there is no key in the box (`check --no-key`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_key: bool,
    /// An error text from the screen (`explain`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
    /// A server and the add packs to be applied to it (`addpack`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// A postoffice on disk (`audit`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postoffice: Option<Specimen>,
    /// An install disc (`media`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disc: Option<DiscSpecimen>,
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
    /// The purpose of the number, unless it is input for Setup.
    #[serde(default, skip_serializing_if = "Purpose::is_setup")]
    pub purpose: Purpose,
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
    /// Remedies that must be offered; for `screen`, articles or remedies that must be among the best matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<String>,
    /// Remedies that must not be offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// The answer source as which `file` must be recognised.
    #[serde(default, rename = "carrier", skip_serializing_if = "Option::is_none")]
    pub answer_source: Option<String>,
    /// The keys that must be found in `file`, all of them, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<FoundKey>,
    /// The expected outcome of each pack of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// The licences after the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// True if nothing else may be found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only: bool,
    /// The reason.
    pub why: String,
}

/// A file by its name and its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NamedText {
    /// The name, by which some files are recognised.
    pub name: String,
    /// Its contents.
    pub text: String,
}

/// A key that must be found in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FoundKey {
    /// The text of the key in the file, without quotes and brackets.
    pub text: String,
    /// The product whose Setup receives it; absent: the file does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The channel, if it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
}
