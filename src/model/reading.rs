//! A text read as one form: the parts that could be read, and the differences from the form.

use super::form::{Characters, Form};
use std::{borrow::Cow, ops::Range};

/// One attempt to read a text as a form. The parts that could be read are kept even if others could not.
#[derive(Clone, Debug)]
pub struct Reading<'c, 't> {
    /// The form's id.
    pub id: &'c str,
    /// The form.
    pub form: &'c Form,
    /// The differences from the form; empty if the text fits.
    pub mismatches: Vec<Mismatch>,
    /// The parts whose place is known, in the order of the form.
    pub parts: Vec<Part<'c, 't>>,
}

/// A part of a form, in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'c, 't> {
    /// Its name in the form.
    pub name: &'c str,
    /// Its characters, without separators.
    pub text: Cow<'t, str>,
    /// From its first to its last character, in bytes of the text.
    pub span: Range<usize>,
    /// True if every character is one that the form allows there.
    pub clean: bool,
}

/// A difference between a text and a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The right number of characters, but with hyphens in other places.
    Grouping {
        /// The actual lengths of the groups.
        found: Vec<usize>,
    },
    /// A character that the form does not allow in a part.
    Character {
        /// The part's name.
        part: String,
        /// The characters that the form has there.
        expected: Characters,
        /// The place.
        span: Range<usize>,
    },
    /// A run of x's, #'s and the like instead of digits.
    Template {
        /// The place.
        span: Range<usize>,
    },
    /// A group that is too short or too long.
    GroupLength {
        /// The index of the group.
        group: usize,
        /// Its length in characters.
        found: usize,
        /// The place.
        span: Range<usize>,
    },
    /// Too few or too many characters in total.
    TotalLength {
        /// The number of characters in all groups.
        found: usize,
    },
}

impl Reading<'_, '_> {
    /// Returns `true` if the text fits the form, possibly in other groups.
    pub fn fits(&self) -> bool {
        self.mismatches.iter().all(|mismatch| matches!(mismatch, Mismatch::Grouping { .. }))
    }

    /// Returns `true` if the groups have the lengths of the form, whatever their characters.
    pub fn has_its_lengths(&self) -> bool {
        !self
            .mismatches
            .iter()
            .any(|mismatch| matches!(mismatch, Mismatch::GroupLength { .. } | Mismatch::TotalLength { .. }))
    }

    /// The part of this name, if its place is known.
    pub fn part(&self, name: &str) -> Option<&Part<'_, '_>> {
        self.parts.iter().find(|part| part.name == name)
    }
}
