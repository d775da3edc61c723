//! Remedies with their steps, as a person reads them.

use crate::catalogue::Catalogue;
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
        writeln!(out, "    for: {}; basis: {}", remedy.applies_to.join(", "), remedy.basis.label())?;
        for (number, step) in (1..).zip(&remedy.steps) {
            writeln!(out, "    {number}. {step}")?;
        }
    }
    Ok(())
}
