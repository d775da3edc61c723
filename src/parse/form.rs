//! Reads a text as a given form: the grammar is the form's own list of groups and parts.

use crate::model::{
    form::{Characters, Form, Group, PartShape},
    reading::{Mismatch, Part, Reading},
    within::{Within, shifted, span_at},
    written::Written,
};
use nom::{
    IResult, Parser,
    bytes::complete::{tag_no_case, take_while_m_n},
    combinator::{eof, verify},
};
use std::{borrow::Cow, ops::Range};

/// Reads `written` as `form`. Always returns a reading, whose mismatches show where the text differs from the form.
///
/// ```text
/// form  = group (separator group)*          groups as the form has them
///       | part*                             one group, when the form may be compact
///       | part*                             other groups, with a grouping mismatch
/// part  = least to most characters of its kind, or its literal letters
/// ```
pub fn read<'c, 't>(id: &'c str, form: &'c Form, written: &Written<'t>) -> Reading<'c, 't> {
    let mut reading = Reading { id, form, mismatches: Vec::new(), parts: Vec::new() };
    let text = written.text;
    if written.groups.len() == form.groups.len() {
        for (group, (of_form, span)) in form.groups.iter().zip(&written.groups).enumerate() {
            let shapes = &of_form.parts;
            let strand = Strand { text: Cow::Borrowed(text.within(span.clone())), places: Places::From(span.start) };
            if strand.read(shapes, &mut reading).is_err() {
                let (least, most) = of_form.lengths();
                let found = strand.text.chars().count();
                if found < least || found > most {
                    reading.mismatches.push(Mismatch::GroupLength { group, found, span: span.clone() });
                } else {
                    strand.align(shapes, &mut reading);
                }
            }
        }
        // The groups are wrong but their total length is right: the hyphens are misplaced.
        if reading.has_its_lengths() {
            return reading;
        }
    }
    let found = written.characters;
    if !form.compact || total_lengths(form) != (found, found) {
        if reading.mismatches.is_empty() {
            reading.mismatches.push(Mismatch::TotalLength { found });
        }
        return reading;
    }
    reading.mismatches.clear();
    reading.parts.clear();
    if written.groups.len() > 1 {
        let found = written.groups.iter().map(|span| text.within(span.clone()).chars().count()).collect();
        reading.mismatches.push(Mismatch::Grouping { found });
    }
    let whole = Strand::joined(text, &written.groups);
    let shapes = || form.groups.iter().flat_map(|group| &group.parts);
    if whole.read(shapes(), &mut reading).is_err() {
        whole.align(shapes(), &mut reading);
    }
    reading
}

/// The minimum and maximum number of characters, without separators.
pub fn total_lengths(form: &Form) -> (usize, usize) {
    form.groups
        .iter()
        .map(Group::lengths)
        .fold((0, 0), |(least, most), (l, m)| (least.saturating_add(l), most.saturating_add(m)))
}

/// Consecutive characters, and the offset of each byte in the text.
struct Strand<'t> {
    text: Cow<'t, str>,
    places: Places,
}

enum Places {
    /// One slice of the text, which begins at this offset.
    From(usize),
    /// Joined from several slices: the offset of every byte.
    Each(Vec<usize>),
}

impl<'t> Strand<'t> {
    /// The groups without the text between them.
    fn joined(text: &'t str, groups: &[Range<usize>]) -> Self {
        if let [only] = groups {
            return Self { text: Cow::Borrowed(text.within(only.clone())), places: Places::From(only.start) };
        }
        let joined: String = groups.iter().map(|span| text.within(span.clone())).collect();
        Self { text: Cow::Owned(joined), places: Places::Each(groups.iter().cloned().flatten().collect()) }
    }

