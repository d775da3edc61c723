//! One thing that was found, or could not be found out.

use super::{severity::Severity, source::Basis};
use std::ops::Range;

/// Something that a rule found in a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How much it weighs here.
    pub severity: Severity,
    /// What it rests on here.
    pub basis: Basis,
    /// The article, or the work that is not Microsoft's, that carries it here; `None` where no source says just this.
    pub source: Option<String>,
    /// One sentence. Holds no digit of the key, so it can stand in a masked report.
    pub message: String,
    /// Where, in bytes of the text as it was given; `None` when it concerns no place.
    pub span: Option<Range<usize>>,
    /// The ids of the remedies that answer it, most specific first.
    pub remedies: Vec<String>,
}

/// Something that a rule found in a postoffice, and the file that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostofficeFinding {
    /// What was found.
    pub finding: Finding,
    /// The file or directory below the postoffice's root; `None` when it concerns no single one.
    pub path: Option<String>,
}

/// A check that could not be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The rule's id.
    pub rule: String,
    /// Which fact is missing.
    pub reason: String,
}
