//! The reason why a file was not opened, and the certainty that it is an archive or image at all.

use super::Fault;

/// A file that was not opened.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) fault: Fault,
    pub(super) mark: Mark,
}

/// The evidence that a file is an archive or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// None.
    None,
    /// Evidence that a copy of a boot sector, or a BIOS program, has too.
    Weak,
    /// Evidence that nothing else has.
    Sure,
}

impl Refusal {
    /// The refusal of a file without any evidence.
    pub(super) fn unknown(fault: Fault) -> Self {
        Self { fault, mark: Mark::None }
    }

    /// The refusal of a file that may well be something else.
    pub(super) fn weak(fault: Fault) -> Self {
        Self { fault, mark: Mark::Weak }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self { fault, mark: Mark::Sure }
    }
}
