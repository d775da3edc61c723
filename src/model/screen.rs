//! The text of a message, split into pieces.

use once_cell::sync::OnceCell;
use std::collections::BTreeSet;

/// A piece of a message that an article prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A word, in lower case.
    Word(String),
    /// A variable number.
    Number,
    /// Any variable words, or none.
    Text,
    /// A word of which only the beginning and the end are constant: `EBU{text}`.
    Joined {
        /// The beginning, in lower case.
        before: String,
        /// The end, in lower case.
        after: String,
    },
}

impl Piece {
    /// Returns `true` if it is one word, and matches a typed word.
    pub fn is(&self, word: &str) -> bool {
        match self {
            Self::Word(expected) => expected == word,
            Self::Number => is_number(word),
            Self::Joined { before, after } => {
                word.len() >= before.len().saturating_add(after.len())
                    && word.starts_with(before)
                    && word.ends_with(after)
            }
            Self::Text => false,
        }
    }
}

/// Returns `true` if a word is written in digits.
pub fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A text by which an article is found: a message on a screen, or a phrase that people use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Its words in their own spelling, with one space between them.
    pub spelled: String,
    /// True if it is on a screen; otherwise it is a phrase.
    pub shown: bool,
}

/// The texts by which an article is found, split once for all topics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundBy {
    /// Its messages, then its phrases.
    pub screens: Vec<Screen>,
    /// The distinctive words in its title, symptom, cause, messages and phrases, and in the titles of its remedies; empty until they are
    /// needed.
    pub words: OnceCell<BTreeSet<String>>,
}
