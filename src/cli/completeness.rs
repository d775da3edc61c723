//! Whether a run did all that it was asked to do.

/// Whether everything could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    /// All of it.
    Whole,
    /// Not all of it; the rest was done.
    Partial,
}
