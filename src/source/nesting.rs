//! Bounds of nested archives and images: an archive of a few bytes can contain more than any disk.

use super::{CodePage, Fault};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The maximum depth of archives and images inside each other.
pub(super) const MAX_DEPTH: usize = 6;

/// The number of bytes that may be unpacked for one input, however small it is, and for each byte of it. A mostly empty disk compresses to
/// a thousandth.
const MIN_UNPACKED: u64 = 8 << 30;
const MAX_RATIO: u64 = 256;

/// The maximum number of files of one input, in all nested archives and images.
const MAX_FILES: u64 = 1 << 21;

/// The bounds that an archive or image shares with those around it. Clones count together.
#[derive(Clone, Debug)]
pub(super) struct Nesting {
    /// The code page of DOS names.
    pub(super) code_page: CodePage,
    depth: usize,
    /// None in a folder on disk: each file in it is an input of its own.
    bounds: Option<Arc<Bounds>>,
}

#[derive(Debug)]
struct Bounds {
    max_unpacked: AtomicU64,
    /// The number of bytes that may still be unpacked.
    left: AtomicU64,
    /// The number of files that may still be read.
    files: AtomicU64,
}

impl Nesting {
    /// The bounds of an input of `size` bytes.
    pub(super) fn new(code_page: CodePage, size: u64) -> Self {
        let max_unpacked = size.saturating_mul(MAX_RATIO).max(MIN_UNPACKED);
        let [left, files] = [max_unpacked, MAX_FILES].map(AtomicU64::new);
        let bounds = Bounds { max_unpacked: AtomicU64::new(max_unpacked), left, files };
        Self { code_page, depth: 0, bounds: Some(Arc::new(bounds)) }
    }

    /// The bounds of a folder on disk: none.
    pub(super) fn folder(code_page: CodePage) -> Self {
        Self { code_page, depth: 0, bounds: None }
    }

    /// The bounds of a file of `size` bytes inside.
    ///
    /// # Errors
    /// As [`Self::deeper`].
    pub(super) fn within(&self, size: u64) -> Result<Self, Fault> {
        if self.bounds.is_some() { self.deeper() } else { Ok(Self::new(self.code_page, size)) }
    }

    /// The bounds one level deeper.
    ///
    /// # Errors
    /// That is too deep.
    pub(super) fn deeper(&self) -> Result<Self, Fault> {
        if self.depth >= MAX_DEPTH {
            let message =
                format!("is in more than {MAX_DEPTH} archives or images within each other, and was not opened");
            return Err(Fault::truncated("", message));
        }
        Ok(Self { depth: self.depth.saturating_add(1), ..self.clone() })
    }

    /// Counts bytes of an input whose size was unknown: more may be unpacked for them.
    pub(super) fn arrive(&self, bytes: u64) {
        let Some(bounds) = &self.bounds else { return };
        let more = bytes.saturating_mul(MAX_RATIO);
        // As many as there can be are no fewer.
        let _ = bounds.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_add(more)));
        let _ = bounds.max_unpacked.fetch_add(more, Ordering::Relaxed);
    }

    /// Counts unpacked bytes.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn unpack(&self, bytes: u64) -> Result<(), Fault> {
        let Some(bounds) = &self.bounds else { return Ok(()) };
        take(&bounds.left, bytes).ok_or_else(|| {
            let most = bounds.max_unpacked.load(Ordering::Relaxed);
            Fault::truncated("", format!("this input unpacks to more than {most} bytes; the rest was not read"))
        })
    }

    /// Counts files that are read.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn look(&self, files: u64) -> Result<(), Fault> {
        let Some(bounds) = &self.bounds else { return Ok(()) };
        take(&bounds.files, files).ok_or_else(|| {
            let message =
                format!("this input has more than {MAX_FILES} files within each other; the rest was not read");
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
        assert!(told(within.look(1)).contains("has more than 2097152 files within each other"));
        // Each file of a folder is an input of its own.
        let folder = Nesting::folder(CodePage::default());
        assert_eq!((folder.look(u64::MAX), folder.unpack(u64::MAX)), (Ok(()), Ok(())));
        let file = folder.within(1 << 10).expect("it lies in no archive");
        assert_eq!((file.look(MAX_FILES), file.depth), (Ok(()), 0));
    }
}
