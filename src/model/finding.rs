//! A finding, or a check that could not be made.

use super::{severity::Severity, source::Basis};
use std::ops::Range;

/// A rule's finding in a subject: its severity, its basis, a sentence, the bytes it is about, and the remedies that answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The severity here.
    pub severity: Severity,
    /// The basis here.
    pub basis: Basis,
    /// The article, or the work that is not Microsoft's, that supports it here; `None` if no source says exactly this.
    pub source: Option<String>,
    /// One sentence. It contains no digit of the key, so it can be in a masked report.
    pub message: String,
    /// The place, in bytes of the text as given; `None` if it concerns no particular place.
    pub span: Option<Range<usize>>,
    /// The ids of the remedies that answer it, most specific first.
    pub remedies: Vec<String>,
}

/// A rule's finding in a postoffice, and the file or directory that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostofficeFinding {
    /// The finding.
    pub finding: Finding,
    /// The file or directory below the postoffice's root; `None` if it concerns no single one.
    pub path: Option<String>,
}

/// A check that could not be answered, because a fact that it needs is not known; the reason says which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The rule's id.
    pub rule: String,
    /// The missing fact.
    pub reason: String,
}
