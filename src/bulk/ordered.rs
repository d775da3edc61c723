//! Work on several threads whose results come back in the order of the input, so that output does not depend on the number of threads.
//!
//! rayon has no ordered bridge from an iterator that is longer than memory; this is one, of bounded length.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// So many results per thread may be under way or wait for an earlier one.
const AHEAD: usize = 8;

/// Maps every item on one of `threads` threads, of which this is one, and hands the results to `take` on this thread, in the
/// order of the items.
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
    let shared = Shared {
        source: Mutex::new(Source { items, asked: 0 }),
        state: Mutex::new(State {
            ended: false,
            outstanding: 0,
            taken: 0,
            helping: 0,
            taker_waits: false,
            done: BTreeMap::new(),
        }),
        room: Condvar::new(),
        result: Condvar::new(),
        ahead: AHEAD * threads.get(),
    };
    // The first item can take a while to come, in which helpers would only wait.
    shared.lock().outstanding += 1;
    let mut first = shared.next_item();
    thread::scope(|scope| {
        for _ in 1..threads.get() {
            scope.spawn(|| shared.help(&map));
        }
        // Whatever happens here, also a panic of `take`, the helpers must not wait for ever.
        let _stop = Stop(&shared);
        loop {
            let next = match first.take() {
                Some(first) => Some(first),
                None => match shared.next_step() {
                    Step::Take(result) => {
                        take(result)?;
                        continue;
                    }
                    Step::Work => shared.next_item(),
                    Step::End => return Ok(()),
                },
            };
            if let Some((index, item)) = next {
                let result = map(item);
                shared.lock().done.insert(index, result);
            }
        }
    })
}

struct Shared<I, R> {
    /// Locked apart from the rest: reading the next item can take a while.
    source: Mutex<Source<I>>,
    state: Mutex<State<R>>,
    /// For helpers: there may be room for another item, or none is needed any more.
    room: Condvar,
    /// For the thread that takes the results: a helper is done.
    result: Condvar,
    ahead: usize,
}

struct Source<I> {
    items: I,
    asked: usize,
}

struct State<R> {
    /// No further item is asked for.
    ended: bool,
    /// How many items are being asked for, under way, or done and not taken.
    outstanding: usize,
    taken: usize,
    /// How many helpers have an item.
    helping: usize,
    taker_waits: bool,
    done: BTreeMap<usize, R>,
}

/// What the thread that takes the results does next.
enum Step<R> {
    Take(R),
    Work,
    End,
}

impl<I: Iterator, R> Shared<I, R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the thread that takes the results, if it waits; to wake nobody would cost as much.
    fn tell(&self, state: &State<R>) {
        if state.taker_waits {
            self.result.notify_one();
        }
    }

    fn help(&self, map: &impl Fn(I::Item) -> R) {
        while self.may_help() {
            // Counted even if `map` panics, so that nobody waits for the result.
            let helping = Helping(self);
            if let Some((index, item)) = self.next_item() {
                let result = map(item);
                self.lock().done.insert(index, result);
            }
            drop(helping);
        }
    }

    /// Waits until there is room for another item.
    fn may_help(&self) -> bool {
        let mut state = self.lock();
        while !state.ended && state.outstanding >= self.ahead {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.ended {
            return false;
        }
        state.outstanding += 1;
        state.helping += 1;
        true
    }

    /// The next item, for which there is room.
    fn next_item(&self) -> Option<(usize, I::Item)> {
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.lock().ended
            && let Some(item) = source.items.next()
        {
            source.asked += 1;
            return Some((source.asked - 1, item));
        }
        let mut state = self.lock();
        state.ended = true;
        state.outstanding -= 1;
        self.tell(&state);
        self.room.notify_all();
        None
    }

    fn next_step(&self) -> Step<R> {
        let mut state = self.lock();
        loop {
            let next = state.taken;
            if let Some(result) = state.done.remove(&next) {
                state.taken += 1;
                state.outstanding -= 1;
                // Helpers went to sleep with twice as many outstanding: woken for each that is taken they would wait for the lock.
                if state.outstanding == self.ahead / 2 {
                    self.room.notify_all();
                }
                return Step::Take(result);
            }
            if !state.ended && state.outstanding < self.ahead {
                state.outstanding += 1;
                return Step::Work;
            }
            // A helper that panicked leaves a gap; the scope passes its panic on.
            if state.helping == 0 {
                return Step::End;
            }
            state.taker_waits = true;
            state = self.result.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.taker_waits = false;
        }
    }
}

struct Helping<'s, I: Iterator, R>(&'s Shared<I, R>);

impl<I: Iterator, R> Drop for Helping<'_, I, R> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.helping -= 1;
        self.0.tell(&state);
    }
}

struct Stop<'s, I: Iterator, R>(&'s Shared<I, R>);

impl<I: Iterator, R> Drop for Stop<'_, I, R> {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).expect("the tests have a thread")
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in 1..6 {
            let mut taken = Vec::new();
            let slow = |item: u64| {
                thread::sleep(std::time::Duration::from_micros(item * 7919 % 211));
                item
            };
            let all = map_in_order(0..300, threads(count), slow, |item| {
                taken.push(item);
                Ok::<(), ()>(())
            });
            assert_eq!((all, taken), (Ok(()), (0..300).collect::<Vec<u64>>()), "{count} threads");
        }
    }

    #[test]
    fn no_item_is_asked_for_far_ahead_or_after_an_error() {
        for count in 1..4 {
            let asked = std::sync::atomic::AtomicUsize::new(0);
            let items = (0..1_000_000).inspect(|_| {
                asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            });
            let stopped =
                map_in_order(items, threads(count), |item| item, |item| if item == 20 { Err(item) } else { Ok(()) });
            assert_eq!(stopped, Err(20));
            assert!(asked.into_inner() <= 21 + AHEAD * count, "{count} threads");
        }
    }

    #[test]
    fn a_panic_of_a_helper_is_passed_on() {
        let (here, began) = (thread::current().id(), std::sync::atomic::AtomicBool::new(false));
        let map = |_| {
            if thread::current().id() != here {
                began.store(true, std::sync::atomic::Ordering::Relaxed);
                panic!("every item of the helper is broken");
            }
            while !began.load(std::sync::atomic::Ordering::Relaxed) {
                thread::yield_now();
            }
        };
        let all = || map_in_order(0..100, threads(2), map, Ok::<(), ()>);
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(all)).is_err());
    }
}
