//! The JSON Schema of the document.

/// The JSON Schema (draft 2020-12), as stored in the repository.
pub const SCHEMA: &str = include_str!("../../keyrules/schema/report.json");

/// The JSON Schema, generated from the types that read and write the document.
#[cfg(feature = "schema")]
pub fn generated() -> String {
    format!("{:#}\n", schemars::schema_for!(super::Document).as_value())
}
