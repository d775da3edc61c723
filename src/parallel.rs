//! Runs work on several threads and returns the results in the order of the input, so that output does not depend on the number of threads.
//!
//! The queue between the threads is bounded, so the input can be longer than memory.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    ops::ControlFlow,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// The maximum number of items per thread that are in progress, or wait for an earlier one to be consumed.
const ITEMS_PER_THREAD: usize = 8;

/// Emits a result of an item; breaks when no more are wanted.
pub type Emit<'e, R> = dyn FnMut(R) -> ControlFlow<()> + 'e;

/// Maps every item to any number of results on `threads` threads, of which this is one, and passes the results to `take`
/// on this thread, in the order of the items.
///
/// Items are requested one at a time, by whichever thread is free; at most eight per thread are in progress or waiting. An item
/// has at most one result waiting: `map` blocks if it emits a second one before the first was consumed.
/// If `take` returns an error, no further item is requested, and the error is returned.
///
/// # Errors
/// The first error of `take`.
pub fn map_in_order<T, R: Send, E>(
    items: impl Iterator<Item = T> + Send,
    threads: NonZeroUsize,
    map: impl Fn(T, &mut Emit<'_, R>) + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let queue = Queue {
        source: Mutex::new(Source { items, asked: 0 }),
        state: Mutex::new(State {
            ended: false,
            stopped: false,
            outstanding: 0,
            head: 0,
            helping: 0,
            taker_waits: false,
            under_way: BTreeMap::new(),
        }),
        room: Condvar::new(),
        result: Condvar::new(),
        ahead: ITEMS_PER_THREAD * threads.get(),
    };
    // The first item can take a while to arrive, during which helpers would only wait.
    queue.lock().outstanding += 1;
    let mut first = queue.next_item();
    thread::scope(|scope| {
        // If the system has no more threads to give, the existing ones do the work; this one always exists.
        for _ in 1..threads.get() {
            if thread::Builder::new().spawn_scoped(scope, || queue.help(&map)).is_err() {
                break;
            }
        }
        // Whatever happens here, even a panic of `take`, the helpers must not wait for ever.
        let _stop = Stop(&queue);
        loop {
            let next = match first.take() {
                Some(first) => Some(first),
                None => match queue.next_step(None) {
                    Step::Take(result) => {
                        take(result)?;
                        continue;
                    }
                    Step::Work => queue.next_item(),
                    Step::Own | Step::End => return Ok(()),
                },
            };
            let Some((index, item)) = next else { continue };
            let mut failure = None;
            map(item, &mut |result| match queue.give_or_take(index, result, &mut take) {
                Ok(flow) => flow,
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            });
            if let Some(error) = failure {
                return Err(error);
            }
            queue.finish(index);
        }
    })
}

struct Queue<I, R> {
    /// Locked separately: reading the next item can take a while.
    source: Mutex<Source<I>>,
    state: Mutex<State<R>>,
    /// For helpers: there may be room for another item or result, or none is needed any more.
    room: Condvar,
    /// For the thread that consumes the results: a helper has one, or is done.
    result: Condvar,
    ahead: usize,
}

struct Source<I> {
    items: I,
    asked: usize,
}

struct State<R> {
    /// True if no further item will be requested.
    ended: bool,
    /// True if no further result will be consumed.
    stopped: bool,
    /// The number of items that are being requested, in progress, or done and not consumed.
    outstanding: usize,
    /// The index of the item whose results are consumed next.
    head: usize,
    /// The number of helpers that have an item.
    helping: usize,
    taker_waits: bool,
    /// The items that have results or are done.
    under_way: BTreeMap<usize, Given<R>>,
}

/// The results of an item.
struct Given<R> {
    waiting: Option<R>,
    finished: bool,
}

impl<R> Default for Given<R> {
    fn default() -> Self {
        Self { waiting: None, finished: false }
    }
}

/// The next step of the thread that consumes the results.
enum Step<R> {
    Take(R),
    Work,
    /// Consume the results of its own item.
    Own,
    End,
}

