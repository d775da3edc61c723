//! The properties of each kind of subject.

use super::Span;
use crate::model::{
    disc::Strength, plan::StepOutcome, postoffice::Class, product::Asks, sku::Sku, source::Basis, verdict::Verdict,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The properties of one kind of subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Properties<'a> {
    /// Of a plan of add packs.
    Plan(PlanProperties<'a>),
    /// Of a key or a serial.
    Key(KeyProperties<'a>),
    /// Of a postoffice.
    Postoffice(PostofficeProperties<'a>),
    /// Of an install disc.
    Media(MediaProperties<'a>),
    /// Of a file.
    File(FileProperties<'a>),
}

/// Properties of a key or a serial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyProperties<'a> {
    /// Every form that the text fits, with the reason.
    pub forms: Vec<Candidate<'a>>,
    /// The verdict at every product that could ask for it; absent if a product was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<Vec<AtProduct<'a>>>,
    /// The other columns of its row, if a table was scanned for a table; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Cow<'a, [Field<'a>]>>,
    /// The part of the label that is the key, without quotes and switches; absent if that is the whole label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Span>,
    /// The registry value that has it: the path of the key, `\`, and the name of the value; absent if it is not in a registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Cow<'a, str>>,
}

/// A field of the row or record that contains a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field<'a> {
    /// The name of its column.
    pub name: Cow<'a, str>,
    /// Its text; a key in it is masked.
    pub value: Cow<'a, str>,
}

/// A form that a text fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Candidate<'a> {
    /// The form's id.
    pub form: Cow<'a, str>,
    /// The reason, in words.
    pub why: Cow<'a, str>,
}

/// The verdict at one product's prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AtProduct<'a> {
    /// The product's id.
    pub product: Cow<'a, str>,
    /// The channel, if the product asks different channels for different forms.
    pub sku: Option<Sku>,
    /// The verdict there.
    pub verdict: Verdict,
    /// The rules found there.
    pub rules: Cow<'a, [String]>,
}

/// Properties of a postoffice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PostofficeProperties<'a> {
    /// The path of its root: the path that was given, and inside an archive or image the path there.
    pub path: Option<Cow<'a, str>>,
    /// The name of its network, if an inventory has it.
    pub network: Option<Cow<'a, str>>,
    /// Its own name, if an inventory has it.
    pub postoffice: Option<Cow<'a, str>>,
    /// Its class.
    pub class: Class,
    /// The evidence for the class.
    pub class_because: Cow<'a, str>,
    /// Its serial as given, or as `PPP-SSSSS` if it was read from bytes; `null` if it is not known.
    pub serial: Option<Cow<'a, str>>,
    /// The origin of the serial: `inventory`, `event`, `locator` or `known-value`.
    pub serial_source: Option<Cow<'a, str>>,
    /// The offset and encoding, or the line of an inventory.
    pub serial_evidence: Option<Cow<'a, str>>,
    /// The number of records in `ACCESS.GLB`, including deleted ones; `null` if it is not known.
    pub users: Option<u64>,
    /// The source that it was read from.
    pub volume: Cow<'a, str>,
}

/// Properties of an install disc, or of what was named as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MediaProperties<'a> {
    /// The volume label; `null` if it has none.
    pub label: Option<Cow<'a, str>>,
    /// The version or release; `null` if the disc does not tell it.
    pub version: Option<Cow<'a, str>>,
    /// The language; `null` if the disc does not tell it.
    pub language: Option<Cow<'a, str>>,
    /// The products that it could be.
    pub products: Cow<'a, [String]>,
    /// The edition; `null` if the disc does not tell it.
    pub edition: Option<Cow<'a, str>>,
    /// The markers that were found, and those that are contradicted.
    pub markers: Vec<DiscMarker<'a>>,
    /// The prompts that its Setup can show; empty if it asks for no key.
    pub prompts: Vec<DiscPrompt<'a>>,
}

/// A marker of a disc.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscMarker<'a> {
    /// The file or folder, or the volume label.
    pub path: Cow<'a, str>,
    /// The conclusion.
    pub says: Cow<'a, str>,
    /// Whether it proves the product, counts together with others, or tells a detail.
    pub strength: Strength,
    /// False if the file on the disc contradicts it.
    pub agrees: bool,
    /// The basis.
    pub basis: Basis,
    /// The article that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<Cow<'a, str>>,
    /// The work that is not Microsoft's that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Cow<'a, str>>,
}

/// A prompt that the Setup of a disc can show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscPrompt<'a> {
    /// The product.
    pub product: Cow<'a, str>,
    /// The channel that it belongs to; `null`: every other.
    pub sku: Option<Sku>,
    /// The kind of answer.
    pub asks: Asks,
    /// The forms that it accepts.
    pub forms: Cow<'a, [String]>,
}

/// Properties of a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileProperties<'a> {
    /// The file, as it was named or found.
    pub path: Cow<'a, str>,
    /// The kind of input as which it was read; `null` if it could not be read.
    pub read_as: Option<Cow<'a, str>>,
}

/// Properties of a plan of add packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanProperties<'a> {
    /// The licences before the first step.
    pub start: u32,
    /// The licences after the last.
    pub end: u32,
    /// The maximum number of licences; `null` if it accepts no packs.
    pub ceiling: Option<u32>,
    /// The steps, in order.
    pub steps: Vec<Step<'a>>,
    /// The disks that a suggestion leaves out.
    pub left_out: Vec<LeftOut<'a>>,
    /// The server, by its title.
    #[serde(default)]
    pub title: Cow<'a, str>,
    /// True if it was installed again on the machine whose disks these are.
    #[serde(default)]
    pub reinstalled: bool,
    /// The server from which it was upgraded.
    #[serde(default)]
    pub upgraded_from: Option<Cow<'a, str>>,
    /// True if it was converted to the full version of Windows NT Server.
    #[serde(default)]
    pub converted_to_nt: bool,
}

/// One step of a plan. Its finding is at the same index among the findings of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step<'a> {
    /// The disk, in the notation `4.0x5:used=5-10`.
    pub pack: Cow<'a, str>,
    /// The outcome.
    pub outcome: StepOutcome,
    /// The licences afterwards.
    pub licenses: u32,
    /// The rule that says so.
    pub rule: Cow<'a, str>,
    /// The remedies.
    pub remedies: Cow<'a, [String]>,
    /// The steps that have to be taken with the disk before.
    pub preparations: Vec<Cow<'a, str>>,
    /// The text that the server shows, if an article quotes it.
    pub screen: Option<Cow<'a, str>>,
}

/// A disk that a suggestion leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeftOut<'a> {
    /// The disk.
    pub pack: Cow<'a, str>,
    /// The rule that gives the reason.
    pub rule: Cow<'a, str>,
    /// The reason, in a sentence.
    pub message: Cow<'a, str>,
    /// The remedies.
    pub remedies: Cow<'a, [String]>,
    /// The basis of the rule here; `null` if it is not known.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// The article or work that supports the basis here.
    #[serde(default)]
    pub source: Option<Cow<'a, str>>,
}
