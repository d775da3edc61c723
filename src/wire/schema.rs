//! The JSON Schema of the document.

/// The JSON Schema (draft 2020-12), as the repository has it.
pub const SCHEMA: &str = include_str!("../../keyrules/schema/report.json");

/// The same, as the types that read and write it make it.
#[cfg(feature = "schema")]
pub fn generated() -> String {
    format!("{:#}\n", schemars::schema_for!(super::Document).as_value())
}
