//! A text read as one form: the parts that could be read, and where it departs from the form.

use super::form::{Characters, Form};
use std::{borrow::Cow, ops::Range};

/// One attempt to read a text as a form. What was read well survives what was not.
#[derive(Clone, Debug)]
pub struct Reading<'c, 't> {
    /// The form's id.
    pub id: &'c str,
    /// The form.
    pub form: &'c Form,
    /// How the text departs from the form; empty when it fits.
    pub mismatches: Vec<Mismatch>,
    /// The parts whose place is known, in the order of the form.
    pub parts: Vec<Part<'c, 't>>,
}

/// A part of a form, as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'c, 't> {
    /// Its name in the form.
    pub name: &'c str,
    /// Its characters, without separators.
    pub text: Cow<'t, str>,
    /// From its first to its last character, in bytes of the text.
    pub span: Range<usize>,
    /// Whether every character is one that the form allows there.
    pub clean: bool,
}

/// One way in which a text departs from a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The right number of characters, but the hyphens elsewhere.
    Grouping {
        /// The lengths of the groups as they stand.
        found: Vec<usize>,
    },
    /// A character that the form does not allow in a part.
    Character {
        /// The part's name.
        part: String,
        /// What the form has there.
        expected: Characters,
        /// Where.
        span: Range<usize>,
    },
    /// A run of x's, #'s and the like instead of digits.
    Template {
        /// Where.
        span: Range<usize>,
    },
    /// A group that is too short or too long.
    GroupLength {
        /// Which group, counted from zero.
        group: usize,
        /// Its length in characters.
        found: usize,
        /// Where.
        span: Range<usize>,
    },
    /// Too few or too many characters on the whole.
    TotalLength {
        /// The number of characters in all groups.
        found: usize,
    },
}

impl Reading<'_, '_> {
    /// Whether the text fits the form, if perhaps in other groups.
    pub fn fits(&self) -> bool {
        self.mismatches.iter().all(|mismatch| matches!(mismatch, Mismatch::Grouping { .. }))
    }

    /// Whether the groups have the lengths of the form, whatever the characters.
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
