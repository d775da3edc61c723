//! The origin of a statement, and how far it can be trusted.

use serde::{Deserialize, Serialize};

/// The basis of a statement: Microsoft says it, somebody else shows it, or it is inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Our own conclusion; never more than a warning.
    Inferred,
    /// An independent public write-up, or an observation of a real Setup.
    Independent,
    /// Microsoft says so in a Knowledge Base article.
    Documented,
}

impl Basis {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::Independent => "independent",
            Self::Documented => "documented",
        }
    }

    /// The words for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::Independent => "independent of Microsoft",
            Self::Documented => "documented by Microsoft",
        }
    }
}

/// One piece of evidence for an entry of the catalogue.
///
/// Exactly one of `article` and `work` is given; a `documented` source names an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The number of a Microsoft Knowledge Base article, such as `Q180399`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// A work that is not Microsoft's, described so that a reader can find it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    /// The kind of evidence.
    pub basis: Basis,
    /// The statement of the source about this entry, in our own words.
    pub says: String,
    /// Pieces of `says` that are ours and not in the article's text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ours: Vec<String>,
}
