//! A text as written, before it is compared with any form.

use std::ops::Range;

/// A text split into groups, separators and other characters. All spans are byte ranges of the text as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<'t> {
    /// The text as given.
    pub text: &'t str,
    /// The `/k` or `/c` of a command line in front of the key.
    pub switch: Option<Range<usize>>,
    /// The groups, in order.
    pub groups: Vec<Range<usize>>,
    /// The number of characters in all groups.
    pub characters: usize,
    /// Angle brackets, which some documents write around a value.
    pub brackets: Vec<Range<usize>>,
    /// Characters that are neither part of a group nor a separator.
    pub strays: Vec<Range<usize>>,
}

impl Written<'_> {
    /// From the first to the last group; the whole text when there is no group.
    pub fn body(&self) -> Range<usize> {
        match (self.groups.first(), self.groups.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..self.text.len(),
        }
    }
}
