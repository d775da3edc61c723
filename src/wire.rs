//! The document `jewelcase/1`: what every report but the human one of `check` is made from, and what a saved report is read into.
//!
//! These structs stand apart from the program's own, so that neither changes with the other. Everything in them is masked already, unless keys were to be shown. A document that was written reads back as the same value.

pub mod listing;
pub mod mask;
pub mod place;
pub mod read;
pub mod schema;
pub mod summary;
pub mod topic;

mod audit;
mod plan;
pub(crate) mod repeated;
mod state;
mod subject;
mod totals;

pub use repeated::{Repeated, RepeatedKeys, Spot};
pub use state::State;
pub use subject::Located;
pub use totals::{FormTotals, Totals};

use crate::{
    catalogue::Catalogue,
    model::{plan::StepOutcome, postoffice::Class, severity::Severity, sku::Sku, source::Basis, verdict::Verdict},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use summary::Summary;

/// The name and number of the document.
pub const SCHEMA: &str = "jewelcase/1";

/// A whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// `jewelcase/1`.
    pub schema: String,
    /// The program that wrote it.
    pub tool: Tool,
    /// What was judged, in the order of the input.
    pub subjects: Vec<Entry>,
    /// The remedies that the findings name, by id.
    pub remedies: BTreeMap<String, Remedy>,
    /// The counts.
    pub summary: Summary,
    /// The counts by form and by rule, and the keys in several places; absent where only some keys were looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
}

impl Document {
    /// A document of these entries, with the counts of all of them and the remedies that they name.
    pub fn new(subjects: Vec<Entry>, remedies: Remedies<'_>) -> Self {
        let summary = Summary::of(&subjects);
        let remedies = remedies.table(subjects.iter().flat_map(Entry::remedies));
        Self { schema: SCHEMA.to_owned(), tool: Tool::this(), subjects, remedies, summary, totals: None }
    }
}

/// The program that wrote a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// One subject of a document: a key, a serial, a postoffice, a plan of add packs, a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// The key as a report may show it, or the name of what was judged.
    pub label: String,
    /// Where it stood; `null` for an argument of the command line.
    pub location: Option<Location>,
    /// The id of the recognised form.
    pub form: Option<String>,
    /// The product that was asked about, or that the context names.
    pub product: Option<String>,
    /// The channel.
    pub sku: Option<Sku>,
    /// The package.
    pub from: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// What was found, gravest first.
    pub findings: Vec<Finding>,
    /// What could not be found out.
    pub unanswered: Vec<Unanswered>,
    /// What belongs to this kind of subject alone.
    pub properties: Properties,
}

impl Entry {
    /// The ids of the remedies that it names, also those of disks that a plan leaves out.
    pub fn remedies(&self) -> impl Iterator<Item = &str> {
        let left_out = match &self.properties {
            Properties::Plan(plan) => plan.left_out.as_slice(),
            Properties::Key(_) | Properties::Postoffice(_) | Properties::File(_) => &[],
        };
        let found = self.findings.iter().flat_map(|finding| &finding.remedies);
        found.chain(left_out.iter().flat_map(|left| &left.remedies)).map(String::as_str)
    }
}

/// The kinds of subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A CD key or Product ID.
    Key,
    /// A postoffice serial.
    Serial,
    /// The number that a product shows after Setup.
    InstalledId,
    /// A Microsoft Mail postoffice, or what should have been one.
    Postoffice,
    /// A plan of add packs.
    AddPackPlan,
    /// An answer file, a script, or any other file as a whole.
    AnswerFile,
}

impl Kind {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Serial => "serial",
            Self::InstalledId => "installed-id",
            Self::Postoffice => "postoffice",
            Self::AddPackPlan => "add-pack-plan",
            Self::AnswerFile => "answer-file",
        }
    }
}

/// Where a subject or a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// The file, or `-` for standard input.
    pub path: String,
    /// The line, counted from one.
    pub line: u64,
    /// The column in characters, counted from one.
    pub column: u64,
}

/// One finding of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// One sentence, without a digit of the key.
    pub message: String,
    /// Where in the label, in bytes; `null` when it concerns no place there.
    pub span: Option<Span>,
    /// The ids of the remedies that answer it, most specific first.
    pub remedies: Vec<String>,
    /// Where in the input, if that is not the subject's own place; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What the project's configuration and baseline say of it; absent where they say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
}

/// A range of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A check that could not be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unanswered {
    /// The rule's id.
    pub rule: String,
    /// Which fact is missing.
    pub reason: String,
}

