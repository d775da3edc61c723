//! What was found in one piece of input, and how it is handed on: little by little, since what is said of a key takes far more room than the key.

use crate::{
    model::{
        finding::{Finding, Unanswered},
        severity::Severity,
        subject::Subject,
    },
    source::Fault,
};
use std::sync::Arc;

/// What was found in one piece of one file. Lines are counted from the first of the piece, from zero.
#[derive(Debug, Default)]
pub(in crate::scan) struct ChunkFindings {
    pub(in crate::scan) lines: u64,
    pub(in crate::scan) keys: Vec<Placed>,
    pub(in crate::scan) faults: Vec<ReadFault>,
    pub(in crate::scan) seen: Vec<DuplicateCandidate>,
    /// What was found in the file as a whole, with the answer source that it is.
    pub(in crate::scan) answers: Option<AnswerFileFindings>,
}

impl ChunkFindings {
    /// Nothing but a fault.
    pub(in crate::scan) fn fault(fault: ReadFault) -> Self {
        Self { faults: vec![fault], ..Self::default() }
    }
}

/// The other columns of a row, or fields of a record, as they were found; shared by the keys in it.
pub(in crate::scan) type RawRecord = Arc<[(String, String)]>;

/// A key that is worth a report.
#[derive(Debug)]
pub(in crate::scan) struct Placed {
    pub(in crate::scan) line: u64,
    pub(in crate::scan) column: u64,
    pub(in crate::scan) subject: Subject,
    pub(in crate::scan) record: Option<RawRecord>,
}

/// A place that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scan) struct ReadFault {
    pub(in crate::scan) rule: &'static str,
    pub(in crate::scan) line: u64,
    pub(in crate::scan) column: u64,
    pub(in crate::scan) severity: Severity,
    pub(in crate::scan) message: String,
}

impl ReadFault {
    /// A file, or an archive or image, that could not be read as a whole.
    pub(in crate::scan) fn of(fault: &Fault, severity: Severity) -> Self {
        let message = Fault { path: String::new(), ..fault.clone() }.to_string();
        Self { rule: fault.rule, line: 0, column: 1, severity, message }
    }
}

/// A key that was seen, for the search for duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scan) struct DuplicateCandidate {
    /// A hash of its characters. It never leaves the program: a hash of ten digits is no mask.
    pub(in crate::scan) hash: u64,
    pub(in crate::scan) line: u64,
    pub(in crate::scan) column: u64,
}

/// What was found in a file as a whole.
#[derive(Debug, Default)]
pub(in crate::scan) struct AnswerFileFindings {
    pub(in crate::scan) answer_source: Option<String>,
    /// Each finding with the line and column of its place, counted from one.
    pub(in crate::scan) findings: Vec<(Finding, u64, u64)>,
    pub(in crate::scan) unanswered: Vec<Unanswered>,
}
