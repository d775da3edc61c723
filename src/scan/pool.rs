//! An object pool for the threads of a run: allocating a fresh buffer costs as much as using it.

use std::sync::{Mutex, PoisonError};

/// Objects of one kind that no thread is using.
#[derive(Debug)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Default> Pool<T> {
    /// Takes an object, or makes a new one.
    pub(super) fn take(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Returns an object to the pool.
    pub(super) fn give(&self, thing: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(thing);
    }

    /// All objects, once the work is done.
    pub(super) fn into_all(self) -> Vec<T> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pool<Vec<u8>> {
    /// Returns a buffer, unless its contents were moved out: the next thread would have to allocate a fresh one for an empty buffer.
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
