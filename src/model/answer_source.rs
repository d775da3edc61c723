//! An answer source: an answer file or a command line that passes a key to a Setup program.

mod command;

pub use command::{Command, CommandMark, ExactSwitch, First, FullPath, IdSwitch, MarkedSwitch, Needed, Refusal, Takes};

use super::{
    article::EntryCondition,
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
    /// Among the answer sources that a text could be, the one with the lowest number is chosen.
    pub precedence: u32,
    /// The products whose Setup reads it; none if the source names no product of the catalogue.
    #[serde(default)]
    pub products: Vec<String>,
    /// Its syntax, and what a Setup program does with it.
    pub syntax: Syntax,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Texts with this answer source, and their expected results.
    pub examples: Vec<Example>,
}

/// The syntax of an answer source.
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
    /// The marks by which it is recognised: one mark is enough, if all its parts match.
    pub known_by: Vec<IniMark>,
    /// Values that only a file for another Setup has: a file with one of them is not this one.
    #[serde(default)]
    pub excluded_by: Vec<ValueMark>,
    /// The place of a key or Product ID.
    #[serde(default)]
    pub ids: Vec<IdEntry>,
    /// Entries that must be there.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// Entries that must not be there.
    #[serde(default)]
    pub forbids: Vec<Forbidden>,
    /// The section that has to come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// Entries that this Setup does not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignores: Vec<Ignored>,
    /// The rule that a value between `<` and `>` breaks, in any entry that holds no key: documents write the reader's own value so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notation: Option<Violation>,
    /// The section whose lines are commands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commands: Option<CommandSection>,
    /// Sections whose entries name other sections.
    #[serde(default)]
    pub lists: Vec<Listing>,
    /// Channels for which it does not work.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Present if it is a copy that Setup leaves on the disk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_behind: Option<LeftBehind>,
}

/// A mark by which a file is recognised.
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
    /// A comment begins like this, after its semicolon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// All these values are there.
    #[serde(default)]
    pub values: Vec<ValueMark>,
    /// True if it is enough only together with a product of the answer source that the user names.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_if_named: bool,
}

/// An entry by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryName {
    /// The section, also as the part after a colon (`[User1:UserData]`); empty: before any section; absent: anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The entry; `!Name` only with its exclamation mark, `Name` with or without.
    pub entry: String,
}

/// An entry whose value has the form of a key, with digits or with the letters of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ValueMark {
    /// The section, as in [`EntryName`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The entry, as in [`EntryName`].
    pub entry: String,
    /// The id of the form.
    pub form: String,
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
    /// The beginning of a line that ends with the value; instead of `entry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The channel whose key is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// Demands on how the value is written.
    #[serde(default)]
    pub writing: Vec<Writing>,
}

/// One demand on how a value is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Writing {
    /// The demand.
    pub wants: Want,
    /// The rule that a value breaks if it does not meet the demand.
    pub breaks: Violation,
}

/// The closed vocabulary of demands on how a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Want {
    /// Nothing between the digits: no hyphen, no space.
    DigitsOnly,
    /// Hyphens between the groups.
    Hyphens,
    /// Double quotes around it.
    Quotes,
    /// No space between the switch and the value.
    NoBlank,
    /// An equals sign before the value, even if the line is recognised without it.
    EqualsSign,
}

/// A rule that is broken here, and the severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Violation {
    /// The rule's id.
    pub rule: String,
    /// The severity of the finding.
    pub severity: Severity,
    /// The basis.
    pub basis: Basis,
    /// The article that supports it, when the basis is `documented`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The reason why it cannot be decided here. With a reason there is no finding, but a check that stays unanswered.
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
    /// Channels that need none. If the channel is unknown, the finding is a warning at most.
    #[serde(default)]
    pub unless_skus: Vec<Sku>,
    /// Other entries that make it needed; all of these conditions have to be met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<EntryCondition>,
    /// The rule that their absence breaks.
    pub breaks: Violation,
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
    /// The way of writing that alone is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_as: Option<WrittenAs>,
    /// The rule that its presence breaks.
    pub breaks: Violation,
}

/// The closed vocabulary of how a value can be written that is wrong only so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WrittenAs {
    /// A name between percent signs that the section `[Strings]` of the same file gives a value.
    StringVariable,
}

/// Entries that a Setup does not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ignored {
    /// The entries; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryName>,
    /// Those that are read all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<EntryName>,
    /// The values with which the entries are ignored; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Other entries that are the reason; all of these conditions have to be met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<EntryCondition>,
    /// The rule that an entry that is not read breaks.
    pub breaks: Violation,
}

/// A section whose lines are commands, each between double quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommandSection {
    /// The section.
    pub section: String,
    /// The rule that double quotes within those of the line break.
    pub nested: Violation,
    /// The check that this file alone cannot answer.
    pub elsewhere: Violation,
}

/// A section that has to come first, or the file is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The section.
    pub section: String,
    /// The rule that is broken if the section is missing.
    pub missing: Violation,
    /// The rule that is broken if entries precede the section.
    pub late: Violation,
}

/// A section whose entries name sections of the same file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The section.
    pub section: String,
    /// The beginning of the entries' names, which is followed by a number.
    pub entries: String,
    /// The rule that is broken if a section is named and missing.
    pub breaks: Violation,
}

/// A channel or kind of copy for which the answer source does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The channels, as far as the user names one.
    pub skus: Vec<Sku>,
    /// True if it applies only to a file with a key.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_with_id: bool,
    /// The rule that it breaks.
    pub breaks: Violation,
}

/// A copy that Setup leaves on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeftBehind {
    /// Words in the names of entries that contain a password.
    pub secrets: Vec<String>,
    /// The rule that a key or password in it breaks.
    pub breaks: Violation,
}
