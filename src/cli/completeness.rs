//! The completeness of reading the input.

/// The part of the input that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    /// All of it.
    Whole,
    /// Not all of it; the rest was processed.
    Partial,
}