    /// Reads all parts by the grammar, or none.
    fn read<'c>(
        &self,
        shapes: impl IntoIterator<Item = &'c PartShape>,
        reading: &mut Reading<'c, 't>,
    ) -> Result<(), ()> {
        let before = reading.parts.len();
        let mut rest = &*self.text;
        for shape in shapes {
            match part(shape, rest) {
                Ok((after, slice)) => {
                    let start = self.text.len().saturating_sub(rest.len());
                    reading.parts.push(self.part(shape, span_at(start, slice.len()), true));
                    rest = after;
                }
                Err(_) => {
                    reading.parts.truncate(before);
                    return Err(());
                }
            }
        }
        if end(rest).is_err() {
            reading.parts.truncate(before);
            return Err(());
        }
        Ok(())
    }

    /// Splits the strand into parts by their lengths, its total length being right, and notes the characters that do not belong.
    fn align<'c>(&self, shapes: impl IntoIterator<Item = &'c PartShape>, reading: &mut Reading<'c, 't>) {
        let mut characters = self.text.char_indices();
        for shape in shapes {
            let of_part: Vec<_> = characters.by_ref().take(shape.length).collect();
            let (Some(&(start, _)), Some(&(last, last_char))) = (of_part.first(), of_part.last()) else {
                break;
            };
            let range = start..last.saturating_add(last_char.len_utf8());
            let mut clean = true;
            // A single letter is a slip, not a pattern, unless it is a whole group.
            let pattern = shape.of != Characters::Literal && (of_part.len() > 1 || self.text.chars().all(is_template));
            if pattern && of_part.iter().all(|&(_, c)| is_template(c)) {
                clean = false;
                reading.mismatches.push(Mismatch::Template { span: self.span(range.clone()) });
            } else {
                let mut literal = shape.literal.as_deref().unwrap_or_default().chars();
                for (at, c) in of_part {
                    let right = match shape.of {
                        Characters::Literal => literal.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&c)),
                        Characters::Digits | Characters::Alphanumeric | Characters::Letters => shape.of.contains(c),
                    };
                    if !right {
                        clean = false;
                        let span = self.span(span_at(at, c.len_utf8()));
                        reading.mismatches.push(Mismatch::Character {
                            part: shape.name.clone(),
                            expected: shape.of,
                            span,
                        });
                    }
                }
            }
            let part = self.part(shape, range, clean);
            reading.parts.push(part);
        }
    }

    fn part<'c>(&self, shape: &'c PartShape, range: Range<usize>, clean: bool) -> Part<'c, 't> {
        let text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.within(range.clone())),
            Cow::Owned(text) => Cow::Owned(text.within(range.clone()).to_owned()),
        };
        Part { name: &shape.name, text, span: self.span(range), clean }
    }

    /// A range of the strand as a range of the text.
    fn span(&self, range: Range<usize>) -> Range<usize> {
        match &self.places {
            Places::From(start) => shifted(range, *start),
            Places::Each(places) => match places.within(range) {
                [first, rest @ ..] => *first..rest.last().unwrap_or(first).saturating_add(1),
                // Only forms of fixed lengths are read across groups, and each of their parts has characters.
                [] => 0..0,
            },
        }
    }
}

/// One part: the number of characters of its kind that it has, or its literal letters in either case.
fn part<'s>(shape: &PartShape, text: &'s str) -> IResult<&'s str, &'s str> {
    match shape.of {
        Characters::Literal => tag_no_case(shape.literal.as_deref().unwrap_or_default()).parse(text),
        Characters::Digits => take_while_m_n(shape.least(), shape.length, |c: char| c.is_ascii_digit()).parse(text),
        Characters::Alphanumeric | Characters::Letters => {
            verify(take_while_m_n(shape.least(), shape.length, |c| shape.of.contains(c)), |part: &str| {
                !part.chars().all(is_template)
            })
            .parse(text)
        }
    }
}

/// The end of the group.
fn end(text: &str) -> IResult<&str, &str> {
    eof(text)
}

/// The characters that documents write in place of a digit.
pub fn is_template(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'y' | 'Y' | 'z' | 'Z' | 'n' | 'N' | '#' | '?' | '*')
}
