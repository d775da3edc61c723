//! A plan: a server, and the add packs to be applied to it in order; and what comes of it.

use super::{
    finding::{Finding, Unanswered},
    pack::Pack,
    severity::Severity,
    sku::Sku,
    verdict::Verdict,
};
use serde::{Deserialize, Serialize};

/// What a plan file holds, and what the options of `addpack` say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The server: `4.0`, `4.0a`, `4.5` or `nt4`.
    pub server: String,
    /// Its edition: `retail` (the default), `nfr` or `msdn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<Sku>,
    /// How many licences it has now; those of a new server if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licenses: Option<u32>,
    /// It was installed again on the machine whose disks these are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reinstalled: bool,
    /// The server that it was upgraded from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgraded_from: Option<String>,
    /// It was converted to the full version of Windows NT Server.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub converted_to_nt: bool,
    /// The packs, in order, in the notation `4.0x5:used=5-10`.
    pub packs: Vec<String>,
}

impl Forecast {
    /// Every finding, in the order of the steps, then those about the whole.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.steps.iter().map(|step| &step.finding).chain(&self.notes)
    }

    /// Whether every disk does what it is for.
    pub fn verdict(&self) -> Verdict {
        if self.findings().any(|finding| finding.severity == Severity::Error) {
            Verdict::Rejected
        } else if self.unanswered.is_empty() {
            Verdict::WellFormed
        } else {
            Verdict::Undecided
        }
    }
}

/// What comes of one pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// It raises the licences.
    Applied,
    /// It restores the licences that it gave before.
    Restored,
    /// The server refuses it; the disk stays as it is.
    Refused,
    /// The server asks for a password that only Microsoft's support gave.
    Password,
    /// The disk is useless.
    Defective,
    /// Inserting it now would spoil it.
    DoNotInsert,
}

impl StepOutcome {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Restored => "restored",
            Self::Refused => "refused",
            Self::Password => "password",
            Self::Defective => "defective",
            Self::DoNotInsert => "do-not-insert",
        }
    }

    /// The words that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Restored => "restored",
            Self::Refused => "refused",
            Self::Password => "asks for a password",
            Self::Defective => "defective",
            Self::DoNotInsert => "DO NOT INSERT",
        }
    }

    /// Whether the server has more licences afterwards.
    pub fn raises(self) -> bool {
        match self {
            Self::Applied | Self::Restored => true,
            Self::Refused | Self::Password | Self::Defective | Self::DoNotInsert => false,
        }
    }
}

/// One step of a plan that was gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The disk as it is inserted.
    pub pack: Pack,
    /// What has to be done to the disk at hand before that, in words.
    pub preparations: Vec<&'static str>,
    /// What comes of it.
    pub outcome: StepOutcome,
    /// The licences afterwards.
    pub licenses: u32,
    /// Why, what it rests on, and what to do.
    pub finding: Finding,
    /// What the server shows, where an article quotes it.
    pub screen: Option<String>,
}

/// A disk that a suggestion leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The disk.
    pub pack: Pack,
    /// What would come of it after the last step.
    pub finding: Finding,
}

/// A plan that was gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// What was asked.
    pub plan: Plan,
    /// The server's name in a sentence.
    pub title: String,
    /// The product of the catalogue, if the server is one.
    pub product: Option<String>,
    /// The licences before the first step.
    pub start: u32,
    /// The licences after the last step.
    pub end: u32,
    /// The most that the server can have; `None` for a server that takes no packs.
    pub ceiling: Option<u32>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The disks that a suggestion leaves out; empty for a plan that was given.
    pub left_out: Vec<LeftOut>,
    /// What could not be found out.
    pub unanswered: Vec<Unanswered>,
    /// What holds of the plan as a whole.
    pub notes: Vec<Finding>,
}
