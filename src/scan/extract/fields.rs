//! Splits the rows of a table into fields.

use crate::{model::within::Within, source::encoding::lossy};
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// The first row: everything up to and including the first line end.
pub(in crate::scan) fn row(bytes: &[u8]) -> &[u8] {
    memchr(b'\n', bytes).map_or(bytes, |at| bytes.within(..=at))
}

/// The first row, up to and including the first line end outside quotes, and its number of lines. Quotes that never close end with their
/// line.
pub(in crate::scan) fn quoted_row(bytes: &[u8]) -> (&[u8], u64) {
    let (mut end, mut lines, mut quotes) = (0_usize, 0_u64, 0_usize);
    while end < bytes.len() {
        let line = row(bytes.within(end..));
        quotes = quotes.saturating_add(memchr_iter(b'"', line).count());
        end = end.saturating_add(line.len());
        lines = lines.saturating_add(1);
        if quotes % 2 == 0 {
            return (bytes.within(..end), lines);
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
        let (mut text, mut ends) = (vec![0; row.len()], vec![0; memchr_iter(delimiter, row).count().saturating_add(2)]);
        // The buffers have room for every field, so all that is left to find is the end of the row.
        let (_, read, written, mut count) = reader.read_record(row, &mut text, &mut ends);
        if read == row.len() {
            let (_, _, _, last) = reader.read_record(&[], text.within_mut(written..), ends.within_mut(count..));
            count = count.saturating_add(last);
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let spans = starts.zip(ends.within(..count));
        spans.map(|(start, end)| Cow::Owned(lossy(text.within(start..*end)).into_owned())).collect()
    }
}

/// The number of bytes of white space before a field's text, and that text.
pub(in crate::scan) fn trimmed(field: &str) -> (usize, &str) {
    match field.as_bytes() {
        // The common case, decided without a search.
        [b'!'..=b'~', .., b'!'..=b'~'] => (0, field),
        _ => (field.len().saturating_sub(field.trim_start().len()), field.trim()),
    }
}

/// The offsets of the values of a row, after their quotes.
pub(in crate::scan) fn starts(row: &str, delimiter: u8) -> Vec<usize> {
    let (bytes, mut starts, mut at) = (row.as_bytes(), Vec::new(), 0);
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        starts.push(at.saturating_add(usize::from(quoted)));
        // A doubled quote closes and opens again, so counting every quote is correct.
        let mut open = false;
        let end = bytes.within(at..).iter().position(|byte| {
            open ^= quoted && *byte == b'"';
            !open && *byte == delimiter
        });
        match end {
            Some(end) => at = at.saturating_add(end.saturating_add(1)),
            None => return starts,
        }
    }
}
