//! The state of a finding in a project: accepted, or in the baseline.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The state of a finding under the project's configuration and baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum State {
    /// The finding is not in the baseline.
    New,
    /// The finding is in the baseline, so it no longer makes the exit code 1.
    Known,
    /// The configuration or a comment in the file suppresses it, so it does not make the exit code 1.
    Suppressed {
        /// The reason, in the words of the configuration or comment.
        reason: String,
        /// The last day of the suppression, `YYYY-MM-DD`; `null` if it has none.
        expires: Option<String>,
    },
}

impl State {
    /// The state of a finding of this rule, given the rules that a comment in the file accepts, each with its reason.
    pub(crate) fn of_accepted(accepted: &[(String, String)], rule: &str) -> Option<Self> {
        let (_, reason) = accepted.iter().find(|(accepted, _)| accepted == rule)?;
        Some(Self::Suppressed { reason: reason.clone(), expires: None })
    }

    /// The reason why a finding does not count, in words; `None` if it counts.
    ///
    /// ```
    /// use jewelcase::internals::wire::State;
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
