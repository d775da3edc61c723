//! Cuts a stream into chunks of whole records, so that memory stays bounded and threads can share the work.

use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Read};

/// The longest record that is looked at, in bytes. No key is near it; a row of a table can be long.
pub const LONGEST: usize = 1 << 20;

/// What comes next in a stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Chunk {
    /// Whole records, but for the last of the stream, which may lack its end.
    Records(Vec<u8>),
    /// A record that is longer than [`LONGEST`] was passed over; it ended at a line end.
    TooLong,
}

/// Where a record may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordEnd {
    /// At every line end.
    AtLines,
    /// At a line end that is not inside double quotes.
    OutsideQuotes,
}

/// A stream that is cut into chunks.
pub struct RecordChunker<R> {
    reader: R,
    ends: RecordEnd,
    size: usize,
    carried: Vec<u8>,
    ended: bool,
    failure: Option<io::Error>,
}

impl<R: Read> RecordChunker<R> {
    /// Cuts into chunks of about `size` bytes. `head` was read from `reader` already.
    pub fn new(reader: R, head: Vec<u8>, ends: RecordEnd, size: usize) -> Self {
        Self { reader, ends, size, carried: head, ended: false, failure: None }
    }

    /// There is nothing behind the head.
    pub fn ends(&mut self) {
        self.ended = true;
    }

    /// The stream fails behind the head.
    pub fn fails(&mut self, failure: io::Error) {
        (self.ended, self.failure) = (true, Some(failure));
    }

    /// Whether nothing is left, not even an error.
    pub fn is_done(&self) -> bool {
        self.ended && self.carried.is_empty() && self.failure.is_none()
    }

    /// The next chunk, made in `buffer`, which is taken only if there is one; `None` at the end.
    ///
    /// # Errors
    /// What the stream says, after every whole line that could be read before.
    pub fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Chunk>> {
        buffer.clear();
        std::mem::swap(buffer, &mut self.carried);
        let mut wanted = self.size;
        loop {
            self.fill(buffer, wanted);
            if self.ended {
                if self.failure.is_some() {
                    // What was read of the last record could pass for a whole one.
                    buffer.truncate(memrchr(b'\n', buffer).map_or(0, |at| at + 1));
                }
                if !buffer.is_empty() {
                    return Ok(Some(Chunk::Records(std::mem::take(buffer))));
                }
                return self.failure.take().map_or(Ok(None), Err);
            }
            let end = self.cut(buffer).or_else(|| {
                // A quote that is never closed must not swallow the rest of the stream.
                (buffer.len() >= LONGEST).then(|| memrchr(b'\n', buffer).map(|at| at + 1)).flatten()
            });
            if let Some(end) = end {
                self.carried.extend_from_slice(&buffer[end..]);
                buffer.truncate(end);
                return Ok(Some(Chunk::Records(std::mem::take(buffer))));
            }
            if buffer.len() >= LONGEST {
                self.pass_over(buffer);
                return Ok(Some(Chunk::TooLong));
            }
            wanted = (2 * buffer.len()).min(LONGEST).max(self.size);
        }
    }

    /// Reads until the buffer holds `wanted` bytes, the stream ends, or it fails.
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
                let (count, last) = memchr_iter(b'"', bytes).fold((0, 0), |(count, _), at| (count + 1, at));
                // Of an odd number of quotes the last opens a value that is not closed yet.
                if count % 2 == 0 { bytes } else { &bytes[..last] }
            }
        };
        memrchr(b'\n', closed).map(|at| at + 1)
    }

    /// Reads to the next line end, keeping nothing before it.
    fn pass_over(&mut self, buffer: &mut Vec<u8>) {
        loop {
            if let Some(at) = memchr(b'\n', buffer) {
                self.carried.extend_from_slice(&buffer[at + 1..]);
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
        text.extend(std::iter::repeat_n(b'x', 3 * LONGEST));
        text.extend(b"\nb\n");
        assert_eq!(chunks(&text, RecordEnd::AtLines, 1024), ["a\n", "!", "b\n"]);
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_rest() {
        let mut text = b"a,\"b\n".to_vec();
        text.extend(b"0123456789abcde\n".repeat(LONGEST / 8));
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
