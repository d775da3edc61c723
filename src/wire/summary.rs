//! The counts of a run: subjects by verdict, findings by severity.

use super::{Entry, State};
use crate::model::{severity::Severity, verdict::Verdict};
use serde::{Deserialize, Serialize};

/// The counts of one run, in the order of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Keys, serials, postoffices and plans that were judged; files are counted in the totals.
    pub subjects: u64,
    /// Subjects that are well formed.
    pub well_formed: u64,
    /// Subjects that are rejected.
    pub rejected: u64,
    /// Subjects with an unanswered check that matters.
    pub undecided: u64,
    /// Subjects of no known form.
    pub unrecognized: u64,
    /// Findings that are errors.
    pub errors: u64,
    /// Findings that are warnings.
    pub warnings: u64,
    /// Findings that are notes.
    pub notes: u64,
    /// Findings that the configuration suppresses, which are counted nowhere else.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub suppressed: u64,
    /// Findings in the baseline, which are counted nowhere else.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub known: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Summary {
    /// The counts of these entries.
    pub fn of<'e, 'a: 'e>(entries: impl IntoIterator<Item = &'e Entry<'a>>) -> Self {
        entries.into_iter().fold(Self::default(), |mut summary, entry| {
            summary.add_entry(entry);
            summary
        })
    }

    /// Counts an entry: the subject itself, if it is one, and its findings; those that do not count are counted by the reason.
    pub fn add_entry(&mut self, entry: &Entry<'_>) {
        if entry.kind.is_counted() {
            self.add_subjects(entry.verdict, 1);
        }
        for finding in &entry.findings {
            match finding.state {
                None | Some(State::New) => self.add_findings(finding.severity, 1),
                Some(State::Known) => self.known = self.known.saturating_add(1),
                Some(State::Suppressed { .. }) => self.suppressed = self.suppressed.saturating_add(1),
            }
        }
    }

    /// Counts subjects with the same verdict and the same findings.
    pub fn add(&mut self, verdict: Verdict, findings: impl IntoIterator<Item = Severity>, subjects: u64) {
        self.add_subjects(verdict, subjects);
        findings.into_iter().for_each(|severity| self.add_findings(severity, subjects));
    }

    fn add_subjects(&mut self, verdict: Verdict, subjects: u64) {
        self.subjects = self.subjects.saturating_add(subjects);
        match verdict {
            Verdict::WellFormed => self.well_formed = self.well_formed.saturating_add(subjects),
            Verdict::Undecided => self.undecided = self.undecided.saturating_add(subjects),
            Verdict::Rejected => self.rejected = self.rejected.saturating_add(subjects),
            Verdict::Unrecognized => self.unrecognized = self.unrecognized.saturating_add(subjects),
        }
    }

    fn add_findings(&mut self, severity: Severity, findings: u64) {
        match severity {
            Severity::Error => self.errors = self.errors.saturating_add(findings),
            Severity::Warning => self.warnings = self.warnings.saturating_add(findings),
            Severity::Note => self.notes = self.notes.saturating_add(findings),
        }
    }

    /// The worst severity of any finding; `None` if there was none.
    pub fn worst(&self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { notes: 1.., .. } => Some(Severity::Note),
            _ => None,
        }
    }
}
