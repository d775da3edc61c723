//! The description of the API, OpenAPI 3.1, as stored in the repository.

#[cfg(feature = "schema")]
pub mod generated;

/// The description as the server returns it, indented.
pub const TEXT: &str = include_str!("../../docs/openapi.json");
