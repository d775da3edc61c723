//! Splits the rows of a table into fields.

use crate::source::encoding::lossy;
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// The first row: everything up to and including the first line end.
pub(in crate::scan) fn row(bytes: &[u8]) -> &[u8] {
    memchr(b'\n', bytes).map_or(bytes, |at| &bytes[..=at])
}

/// The first row, up to and including the first line end outside quotes, and its number of lines. Quotes that never close end with their
/// line.
pub(in crate::scan) fn quoted_row(bytes: &[u8]) -> (&[u8], u64) {
    let (mut end, mut lines, mut quotes) = (0, 0, 0);
    while end < bytes.len() {
        let line = row(&bytes[end..]);
        quotes += memchr_iter(b'"', line).count();
        end += line.len();
        lines += 1;
        if quotes % 2 == 0 {
            return (&bytes[..end], lines);
        }
    }
    (row(bytes), 1)
}

/// A splitter of rows.
pub(in crate::scan) struct Fields {
    delimiter: u8,
    /// Made for the first row with quotes: making it takes longer than reading a row.
    reader: Option<Box<csv_core::Reader>>,
}

impl Fields {
    pub(in crate::scan) fn new(delimiter: u8) -> Self {
        Self { delimiter, reader: None }
    }

    /// The fields of a row, without their quotes.
    pub(in crate::scan) fn of<'t>(&mut self, row: &'t [u8]) -> Vec<Cow<'t, str>> {
        let delimiter = self.delimiter;
        let row = row.strip_suffix(b"\r").unwrap_or(row);
        if memchr(b'"', row).is_none() {
            return row.split(|byte| *byte == delimiter).map(lossy).collect();
        }
        let build = || Box::new(csv_core::ReaderBuilder::new().delimiter(delimiter).build());
        let reader = self.reader.get_or_insert_with(build);
        reader.reset();
        let (mut text, mut ends) = (vec![0; row.len()], vec![0; memchr_iter(delimiter, row).count() + 2]);
        // The buffers have room for every field, so all that is left to find is the end of the row.
        let (_, read, written, mut count) = reader.read_record(row, &mut text, &mut ends);
        if read == row.len() {
            let (_, _, _, last) = reader.read_record(&[], &mut text[written..], &mut ends[count..]);
            count += last;
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let spans = starts.zip(&ends[..count]);
        spans.map(|(start, end)| Cow::Owned(lossy(&text[start..*end]).into_owned())).collect()
    }
}

/// The number of bytes of white space before a field's text, and that text.
pub(in crate::scan) fn trimmed(field: &str) -> (usize, &str) {
    match field.as_bytes() {
        // The common case, decided without a search.
        [b'!'..=b'~', .., b'!'..=b'~'] => (0, field),
        _ => (field.len() - field.trim_start().len(), field.trim()),
    }
}

/// The offsets of the values of a row, after their quotes.
pub(in crate::scan) fn starts(row: &str, delimiter: u8) -> Vec<usize> {
    let (bytes, mut starts, mut at) = (row.as_bytes(), Vec::new(), 0);
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        starts.push(at + usize::from(quoted));
        // A doubled quote closes and opens again, so counting every quote is correct.
        let mut open = false;
        let end = bytes[at..].iter().position(|byte| {
            open ^= quoted && *byte == b'"';
            !open && *byte == delimiter
        });
        match end {
            Some(end) => at += end + 1,
            None => return starts,
        }
    }
}
