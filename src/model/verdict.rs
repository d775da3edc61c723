//! The verdict on a subject as a whole.

use serde::{Deserialize, Serialize};

/// The verdict on a subject. `well-formed` is the best verdict that a key can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Passes every check that this Setup is known to make. This is the best verdict: passing the arithmetic proves nothing about origin or
    /// licence.
    WellFormed,
    /// Well formed, but a check that matters could not be answered.
    Undecided,
    /// A check that this Setup is known to make fails.
    Rejected,
    /// No known form.
    Unrecognized,
}

impl Verdict {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::WellFormed => "well-formed",
            Self::Undecided => "undecided",
            Self::Rejected => "rejected",
            Self::Unrecognized => "unrecognized",
        }
    }

    /// The verdict if a check that matters could not be made: a good one becomes [`Verdict::Undecided`].
    pub fn unsettled(self) -> Self {
        match self {
            Self::WellFormed | Self::Undecided => Self::Undecided,
            Self::Rejected | Self::Unrecognized => self,
        }
    }

    /// The words for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::WellFormed => "well formed",
            Self::Undecided | Self::Rejected | Self::Unrecognized => self.id(),
        }
    }
}
