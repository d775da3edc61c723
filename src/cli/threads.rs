//! The number of threads for `--jobs`.

use std::{num::NonZeroUsize, thread};

/// The requested number of threads, or the number of processors.
pub(super) fn threads(jobs: Option<NonZeroUsize>) -> NonZeroUsize {
    jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
