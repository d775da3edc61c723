//! An audited postoffice, with its findings.

use super::{
    finding::{PostofficeFinding, Unanswered},
    postoffice::{Class, Serial},
    severity::Severity,
    verdict::Verdict,
};

/// One postoffice of an audit: on a volume, or named by a line of an inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Audit {
    /// The path of its root: the path that was given, and inside an archive or image the path there. For a line of an inventory, the path
    /// that the line names, or empty.
    pub path: String,
    /// The line of an inventory that names it; `None` for one on a volume.
    pub line: Option<Line>,
    /// The source that it was read from: `folder`, `ZIP archive`, `inventory`…
    pub volume: String,
    /// The name of its network, if an inventory has it.
    pub network: Option<String>,
    /// Its own name, if an inventory has it.
    pub postoffice: Option<String>,
    /// Its class.
    pub class: Class,
    /// The evidence for the class, as a phrase; empty if there is no postoffice at all.
    pub because: String,
    /// Its serial, if it is known.
    pub serial: Option<Serial>,
    /// The number of records in its `ACCESS.GLB`.
    pub users: Option<u64>,
    /// The findings, worst first.
    pub findings: Vec<PostofficeFinding>,
    /// The checks that could not be made.
    pub unanswered: Vec<Unanswered>,
}

/// A place in an inventory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The file, or `-` for standard input.
    pub file: String,
    /// The line, counted from one.
    pub line: u64,
    /// The column in characters, counted from one.
    pub column: u64,
}

impl Audit {
    /// The verdict on the postoffice as a whole.
    pub fn verdict(&self) -> Verdict {
        let unread = |found: &PostofficeFinding| found.finding.rule.starts_with("input/");
        // Something that could not be read is not a fault of the postoffice, but then nobody can say that it is in order.
        if self.findings.iter().any(|found| found.finding.severity == Severity::Error && !unread(found)) {
            Verdict::Rejected
        } else if self.unanswered.is_empty() && !self.findings.iter().any(unread) {
            Verdict::WellFormed
        } else {
            Verdict::Undecided
        }
    }

    /// Its name in a report: `SALES/NORTH`, or its path.
    pub fn name(&self) -> String {
        match (&self.network, &self.postoffice) {
            (Some(network), Some(postoffice)) => format!("{network}/{postoffice}"),
            (None, Some(name)) | (Some(name), None) if self.path.is_empty() => name.clone(),
            (Some(_) | None, _) => self.path.clone(),
        }
    }
}
