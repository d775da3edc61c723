//! The answer to a health check.

use serde::Serialize;

/// Confirms that the server is running.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
}
