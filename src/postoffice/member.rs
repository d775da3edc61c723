//! A postoffice of a run, for comparison with the others.

use super::number::Master;
use crate::model::audit::Audit;

/// An event: its file, and its number there.
pub(super) type Complaint = (String, u64);

/// A postoffice of the run, and the facts that are needed to compare it with the others.
pub(super) struct Member {
    pub(super) audit: Audit,
    /// Its `MASTER.GLB`; empty if there is none.
    pub(super) master: Master,
    /// The location to which its path leads, by which two members are recognised as one postoffice.
    pub(super) identity: Option<String>,
    /// The events that complain about it.
    pub(super) complaints: Vec<Complaint>,
}
