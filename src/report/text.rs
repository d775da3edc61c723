//! The report for readers: for `check`, `audit`, `addpack` and `media` a block for each subject, for `scan` a line for each finding.

pub mod catalogue;
pub mod notation;
pub mod sanitize;
pub mod statistics;

mod counts;
mod key;
mod list;
mod media;
mod plan;
mod postoffice;
mod remedies;

use super::{Output, Report};
use crate::{
    catalogue::Catalogue,
    wire::{Command, Entry, Finding, Properties, Remedies, Totals, summary::Summary},
};
use remedies::RemedyTexts;
use std::io;

/// The settings of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The command whose report it is; without one it is written like that of `scan`.
    pub command: Option<Command>,
    /// The treatment of findings that do not count.
    pub accepted: Accepted,
}

/// The choice to show suppressed findings, and those in the baseline, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// They are only counted.
    Hidden,
    /// They follow those that count.
    Shown,
}

/// Writes entries for people.
pub struct Writer<'c> {
    out: Output<'c>,
    catalogue: &'c Catalogue,
    remedies: RemedyTexts<'c>,
    settings: Settings,
    /// True if an entry was written already.
    written: bool,
    postoffices: postoffice::Table,
}

impl<'c> Writer<'c> {
    /// Starts a report; forms, products and rules are named from the catalogue, the remedies from `remedies`.
    pub fn new(out: Output<'c>, catalogue: &'c Catalogue, remedies: Remedies<'c>, settings: Settings) -> Self {
        let (remedies, postoffices) = (RemedyTexts::new(remedies), postoffice::Table::default());
        Self { out, catalogue, remedies, settings, written: false, postoffices }
    }

    /// An empty line between blocks.
    fn separate(&mut self) -> io::Result<()> {
        if self.written && self.blocks() {
            writeln!(self.out)?;
        }
        self.written = true;
        Ok(())
    }

    /// Returns `true` if every subject is a block.
    fn blocks(&self) -> bool {
        match self.settings.command {
            Some(Command::Check | Command::Audit | Command::Addpack | Command::Media) => true,
            Some(Command::Scan) | None => false,
        }
    }
}

impl Report for Writer<'_> {
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        self.separate()?;
        let (counted, accepted): (Vec<&Finding<'_>>, Vec<_>) =
            entry.findings.iter().partition(|finding| finding.counts());
        let accepted = match self.settings.accepted {
            Accepted::Shown => accepted,
            Accepted::Hidden => Vec::new(),
        };
        let (out, remedies) = (&mut *self.out, &mut self.remedies);
        match (&entry.properties, self.settings.command) {
            (Properties::Key(key), Some(Command::Check)) => {
                key::write(out, self.catalogue, remedies, entry, key, &counted)?;
            }
            (Properties::Postoffice(postoffice), Some(Command::Audit)) => {
                postoffice::write(out, self.catalogue, remedies, entry, postoffice, &counted)?;
                self.postoffices.add(entry, postoffice, &counted);
            }
            // All steps are shown, even if the project accepts their findings.
            (Properties::Plan(plan), Some(Command::Addpack)) => {
                return plan::write(out, self.catalogue, remedies, entry, plan);
            }
            (Properties::Media(media), Some(Command::Media | Command::Check)) => {
                media::write(out, self.catalogue, remedies, entry, media, &counted)?;
            }
            (
                Properties::Key(_)
                | Properties::Postoffice(_)
                | Properties::Plan(_)
                | Properties::Media(_)
                | Properties::File(_),
                _,
            ) => {
                return list::write(out, remedies, entry, &[counted, accepted].concat(), &entry.unanswered);
            }
        }
        if accepted.is_empty() {
            return Ok(());
        }
        self.separate()?;
        list::write(&mut *self.out, &mut self.remedies, entry, &accepted, &[])
    }

    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        counts::totals(&mut *self.out, totals)
    }

    fn end(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        self.postoffices.write(&mut *self.out)?;
        let blocks = self.blocks();
        let gap = if blocks { "\n" } else { "" };
        if !blocks || summary.subjects > 1 {
            writeln!(self.out, "{gap}{}", counts::subjects(summary))?;
        }
        if let Some(accepted) = counts::accepted(summary) {
            writeln!(self.out, "{gap}{accepted}")?;
        }
        self.out.flush()
    }
}
