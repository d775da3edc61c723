//! Splits a stream into chunks of whole records, so that memory stays bounded and threads can share the work.

use crate::model::within::Within;
use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Read};

/// The longest record that is read, in bytes. No key is nearly that long, but a row of a table can be.
pub const MAX_RECORD: usize = 1 << 20;

/// The next chunk of a stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Chunk {
    /// Whole records; the last of the stream may lack its end.
    Records(Vec<u8>),
    /// A part of a line that is longer than [`MAX_RECORD`], and its position. It does not end within a word or number.
    Part(Vec<u8>, LinePart),
    /// A record that is longer than [`MAX_RECORD`] was skipped; it ended at a line end.
    TooLong,
}

/// The position of a part in a long line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePart {
    /// The line continues after it.
    GoesOn,
    /// The line ends with it.
    Last,
}

/// The treatment of a line that is longer than [`MAX_RECORD`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LongLines {
    /// It is returned in parts.
    InParts,
    /// It is skipped.
    Skipped,
}

/// The last offset at which a text can be cut: after the last byte that belongs to no word or number.
pub(crate) fn part_end(text: &[u8]) -> usize {
    const MAX_WORD: usize = 64;
    let tail = text.within(text.len().saturating_sub(MAX_WORD)..);
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || !byte.is_ascii();
    let end = tail
        .iter()
        .rposition(|byte| !word(*byte))
        .map(|at| text.len().saturating_sub(tail.len()).saturating_add(at).saturating_add(1));
    let character = || text.iter().rposition(|byte| byte & 0xC0 != 0x80).filter(|at| *at > 0);
    end.or_else(character).unwrap_or(text.len())
}

/// The line ends that end a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordEnd {
    /// Every line end.
    AtLines,
    /// A line end that is not inside double quotes.
    OutsideQuotes,
}

/// A stream that is split into chunks.
pub struct RecordChunker<R> {
    reader: R,
    ends: RecordEnd,
    size: usize,
    long: LongLines,
    /// True if the next bytes continue a line whose first parts were returned.
    inside: bool,
    carried: Vec<u8>,
    ended: bool,
    failure: Option<io::Error>,
}

impl<R: Read> RecordChunker<R> {
    /// Splits into chunks of about `size` bytes. `head` was read from `reader` already.
    pub fn new(reader: R, head: Vec<u8>, ends: RecordEnd, size: usize) -> Self {
        Self { reader, ends, size, long: LongLines::Skipped, inside: false, carried: head, ended: false, failure: None }
    }

    /// Sets the treatment of long lines, which are skipped by default.
    #[must_use]
    pub fn with_long_lines(self, long: LongLines) -> Self {
        Self { long, ..self }
    }

    /// Ends the stream after the head.
    pub fn ends(&mut self) {
        self.ended = true;
    }

    /// Makes the stream fail after the head.
    pub fn fails(&mut self, failure: io::Error) {
        (self.ended, self.failure) = (true, Some(failure));
    }

    /// Returns `true` if nothing is left, not even an error.
    pub fn is_done(&self) -> bool {
        self.ended && self.carried.is_empty() && self.failure.is_none()
    }

    /// The next chunk; `None` at the end. It is made in `buffer`, which is left alone at the end of the stream.
    ///
    /// # Errors
    /// The error of the stream, after every whole line that could be read before it.
    pub fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Chunk>> {
        buffer.clear();
        std::mem::swap(buffer, &mut self.carried);
        let mut wanted = self.size;
        loop {
            self.fill(buffer, wanted);
            if self.inside
                && let Some(part) = self.rest_of_line(buffer)
            {
                return Ok(Some(part));
            }
            if self.ended {
                if self.failure.is_some() {
                    // The beginning of the last record could pass for a whole record.
                    buffer.truncate(memrchr(b'\n', buffer).map_or(0, |at| at.saturating_add(1)));
                }
                if !buffer.is_empty() {
                    return Ok(Some(Chunk::Records(std::mem::take(buffer))));
                }
                return self.failure.take().map_or(Ok(None), Err);
            }
            let end = self.cut(buffer).or_else(|| {
                // A quote that is never closed must not hide the rest of the stream.
                (buffer.len() >= MAX_RECORD).then(|| memrchr(b'\n', buffer).map(|at| at.saturating_add(1))).flatten()
            });
            if let Some(end) = end {
                self.carried.extend_from_slice(buffer.within(end..));
                buffer.truncate(end);
                return Ok(Some(Chunk::Records(std::mem::take(buffer))));
            }
            if buffer.len() >= MAX_RECORD {
                return Ok(Some(match self.long {
                    LongLines::InParts => self.part(buffer, LinePart::GoesOn),
                    LongLines::Skipped => {
                        self.pass_over(buffer);
                        Chunk::TooLong
                    }
                }));
            }
            wanted = buffer.len().saturating_mul(2).min(MAX_RECORD).max(self.size);
        }
    }

    /// The next part of a long line whose beginning is in the buffer.
    fn rest_of_line(&mut self, buffer: &mut Vec<u8>) -> Option<Chunk> {
        let end = memchr(b'\n', buffer)
            .map(|at| at.saturating_add(1))
            .or_else(|| (self.ended && self.failure.is_none()).then_some(buffer.len()));
        match end {
            Some(0) => None,
            Some(end) => {
                self.carried.extend_from_slice(buffer.within(end..));
                buffer.truncate(end);
                Some(self.part(buffer, LinePart::Last))
            }
            None => (buffer.len() >= MAX_RECORD).then(|| self.part(buffer, LinePart::GoesOn)),
        }
    }

