//! The document in the formats that people and programs read. One file per format.

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
pub mod text;

use crate::wire::{Entry, Totals, summary::Summary};
use std::io::{self, Write};

/// The place that a report is written to. One type for all of them, so that each format is compiled once.
pub type Output<'o> = Box<dyn Write + 'o>;

/// A report that is written entry by entry.
pub trait Report {
    /// Writes one more entry.
    ///
    /// # Errors
    /// Any I/O error of the output.
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()>;

    /// Takes the counts of everything that was read, after the last entry. A format without room for them skips them.
    ///
    /// # Errors
    /// Any I/O error of the output.
    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        let Totals { .. } = totals;
        Ok(())
    }

    /// Writes what comes after the last entry.
    ///
    /// `summary` counts everything that was judged, also what was not worth an entry.
    ///
    /// # Errors
    /// Any I/O error of the output.
    fn end(self: Box<Self>, summary: &Summary) -> io::Result<()>;
}
