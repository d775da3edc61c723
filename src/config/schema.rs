//! The JSON Schema of `jewelcase.toml`, generated from the type that reads it.

use super::Config;
use schemars::schema_for;

/// The JSON Schema (draft 2020-12) of the configuration, pretty-printed.
pub fn schema() -> String {
    format!("{:#}\n", schema_for!(Config).as_value())
}