    fn part(&mut self, buffer: &mut Vec<u8>, part: LinePart) -> Chunk {
        self.inside = part == LinePart::GoesOn;
        if self.inside {
            let end = part_end(buffer);
            self.carried.extend_from_slice(buffer.within(end..));
            buffer.truncate(end);
        }
        Chunk::Part(std::mem::take(buffer), part)
    }

    /// Reads until the buffer has `wanted` bytes, the stream ends, or it fails.
    fn fill(&mut self, buffer: &mut Vec<u8>, wanted: usize) {
        let missing = wanted.saturating_sub(buffer.len());
        if self.ended || missing == 0 {
            return;
        }
        buffer.reserve(missing);
        match self.reader.by_ref().take(missing as u64).read_to_end(buffer) {
            Ok(read) => self.ended = read < missing,
            Err(error) => (self.ended, self.failure) = (true, Some(error)),
        }
    }

    /// The end of the last whole record.
    fn cut(&self, bytes: &[u8]) -> Option<usize> {
        let closed = match self.ends {
            RecordEnd::AtLines => bytes,
            RecordEnd::OutsideQuotes => {
                let (closed, last) = memchr_iter(b'"', bytes).fold((true, 0), |(closed, _), at| (!closed, at));
                // If the number of quotes is odd, the last one opens a value that is not closed yet.
                if closed { bytes } else { bytes.within(..last) }
            }
        };
        memrchr(b'\n', closed).map(|at| at.saturating_add(1))
    }

    /// Reads to the next line end, keeping nothing before it.
    fn pass_over(&mut self, buffer: &mut Vec<u8>) {
        loop {
            if let Some(at) = memchr(b'\n', buffer) {
                self.carried.extend_from_slice(buffer.within(at.saturating_add(1)..));
                return;
            }
            buffer.clear();
            self.fill(buffer, self.size);
            if self.ended && buffer.is_empty() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every chunk of a text, with `!` for a record that was too long.
    fn chunks(text: &[u8], ends: RecordEnd, size: usize) -> Vec<String> {
        let mut cutter = RecordChunker::new(text, Vec::new(), ends, size);
        let mut chunks = Vec::new();
        while let Some(chunk) = cutter.next(&mut Vec::new()).expect("a slice can be read") {
            chunks.push(match chunk {
                Chunk::Records(bytes) => String::from_utf8(bytes).expect("the tests cut ASCII"),
                Chunk::Part(bytes, _) => String::from_utf8(bytes).expect("the tests cut ASCII"),
                Chunk::TooLong => "!".to_owned(),
            });
        }
        chunks
    }

    #[test]
    fn chunks_end_with_lines() {
        assert_eq!(chunks(b"ab\ncd\nef", RecordEnd::AtLines, 4), ["ab\n", "cd\n", "ef"]);
        assert_eq!(chunks(b"abcdefgh\nijklmnopqr\n", RecordEnd::AtLines, 4), ["abcdefgh\n", "ijklmnopqr\n"]);
        assert_eq!(chunks(b"", RecordEnd::AtLines, 4), Vec::<String>::new());
    }

    #[test]
    fn a_line_end_in_quotes_ends_no_record() {
        assert_eq!(chunks(b"a,\"b\nc\"\nd,e\n", RecordEnd::OutsideQuotes, 5), ["a,\"b\nc\"\n", "d,e\n"]);
    }

    #[test]
    fn a_record_that_is_too_long_is_passed_over() {
        let mut text = b"a\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 3 * MAX_RECORD));
        text.extend(b"\nb\n");
        assert_eq!(chunks(&text, RecordEnd::AtLines, 1024), ["a\n", "!", "b\n"]);
    }

    #[test]
    fn a_long_line_comes_in_parts_that_end_no_number() {
        for (before, after) in [("a\n", "b\n"), ("", "b\n"), ("a\n", "")] {
            let line = "111-1111111 ".repeat(MAX_RECORD / 5);
            let text = format!("{before}{line}\n{after}");
            let mut cutter = RecordChunker::new(text.as_bytes(), Vec::new(), RecordEnd::AtLines, 1024)
                .with_long_lines(LongLines::InParts);
            let (mut whole, mut parts) = (Vec::new(), Vec::new());
            while let Some(chunk) = cutter.next(&mut Vec::new()).expect("a slice can be read") {
                match chunk {
                    Chunk::Records(bytes) => whole.extend(bytes),
                    Chunk::Part(bytes, part) => {
                        assert_eq!(bytes.ends_with(b" "), part == LinePart::GoesOn);
                        parts.push(part);
                        whole.extend(bytes);
                    }
                    Chunk::TooLong => panic!("the line comes in parts"),
                }
            }
            assert!(whole == text.as_bytes());
            assert_eq!(parts, [LinePart::GoesOn, LinePart::GoesOn, LinePart::Last]);
        }
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_rest() {
        let mut text = b"a,\"b\n".to_vec();
        text.extend(b"0123456789abcde\n".repeat(MAX_RECORD / 8));
        let cut = chunks(&text, RecordEnd::OutsideQuotes, 1024);
        assert_eq!(cut.concat().len(), text.len());
        assert!(cut.len() > 1);
    }

    #[test]
    fn a_failure_comes_after_what_was_read() {
        struct Broken(bool);
        impl Read for Broken {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                if self.0 {
                    return Err(io::Error::other("broken"));
                }
                self.0 = true;
                into[..3].copy_from_slice(b"ab\n");
                Ok(3)
            }
        }
        let mut cutter = RecordChunker::new(Broken(false), Vec::new(), RecordEnd::AtLines, 8);
        assert_eq!(
            cutter.next(&mut Vec::new()).expect("what was read comes first"),
            Some(Chunk::Records(b"ab\n".to_vec()))
        );
        assert!(cutter.next(&mut Vec::new()).is_err());
        assert_eq!(cutter.next(&mut Vec::new()).expect("the failure was told"), None);
    }
}
