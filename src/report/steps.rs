//! Remedies with their steps, and the words for a basis, as a person reads them.

use crate::{catalogue::Catalogue, model::source::Basis};
use std::{
    collections::BTreeSet,
    io::{self, Write},
};

/// Writes remedies with their steps; one that was told before only by its id.
pub(super) fn remedies(
    out: &mut impl Write,
    catalogue: &Catalogue,
    ids: &[String],
    told: &mut BTreeSet<String>,
) -> io::Result<()> {
    for id in ids {
        if !told.insert(id.clone()) {
            writeln!(out, "  remedy {id}: see above")?;
            continue;
        }
        let Some((_, _, remedy)) = catalogue.remedy(id) else {
            continue;
        };
        writeln!(out, "  remedy {id}: {}", remedy.title)?;
        writeln!(out, "    for: {}; basis: {}", remedy.applies_to.join(", "), basis(remedy.basis))?;
        for (number, step) in (1..).zip(&remedy.steps) {
            writeln!(out, "    {number}. {step}")?;
        }
    }
    Ok(())
}

/// The word for a basis.
pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Documented => "documented by Microsoft",
        Basis::Independent => "independent of Microsoft",
        Basis::Inferred => "inferred",
    }
}