/// A remedy as a document carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// The article's number.
    pub article: String,
    /// What it achieves.
    pub title: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Whom it is for.
    pub applies_to: Vec<String>,
}

/// What belongs to one kind of subject alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Properties {
    /// Of a plan of add packs.
    Plan(PlanProperties),
    /// Of a key or a serial.
    Key(KeyProperties),
    /// Of a postoffice.
    Postoffice(PostofficeProperties),
    /// Of a file.
    File(FileProperties),
}

/// Of a key or a serial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyProperties {
    /// Every form that the text fits, with the reason.
    pub forms: Vec<Candidate>,
    /// The verdict at every product that could ask for it; absent where a product was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<Vec<AtProduct>>,
    /// The other columns of its row, where a table was scanned for a table; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Vec<Field>>,
}

/// A field of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The name of its column.
    pub name: String,
    /// What stands there; a key is masked.
    pub value: String,
}

/// A form that a text fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The form's id.
    pub form: String,
    /// The reason, in words.
    pub why: String,
}

/// The verdict at one product's prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AtProduct {
    /// The product's id.
    pub product: String,
    /// The channel, where the product asks different channels for different forms.
    pub sku: Option<Sku>,
    /// The verdict there.
    pub verdict: Verdict,
    /// The rules found there.
    pub rules: Vec<String>,
}

/// Of a postoffice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PostofficeProperties {
    /// Where its root lies: the path that was given, and inside an archive or image the path there.
    pub path: Option<String>,
    /// The name of its network, where an inventory tells it.
    pub network: Option<String>,
    /// Its own name, where an inventory tells it.
    pub postoffice: Option<String>,
    /// Its class.
    pub class: Class,
    /// What the class was told by.
    pub class_because: String,
    /// Its serial as it was given, or as `PPP-SSSSS` where it was read from bytes; `null` where it is not known.
    pub serial: Option<String>,
    /// Where the serial comes from: `inventory`, `event`, `locator` or `known-value`.
    pub serial_source: Option<String>,
    /// The offset and encoding, or the line of an inventory.
    pub serial_evidence: Option<String>,
    /// How many records `ACCESS.GLB` has, deleted ones among them; `null` where that cannot be told.
    pub users: Option<u64>,
    /// What it was read from.
    pub volume: String,
}

/// Of a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileProperties {
    /// The file, as it was named or found.
    pub path: String,
    /// What it was read as; `null` when it could not be read.
    pub read_as: Option<String>,
}

/// Of a plan of add packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanProperties {
    /// The licences before the first step.
    pub start: u32,
    /// The licences after the last.
    pub end: u32,
    /// The most that the server can have; `null` where it takes no packs.
    pub ceiling: Option<u32>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The disks that a suggestion leaves out.
    pub left_out: Vec<LeftOut>,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The disk, in the notation `4.0x5:used=5-10`.
    pub pack: String,
    /// What comes of it.
    pub outcome: StepOutcome,
    /// The licences afterwards.
    pub licenses: u32,
    /// The rule that says so.
    pub rule: String,
    /// The remedies.
    pub remedies: Vec<String>,
    /// What has to be done to the disk before.
    pub preparations: Vec<String>,
    /// What the server shows, where an article quotes it.
    pub screen: Option<String>,
}

/// A disk that a suggestion leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// The disk.
    pub pack: String,
    /// The rule that says why.
    pub rule: String,
    /// Why, in a sentence.
    pub message: String,
    /// The remedies.
    pub remedies: Vec<String>,
}

/// Where the text of a remedy comes from: the catalogue, or a saved document.
#[derive(Clone, Copy, Debug)]
pub enum Remedies<'a> {
    /// The catalogue.
    Catalogue(&'a Catalogue),
    /// The table of a document.
    Saved(&'a BTreeMap<String, Remedy>),
}

impl Remedies<'_> {
    /// The remedy of this id, if there is one.
    pub fn get(&self, id: &str) -> Option<Remedy> {
        match self {
            Self::Catalogue(catalogue) => {
                let (article, _, remedy) = catalogue.remedy(id)?;
                Some(Remedy {
                    article: article.to_owned(),
                    title: remedy.title.clone(),
                    steps: remedy.steps.clone(),
                    applies_to: remedy.applies_to.clone(),
                })
            }
            Self::Saved(remedies) => remedies.get(id).cloned(),
        }
    }

    /// The table of a document that names these ids; an unknown id is left out.
    pub fn table<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> BTreeMap<String, Remedy> {
        ids.into_iter().filter_map(|id| Some((id.to_owned(), self.get(id)?))).collect()
    }
}
