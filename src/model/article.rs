//! A Knowledge Base article: what is seen, why, and what to do.

use super::{
    check::FileCondition,
    example::Example,
    postoffice::Class,
    sku::Sku,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// One article: a file of `keyrules/articles/`, named by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// What the article is about, in a line.
    pub title: String,
    /// Whether the article's own text was at hand when the entry was written; if not, `sources` says who reports on it.
    pub text_at_hand: bool,
    /// The products of the catalogue that it is about.
    #[serde(default)]
    pub products: Vec<String>,
    /// The products and versions that it applies to, as people call them.
    pub applies_to: Vec<String>,
    /// What a person sees, in our own words.
    pub symptom: String,
    /// Why, in our own words.
    pub cause: String,
    /// Texts on the screen, word for word as the article prints them.
    #[serde(default)]
    pub messages: Vec<Message>,
    /// Words by which people look for it: a title, a task, how they describe what happens. Never shown as a text on the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phrases: Vec<String>,
    /// Pieces of the title, symptom, cause and `applies_to` that are ours and not in the article's text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ours: Vec<String>,
    /// What to do, one entry per case.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Screens that must lead here, and keys that must be sent here.
    pub examples: Vec<Example>,
}

/// A text on the screen. `{number}` stands for a number, `{text}` for any words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The text.
    pub text: String,
}

impl Message {
    /// The text as people read it: `N` where it has a number, `…` where it has any words.
    pub fn on_screen(&self) -> String {
        self.text.replace("{number}", "N").replace("{text}", "…")
    }
}

/// One way out, for one case. Its id is the article's number, or `NUMBER/case`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// The case; absent where the article knows only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// What it achieves, in a line.
    pub title: String,
    /// What it does to what is there.
    pub action: Action,
    /// What is lost by it; where something is, the steps begin with a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loses: Option<String>,
    /// What to do, in order, in our own words.
    pub steps: Vec<String>,
    /// Pieces of the title, the steps and `applies_to` that are ours and not in the texts of the articles that are cited; a step that is ours altogether is named whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ours: Vec<String>,
    /// Whom it is for, as people say it: `BackOffice Server 4.0, NFR`.
    pub applies_to: Vec<String>,
    /// What the steps rest on.
    pub basis: Basis,
    /// Which findings it answers.
    #[serde(default)]
    pub when: When,
}

/// What a remedy does to what is there, the least destructive first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Looks, compares or waits; nothing is changed.
    Look,
    /// Gets a key, a disc or help from somebody.
    Ask,
    /// Types a key, a command or an answer file again; nothing that is installed is changed.
    Enter,
    /// Changes a setting, a right or a connection, or starts a program; it can be set back.
    Adjust,
    /// Installs newer program files; data stay.
    Update,
    /// Copies a sound twin, or a missing file from the disks.
    Copy,
    /// Brings back a backup; what came after it is lost.
    Restore,
    /// Has a tool, or DEBUG, change the damaged file itself.
    Repair,
    /// Deletes a file, a record or an entry.
    Remove,
    /// Makes a file, a queue or a list anew; what was in it is lost.
    Recreate,
    /// Runs Setup again over what is installed, or after removing it.
    Reinstall,
}

/// The findings that a remedy answers. An empty list asks nothing, but without `rules` a remedy answers no finding.
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
    /// The answer file or command line in which it was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carriers: Vec<String>,
    /// The classes of postoffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// Conditions, in the words of a rule about postoffices, that all have to be met by the postoffice too: a counter that is too high, a file that is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<FileCondition>,
    /// Entries that the answer file has to have, or to lack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryCondition>,
    /// The form of what was typed.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The files or directories of a postoffice that the finding is about, below its root and upper-case, `*` for a name and `**` for any path, such as `GLB/MASTER.GLB` or `XTN/*.XTN`; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

/// A condition on an entry of an answer file. Capitals make no difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryCondition {
    /// Its section.
    pub section: String,
    /// Its name.
    pub entry: String,
    /// Met where the entry has one of these values; empty: any value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Met where the entry does not have one of these values, or is not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}
