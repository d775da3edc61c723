//! How many subjects got which verdict, and how many findings weighed what.

use super::{Entry, State};
use crate::model::{severity::Severity, verdict::Verdict};
use serde::{Deserialize, Serialize};

/// The counts of one run, in the order of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Subjects judged.
    pub subjects: u64,
    /// Subjects that are well formed.
    pub well_formed: u64,
    /// Subjects that are rejected.
    pub rejected: u64,
    /// Subjects on which a check that matters stayed unanswered.
    pub undecided: u64,
    /// Subjects of no known form.
    pub unrecognized: u64,
    /// Findings that are errors.
    pub errors: u64,
    /// Findings that are warnings.
    pub warnings: u64,
    /// Findings that are notes.
    pub notes: u64,
    /// Findings that the configuration suppresses, and that are counted nowhere else.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub suppressed: u64,
    /// Findings that the baseline holds, and that are counted nowhere else.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub known: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Summary {
    /// The counts of these entries.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        entries.into_iter().fold(Self::default(), |mut summary, entry| {
            summary.add_entry(entry);
            summary
        })
    }

    /// Counts one more entry: of its findings those that count, and the others by why they do not.
    pub fn add_entry(&mut self, entry: &Entry) {
        self.add(
            entry.verdict,
            entry.findings.iter().filter(|finding| finding.counts()).map(|finding| finding.severity),
        );
        for finding in &entry.findings {
            match finding.state {
                None | Some(State::New) => {}
                Some(State::Known) => self.known += 1,
                Some(State::Suppressed { .. }) => self.suppressed += 1,
            }
        }
    }

    /// Counts one more subject.
    pub fn add(&mut self, verdict: Verdict, findings: impl IntoIterator<Item = Severity>) {
        self.add_many(verdict, findings, 1);
    }

    /// Counts so many subjects more of which the same was found.
    pub fn add_many(&mut self, verdict: Verdict, findings: impl IntoIterator<Item = Severity>, subjects: u64) {
        self.subjects += subjects;
        match verdict {
            Verdict::WellFormed => self.well_formed += subjects,
            Verdict::Undecided => self.undecided += subjects,
            Verdict::Rejected => self.rejected += subjects,
            Verdict::Unrecognized => self.unrecognized += subjects,
        }
        for severity in findings {
            match severity {
                Severity::Error => self.errors += subjects,
                Severity::Warning => self.warnings += subjects,
                Severity::Note => self.notes += subjects,
            }
        }
    }

    /// The greatest weight of any finding; `None` when there was none.
    pub fn gravest(&self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { notes: 1.., .. } => Some(Severity::Note),
            _ => None,
        }
    }
}
