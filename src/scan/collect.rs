//! Collects the findings in a chunk: counts, keys with their positions, faults.

mod allowances;
pub(super) mod collector;
pub(super) mod context_cache;
pub(super) mod counters;
pub(super) mod duplicates;
pub(super) mod findings;
pub(super) mod pending;
