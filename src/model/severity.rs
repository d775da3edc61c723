//! The severity of a finding.

use serde::{Deserialize, Serialize};

/// The severity of a finding, mildest first, so that `max` is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; changes no verdict.
    Note,
    /// Doubtful: Setup may or may not accept it.
    Warning,
    /// Setup is known, on documented or independent evidence, to refuse it.
    Error,
}

impl Severity {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The strength at which a product applies a check of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// This Setup does not apply the check.
    Off,
    /// Report as a [`Severity::Note`].
    Note,
    /// Report as a [`Severity::Warning`].
    Warning,
    /// Report as a [`Severity::Error`].
    Error,
}

impl Level {
    /// The id used in rule files.
    pub fn id(self) -> &'static str {
        self.severity().map_or("off", Severity::id)
    }

    /// The severity of a finding at this level; `None` when the check is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}
