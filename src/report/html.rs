//! A report to look at: one HTML file that needs no network, for a screen or a printer.

mod bars;
mod detail;
mod glance;
mod groups;
mod list;
mod page;
mod tallies;

use super::Report;
use crate::{
    catalogue::Catalogue,
    wire::{Entry, Remedies, Totals, summary::Summary},
};
use std::io::{self, Write};
use tallies::Tallies;

/// So many subjects are listed one by one: more are no list that a person reads or a browser likes. All of them are counted.
const LISTED: usize = 2000;

/// Writes a page when everything is known.
///
/// The bars show what was counted: of a scan, which tells its totals, every key; otherwise every entry.
pub struct Writer<'c, W> {
    out: W,
    catalogue: &'c Catalogue,
    remedies: Remedies<'c>,
    listed: Vec<Entry>,
    tallies: Tallies,
    totals: Option<Totals>,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a page; forms, products and rules are named from the catalogue, the remedies told by `remedies`.
    pub fn new(out: W, catalogue: &'c Catalogue, remedies: Remedies<'c>) -> Self {
        Self { out, catalogue, remedies, listed: Vec::new(), tallies: Tallies::default(), totals: None }
    }
}

impl<W: Write> Report for Writer<'_, W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.tallies.add(entry);
        if self.listed.len() < LISTED {
            self.listed.push(entry.clone());
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
            remedies: self.remedies,
            listed: &self.listed,
            tallies: &self.tallies,
            totals: self.totals.as_ref(),
            summary,
        };
        self.out.write_all(page.draw().into_string().as_bytes())?;
        self.out.flush()
    }
}
