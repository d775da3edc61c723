//! The words for keys in one language.

use super::source::Source;
use serde::{Deserialize, Serialize};

/// The words by which people of a language say what a number is: a file of `keyrules/words/`. All are in lower case, with spaces for
/// hyphens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The name in English: `German`.
    pub title: String,
    /// Words that announce a key: `cd schlüssel`.
    pub announces: Vec<String>,
    /// Words that other numbers have, too: `seriennummer`. They count only directly before a number with its hyphens.
    pub hints: Vec<String>,
    /// Those of them that always mean a key, of whatever product: `schlüssel`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// Words between a hint and its number: `lautet`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Words after which a sentence continues in the text set off below it: `the key is`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
    /// Words that say that a number is something other than a key: `telefon`.
    pub vetoes: Vec<String>,
    /// Words that say so only as the heading of a column: `datum`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
    /// Things with serial numbers of their own, and their makers: `drucker`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hardware: Vec<String>,
    /// Names of columns of products: `programm`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Single words before the purpose of a program: `für`. The name of a platform after one is not the product, unless a word for keys
    /// precedes it.
    pub purposes: Vec<String>,
    /// Single words before the platform that a program runs on, or needs: `unter`.
    pub platforms: Vec<String>,
    /// Single words after the name of a platform that turn it into that of a machine or of another product: `rechner`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub machines: Vec<String>,
    /// Single words between a key and its product: `von`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub genitives: Vec<String>,
    /// Single words between the items of a list: `und`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<String>,
    /// Articles, prepositions and the like, which no name contains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub particles: Vec<String>,
    /// Words beside the name of a product that distinguish its editions: `deutsch`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<String>,
    /// Single words that deny the product named after them: `nicht`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub negations: Vec<String>,
    /// Other words that add nothing about the product of a key: `bitte`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fillers: Vec<String>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Pieces of text, and their meaning.
    pub examples: Vec<WordExample>,
}

/// A piece of text, and the meaning that it must give to a number after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WordExample {
    /// The text.
    pub text: String,
    /// The meaning of its words.
    pub says: Meaning,
    /// The reason.
    pub why: String,
}

/// The meaning that words give to the number after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// It is a key.
    Key,
    /// It could be one.
    Hint,
    /// It is something else.
    Other,
    /// It could be the serial number of a machine.
    Hardware,
    /// The next words are the platform that a program runs on.
    Platform,
    /// Nothing.
    Nothing,
}

impl Meaning {
    /// The word used in rule files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Hint => "hint",
            Self::Other => "other",
            Self::Hardware => "hardware",
            Self::Platform => "platform",
            Self::Nothing => "nothing",
        }
    }
}
