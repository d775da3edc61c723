//! A command line that calls a Setup program: its marks, its switches, and what this Setup does not accept.

use super::{Channel, Violation, Writing};
use crate::model::sku::Sku;
use serde::{Deserialize, Serialize};

/// A Setup program that is called with switches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// The marks by which it is recognised: one mark is enough, if all its parts match.
    pub known_by: Vec<CommandMark>,
    /// The switches that pass a key or Product ID.
    #[serde(default)]
    pub ids: Vec<IdSwitch>,
    /// Switches that this Setup does not accept, or not together.
    #[serde(default)]
    pub refuses: Vec<Refusal>,
    /// Switches that this Setup requires.
    #[serde(default)]
    pub needs: Vec<Needed>,
    /// Switches whose value is the full path of a file.
    #[serde(default)]
    pub full_paths: Vec<FullPath>,
    /// Switches that have to be written letter by letter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exact: Vec<ExactSwitch>,
    /// The switch that has to come before all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<First>,
    /// Channels for which it does not work.
    #[serde(default)]
    pub channels: Vec<Channel>,
}

/// A mark by which a command is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommandMark {
    /// The program has one of these names, without folder and extension.
    pub programs: Vec<String>,
    /// The program is in one of these folders; empty: anywhere. A product of the answer source that the user names counts as well.
    #[serde(default)]
    pub folders: Vec<String>,
    /// All these switches are there.
    #[serde(default)]
    pub switches: Vec<MarkedSwitch>,
    /// True if it is enough only together with a product of the answer source that the user names.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_if_named: bool,
}

/// A switch with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkedSwitch {
    /// The switch without its slash: `k`; or with an equals sign: `PIDKEY=`.
    pub name: String,
    /// Its value.
    pub takes: Takes,
}

/// The values that a switch can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// Anything, or nothing.
    Anything,
    /// A possible key, a template of one, or a variable in its place.
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
    /// The channel whose key is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// Demands on how the value is written.
    #[serde(default)]
    pub writing: Vec<Writing>,
}

/// Switches that a Setup does not accept, or not together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// One of each of these sets: `[["a"], ["q", "qn"]]` is /a with /q or /qn.
    pub switches: Vec<Vec<String>>,
    /// The channels of which this is true, as far as the user names one; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skus: Vec<Sku>,
    /// The rule that their presence breaks.
    pub breaks: Violation,
}

/// A switch that has to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Needed {
    /// The switch.
    pub switch: String,
    /// The rule that its absence breaks.
    pub breaks: Violation,
}

/// A switch whose value is the path of a file from the drive or the server on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FullPath {
    /// The switch.
    pub switch: String,
    /// The rule that another path breaks.
    pub breaks: Violation,
}

/// A switch that has to come before all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct First {
    /// The switch.
    pub switch: String,
    /// The rule that is broken if it comes later.
    pub breaks: Violation,
}

/// A switch or property that this Setup knows only in these letters, capitals as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExactSwitch {
    /// The switch, in its own letters.
    pub switch: String,
    /// The words of its value, in their own letters; commas part them. Empty: the value is not looked at.
    #[serde(default)]
    pub words: Vec<String>,
    /// The rule that other letters break.
    pub breaks: Violation,
    /// The rule that a value without double quotes breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unquoted: Option<Violation>,
}
