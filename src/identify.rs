//! Finds the forms that a text could be, and the reasons.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

use crate::{
    catalogue::Catalogue,
    model::{
        form::{Form, Group},
        reading::{Mismatch, Reading},
        subject::{Candidate, Grouping},
        within::Within,
        written::Written,
    },
    parse,
};

/// The maximum difference in length between a text and a form, in characters; beyond it, a comparison is meaningless.
const MAX_LENGTH_DIFFERENCE: usize = 3;

/// The forms that one text has, or almost has.
#[derive(Debug)]
pub struct Readings<'c, 't> {
    /// A reading for each of them, by id of the form.
    near: Vec<Reading<'c, 't>>,
}

/// Reads a text as every form of the catalogue that it resembles.
///
/// ```
/// use jewelcase::{Catalogue, internals::{identify::identify, parse}};
/// let readings = identify(Catalogue::built_in(), &parse::written::written("9329619111"));
/// let forms: Vec<_> = readings.candidates().map(|reading| reading.id).collect();
/// assert_eq!(forms, ["cd-key-10"]);
/// ```
pub fn identify<'c, 't>(catalogue: &'c Catalogue, written: &Written<'t>) -> Readings<'c, 't> {
    let read = |forms: &dyn Fn(&Form, &Written<'_>) -> bool| {
        let forms = catalogue.forms.iter().filter(|(_, form)| forms(form, written));
        Readings { near: forms.map(|(id, form)| parse::form::read(id, form, written)).collect() }
    };
    // Most texts have the lengths of their form; only the others are compared with more forms.
    let same = read(&has_its_lengths);
    if same.any_exact() { same } else { read(&is_near) }
}

/// Returns `true` if the groups have the lengths of the form's, or the total length is right.
fn has_its_lengths(form: &Form, written: &Written<'_>) -> bool {
    let countable = written.groups.len() == form.groups.len() || form.compact && written.groups.len() == 1;
    let contains = |(least, most)| (least..=most).contains(&written.characters);
    countable && contains(parse::form::total_lengths(form))
}

/// Returns `true` if the groups could be the form's, or their total length is near.
fn is_near(form: &Form, written: &Written<'_>) -> bool {
    let (least, most) = parse::form::total_lengths(form);
    let countable = form.compact && least == most || written.groups.len() == form.groups.len();
    countable
        && (least.saturating_sub(MAX_LENGTH_DIFFERENCE)..=most.saturating_add(MAX_LENGTH_DIFFERENCE))
            .contains(&written.characters)
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

    /// Returns `true` if the text fits some form in that form's own groups.
    pub fn any_exact(&self) -> bool {
        self.near.iter().any(|reading| reading.mismatches.is_empty() && is_open(reading))
    }

    /// If nothing fits: the form whose lengths are right and to which most characters belong.
    pub fn recognisable(&self) -> Option<&Reading<'c, 't>> {
        let near = self.near.iter().filter(|reading| !reading.form.only_at_its_prompt && reading.has_its_lengths());
        near.filter(|reading| wrong_characters(reading).saturating_mul(2) <= parse::form::total_lengths(reading.form).1)
            .min_by_key(|reading| (distance(reading), reading.form.precedence, reading.id))
    }

    /// If nothing is recognisable: the form that differs least from the text, if it is near any.
    pub fn nearest(&self) -> Option<&Reading<'c, 't>> {
        let open = self
            .near
            .iter()
            .filter(|reading| !reading.form.only_at_its_prompt && distance(reading) <= MAX_LENGTH_DIFFERENCE);
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
        groups: written.groups.iter().map(|span| written.text.within(span.clone()).chars().count()).collect(),
        grouping,
        fails: Vec::new(),
    }
}

/// Returns `true` if the form is recognised without a product, and the text is not a plain word.
fn is_open(reading: &Reading<'_, '_>) -> bool {
    !reading.form.only_at_its_prompt && has_a_digit(reading)
}

/// Forms with letters would match many words; every known key contains a digit.
fn has_a_digit(reading: &Reading<'_, '_>) -> bool {
    reading.parts.iter().any(|part| part.text.bytes().any(|byte| byte.is_ascii_digit()))
}

/// The number of characters that do not belong, except digits of other scripts and full-width digits.
fn wrong_characters(reading: &Reading<'_, '_>) -> usize {
    let wrong = reading.mismatches.iter().filter(|mismatch| matches!(mismatch, Mismatch::Character { .. })).count();
    let is_other_digit = |c: &char| c.is_numeric() && !c.is_ascii();
    let others = reading.parts.iter().flat_map(|part| part.text.chars()).filter(is_other_digit).count();
    wrong.saturating_sub(others)
}

/// The number of wrong characters between a text and a form; wrong groups count as two more.
fn distance(reading: &Reading<'_, '_>) -> usize {
    let (_, total) = parse::form::total_lengths(reading.form);
    let weights = reading.mismatches.iter().map(|mismatch| match mismatch {
        Mismatch::Grouping { .. } | Mismatch::Template { .. } | Mismatch::Character { .. } => 1,
        Mismatch::GroupLength { group, found, .. } => {
            let (least, most) = reading.form.groups.get(*group).map_or((0, 0), Group::lengths);
            if *found < least { least.saturating_sub(*found) } else { found.saturating_sub(most) }
        }
        Mismatch::TotalLength { found } => total.abs_diff(*found).saturating_add(2),
    });
    weights.sum()
}
