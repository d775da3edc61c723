//! Things that are made once and used again, by one thread after the other: a fresh one costs as much as its work.

use std::sync::{Mutex, PoisonError};

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

impl Pool<Vec<u8>> {
    /// Gives a buffer back, unless what was in it was handed on: whoever took the empty rest would have to make a fresh one.
    pub(super) fn give_buffer(&self, buffer: Vec<u8>) {
        if buffer.capacity() > 0 {
            self.give(buffer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_rest_does_not_hide_a_buffer() {
        let pool = Pool::default();
        pool.give_buffer(vec![0; 9]);
        pool.give_buffer(Vec::new());
        assert_eq!(pool.take().len(), 9);
        assert!(pool.into_all().is_empty());
    }
}
