//! Splits a large plain file into ranges of whole lines, which threads read for themselves.

use super::cutter::{LinePart, LongLines, MAX_RECORD, part_end};
use crate::model::within::Within;
use memchr::{memchr, memrchr};
use std::{
    fs::File,
    io,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// The bytes before the end of a range, and after it, that are searched for a line end first.
const SEARCH_BACK_BYTES: u64 = 1 << 9;
const SEARCH_AHEAD_BYTES: u64 = 1 << 16;

/// The ranges of a file, each determined when it is asked for.
pub(crate) struct Ranges {
    file: SharedFile,
    at: u64,
    size: u64,
    step: u64,
    long: LongLines,
    /// True if the next bytes continue a line whose first parts were returned.
    inside: bool,
}

/// The next range of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LineRange {
    /// Whole lines; the last line of the file may lack its end.
    Lines(Range<u64>),
    /// A part of a line that is longer than [`MAX_RECORD`].
    Part(Range<u64>, LinePart),
    /// A line that is longer than [`MAX_RECORD`] was skipped.
    TooLong,
}

/// A file that several threads read, each at its own offset.
#[derive(Clone)]
pub(crate) struct SharedFile {
    file: Arc<File>,
    /// True once a thread has reported that the file cannot be read further.
    broken: Arc<AtomicBool>,
}

impl Ranges {
    /// The ranges from `at` to `size`, the size that the file had when it was opened, of about `step` bytes each, which
    /// are no more than [`MAX_RECORD`].
    pub(crate) fn new(file: File, at: u64, size: u64, step: usize) -> Self {
        let file = SharedFile { file: Arc::new(file), broken: Arc::default() };
        Self { file, at, size, step: step as u64, long: LongLines::Skipped, inside: false }
    }

    /// Sets the treatment of long lines, which are skipped by default.
    pub(crate) fn with_long_lines(self, long: LongLines) -> Self {
        Self { long, ..self }
    }

    /// The file, for a thread that reads a range.
    pub(crate) fn file(&self) -> SharedFile {
        self.file.clone()
    }

    /// Returns `true` if nothing is left.
    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.size
    }

    /// The next range; `None` at the end, and after an error was returned.
    ///
    /// # Errors
    /// The error of reading the file.
    pub(crate) fn next(&mut self) -> io::Result<Option<LineRange>> {
        if self.at >= self.size || self.file.broken.load(Ordering::Relaxed) {
            return Ok(None);
        }
        match self.cut() {
            Ok(range) => Ok(Some(range)),
            Err(error) => {
                self.at = self.size;
                self.file.mark_broken().map_or(Ok(None), |()| Err(error))
            }
        }
    }

    fn cut(&mut self) -> io::Result<LineRange> {
        let start = self.at;
        if self.inside {
            return match self.next_line_end(start, start.saturating_add(MAX_RECORD as u64))? {
                Some(end) => {
                    (self.at, self.inside) = (end, false);
                    Ok(LineRange::Part(start..end, LinePart::Last))
                }
                None => self.part(),
            };
        }
        let wanted = start.saturating_add(self.step).min(self.size);
        let end = if wanted == self.size && wanted.saturating_sub(start) <= MAX_RECORD as u64 {
            Some(self.size)
        } else {
            match self.last_line_end(start, wanted)? {
                Some(end) => Some(end),
                None => self.next_line_end(wanted, start.saturating_add(MAX_RECORD as u64))?,
            }
        };
        if let Some(end) = end {
            self.at = end;
            return Ok(LineRange::Lines(start..end));
        }
        if self.long == LongLines::InParts {
            return self.part();
        }
        self.at = self.next_line_end(wanted, self.size)?.unwrap_or(self.size);
        Ok(LineRange::TooLong)
    }

    /// The next part of a line that continues after it.
    fn part(&mut self) -> io::Result<LineRange> {
        let (start, most) = (self.at, self.at.saturating_add(MAX_RECORD as u64));
        let from = most.saturating_sub(SEARCH_BACK_BYTES).max(start);
        let mut buffer = Vec::new();
        self.file.read(from..most, &mut buffer)?;
        let end = from.saturating_add(part_end(&buffer) as u64);
        (self.at, self.inside) = (end, true);
        Ok(LineRange::Part(start..end, LinePart::GoesOn))
    }

    /// The end of the last line that ends in `start..end`.
    fn last_line_end(&self, start: u64, end: u64) -> io::Result<Option<u64>> {
        let (mut buffer, mut back) = (Vec::new(), SEARCH_BACK_BYTES);
        loop {
            let from = end.saturating_sub(back).max(start);
            self.file.read(from..end, &mut buffer)?;
            if let Some(at) = memrchr(b'\n', &buffer) {
                return Ok(Some(from.saturating_add(at as u64).saturating_add(1)));
            }
            if from == start {
                return Ok(None);
            }
            back = back.saturating_mul(4);
        }
    }

    /// The end of the first line that ends in `from..most`, or the end of the file if that comes first.
    fn next_line_end(&self, mut from: u64, most: u64) -> io::Result<Option<u64>> {
        let mut buffer = Vec::new();
        while from < most.min(self.size) {
            let to = from.saturating_add(SEARCH_AHEAD_BYTES).min(most).min(self.size);
            self.file.read(from..to, &mut buffer)?;
            if let Some(at) = memchr(b'\n', &buffer) {
                return Ok(Some(from.saturating_add(at as u64).saturating_add(1)));
            }
            from = to;
        }
        Ok((self.size <= most).then_some(self.size))
    }
}

