//! A report to look at: one HTML file that needs no network, for a screen or a printer.

mod bars;
mod glance;
mod groups;
mod list;
mod page;

use super::{
    Report,
    document::{Entry, Remedies},
    summary::Summary,
};
use crate::{catalogue::Catalogue, model::verdict::Verdict};
use bars::Tally;
use std::io::{self, Write};

/// So many subjects are listed one by one: more are no list that a person reads or a browser likes. All of them are counted.
const LISTED: usize = 2000;

/// Writes a page when everything is known.
pub struct Writer<'c, W> {
    out: W,
    catalogue: &'c Catalogue,
    remedies: Remedies<'c>,
    listed: Vec<Entry>,
    tallies: Tallies,
}

/// What is counted of all subjects, listed or not.
#[derive(Default)]
struct Tallies {
    forms: Tally<Verdict>,
    products: Tally<Verdict>,
    rules: Tally<crate::model::severity::Severity>,
    entries: u64,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a page; forms, products and rules are named from the catalogue, the remedies told by `remedies`.
    pub fn new(out: W, catalogue: &'c Catalogue, remedies: Remedies<'c>) -> Self {
        Self { out, catalogue, remedies, listed: Vec::new(), tallies: Tallies::default() }
    }
}

impl<W: Write> Report for Writer<'_, W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let tallies = &mut self.tallies;
        tallies.entries += 1;
        if let Some(form) = &entry.form {
            tallies.forms.add(form, entry.verdict);
        }
        if let Some(product) = &entry.product {
            tallies.products.add(product, entry.verdict);
        }
        for finding in entry.findings.iter().filter(|finding| finding.counts()) {
            tallies.rules.add(&finding.rule, finding.severity);
        }
        if self.listed.len() < LISTED {
            self.listed.push(entry.clone());
        }
        Ok(())
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        let page = page::page(self.catalogue, &self.remedies, &self.listed, &self.tallies, summary);
        self.out.write_all(page.into_string().as_bytes())?;
        self.out.flush()
    }
}
