//! A Knowledge Base article: its symptom, its cause and its remedies.

use super::{
    check::FileCondition,
    example::Example,
    postoffice::Class,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// An article of the Microsoft Knowledge Base: a file of `keyrules/articles/`, named by its number. Its symptom, cause and remedies are in our own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// The subject of the article, in a line.
    pub title: String,
    /// True if the article's own text was available when the entry was written; if not, `sources` says who reports on it.
    pub text_at_hand: bool,
    /// The products of the catalogue that it is about.
    #[serde(default)]
    pub products: Vec<String>,
    /// The products and versions that it applies to, as people call them.
    pub applies_to: Vec<String>,
    /// The symptom, in our own words.
    pub symptom: String,
    /// The cause, in our own words.
    pub cause: String,
    /// Texts on the screen, word for word as the article prints them.
    #[serde(default)]
    pub messages: Vec<Message>,
    /// Words by which people search for it: a title, a task, a description of the problem. Never shown as a text on the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phrases: Vec<String>,
    /// Pieces of the title, symptom, cause and `applies_to` that are ours and not in the article's text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ours: Vec<String>,
    /// The remedies, one for each case.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Screens that must lead to this article, and keys for which its remedies must be offered.
    pub examples: Vec<Example>,
}

/// A text on the screen. `{number}` represents a number, `{text}` any words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The text.
    pub text: String,
}

impl Message {
    /// The text for readers: `N` for a number, `…` for any words.
    pub fn on_screen(&self) -> String {
        self.text.replace("{number}", "N").replace("{text}", "…")
    }
}

/// The steps that an article gives for one case. Its id is the article's number, or `NUMBER/case`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// The case; absent if the article has only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The result that it achieves, in a line.
    pub title: String,
    /// The kind of change that it makes.
    pub action: Action,
    /// Anything that is lost by it. If something is lost, the steps begin with a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loses: Option<String>,
    /// The steps, in order, in our own words.
    pub steps: Vec<String>,
    /// Pieces of the title, the steps and `applies_to` that are ours and not in the texts of the articles that are cited; a step that is
    /// entirely ours is named whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ours: Vec<String>,
    /// The people for whom it is, in their own words: `BackOffice Server 4.0, NFR`.
    pub applies_to: Vec<String>,
    /// The basis of the steps.
    pub basis: Basis,
    /// The findings that it answers.
    #[serde(default)]
    pub when: When,
}

/// The kind of change that a remedy makes, from the least to the most destructive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Looks, compares or waits; nothing is changed.
    Look,
    /// Gets a key, a disc or help from somebody.
    Ask,
    /// Enters a key, a command or an answer file again; nothing that is installed is changed.
    Enter,
    /// Changes a setting, a right or a connection, or starts a program; it can be set back.
    Adjust,
    /// Installs newer program files; data are kept.
    Update,
    /// Copies an intact counterpart, or a missing file from the disks.
    Copy,
    /// Restores a backup; later changes are lost.
    Restore,
    /// Changes the damaged file itself, with a tool or DEBUG.
    Repair,
    /// Deletes a file, a record or an entry.
    Remove,
    /// Recreates a file, a queue or a list; its contents are lost.
    Recreate,
    /// Runs Setup again over the existing installation, or after removing it.
    Reinstall,
}

/// The findings that a remedy answers. An empty list sets no condition, but without `rules` a remedy answers no finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The rules that were found.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The product whose Setup asks.
    #[serde(default)]
    pub products: Vec<String>,
    /// The package that it came in.
    #[serde(default)]
    pub packages: Vec<String>,
    /// The channel.
    #[serde(default)]
    pub skus: Vec<Sku>,
    /// Channels for which it is not meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_skus: Vec<Sku>,
    /// The answer file or command line that contains the finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carriers: Vec<String>,
    /// The classes of postoffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// Conditions, in the vocabulary of a rule about postoffices, that the postoffice must also meet: a counter that is too high, a file
    /// that is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<FileCondition>,
    /// Entries that the answer file must have, or must not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryCondition>,
    /// The form of the text that was typed.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The files or directories of a postoffice that the finding is about, below its root and in upper case, `*` for a name and `**` for
    /// any path, such as `GLB/MASTER.GLB` or `XTN/*.XTN`; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

/// A condition on an entry of an answer file. Case makes no difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryCondition {
    /// Its section.
    pub section: String,
    /// Its name.
    pub entry: String,
    /// Values one of which the entry must have; empty: any value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Values that the entry must not have; a missing entry meets the condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}
