//! The description of the API, OpenAPI 3.1, as the repository has it.

#[cfg(feature = "schema")]
pub mod generated;

/// The description as the server gives it, indented.
pub const TEXT: &str = include_str!("../../docs/openapi.json");
