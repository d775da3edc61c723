//! A plan: a server, and the add packs to be applied to it in order; and its forecast.

use super::{
    finding::{Finding, Unanswered},
    pack::Pack,
    severity::Severity,
    sku::{self, Sku},
    verdict::Verdict,
};
use serde::{Deserialize, Serialize};

/// A server with its licences, and the add packs to insert in their order: a plan file, or the options of `addpack`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The server: `4.0`, `4.0a`, `4.5` or `nt4`.
    pub server: String,
    /// Its edition: `retail` (the default), `nfr` or `msdn`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "sku::by_name")]
    pub edition: Option<Sku>,
    /// The number of licences that it has now; that of a new server if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licenses: Option<u32>,
    /// It was installed again on the machine whose disks these are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reinstalled: bool,
    /// The server from which it was upgraded.
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

    /// Judges whether every disk works as intended.
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

/// The outcome of inserting one pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StepOutcome {
    /// It raises the licences.
    Applied,
    /// It restores the licences that it gave before.
    Restored,
    /// The server refuses it; the disk is unchanged.
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

    /// The words for readers.
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

    /// Returns `true` if the server has more licences afterwards.
    pub fn raises(self) -> bool {
        match self {
            Self::Applied | Self::Restored => true,
            Self::Refused | Self::Password | Self::Defective | Self::DoNotInsert => false,
        }
    }
}

/// One pack of a plan, the outcome of inserting it, and the licences after it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The disk as it is inserted.
    pub pack: Pack,
    /// The steps that have to be taken with the disk before that, in words.
    pub preparations: Vec<&'static str>,
    /// The outcome.
    pub outcome: StepOutcome,
    /// The licences afterwards.
    pub licenses: u32,
    /// The reason, its basis, and the remedies.
    pub finding: Finding,
    /// The message on the server's screen, if an article quotes it.
    pub screen: Option<String>,
}

/// A disk that a suggestion leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The disk.
    pub pack: Pack,
    /// The finding if it were inserted after the last step.
    pub finding: Finding,
}

/// The effect of a plan on a server, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forecast {
    /// The plan.
    pub plan: Plan,
    /// The server's name in a sentence.
    pub title: String,
    /// The product of the catalogue, if the server is one.
    pub product: Option<String>,
    /// The licences before the first step.
    pub start: u32,
    /// The licences after the last step.
    pub end: u32,
    /// The maximum number of licences; `None` for a server that accepts no packs.
    pub ceiling: Option<u32>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The disks that a suggestion leaves out; empty for a given plan.
    pub left_out: Vec<LeftOut>,
    /// The checks that could not be made.
    pub unanswered: Vec<Unanswered>,
    /// The findings about the whole plan.
    pub notes: Vec<Finding>,
}
