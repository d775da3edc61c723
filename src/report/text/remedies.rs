//! Remedies with their steps, for readers: each is written once.

use super::sanitize;
use crate::wire::Remedies;
use std::{
    collections::BTreeSet,
    io::{self, Write},
};

/// The remedies of a report, and those of them that were written already.
pub(super) struct RemedyTexts<'c> {
    source: Remedies<'c>,
    written: BTreeSet<String>,
}

impl<'c> RemedyTexts<'c> {
    /// The remedies of a report of which none was written yet.
    pub(super) fn new(source: Remedies<'c>) -> Self {
        Self { source, written: BTreeSet::new() }
    }

    /// Writes remedies below a finding of a block.
    pub(super) fn block<'i>(
        &mut self,
        out: &mut dyn Write,
        ids: impl IntoIterator<Item = &'i String>,
    ) -> io::Result<()> {
        ids.into_iter().try_for_each(|id| self.write(out, id, "  ", Whom::Named))
    }

    /// Writes remedies below a finding of a list.
    pub(super) fn list(&mut self, out: &mut dyn Write, ids: &[String]) -> io::Result<()> {
        ids.iter().try_for_each(|id| self.write(out, id, "    ", Whom::LeftOut))
    }

    /// Writes a remedy: only its id if it was written already, nothing if it is not known.
    fn write(&mut self, out: &mut dyn Write, id: &str, margin: &str, whom: Whom) -> io::Result<()> {
        let name = sanitize::text(id);
        if !self.written.insert(id.to_owned()) {
            return writeln!(out, "{margin}remedy {name}: see above");
        }
        let Some(remedy) = self.source.get(id) else { return Ok(()) };
        writeln!(out, "{margin}remedy {name}: {}", sanitize::text(&remedy.title))?;
        if whom == Whom::Named {
            let basis = remedy.basis.map_or_else(String::new, |basis| format!("; basis: {}", basis.label()));
            writeln!(out, "{margin}  for: {}{basis}", sanitize::text(&remedy.applies_to.join(", ")))?;
        }
        if let Some(loses) = &remedy.loses {
            writeln!(out, "{margin}  loses: {}", sanitize::text(loses))?;
        }
        for (number, step) in (1..).zip(remedy.steps.iter()) {
            writeln!(out, "{margin}  {number}. {}", sanitize::text(step))?;
        }
        Ok(())
    }
}

/// The choice to write for whom a remedy is, and its basis, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    Named,
    LeftOut,
}