impl<I: Iterator, R> Queue<I, R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notifies the thread that consumes the results, but only if it waits: a needless notification would cost as much as a needed one.
    fn tell(&self, state: &State<R>) {
        if state.taker_waits {
            self.result.notify_one();
        }
    }

    fn help(&self, map: &impl Fn(I::Item, &mut Emit<'_, R>)) {
        while self.may_help() {
            // Counted even if `map` panics, so that nobody waits for the result.
            let helping = Helping(self);
            if let Some((index, item)) = self.next_item() {
                map(item, &mut |result| self.give(index, result));
                self.finish(index);
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

    /// Stores a result of a helper's item, once the previous one was consumed.
    fn give(&self, index: usize, result: R) -> ControlFlow<()> {
        let mut state = self.lock();
        while !state.stopped && state.given(index).waiting.is_some() {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped {
            return ControlFlow::Break(());
        }
        state.given(index).waiting = Some(result);
        self.tell(&state);
        ControlFlow::Continue(())
    }

    /// Stores the first result of an item of the consuming thread; before a second one, consumes all results that precede it.
    fn give_or_take<E>(
        &self,
        index: usize,
        result: R,
        take: &mut impl FnMut(R) -> Result<(), E>,
    ) -> Result<ControlFlow<()>, E> {
        {
            let mut state = self.lock();
            if state.head != index && state.given(index).waiting.is_none() {
                state.given(index).waiting = Some(result);
                return Ok(ControlFlow::Continue(()));
            }
        }
        loop {
            match self.next_step(Some(index)) {
                Step::Take(result) => take(result)?,
                Step::Own => {
                    take(result)?;
                    return Ok(ControlFlow::Continue(()));
                }
                Step::Work | Step::End => return Ok(ControlFlow::Break(())),
            }
        }
    }

    /// Notes that an item has no further result.
    fn finish(&self, index: usize) {
        let mut state = self.lock();
        state.given(index).finished = true;
        self.tell(&state);
    }

    /// The next step of a thread with its `own` item in progress, or with none.
    fn next_step(&self, own: Option<usize>) -> Step<R> {
        let mut state = self.lock();
        loop {
            let head = state.head;
            if let Some(given) = state.under_way.get_mut(&head) {
                if let Some(result) = given.waiting.take() {
                    // The thread with this item, or one that waits for it, may continue.
                    if !given.finished && own != Some(head) {
                        self.room.notify_all();
                    }
                    return Step::Take(result);
                }
                if given.finished {
                    state.under_way.remove(&head);
                    state.head += 1;
                    state.outstanding -= 1;
                    // Wake the helpers only when half the slots are free: waking them for each item would make them contend for the lock.
                    if state.outstanding == self.ahead / 2 {
                        self.room.notify_all();
                    }
                    continue;
                }
            }
            if own == Some(head) {
                return Step::Own;
            }
            if own.is_none() && !state.ended && state.outstanding < self.ahead {
                state.outstanding += 1;
                return Step::Work;
            }
            // A helper that panicked leaves a gap; the scope passes on its panic.
            if state.helping == 0 || state.stopped {
                return Step::End;
            }
            state.taker_waits = true;
            state = self.result.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.taker_waits = false;
        }
    }
}

impl<R> State<R> {
    fn given(&mut self, index: usize) -> &mut Given<R> {
        self.under_way.entry(index).or_default()
    }

    fn stop(&mut self) {
        (self.ended, self.stopped) = (true, true);
    }
}

struct Helping<'s, I: Iterator, R>(&'s Queue<I, R>);

impl<I: Iterator, R> Drop for Helping<'_, I, R> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.helping -= 1;
        if thread::panicking() {
            // Its item will never be finished, so nothing after it can be consumed.
            state.stop();
            self.0.room.notify_all();
        }
        self.0.tell(&state);
    }
}

struct Stop<'s, I: Iterator, R>(&'s Queue<I, R>);

impl<I: Iterator, R> Drop for Stop<'_, I, R> {
    fn drop(&mut self) {
        self.0.lock().stop();
        self.0.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).expect("the tests have a thread")
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in 1..6 {
            let mut taken = Vec::new();
            let some = |item: u64, emit: &mut Emit<'_, (u64, u64)>| {
                thread::sleep(std::time::Duration::from_micros(item * 7919 % 211));
                for result in 0..item % 4 {
                    assert_eq!(emit((item, result)), ControlFlow::Continue(()));
                }
            };
            let all = map_in_order(0..300, threads(count), some, |result| {
                taken.push(result);
                Ok::<(), ()>(())
            });
            let expected: Vec<_> = (0..300).flat_map(|item| (0..item % 4).map(move |result| (item, result))).collect();
            assert_eq!((all, taken), (Ok(()), expected), "{count} threads");
        }
    }

    #[test]
    fn no_item_is_asked_for_far_ahead_or_after_an_error() {
        for count in 1..4 {
            let asked = AtomicUsize::new(0);
            let items = (0..1_000_000).inspect(|_| {
                asked.fetch_add(1, Ordering::Relaxed);
            });
            let same = |item, emit: &mut Emit<'_, i32>| {
                let _ = emit(item);
            };
            let stopped = map_in_order(items, threads(count), same, |item| if item == 20 { Err(item) } else { Ok(()) });
            assert_eq!(stopped, Err(20));
            assert!(asked.into_inner() <= 21 + ITEMS_PER_THREAD * count, "{count} threads");
        }
    }

    /// Otherwise a small file that unpacks to a large one would be held in memory.
    #[test]
    fn few_results_of_an_item_wait() {
        for count in 1..4 {
            let (given, taken, most) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
            let many = |_, emit: &mut Emit<'_, ()>| {
                for _ in 0..1000 {
                    let waiting = given.fetch_add(1, Ordering::Relaxed) + 1 - taken.load(Ordering::Relaxed);
                    most.fetch_max(waiting, Ordering::Relaxed);
                    assert_eq!(emit(()), ControlFlow::Continue(()));
                }
            };
            let all = map_in_order(0..20, threads(count), many, |()| {
                taken.fetch_add(1, Ordering::Relaxed);
                Ok::<(), ()>(())
            });
            assert_eq!((all, taken.into_inner()), (Ok(()), 20_000));
            assert!(most.into_inner() <= 2 * ITEMS_PER_THREAD * count, "{count} threads");
        }
    }

    #[test]
    fn nothing_more_is_wanted_after_an_error() {
        for count in 1..4 {
            let endless = |_, emit: &mut Emit<'_, u64>| {
                let mut result = 0;
                while emit(result).is_continue() {
                    result += 1;
                }
            };
            let stopped =
                map_in_order(0..20, threads(count), endless, |result| if result == 20 { Err(result) } else { Ok(()) });
            assert_eq!(stopped, Err(20), "{count} threads");
        }
    }

    #[test]
    fn a_panic_of_a_helper_is_passed_on() {
        let (here, began) = (thread::current().id(), AtomicBool::new(false));
        let map = |item, emit: &mut Emit<'_, i32>| {
            if thread::current().id() != here {
                began.store(true, Ordering::Relaxed);
                panic!("every item of the helper is broken");
            }
            while !began.load(Ordering::Relaxed) {
                thread::yield_now();
            }
            for _ in 0..3 {
                let _ = emit(item);
            }
        };
        let all = || map_in_order(0..100, threads(2), map, |_| Ok::<(), ()>(()));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(all)).is_err());
    }
}
