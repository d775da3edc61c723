//! Which forms a text could be, and why.

use crate::{
    catalogue::Catalogue,
    model::{
        form::Form,
        reading::{Mismatch, Reading},
        subject::{Candidate, Grouping},
        written::Written,
    },
    parse,
};

/// Farther from a form than so many characters, a text is something else, and a comparison would tell nothing.
const NEAR: usize = 3;

/// The forms that one text is, or is nearly.
#[derive(Debug)]
pub struct Readings<'c, 't> {
    /// A reading for each of them, by id of the form.
    near: Vec<Reading<'c, 't>>,
}

/// Reads a text as every form of the catalogue that it is anywhere near.
///
/// ```
/// use jewelcase::{Catalogue, identify, parse};
/// let readings = identify(Catalogue::built_in(), &parse::written::written("9329619111"));
/// let forms: Vec<_> = readings.candidates().map(|reading| reading.id).collect();
/// assert_eq!(forms, ["cd-key-10"]);
/// ```
pub fn identify<'c, 't>(catalogue: &'c Catalogue, written: &Written<'t>) -> Readings<'c, 't> {
    let read = |forms: &dyn Fn(&Form, &Written<'_>) -> bool| {
        let forms = catalogue.forms.iter().filter(|(_, form)| forms(form, written));
        Readings { near: forms.map(|(id, form)| parse::form::read(id, form, written)).collect() }
    };
    // Most texts have the lengths of the form that they are; only the others are compared with more.
    let same = read(&has_its_lengths);
    if same.any_exact() { same } else { read(&is_near) }
}

/// Whether the groups have the lengths of the form's, or the characters can be counted off.
fn has_its_lengths(form: &Form, written: &Written<'_>) -> bool {
    let countable = written.groups.len() == form.groups.len() || form.compact && written.groups.len() == 1;
    let contains = |(least, most)| (least..=most).contains(&written.characters);
    countable && contains(parse::form::total_lengths(form))
}

/// Whether the groups could be the form's, or their characters could be counted off.
fn is_near(form: &Form, written: &Written<'_>) -> bool {
    let (least, most) = parse::form::total_lengths(form);
    let countable = form.compact && least == most || written.groups.len() == form.groups.len();
    countable && (least.saturating_sub(NEAR)..=most + NEAR).contains(&written.characters)
}

impl<'c, 't> Readings<'c, 't> {
    /// The reading as one form.
    pub fn of(&self, form: &str) -> Option<&Reading<'c, 't>> {
        self.near.iter().find(|reading| reading.id == form)
    }

    /// The readings that fit; those in the form's own groups exclude those in others.
    pub fn candidates(&self) -> impl Iterator<Item = &Reading<'c, 't>> {
        let exact = self.near.iter().any(|reading| reading.mismatches.is_empty() && is_open(reading));
        self.near.iter().filter(move |reading| {
            is_open(reading)
                && if exact { reading.mismatches.is_empty() } else { reading.fits() && has_a_digit(reading) }
        })
    }

    /// Whether the text fits some form in that form's own groups.
    pub fn any_exact(&self) -> bool {
        self.near.iter().any(|reading| reading.mismatches.is_empty() && is_open(reading))
    }

    /// Where nothing fits: the form whose lengths are right and of which most characters are.
    pub fn recognisable(&self) -> Option<&Reading<'c, 't>> {
        let near = self.near.iter().filter(|reading| !reading.form.only_at_its_prompt && reading.has_its_lengths());
        near.filter(|reading| 2 * wrong_characters(reading) <= parse::form::total_lengths(reading.form).1)
            .min_by_key(|reading| (distance(reading), reading.form.precedence, reading.id))
    }

    /// Where nothing is recognisable: the form that the text departs from least, if it is near any.
    pub fn nearest(&self) -> Option<&Reading<'c, 't>> {
        let open = self.near.iter().filter(|reading| !reading.form.only_at_its_prompt && distance(reading) <= NEAR);
        open.min_by_key(|reading| (distance(reading), reading.form.precedence, reading.id))
    }
}

/// A reading that fits, with the reason.
pub fn candidate(reading: &Reading<'_, '_>, written: &Written<'_>) -> Candidate {
    let grouping = match (written.groups.len(), reading.form.groups.len()) {
        (1, 2..) => Grouping::None,
        _ if reading.mismatches.is_empty() => Grouping::Same,
        _ => Grouping::Other,
    };
    Candidate {
        form: reading.id.to_owned(),
        groups: written.groups.iter().map(|span| written.text[span.clone()].chars().count()).collect(),
        grouping,
        fails: Vec::new(),
    }
}

/// Recognised without a product, and not a plain word.
fn is_open(reading: &Reading<'_, '_>) -> bool {
    !reading.form.only_at_its_prompt && has_a_digit(reading)
}

/// Forms that allow letters would take many a word; every key that was ever seen holds a digit.
fn has_a_digit(reading: &Reading<'_, '_>) -> bool {
    reading.parts.iter().any(|part| part.text.bytes().any(|byte| byte.is_ascii_digit()))
}

fn wrong_characters(reading: &Reading<'_, '_>) -> usize {
    reading.mismatches.iter().filter(|mismatch| matches!(mismatch, Mismatch::Character { .. })).count()
}

/// How many characters stand between a text and a form; other groups than the form's weigh two more.
fn distance(reading: &Reading<'_, '_>) -> usize {
    let (_, total) = parse::form::total_lengths(reading.form);
    let weights = reading.mismatches.iter().map(|mismatch| match mismatch {
        Mismatch::Grouping { .. } | Mismatch::Template { .. } | Mismatch::Character { .. } => 1,
        Mismatch::GroupLength { group, found, .. } => {
            let (least, most) = reading.form.groups[*group].lengths();
            if *found < least { least - found } else { found - most }
        }
        Mismatch::TotalLength { found } => total.abs_diff(*found) + 2,
    });
    weights.sum()
}
