//! What a project has said of a finding: that it is accepted, or that it was there before.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The state of a finding under the project's configuration and baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum State {
    /// The baseline does not hold it.
    New,
    /// The baseline holds it, so it no longer makes the exit code 1.
    Known,
    /// The configuration suppresses it, so it does not make the exit code 1.
    Suppressed {
        /// The reason, in the words of the configuration.
        reason: String,
        /// The last day of the suppression, `YYYY-MM-DD`; `null` when it has none.
        expires: Option<String>,
    },
}

impl State {
    /// The reason why a finding does not count, in words; `None` when it counts.
    ///
    /// ```
    /// use jewelcase::wire::State;
    /// let state = State::Suppressed { reason: "our own sample".to_owned(), expires: Some("2027-12-31".to_owned()) };
    /// assert_eq!(state.accepted().as_deref(), Some("suppressed until 2027-12-31: our own sample"));
    /// ```
    pub fn accepted(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::New => None,
            Self::Known => Some(Cow::Borrowed("in the baseline")),
            Self::Suppressed { reason, expires: None } => Some(Cow::Owned(format!("suppressed: {reason}"))),
            Self::Suppressed { reason, expires: Some(day) } => {
                Some(Cow::Owned(format!("suppressed until {day}: {reason}")))
            }
        }
    }
}
