//! How much of the input a command could read.

/// The part of the input that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    /// All of it.
    Whole,
    /// Not all of it; the rest was done.
    Partial,
}
