//! The folders above a folder of an image, which guarantee that a walk ends.

use super::Fault;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

/// The maximum depth of folders: Windows 95 allows paths of 260 characters, so 130 folders.
const MAX_DEPTH: u16 = 130;

/// The maximum number of folders of one volume that are listed although they contradict the folder in which they were found.
const MAX_MISPLACED: usize = 64;

/// A folder above another one, and those above it.
#[derive(Debug)]
pub(super) struct Ancestor {
    start: u64,
    depth: u16,
    above: Option<Arc<Ancestor>>,
}

impl Ancestor {
    /// The ancestors of the entries of a folder that begins at `start`, a cluster or a block.
    pub(super) fn below(start: u64, above: Option<&Arc<Self>>) -> Arc<Self> {
        let depth = above.map_or(1, |above| above.depth.saturating_add(1));
        Arc::new(Self { start, depth, above: above.cloned() })
    }

    /// The start of the nearest folder above.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Refuses a folder that is too deep or, beginning at `start`, inside itself.
    pub(super) fn check(&self, start: u64, folder: &str) -> Result<(), Fault> {
        if self.depth > MAX_DEPTH {
            let message = format!("expected at most {MAX_DEPTH} folders within each other");
            return Err(Fault::corrupt(folder, message));
        }
        let mut ancestors = std::iter::successors(Some(self), |folder| folder.above.as_deref());
        if ancestors.any(|above| above.start == start) {
            return Err(Fault::corrupt(folder, "this folder contains itself: it is one of the folders above it"));
        }
        Ok(())
    }
}

/// The folders of one volume that contradict the folder in which they were found.
///
/// Every folder of an image names its parent. If that agrees with the way by which the folder was reached, no folder can be
/// reached twice. A damaged disk has a few that disagree, and they are still listed; a disk made to keep its reader busy
/// has many.
#[derive(Debug, Default)]
pub(super) struct Misplaced {
    paths: Mutex<BTreeSet<String>>,
}

impl Misplaced {
    /// Counts a folder that names a wrong parent or none, and returns the fault for its listing.
    ///
    /// # Errors
    /// The volume has had too many of them.
    pub(super) fn admit(&self, folder: &str) -> Result<Fault, Fault> {
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        if !paths.contains(folder) && paths.len() >= MAX_MISPLACED {
            let message =
                format!("this folder says that it belongs elsewhere, as {MAX_MISPLACED} others do; it is not listed");
            return Err(Fault::corrupt(folder, message));
        }
        paths.insert(folder.to_owned());
        Ok(Fault::corrupt(folder, "this folder says that it belongs elsewhere, or does not say where it belongs"))
    }
}