impl SharedFile {
    /// Reads a range into a buffer, replacing its contents. After an error the buffer has the bytes before it.
    ///
    /// # Errors
    /// The error of reading the file, or that it became shorter.
    pub(crate) fn read(&self, range: Range<u64>, into: &mut Vec<u8>) -> io::Result<()> {
        into.resize(range.end.saturating_sub(range.start) as usize, 0);
        let mut filled = 0;
        while filled < into.len() {
            let error = match read_at(&self.file, into.within_mut(filled..), range.start.saturating_add(filled as u64))
            {
                Ok(0) => io::Error::new(io::ErrorKind::UnexpectedEof, "the file became shorter while it was read"),
                Ok(count) => {
                    filled = filled.saturating_add(count);
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => error,
            };
            into.truncate(filled);
            return Err(error);
        }
        Ok(())
    }

    /// Notes that the file cannot be read further; `None` if that was noted before, so that it is reported once.
    pub(crate) fn mark_broken(&self) -> Option<()> {
        (!self.broken.swap(true, Ordering::Relaxed)).then_some(())
    }
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, offset)
}

#[cfg(windows)]
fn read_at(file: &File, into: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, SeekFrom, Write};

    /// Every range of a text, with `!` for a line that was too long.
    fn ranges_of(text: &[u8], step: usize) -> Vec<String> {
        let mut file = tempfile::tempfile().expect("a file can be made");
        file.write_all(text).expect("a file can be written");
        let mut ranges = Ranges::new(file, 0, text.len() as u64, step);
        let mut ranges_of = Vec::new();
        while let Some(range) = ranges.next().expect("the file can be read") {
            ranges_of.push(match range {
                LineRange::Lines(range) => {
                    let mut bytes = Vec::new();
                    ranges.file().read(range, &mut bytes).expect("the file can be read");
                    String::from_utf8(bytes).expect("the tests cut ASCII")
                }
                LineRange::Part(range, _) => format!("{range:?}"),
                LineRange::TooLong => "!".to_owned(),
            });
        }
        ranges_of
    }

    #[test]
    fn ranges_end_with_lines() {
        assert_eq!(ranges_of(b"ab\ncd\nef", 4), ["ab\n", "cd\n", "ef"]);
        assert_eq!(ranges_of(b"abcdefgh\nijklmnopqr\n", 4), ["abcdefgh\n", "ijklmnopqr\n"]);
        assert_eq!(ranges_of(b"", 4), Vec::<String>::new());
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let long = "x".repeat(MAX_RECORD + 1);
        assert_eq!(ranges_of(format!("ab\n{long}\ncd\n").as_bytes(), 8), ["ab\n", "!", "cd\n"]);
        assert_eq!(ranges_of(format!("{long}\n").as_bytes(), 8), ["!"]);
        assert_eq!(ranges_of(format!("ab\n{long}").as_bytes(), 1 << 12), ["ab\n", "!"]);
        let most = "x".repeat(MAX_RECORD - 1);
        assert_eq!(ranges_of(format!("{most}\ncd\n").as_bytes(), 8), [format!("{most}\n"), "cd\n".to_owned()]);
    }

    #[test]
    fn a_file_that_became_shorter_is_told_once() {
        let mut file = tempfile::tempfile().expect("a file can be made");
        file.write_all(&b"abc\n".repeat(100)).expect("a file can be written");
        file.set_len(100).expect("a file can be cut");
        file.seek(SeekFrom::Start(0)).expect("a file can be read");
        let mut ranges = Ranges::new(file, 0, 400, 80);
        assert_eq!(ranges.next().expect("it begins before the cut"), Some(LineRange::Lines(0..80)));
        let error = ranges.next().expect_err("it ends behind the cut");
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(ranges.next().expect("it was told"), None);
    }
}
