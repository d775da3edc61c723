//! What a chunk of running text leaves to the next: whether a list of keys goes on there that a word announced far above.
//!
//! Chunks are looked at on several threads. Most need not know of the one before them; one that begins within a list waits
//! for it.

use std::sync::{Arc, OnceLock};

/// What the numbers before a place in a text mean for those behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::scan) struct ListState {
    /// So many bytes further up the last number ends, or what was said of it; `None`: too far to matter.
    pub(in crate::scan) back: Option<usize>,
    /// The form of the last number, if it is a key, with which a list can go on.
    pub(in crate::scan) listed: Option<String>,
}

/// The place between two chunks, seen from the first. Whatever becomes of it, the second does not wait for ever.
#[derive(Debug)]
pub(in crate::scan) struct ListStateSender(Arc<OnceLock<ListState>>);

/// The same place, seen from the second.
#[derive(Debug)]
pub(in crate::scan) struct ListStateReceiver(Arc<OnceLock<ListState>>);

/// A place between two chunks.
pub(in crate::scan) fn channel() -> (ListStateSender, ListStateReceiver) {
    let place = Arc::new(OnceLock::new());
    (ListStateSender(Arc::clone(&place)), ListStateReceiver(place))
}

impl ListStateSender {
    pub(in crate::scan) fn send(self, state: ListState) {
        // Nothing was given before: giving takes the only right to.
        let _ = self.0.set(state);
    }
}

impl Drop for ListStateSender {
    fn drop(&mut self) {
        // Has no effect where something was given.
        let _ = self.0.set(ListState::default());
    }
}

impl ListStateReceiver {
    /// Waits until the chunk before was looked at.
    pub(in crate::scan) fn receive(&self) -> &ListState {
        self.0.wait()
    }
}
