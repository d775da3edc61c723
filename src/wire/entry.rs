//! One subject of a document.

use super::{FileProperties, Finding, Location, Properties, SubjectKind, Unanswered};
use crate::model::{sku::Sku, verdict::Verdict};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One subject of a document: a key, a serial, a postoffice, a plan of add packs, a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry<'a> {
    /// The kind of subject.
    pub kind: SubjectKind,
    /// The key as a report may show it, or the name of the subject.
    pub label: Cow<'a, str>,
    /// Its place; `null` for an argument of the command line.
    pub location: Option<Location<'a>>,
    /// The id of the recognised form.
    pub form: Option<Cow<'a, str>>,
    /// The product that the user or the context names.
    pub product: Option<Cow<'a, str>>,
    /// The channel.
    pub sku: Option<Sku>,
    /// The package.
    pub from: Option<Cow<'a, str>>,
    /// The verdict.
    pub verdict: Verdict,
    /// The findings, worst first; for a plan, those of its steps in order, then those about the whole plan.
    pub findings: Vec<Finding<'a>>,
    /// The checks that could not be answered.
    pub unanswered: Vec<Unanswered<'a>>,
    /// The properties of this kind of subject.
    pub properties: Properties<'a>,
}

impl<'a> Entry<'a> {
    /// A file as a whole, without findings.
    pub fn of_file(
        kind: SubjectKind,
        path: impl Into<Cow<'a, str>>,
        read_as: Option<Cow<'a, str>>,
        location: Location<'a>,
    ) -> Self {
        let path = path.into();
        Self {
            kind,
            label: path.clone(),
            location: Some(location),
            form: None,
            product: None,
            sku: None,
            from: None,
            verdict: Verdict::WellFormed,
            findings: Vec::new(),
            unanswered: Vec::new(),
            properties: Properties::File(FileProperties { path, read_as }),
        }
    }

    /// The ids of the remedies that it names, including those of disks that a plan leaves out.
    pub fn remedies(&self) -> impl Iterator<Item = &str> {
        let left_out = match &self.properties {
            Properties::Plan(plan) => plan.left_out.as_slice(),
            Properties::Key(_) | Properties::Postoffice(_) | Properties::Media(_) | Properties::File(_) => &[],
        };
        let found = self.findings.iter().flat_map(|finding| finding.remedies.iter());
        found.chain(left_out.iter().flat_map(|left| left.remedies.iter())).map(String::as_str)
    }

    /// The place, unless that is its label already: a file is its own place.
    pub fn place(&self) -> Option<&Location<'a>> {
        self.location.as_ref().filter(|location| location.path != self.label)
    }

    /// The verdict in words. For a well-formed postoffice, plan or file they depend on its findings.
    pub fn verdict_label(&self) -> &'static str {
        match (self.verdict, self.kind) {
            (Verdict::WellFormed, SubjectKind::Postoffice) => "no fault found",
            (Verdict::WellFormed, SubjectKind::AddPackPlan | SubjectKind::AnswerFile | SubjectKind::File) => {
                if self.findings.iter().any(Finding::counts) { "no error" } else { "nothing found" }
            }
            (Verdict::WellFormed, SubjectKind::Media) => "product and prompt are known",
            (Verdict::Undecided, SubjectKind::Media) => "several are possible",
            (Verdict::Unrecognized, SubjectKind::Media) => "not a known disc",
            (Verdict::WellFormed, SubjectKind::Key | SubjectKind::Serial | SubjectKind::InstalledId)
            | (Verdict::Undecided | Verdict::Rejected | Verdict::Unrecognized, _) => self.verdict.label(),
        }
    }
}
