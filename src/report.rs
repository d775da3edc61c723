//! The document in the formats that people and programs read. One file per format.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

#[cfg(any(feature = "cli", feature = "reports"))]
mod disc;
pub mod fingerprint;
pub mod github;
pub mod json;
pub mod sarif;
pub mod visible;

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

/// The destination of a report. One type for all of them, so that each format is compiled once.
pub type Output<'o> = Box<dyn Write + 'o>;

/// A report in one format, written entry by entry: any number of [`entry`](Report::entry), at most one [`totals`](Report::totals), then [`end`](Report::end).
pub trait Report {
    /// Writes one more entry.
    ///
    /// # Errors
    /// Any I/O error of the output.
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()>;

    /// Writes the counts of the whole input, after the last entry. A format without room for them skips them.
    ///
    /// # Errors
    /// Any I/O error of the output.
    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        let Totals { .. } = totals;
        Ok(())
    }

    /// Writes the end of the report.
    ///
    /// `summary` counts everything that was judged, including subjects without an entry.
    ///
    /// # Errors
    /// Any I/O error of the output.
    fn end(self: Box<Self>, summary: &Summary) -> io::Result<()>;
}
