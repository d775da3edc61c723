//! Finds keys in the bytes of a chunk, by the kind of its input.

pub(super) mod answers;
pub(super) mod fields;
pub(super) mod list;
pub(super) mod list_state;
pub(super) mod ndjson;
pub(super) mod table;
pub(super) mod text;
pub(super) mod text_context;
