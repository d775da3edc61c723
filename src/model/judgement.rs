//! What is said of a key, without the sentences.

use super::{severity::Severity, verdict::Verdict};

/// The form, the verdict, and the rules that led there: the same for many keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judgement {
    /// The id of the recognised form.
    pub form: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// The rules that were found with their weights, gravest first.
    pub rules: Vec<(String, Severity)>,
    /// The rules that could not be answered.
    pub unanswered: Vec<String>,
}

impl Judgement {
    /// The weight of its gravest finding.
    pub fn gravest(&self) -> Option<Severity> {
        self.rules.iter().map(|(_, severity)| *severity).max()
    }
}
