//! Small records anywhere in a view, read through cached windows, for tables too long to be kept whole.

use super::{Fault, view::View};
use crate::model::within::{Within, copy};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// The size of a window in bytes, and the maximum number of cached windows: 256 KiB of memory.
const WINDOW_BYTES: u64 = 4096;
const MAX_WINDOWS: usize = 64;

/// A view, and the windows of it that were used most recently.
pub(super) struct Windows {
    view: View,
    /// The windows with their numbers, the latest first.
    kept: Mutex<VecDeque<(u64, Arc<[u8]>)>>,
}

impl Windows {
    pub(super) fn new(view: View) -> Self {
        Self { view, kept: Mutex::default() }
    }

    /// The view that is read.
    pub(super) fn view(&self) -> &View {
        &self.view
    }

    /// The `N` bytes at `offset`, for the file or folder at `path`.
    ///
    /// # Errors
    /// The view ends too early, or the bytes cannot be read.
    pub(super) fn bytes<const N: usize>(&self, offset: u64, path: &str) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        let mut read = 0;
        while read < N {
            let at = offset.saturating_add(read as u64);
            let window = self.window(at / WINDOW_BYTES, path)?;
            let found = window.get((at % WINDOW_BYTES) as usize..).unwrap_or_default();
            if found.is_empty() {
                self.view.check_filled(offset, N, read, path)?;
                break;
            }
            read = read.saturating_add(copy(found, bytes.within_mut(read..)));
        }
        Ok(bytes)
    }

    fn window(&self, number: u64, path: &str) -> Result<Arc<[u8]>, Fault> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|(known, _)| *known == number) {
            kept.swap(0, at);
        }
        if let Some((_, window)) = kept.front().filter(|(known, _)| *known == number) {
            return Ok(Arc::clone(window));
        }
        let mut window = vec![0; WINDOW_BYTES as usize];
        let read = self.view.read(number.saturating_mul(WINDOW_BYTES), &mut window, path)?;
        window.truncate(read);
        let window: Arc<[u8]> = window.into();
        kept.truncate(MAX_WINDOWS - 1);
        kept.push_front((number, Arc::clone(&window)));
        Ok(window)
    }
}
