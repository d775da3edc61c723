//! An answer source: an answer file or a command line by which a key travels to a Setup program.

use super::{
    example::Example,
    severity::Severity,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// One answer source: a file of `keyrules/carriers/`.
///
/// Names of sections, entries, files, programs, folders and switches are compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerSource {
    /// The name in a sentence, without an article: `batch setup file of Exchange Server 5.5`.
    pub title: String,
    /// Among answer sources that a text could be, the lowest number is taken.
    pub precedence: u32,
    /// The products whose Setup reads it; none where a source names none that the catalogue has.
    #[serde(default)]
    pub products: Vec<String>,
    /// How it is written, and what a Setup makes of it.
    pub syntax: Syntax,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Texts that are this answer source, and what must be said of them.
    pub examples: Vec<Example>,
}

/// How an answer source is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Syntax {
    /// Lines of `[section]` and `entry=value`.
    Ini(Box<Ini>),
    /// A program with its switches, on a line.
    Command(Box<Command>),
}

/// A file of sections and entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ini {
    /// What tells it from other files: one mark is enough, all of whose parts hold.
    pub known_by: Vec<IniMark>,
    /// Where a key or Product ID stands.
    #[serde(default)]
    pub ids: Vec<IdEntry>,
    /// What has to be there.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// What must not be there.
    #[serde(default)]
    pub forbids: Vec<Forbidden>,
    /// The section that has to come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// Sections whose entries name other sections.
    #[serde(default)]
    pub lists: Vec<Listing>,
    /// Channels for which it does not work.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// It is a copy that Setup forgets on the disk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_behind: Option<LeftBehind>,
}

/// What tells a file from others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IniMark {
    /// The file has one of these names.
    #[serde(default)]
    pub names: Vec<String>,
    /// All these sections are there.
    #[serde(default)]
    pub sections: Vec<String>,
    /// All these entries are there.
    #[serde(default)]
    pub entries: Vec<EntryName>,
    /// A line begins like this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Enough only where the user names one of the answer source's products.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_if_named: bool,
}

/// An entry by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryName {
    /// The section, also as the part behind a colon (`[User1:UserData]`); empty: before any section; absent: anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The entry; `!Name` only with its exclamation mark, `Name` with or without.
    pub entry: String,
}

/// An entry whose value is a key or Product ID, or a line that ends with one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdEntry {
    /// The section, as in [`EntryName`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The entry, as in [`EntryName`]; instead of `line`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The beginning of a line that the value ends; instead of `entry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The channel whose key stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// How the value is written.
    #[serde(default)]
    pub writing: Vec<Writing>,
}

/// One demand on how a value is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Writing {
    /// What is wanted.
    pub wants: Want,
    /// What a value that is written otherwise breaks.
    pub breaks: Breach,
}

/// The closed vocabulary of how a value can have to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Want {
    /// Nothing between the digits: no hyphen, no blank.
    DigitsOnly,
    /// Hyphens between the groups.
    Hyphens,
    /// Double quotes around it.
    Quotes,
    /// No blank between the switch and the value.
    NoBlank,
}

/// A rule that something breaks here, and how much that weighs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// The rule's id.
    pub rule: String,
    /// The weight of the finding.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// The article that carries it, when the basis is `documented`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Why it cannot be decided here; then there is no finding, but a check that stays unanswered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unanswered: Option<String>,
}

/// Entries of which one has to have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// The section.
    pub section: String,
    /// The entries; one of them is enough.
    pub entries: Vec<String>,
    /// Channels that do without. Where the channel is not known, the finding is a warning at most.
    #[serde(default)]
    pub unless_skus: Vec<Sku>,
    /// What its absence breaks.
    pub breaks: Breach,
}

/// An entry that must not be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// The section.
    pub section: String,
    /// The entries, each of which is wrong.
    pub entries: Vec<String>,
    /// The values that are wrong; empty: any.
    #[serde(default)]
    pub values: Vec<String>,
    /// Values that do no harm.
    #[serde(default)]
    pub except: Vec<String>,
    /// What its presence breaks.
    pub breaks: Breach,
}

/// A section that has to come first, or the file is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The section.
    pub section: String,
    /// What it breaks if the section is missing.
    pub missing: Breach,
    /// What it breaks if entries stand before the section.
    pub late: Breach,
}

/// A section whose entries name sections of the same file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The section.
    pub section: String,
    /// The beginning of the entries' names, which goes on with a number.
    pub entries: String,
    /// What a section that is named and not there breaks.
    pub breaks: Breach,
}

/// A channel or kind of copy for which the answer source does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The channels, as far as the user names one.
    pub skus: Vec<Sku>,
    /// Only where a key stands in the file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_with_id: bool,
    /// What it breaks.
    pub breaks: Breach,
}

/// A copy that Setup leaves on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeftBehind {
    /// Words in the names of entries that hold a password.
    pub secrets: Vec<String>,
    /// What a key or password in it breaks.
    pub breaks: Breach,
}

/// A Setup program that is called with switches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// What tells it from other commands: one mark is enough, all of whose parts hold.
    pub known_by: Vec<CommandMark>,
    /// The switches that hand a key or Product ID over.
    #[serde(default)]
    pub ids: Vec<IdSwitch>,
    /// Switches that this Setup does not take, or not together.
    #[serde(default)]
    pub refuses: Vec<Refusal>,
    /// Switches that this Setup cannot do without.
    #[serde(default)]
    pub needs: Vec<Needed>,
    /// Switches whose value is the full path of a file.
    #[serde(default)]
    pub full_paths: Vec<FullPath>,
    /// The switch that has to come before all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<First>,
    /// Channels for which it does not work.
    #[serde(default)]
    pub channels: Vec<Channel>,
}

/// What tells a command from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommandMark {
    /// The program has one of these names, without folder and ending.
    pub programs: Vec<String>,
    /// The program lies in one of these folders; empty: anywhere. A product that the user names is as good.
    #[serde(default)]
    pub folders: Vec<String>,
    /// All these switches are there.
    #[serde(default)]
    pub switches: Vec<MarkedSwitch>,
    /// Enough only where the user names one of the answer source's products.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_if_named: bool,
}

/// A switch with what follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkedSwitch {
    /// The switch without its slash: `k`; or with an equals sign: `PIDKEY=`.
    pub name: String,
    /// What follows it.
    pub takes: Takes,
}

/// What can follow a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// Whatever it may be, or nothing.
    Anything,
    /// What could be a key, a template of one, or a variable in its place.
    Id,
    /// The name of a file.
    File,
}

/// A switch whose value is a key or Product ID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdSwitch {
    /// The switch, as in [`MarkedSwitch`].
    pub switch: String,
    /// The channel whose key stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// How the value is written.
    #[serde(default)]
    pub writing: Vec<Writing>,
}

/// Switches that a Setup does not take, or not together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// One of each of these sets: `[["a"], ["q", "qn"]]` is /a with /q or /qn.
    pub switches: Vec<Vec<String>>,
    /// What their presence breaks.
    pub breaks: Breach,
}

/// A switch that has to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Needed {
    /// The switch.
    pub switch: String,
    /// What its absence breaks.
    pub breaks: Breach,
}

/// A switch whose value names a file from the drive or the server on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FullPath {
    /// The switch.
    pub switch: String,
    /// What another path breaks.
    pub breaks: Breach,
}

/// A switch that has to come before all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct First {
    /// The switch.
    pub switch: String,
    /// What it breaks if it comes later.
    pub breaks: Breach,
}
