//! A name for which articles use another word.

use serde::Deserialize;

/// The list of terms: `keyrules/terms.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The names.
    pub terms: Vec<Term>,
}

/// One name: an article's "Administrator program" is `ADMIN.EXE`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The name.
    pub name: String,
    /// The words that articles use for it.
    pub also: Vec<String>,
    /// The article that says so.
    pub article: String,
}
