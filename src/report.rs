//! What was found, in the forms that people and programs read. One file per format.

pub mod fingerprint;
pub mod github;
pub mod json;
pub mod sarif;

#[cfg(feature = "reports")]
pub mod csv;
#[cfg(feature = "reports")]
pub mod html;
#[cfg(feature = "reports")]
pub mod junit;

#[cfg(feature = "cli")]
pub mod audit;
#[cfg(feature = "cli")]
pub mod entry;
#[cfg(feature = "cli")]
pub mod human;
#[cfg(feature = "cli")]
pub mod lines;
#[cfg(feature = "cli")]
pub mod notation;
#[cfg(feature = "cli")]
pub mod plan;
#[cfg(feature = "cli")]
mod steps;
#[cfg(feature = "cli")]
pub mod visible;

use crate::{
    model::{audit::Audit, plan::Forecast},
    wire::{Entry, Located, Totals, mask::Keys, summary::Summary},
};
use std::io;

/// A report that is written entry by entry.
pub trait Report {
    /// Writes one more entry.
    ///
    /// # Errors
    /// What the output says.
    fn entry(&mut self, entry: &Entry) -> io::Result<()>;

    /// Writes a key or serial: as an entry, unless the report shows more of the text than an entry has.
    ///
    /// # Errors
    /// What the output says.
    fn subject(&mut self, located: &Located, keys: Keys) -> io::Result<()> {
        self.entry(&Entry::of(located, keys))
    }

    /// Writes a plan of add packs: as an entry, unless the report has more room.
    ///
    /// # Errors
    /// What the output says.
    fn plan(&mut self, forecast: &Forecast) -> io::Result<()> {
        self.entry(&Entry::of_plan(forecast))
    }

    /// Writes a postoffice: as an entry, unless the report has more room.
    ///
    /// # Errors
    /// What the output says.
    fn audit(&mut self, audit: &Audit) -> io::Result<()> {
        self.entry(&Entry::of_audit(audit))
    }

    /// Takes the counts of everything that was looked at, after the last entry. A report that has no room for them passes them over.
    ///
    /// # Errors
    /// What the output says.
    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        let Totals { .. } = totals;
        Ok(())
    }

    /// Writes what comes after the last entry.
    ///
    /// `summary` counts everything that was judged, also what was not worth an entry.
    ///
    /// # Errors
    /// What the output says.
    fn end(self: Box<Self>, summary: &Summary) -> io::Result<()>;
}
