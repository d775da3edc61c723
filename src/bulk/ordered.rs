//! Work on several threads whose results come back in the order of the input, so that output does not depend on the number of threads.
//!
//! rayon has no ordered bridge from an iterator that is longer than memory; this is one, of bounded length.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// So many results per thread may wait for an earlier one.
const AHEAD: usize = 8;

/// Maps every item on one of `threads` threads and hands the results to `take` on this thread, in the order of the items.
///
/// Items are asked for one at a time, by whichever thread is free; at most eight per thread are under way or waiting.
/// When `take` gives an error no further item is asked for, and the error is returned.
///
/// # Errors
/// The first error of `take`.
pub fn map_in_order<T, R: Send, E>(
    items: impl Iterator<Item = T> + Send,
    threads: NonZeroUsize,
    map: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let shared = Shared { state: Mutex::new(State::new(items)), changed: Condvar::new(), ahead: AHEAD * threads.get() };
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| shared.work(&map));
        }
        // Whatever happens here, also a panic of `take`, the threads must not wait for ever.
        let _stop = Stop(&shared);
        while let Some(result) = shared.next_result() {
            take(result)?;
        }
        Ok(())
    })
}

struct Shared<I, R> {
    state: Mutex<State<I, R>>,
    changed: Condvar,
    ahead: usize,
}

struct State<I, R> {
    items: Option<I>,
    /// How many items were asked for, and how many results were taken.
    asked: usize,
    taken: usize,
    working: usize,
    done: BTreeMap<usize, R>,
}

impl<I, R> State<I, R> {
    fn new(items: I) -> Self {
        Self { items: Some(items), asked: 0, taken: 0, working: 0, done: BTreeMap::new() }
    }
}

impl<I: Iterator, R> Shared<I, R> {
    fn lock(&self) -> MutexGuard<'_, State<I, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&'s self, state: MutexGuard<'s, State<I, R>>) -> MutexGuard<'s, State<I, R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, map: &impl Fn(I::Item) -> R) {
        while let Some((index, item)) = self.next_item() {
            // Counted even if `map` panics, so that nobody waits for the result.
            let working = Working(self);
            let result = map(item);
            self.lock().done.insert(index, result);
            drop(working);
        }
    }

    fn next_item(&self) -> Option<(usize, I::Item)> {
        let mut state = self.lock();
        while state.items.is_some() && state.asked >= state.taken + self.ahead {
            state = self.wait(state);
        }
        let Some(item) = state.items.as_mut()?.next() else {
            state.items = None;
            self.changed.notify_all();
            return None;
        };
        state.asked += 1;
        state.working += 1;
        Some((state.asked - 1, item))
    }

    fn next_result(&self) -> Option<R> {
        let mut state = self.lock();
        loop {
            let next = state.taken;
            if let Some(result) = state.done.remove(&next) {
                state.taken += 1;
                self.changed.notify_all();
                return Some(result);
            }
            // A thread that panicked leaves a gap; the scope passes its panic on.
            if state.working == 0 && (state.items.is_none() || next < state.asked) {
                return None;
            }
            state = self.wait(state);
        }
    }
}

struct Working<'s, I: Iterator, R>(&'s Shared<I, R>);

impl<I: Iterator, R> Drop for Working<'_, I, R> {
    fn drop(&mut self) {
        self.0.lock().working -= 1;
        self.0.changed.notify_all();
    }
}

struct Stop<'s, I: Iterator, R>(&'s Shared<I, R>);

impl<I: Iterator, R> Drop for Stop<'_, I, R> {
    fn drop(&mut self) {
        self.0.lock().items = None;
        self.0.changed.notify_all();
    }
}
