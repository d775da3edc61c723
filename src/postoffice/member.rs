//! A postoffice of a run, as it is compared with the others.

use super::number::Master;
use crate::model::audit::Audit;

/// An event: the file that it stands in, and its number there.
pub(super) type Complaint = (String, u64);

/// A postoffice of the run, and what is needed of it to compare it with the others.
pub(super) struct Member {
    pub(super) audit: Audit,
    /// Its `MASTER.GLB`; no bytes where there is none.
    pub(super) master: Master,
    /// What tells that two members are one postoffice: the place that their paths lead to.
    pub(super) identity: Option<String>,
    /// The events that complain of it.
    pub(super) complaints: Vec<Complaint>,
}
