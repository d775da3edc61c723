//! The JSON Schema of `jewelcase.toml`.

/// The JSON Schema (draft 2020-12), as stored in the repository.
pub const SCHEMA: &str = include_str!("../../keyrules/schema/config.json");

/// The JSON Schema, generated from the types that read the file.
#[cfg(feature = "schema")]
pub fn generated() -> String {
    format!("{:#}\n", schemars::schema_for!(super::Config).as_value())
}
