//! Things that are made once and used again, by one thread after the other: a fresh one costs as much as its work.

use super::gather::Counters;
use std::sync::{Arc, Mutex, PoisonError};

/// Things of one kind that nobody uses at the moment.
#[derive(Debug)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Default> Pool<T> {
    /// One of them, or a new one.
    pub(super) fn take(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Gives one back.
    pub(super) fn give(&self, thing: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(thing);
    }

    /// All of them, when the work is done.
    pub(super) fn into_all(self) -> Vec<T> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the threads of a run take and give back.
#[derive(Default)]
pub(super) struct Pools<'r, 'c> {
    /// For what is read.
    pub(super) buffers: Arc<Pool<Vec<u8>>>,
    /// They count on, from chunk to chunk and from file to file.
    pub(super) counters: Pool<Counters<'r, 'c>>,
}
