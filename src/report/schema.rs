//! The JSON Schema of the document, generated from the types that write and read it.

use super::document::Document;
use schemars::schema_for;

/// The JSON Schema (draft 2020-12) of `jewelcase/1`, pretty-printed.
pub fn schema() -> String {
    format!("{:#}\n", schema_for!(Document).as_value())
}
