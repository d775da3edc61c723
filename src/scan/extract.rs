//! Finds keys in the bytes of a chunk, by the kind of its input.

pub(super) mod answers;
mod evidence;
pub(super) mod fields;
pub(super) mod list;
pub(super) mod list_state;
pub(super) mod ndjson;
mod numbers;
pub(super) mod table;
pub(super) mod text;
mod text_context;

/// The part of its file that a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coverage {
    /// All of it.
    Whole,
    /// Its beginning.
    Beginning,
    /// A part that comes later.
    Later,
}

impl Coverage {
    /// Whether the file begins with the chunk.
    pub(super) fn begins(self) -> bool {
        match self {
            Self::Whole | Self::Beginning => true,
            Self::Later => false,
        }
    }
}
