//! The state that a chunk of running text passes to the next: a list of keys, announced by a word far above, may continue there.
//!
//! Chunks are read on several threads. Most do not need the state of the previous chunk; one that begins within a list waits for it.

use super::evidence::Strength;
use std::sync::{Arc, OnceLock};

/// The state after the last number of a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::scan) struct ListState {
    /// The distance, in bytes, back to the end of the last number or of the words that refer to it; `None`: too far to matter.
    pub(in crate::scan) back: Option<usize>,
    /// The form of the last number, if it is a key that a list can continue, and the strength of its evidence.
    pub(in crate::scan) listed: Option<(String, Strength)>,
}

/// The sender between two chunks. Dropping it sends the default state, so that the receiver never waits for ever.
#[derive(Debug)]
pub(in crate::scan) struct ListStateSender(Arc<OnceLock<ListState>>);

/// The receiver between two chunks.
#[derive(Debug)]
pub(in crate::scan) struct ListStateReceiver(Arc<OnceLock<ListState>>);

/// A channel between two chunks.
pub(in crate::scan) fn channel() -> (ListStateSender, ListStateReceiver) {
    let place = Arc::new(OnceLock::new());
    (ListStateSender(Arc::clone(&place)), ListStateReceiver(place))
}

impl ListStateSender {
    pub(in crate::scan) fn send(self, state: ListState) {
        // The cell is still empty: sending consumes the only sender.
        let _ = self.0.set(state);
    }
}

impl Drop for ListStateSender {
    fn drop(&mut self) {
        // Has no effect if a state was sent.
        let _ = self.0.set(ListState::default());
    }
}

impl ListStateReceiver {
    /// Waits until the previous chunk was read.
    pub(in crate::scan) fn receive(&self) -> &ListState {
        self.0.wait()
    }
}
