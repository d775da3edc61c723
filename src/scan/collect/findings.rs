//! The findings in one chunk of input. They are emitted gradually, since the judgement of a key needs far more memory than the key.

use crate::{
    model::{
        finding::{Finding, Unanswered},
        severity::Severity,
        subject::Subject,
    },
    source::Fault,
};
use std::sync::Arc;

/// The findings in one chunk of a file. Lines are counted from the beginning of the chunk, from zero.
#[derive(Debug, Default)]
pub(in crate::scan) struct ChunkFindings {
    pub(in crate::scan) lines: u64,
    pub(in crate::scan) keys: Vec<ReportedKey>,
    pub(in crate::scan) faults: Vec<ReadFault>,
    pub(in crate::scan) seen: Vec<DuplicateCandidate>,
    /// The findings about the whole file, if it is an answer file, and about answer files within it.
    pub(in crate::scan) answers: Vec<AnswerFileFindings>,
    /// The findings that comments in the file accept.
    pub(in crate::scan) allowed: Arc<[Allowed]>,
}

/// A rule whose findings on one line a comment accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scan) struct Allowed {
    pub(in crate::scan) line: u64,
    pub(in crate::scan) rule: String,
    pub(in crate::scan) reason: String,
}

impl ChunkFindings {
    /// A single fault.
    pub(in crate::scan) fn fault(fault: ReadFault) -> Self {
        Self { faults: vec![fault], ..Self::default() }
    }
}

/// The other columns of a row, or fields of a record, unmasked; shared by the keys in it.
pub(in crate::scan) type RawRecord = Arc<[(String, String)]>;

/// A key that is reported.
#[derive(Debug)]
pub(in crate::scan) struct ReportedKey {
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
    /// The fault of a file, archive or image that could not be read as a whole.
    pub(in crate::scan) fn of(fault: &Fault, severity: Severity) -> Self {
        let message = Fault { path: String::new(), ..fault.clone() }.to_string();
        Self { rule: fault.rule, line: 0, column: 1, severity, message }
    }
}

/// A key kept only for the duplicate search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scan) struct DuplicateCandidate {
    /// A hash of its characters. It never leaves the program: a hash of ten digits is no mask.
    pub(in crate::scan) hash: u64,
    pub(in crate::scan) line: u64,
    pub(in crate::scan) column: u64,
}

/// The extent of an answer file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::scan) enum AnswerFileExtent {
    /// It is the whole file that is read.
    #[default]
    File,
    /// It begins within a text, on this line of the chunk.
    Within(u64),
}

/// The findings about one answer file.
#[derive(Debug, Default)]
pub(in crate::scan) struct AnswerFileFindings {
    pub(in crate::scan) extent: AnswerFileExtent,
    pub(in crate::scan) answer_source: Option<String>,
    /// Each finding with its line and column, counted from one.
    pub(in crate::scan) findings: Vec<(Finding, u64, u64)>,
    pub(in crate::scan) unanswered: Vec<Unanswered>,
}
