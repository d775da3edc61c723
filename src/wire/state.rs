//! What a project has said of a finding: that it is accepted, or that it was there before.

use super::Finding;
use serde::{Deserialize, Serialize};

/// How a finding stands to the project's configuration and baseline.
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
        /// Why, in the words of the configuration.
        reason: String,
        /// The last day of the suppression, `YYYY-MM-DD`; `null` when it has none.
        expires: Option<String>,
    },
}

impl Finding {
    /// Whether it counts: it is neither suppressed nor in the baseline.
    pub fn counts(&self) -> bool {
        match self.state {
            None | Some(State::New) => true,
            Some(State::Known | State::Suppressed { .. }) => false,
        }
    }
}
