//! The words of pages for what the catalogue and the judge have ids for.

use crate::model::{plan::Outcome, severity::Severity, source::Basis, verdict::Verdict};

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::WellFormed => "well formed",
        Verdict::Undecided => "undecided",
        Verdict::Rejected => "rejected",
        Verdict::Unrecognized => "unrecognized",
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Documented => "documented by Microsoft",
        Basis::Independent => "independent of Microsoft",
        Basis::Inferred => "inferred",
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Applied => "applied",
        Outcome::Restored => "restored",
        Outcome::Refused => "refused",
        Outcome::Password => "asks for a password",
        Outcome::Defective => "defective",
        Outcome::DoNotInsert => "DO NOT INSERT",
    }
}
