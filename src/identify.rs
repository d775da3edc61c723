//! Which forms a text could be, and why.

use crate::{
    catalogue::Catalogue,
    model::{
        form::Characters,
        reading::{Fault, Reading},
        subject::Candidate,
        written::Written,
    },
    parse,
};

/// Every form of the catalogue, tried on one text.
#[derive(Debug)]
pub struct Readings<'c, 't> {
    /// One reading per form, by id of the form.
    pub all: Vec<Reading<'c, 't>>,
}

/// Reads a text as every form of the catalogue.
///
/// ```
/// use jewelcase::{Catalogue, identify, parse};
/// let readings = identify(Catalogue::built_in(), &parse::written::written("9329619111"));
/// let forms: Vec<_> = readings.candidates().map(|reading| reading.id).collect();
/// assert_eq!(forms, ["cd-key-10"]);
/// ```
pub fn identify<'c, 't>(catalogue: &'c Catalogue, written: &Written<'t>) -> Readings<'c, 't> {
    Readings { all: catalogue.forms.iter().map(|(id, form)| parse::form::read(id, form, written)).collect() }
}

impl<'c, 't> Readings<'c, 't> {
    /// The reading as one form.
    pub fn of(&self, form: &str) -> Option<&Reading<'c, 't>> {
        self.all.iter().find(|reading| reading.id == form)
    }

    /// The readings that fit; those in the form's own groups exclude those in others.
    pub fn candidates(&self) -> impl Iterator<Item = &Reading<'c, 't>> {
        let exact = self.all.iter().any(|reading| reading.faults.is_empty() && is_open(reading));
        self.all.iter().filter(move |reading| {
            is_open(reading) && if exact { reading.faults.is_empty() } else { reading.fits() && has_a_digit(reading) }
        })
    }

    /// Whether the text fits some form in that form's own groups.
    pub fn any_exact(&self) -> bool {
        self.all.iter().any(|reading| reading.faults.is_empty() && is_open(reading))
    }

    /// Where nothing fits: the form whose lengths are right and of which most characters are.
    pub fn recognisable(&self) -> Option<&Reading<'c, 't>> {
        let near = self.all.iter().filter(|reading| !reading.form.only_at_its_prompt && reading.has_its_lengths());
        near.filter(|reading| 2 * wrong_characters(reading) <= parse::form::total_length(reading.form))
            .min_by_key(|reading| (distance(reading), reading.form.precedence, reading.id))
    }

    /// Where nothing is recognisable: the form that the text departs from least, if it is near any.
    pub fn nearest(&self) -> Option<&Reading<'c, 't>> {
        /// Farther away, the text is something else, and a comparison would tell nothing.
        const NEAR: usize = 3;
        let open = self.all.iter().filter(|reading| !reading.form.only_at_its_prompt && distance(reading) <= NEAR);
        open.min_by_key(|reading| (distance(reading), reading.form.precedence, reading.id))
    }
}

/// Why a reading fits its form, as a phrase.
pub fn reason(reading: &Reading<'_, '_>, written: &Written<'_>) -> Candidate {
    let count: usize = written.groups.iter().map(|span| written.text[span.clone()].chars().count()).sum();
    let characters =
        match reading.form.groups.iter().flat_map(|group| &group.parts).all(|part| part.of == Characters::Digits) {
            true => "digits",
            false => "characters",
        };
    let lengths = |lengths: Vec<usize>| lengths.iter().map(ToString::to_string).collect::<Vec<_>>().join("-");
    let found = written.groups.iter().map(|span| written.text[span.clone()].chars().count()).collect();
    let why = match (written.groups.len(), reading.faults.as_slice()) {
        (1, _) if reading.form.groups.len() > 1 => {
            format!("{count} {characters} without separators")
        }
        (1, _) => format!("{count} {characters}"),
        (_, []) => format!("{count} {characters}, grouped {}", lengths(found)),
        (_, _) => format!("{count} {characters}, but grouped {}", lengths(found)),
    };
    Candidate { form: reading.id.to_owned(), why }
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
    reading.faults.iter().filter(|fault| matches!(fault, Fault::Character { .. })).count()
}

/// How many characters stand between a text and a form, roughly; a missing group weighs as much as its length.
fn distance(reading: &Reading<'_, '_>) -> usize {
    let total = parse::form::total_length(reading.form);
    reading.faults.iter().fold(0, |distance, fault| {
        distance
            + match fault {
                Fault::Grouping { .. } | Fault::Template { .. } | Fault::Character { .. } => 1,
                Fault::GroupLength { group, found, .. } => {
                    let (least, most) = reading.form.groups[*group].lengths();
                    if *found < least { least - found } else { found - most }
                }
                Fault::TotalLength { found } if reading.form.compact => total.abs_diff(*found) + 2,
                // Other groups than the form has, and nothing to count off instead.
                Fault::TotalLength { .. } => usize::MAX / 2,
            }
    })
}
