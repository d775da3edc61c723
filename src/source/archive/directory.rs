//! The list of the files of a ZIP archive, read within bounds.

use super::refusal;
use crate::source::{Fault, view::View};
use std::{
    io::{self, BufReader, Read, Seek, SeekFrom},
    sync::Arc,
};
use zip::{
    ZipArchive,
    read::{ArchiveOffset, Config, ZipArchiveMetadata},
};

/// The most bytes that are read to find the list of files and to read it. A file takes at least 46 bytes of them and some
/// 300 bytes of memory, so that memory stays below 400 MB; lists of the usual kind take 15 MB for 100,000 files.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// The most files that the record of a ZIP64 archive may tell, and the most bytes that it may take: memory is set aside for
/// both before anything of them is read.
const MOST_FILES: u64 = 1 << 20;
const LONGEST_RECORD: u64 = 1 << 16;

/// Reads the list.
pub(super) fn read(view: &View) -> Result<Arc<ZipArchiveMetadata>, Fault> {
    let archive_offset = match zip64_files(view)? {
        None => ArchiveOffset::Detect,
        Some(files) if files <= MOST_FILES => ArchiveOffset::Known(0),
        Some(files) => {
            return Err(Fault::unsupported(
                "",
                format!("expected at most {MOST_FILES} files in an archive; found {files}"),
            ));
        }
    };
    let source = Source { left: Some(MOST_BYTES), ..Source::new(view) };
    let archive = ZipArchive::with_config(Config { archive_offset }, BufReader::new(source));
    Ok(archive.map_err(|error| refusal("", &error))?.metadata())
}

/// The most files that any ZIP64 record of an archive tells; `None` where it has none.
///
/// Records are looked for where the reader of archives looks when it is told that nothing stands before the archive.
fn zip64_files(view: &View) -> Result<Option<u64>, Fault> {
    const LOCATOR: usize = 20;
    let length = view.length().min(LOCATOR as u64 + 26 + (1 << 16));
    let start = view.length() - length;
    let mut tail = vec![0; length as usize];
    view.fill(start, &mut tail, "")?;
    let mut most = None;
    for at in 0..tail.len().saturating_sub(LOCATOR + 4) {
        if !tail[at..].starts_with(b"PK\x06\x07") || !tail[at + LOCATOR..].starts_with(b"PK\x05\x06") {
            continue;
        }
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        let place = number(&tail[at + 8..at + 16]);
        let mut record = [0; 40];
        if view.fill(place, &mut record, "").is_ok() && record.starts_with(b"PK\x06\x06") {
            let length = number(&record[4..12]);
            if length > LONGEST_RECORD {
                let message = format!("expected a ZIP64 record of at most {LONGEST_RECORD} bytes; found {length}");
                return Err(Fault::unsupported("", message).at(view.absolute(place)));
            }
            most = most.max(Some(number(&record[32..40])));
        }
        most = most.max(Some(0));
    }
    Ok(most)
}

/// The bytes of an archive, as the reader of archives wants them.
pub(super) struct Source<'v> {
    view: &'v View,
    position: u64,
    /// How many more bytes may be read; `None` for any number.
    left: Option<u64>,
}

impl<'v> Source<'v> {
    pub(super) fn new(view: &'v View) -> Self {
        Self { view, position: 0, left: None }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.view.read(self.position, into, "").map_err(io::Error::other)?;
        if let Some(left) = &mut self.left {
            *left = left
                .checked_sub(read as u64)
                .ok_or_else(|| io::Error::other(format!("the list of its files is longer than {MOST_BYTES} bytes")))?;
        }
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.view.length().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}
