//! The JSON Schema of `jewelcase.toml`.

/// The JSON Schema (draft 2020-12), as the repository has it.
pub const SCHEMA: &str = include_str!("../../keyrules/schema/config.json");

/// The same, as the types that read it make it.
#[cfg(feature = "schema")]
pub fn generated() -> String {
    format!("{:#}\n", schemars::schema_for!(super::Config).as_value())
}
