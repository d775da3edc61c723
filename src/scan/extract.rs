//! Finds keys in the bytes of a chunk, by the kind of its input.

pub(super) mod answers;
mod cell;
pub(super) mod embedded;
mod evidence;
pub(super) mod fields;
mod heading;
mod label;
pub(super) mod list;
pub(super) mod list_state;
pub(super) mod ndjson;
mod numbers;
mod phrase;
mod product;
mod sentence;
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
    /// Returns `true` if the file begins with the chunk.
    pub(super) fn begins(self) -> bool {
        match self {
            Self::Whole | Self::Beginning => true,
            Self::Later => false,
        }
    }
}
