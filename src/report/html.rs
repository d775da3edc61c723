//! A graphical report: one HTML file that needs no network, for a screen or a printer.

mod bars;
mod detail;
mod groups;
mod list;
mod overview;
mod page;
mod remedy;
mod tallies;

use super::{Output, Report, visible};
use crate::{
    catalogue::Catalogue,
    wire::{Entry, Remedies, Totals, summary::Summary},
};
use groups::Numbers;
use std::io;
use tallies::Tallies;

/// The maximum number of subjects in the list: nobody reads a longer list, and browsers become slow. All subjects are counted.
const MAX_LISTED: u64 = 2000;

/// Writes a page once everything is known.
///
/// The bars show the totals of a scan, which include every key; for other commands, every entry.
pub struct Writer<'c> {
    out: Output<'c>,
    catalogue: &'c Catalogue,
    remedies: Remedies<'c>,
    /// The rows of the list.
    rows: String,
    numbers: Numbers,
    tallies: Tallies,
    totals: Option<Totals>,
}

impl<'c> Writer<'c> {
    /// Starts a page; forms, products and rules are named from the catalogue, the remedies from `remedies`.
    pub fn new(out: Output<'c>, catalogue: &'c Catalogue, remedies: Remedies<'c>) -> Self {
        let (numbers, tallies) = (Numbers::default(), Tallies::default());
        let out = visible::output(out);
        Self { out, catalogue, remedies, rows: String::new(), numbers, tallies, totals: None }
    }
}

impl Report for Writer<'_> {
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        self.tallies.add(entry);
        if self.tallies.entries <= MAX_LISTED {
            self.rows.push_str(&list::row(self.catalogue, &self.remedies, entry).into_string());
            self.numbers.add(entry);
        }
        Ok(())
    }

    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        self.totals = Some(totals.clone());
        Ok(())
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        if let Some(totals) = &self.totals {
            self.tallies.complete(totals);
        }
        let page = page::Page {
            catalogue: self.catalogue,
            rows: &self.rows,
            numbers: &self.numbers,
            tallies: &self.tallies,
            totals: self.totals.as_ref(),
            summary,
        };
        self.out.write_all(page.draw().into_string().as_bytes())?;
        self.out.flush()
    }
}
