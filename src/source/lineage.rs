//! Whether a folder of an image stands where it says, so that a walk over folders always ends.

use super::{Fault, Node};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

/// How deep folders may lie: Windows 95 allows paths of 260 characters, so 130 folders.
const DEEPEST: u16 = 130;

/// How many folders of one volume may contradict the folder they were found in before no more of them are listed.
const MOST_STRAYS: usize = 64;

/// A folder above another one, and those above it.
#[derive(Debug)]
pub(super) struct Line {
    start: u64,
    depth: u16,
    above: Option<Arc<Line>>,
}

impl Line {
    /// The line of what stands in a folder that begins at `start`, a cluster or a block.
    pub(super) fn below(start: u64, above: Option<&Arc<Self>>) -> Arc<Self> {
        let depth = above.map_or(1, |above| above.depth.saturating_add(1));
        Arc::new(Self { start, depth, above: above.cloned() })
    }

    /// The nearest folder above.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Refuses a folder that lies too deep or, beginning at `start`, within itself.
    pub(super) fn check(&self, start: u64, folder: &Node) -> Result<(), Fault> {
        if self.depth > DEEPEST {
            let message = format!("expected at most {DEEPEST} folders within each other");
            return Err(Fault::corrupt(folder.path(), message));
        }
        let mut lines = std::iter::successors(Some(self), |line| line.above.as_deref());
        if lines.any(|line| line.start == start) {
            return Err(Fault::corrupt(folder.path(), "this folder holds itself, as one of the folders above it"));
        }
        Ok(())
    }
}

/// The folders of one volume that contradict the folder in which they were found.
///
/// Every folder of an image names the one above it. Where that agrees with the way by which it was reached, no folder can be
/// reached twice. A damaged disk has a few that disagree, and they are still listed; a disk made to keep its reader busy
/// has many.
#[derive(Debug, Default)]
pub(super) struct Strays {
    paths: Mutex<BTreeSet<String>>,
}

impl Strays {
    /// A fault to be told with the listing of a folder that names a wrong folder above it, or none.
    ///
    /// # Errors
    /// The volume has had too many of them.
    pub(super) fn admit(&self, folder: &Node) -> Result<Fault, Fault> {
        let path = folder.path();
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        if !paths.contains(path) && paths.len() >= MOST_STRAYS {
            let message =
                format!("this folder says that it belongs elsewhere, as {MOST_STRAYS} others do; it is not listed");
            return Err(Fault::corrupt(path, message));
        }
        paths.insert(path.to_owned());
        Ok(Fault::corrupt(path, "this folder says that it belongs elsewhere, or does not say where it belongs"))
    }
}
