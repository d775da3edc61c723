//! Parts of texts and bytes by ranges that were found in them, taken without a way to panic.

use std::{ops::Range, slice::SliceIndex};

/// A text, or a list, from which a part is taken.
pub trait Within {
    /// The part in a range that was found in this very text: a range outside is a fault of the program, which tests and fuzzers stop at, and gives
    /// nothing in a release. What a range is that an input chose is asked with `get`.
    fn within<R: SliceIndex<Self, Output = Self>>(&self, range: R) -> &Self;

    /// As [`Within::within`], to be changed.
    fn within_mut<R: SliceIndex<Self, Output = Self>>(&mut self, range: R) -> &mut Self;
}

impl Within for str {
    fn within<R: SliceIndex<Self, Output = Self>>(&self, range: R) -> &Self {
        let part = self.get(range);
        debug_assert!(part.is_some(), "a range that is not in its text");
        part.unwrap_or_default()
    }

    fn within_mut<R: SliceIndex<Self, Output = Self>>(&mut self, range: R) -> &mut Self {
        let part = self.get_mut(range);
        debug_assert!(part.is_some(), "a range that is not in its text");
        part.unwrap_or_default()
    }
}

impl<T> Within for [T] {
    fn within<R: SliceIndex<Self, Output = Self>>(&self, range: R) -> &Self {
        let part = self.get(range);
        debug_assert!(part.is_some(), "a range that is not in its list");
        part.unwrap_or_default()
    }

    fn within_mut<R: SliceIndex<Self, Output = Self>>(&mut self, range: R) -> &mut Self {
        let part = self.get_mut(range);
        debug_assert!(part.is_some(), "a range that is not in its list");
        part.unwrap_or_default()
    }
}

/// Copies as many bytes as there are and as there is room for, and returns their number.
pub fn copy(from: &[u8], into: &mut [u8]) -> usize {
    let length = from.len().min(into.len());
    into.within_mut(..length).copy_from_slice(from.within(..length));
    length
}

/// The range of a slice in the text that it is a slice of.
pub fn span_of(text: &str, slice: &str) -> Range<usize> {
    span_at(slice.as_ptr().addr().saturating_sub(text.as_ptr().addr()), slice.len())
}

/// The range of a number of bytes from a place on.
pub fn span_at(start: usize, length: usize) -> Range<usize> {
    start..start.saturating_add(length)
}

/// A range of a part as a range of the whole, in which the part begins at an offset.
pub fn shifted(span: Range<usize>, by: usize) -> Range<usize> {
    span.start.saturating_add(by)..span.end.saturating_add(by)
}

#[cfg(test)]
mod tests {
    use super::{Within, shifted, span_of};

    #[test]
    fn a_part_is_where_it_was_found() {
        let text = "key=333-1111111";
        let span = span_of(text, text.trim_start_matches("key="));
        assert_eq!((span.clone(), text.within(span)), (4..15, "333-1111111"));
        assert_eq!(shifted(0..3, 4), 4..7);
        assert_eq!([1, 2, 3].within(1..), [2, 3]);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "not in its text")]
    fn a_range_within_a_letter_stops_a_debug_build() {
        let _ = "é".within(1..);
    }
}
