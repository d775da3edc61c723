//! The number of threads for `--jobs`.

use std::{num::NonZeroUsize, thread};

/// As many threads as the machine has, where nothing is said.
pub(super) fn threads(jobs: Option<NonZeroUsize>) -> NonZeroUsize {
    jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
