//! Why a file was not opened, and how sure it is that it is an archive or image at all.

use super::Fault;

/// A file that was not opened.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) fault: Fault,
    pub(super) mark: Mark,
}

/// What shows that a file is an archive or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    None,
    /// What a copy of a boot sector has, too, or the code of a program that is read by a BIOS.
    Weak,
    /// What nothing else has.
    Sure,
}

impl Refusal {
    /// Of what has no mark of anything.
    pub(super) fn unknown(fault: Fault) -> Self {
        Self { fault, mark: Mark::None }
    }

    /// Of what may well be something else.
    pub(super) fn weak(fault: Fault) -> Self {
        Self { fault, mark: Mark::Weak }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self { fault, mark: Mark::Sure }
    }
}
