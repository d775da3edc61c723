//! The judgement of a key, without sentences.

use super::{severity::Severity, verdict::Verdict};

/// The form, the verdict, and the rules that led to it: the same for many keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judgement {
    /// The id of the recognised form.
    pub form: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// The rules that were found with their severities, worst first.
    pub rules: Vec<(String, Severity)>,
    /// The rules that could not be answered.
    pub unanswered: Vec<String>,
}

impl Judgement {
    /// The severity of its worst finding.
    pub fn worst(&self) -> Option<Severity> {
        self.rules.iter().map(|(_, severity)| *severity).max()
    }
}
