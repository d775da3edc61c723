//! The answer to whoever asks if the server answers.

use serde::Serialize;

/// That the server answers.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
}
