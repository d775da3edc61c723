//! A postoffice that was looked at, with everything that is said of it.

use super::{
    finding::{PostofficeFinding, Unanswered},
    postoffice::{Class, Serial},
    severity::Severity,
    verdict::Verdict,
};

/// One postoffice of an audit: on a volume, or named by a line of an inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Where its root lies: the path that was given, and inside an archive or image the path there. For a line of an
    /// inventory, the path that stands in it, or nothing.
    pub path: String,
    /// The line of an inventory that names it; `None` for one on a volume.
    pub line: Option<Line>,
    /// What it was read from: `folder`, `ZIP archive`, `inventory`…
    pub volume: String,
    /// The name of its network, where an inventory tells it.
    pub network: Option<String>,
    /// Its own name, where an inventory tells it.
    pub postoffice: Option<String>,
    /// Its class.
    pub class: Class,
    /// What the class was told by, as a phrase; empty where there is no postoffice at all.
    pub because: String,
    /// Its serial, where it is known.
    pub serial: Option<Serial>,
    /// How many records its `ACCESS.GLB` has.
    pub users: Option<u64>,
    /// What was found, gravest first.
    pub findings: Vec<PostofficeFinding>,
    /// What could not be found out.
    pub unanswered: Vec<Unanswered>,
}

/// Where something stands in an inventory.
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
        // What could not be read is no fault of the postoffice, but nobody can say that it is in order.
        if self.findings.iter().any(|found| found.finding.severity == Severity::Error && !unread(found)) {
            Verdict::Rejected
        } else if self.unanswered.is_empty() && !self.findings.iter().any(unread) {
            Verdict::WellFormed
        } else {
            Verdict::Undecided
        }
    }

    /// What a report calls it: `SALES/NORTH`, or its path.
    pub fn name(&self) -> String {
        match (&self.network, &self.postoffice) {
            (Some(network), Some(postoffice)) => format!("{network}/{postoffice}"),
            (None, Some(name)) | (Some(name), None) if self.path.is_empty() => name.clone(),
            (Some(_) | None, _) => self.path.clone(),
        }
    }
}
