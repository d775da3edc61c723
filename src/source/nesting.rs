//! Bounds of what is opened within each other: an archive of a few bytes can hold more than any disk.

use super::{CodePage, Fault};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Archives and images within each other beyond this number are not opened.
pub(super) const MAX_DEPTH: usize = 6;

/// Bytes that are unpacked for one input, however small it is, and for each byte of it. A disk that is mostly empty packs to
/// a thousandth.
const MIN_UNPACKED: u64 = 8 << 30;
const MAX_RATIO: u64 = 256;

/// The files of one input, in all archives and images within each other.
const MAX_FILES: u64 = 1 << 21;

/// What an archive or image needs to know of those that it lies in. Clones count together.
#[derive(Clone, Debug)]
pub(super) struct Nesting {
    /// How names of DOS are read.
    pub(super) code_page: CodePage,
    depth: usize,
    /// None in a folder of the machine: each file in it is an input of its own.
    bounds: Option<Arc<Bounds>>,
}

#[derive(Debug)]
struct Bounds {
    max_unpacked: u64,
    /// Bytes that may still be unpacked.
    left: AtomicU64,
    /// Files that may still be looked at.
    files: AtomicU64,
}

impl Nesting {
    /// For an input of `size` bytes.
    pub(super) fn new(code_page: CodePage, size: u64) -> Self {
        let max_unpacked = size.saturating_mul(MAX_RATIO).max(MIN_UNPACKED);
        let bounds = Bounds { max_unpacked, left: AtomicU64::new(max_unpacked), files: AtomicU64::new(MAX_FILES) };
        Self { code_page, depth: 0, bounds: Some(Arc::new(bounds)) }
    }

    /// For a folder of the machine.
    pub(super) fn folder(code_page: CodePage) -> Self {
        Self { code_page, depth: 0, bounds: None }
    }

    /// For a file of `size` bytes that lies within.
    ///
    /// # Errors
    /// As [`Self::deeper`].
    pub(super) fn within(&self, size: u64) -> Result<Self, Fault> {
        if self.bounds.is_some() { self.deeper() } else { Ok(Self::new(self.code_page, size)) }
    }

    /// For what lies within.
    ///
    /// # Errors
    /// It lies too deep.
    pub(super) fn deeper(&self) -> Result<Self, Fault> {
        if self.depth >= MAX_DEPTH {
            let message =
                format!("lies in more than {MAX_DEPTH} archives or images within each other, and was not opened");
            return Err(Fault::truncated("", message));
        }
        Ok(Self { depth: self.depth + 1, ..self.clone() })
    }

    /// Counts bytes that are unpacked.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn unpack(&self, bytes: u64) -> Result<(), Fault> {
        let Some(bounds) = &self.bounds else { return Ok(()) };
        take(&bounds.left, bytes).ok_or_else(|| {
            let most = bounds.max_unpacked;
            Fault::truncated("", format!("this input unpacks to more than {most} bytes; the rest was not read"))
        })
    }

    /// Counts files that are looked at.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn look(&self, files: u64) -> Result<(), Fault> {
        let Some(bounds) = &self.bounds else { return Ok(()) };
        take(&bounds.files, files).ok_or_else(|| {
            let message =
                format!("this input holds more than {MAX_FILES} files within each other; the rest was not looked at");
            Fault::truncated("", message)
        })
    }
}

fn take(left: &AtomicU64, count: u64) -> Option<()> {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(count)).ok().map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(refused: Result<impl std::fmt::Debug, Fault>) -> String {
        let fault = refused.expect_err("it is too much");
        format!("{}: {fault}", fault.rule)
    }

    #[test]
    fn small_inputs_unpack_to_no_more_than_a_large_disk() {
        let nesting = Nesting::new(CodePage::default(), 1 << 10);
        assert_eq!(nesting.unpack(MIN_UNPACKED - 1), Ok(()));
        let within = nesting.within(5).expect("it lies in one archive");
        assert_eq!(within.unpack(1), Ok(()));
        let message = "input/truncated: this input unpacks to more than 8589934592 bytes; the rest was not read";
        assert_eq!(told(within.unpack(1)), message);
        assert_eq!(told(nesting.unpack(1)), message);
        assert_eq!(Nesting::new(CodePage::default(), 1 << 30).unpack(MAX_RATIO << 30), Ok(()));
    }

    #[test]
    fn the_files_of_all_archives_are_counted_together() {
        let nesting = Nesting::new(CodePage::default(), 1 << 10);
        let within = nesting.within(5).expect("it lies in one archive");
        assert_eq!((nesting.look(MAX_FILES - 1), within.look(1)), (Ok(()), Ok(())));
        assert!(told(within.look(1)).contains("holds more than 2097152 files within each other"));
        // Each file of a folder is an input of its own.
        let folder = Nesting::folder(CodePage::default());
        assert_eq!((folder.look(u64::MAX), folder.unpack(u64::MAX)), (Ok(()), Ok(())));
        let file = folder.within(1 << 10).expect("it lies in no archive");
        assert_eq!((file.look(MAX_FILES), file.depth), (Ok(()), 0));
    }
}
