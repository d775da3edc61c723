//! Where every command that judges puts what it judged: the report in the form that was asked for, and the counts for the exit code.

use super::{Failure, Format, Options, Outcome, output};
use crate::{
    catalogue::Catalogue,
    model::{audit::Audit, plan::Outlook, severity::Severity, verdict::Verdict},
    report::{
        Located, Report,
        document::{Entry, Remedies},
        json::{self, Layout},
        summary::Summary,
    },
};
use std::io::Write;

/// A report under way.
pub(super) struct Sink<'c> {
    report: Box<dyn Report + 'c>,
    summary: Summary,
    options: &'c Options,
}

impl<'c> Sink<'c> {
    /// Opens the report. `human` makes the one for people, which differs from command to command.
    pub(super) fn open(
        options: &'c Options,
        catalogue: &'c Catalogue,
        human: impl FnOnce(Box<dyn Write>) -> Box<dyn Report + 'c>,
    ) -> Result<Self, Failure> {
        let out = output::open(options)?;
        let remedies = Remedies::Catalogue(catalogue);
        let report: Box<dyn Report + 'c> = match options.format {
            Format::Human => human(out),
            Format::Json => Box::new(json::Writer::begin(out, remedies, Layout::Document)?),
            Format::Ndjson => Box::new(json::Writer::begin(out, remedies, Layout::Lines)?),
        };
        Ok(Self { report, summary: Summary::default(), options })
    }

    /// Counts an entry and writes it.
    #[expect(dead_code, reason = "for commands that judge whole files")]
    pub(super) fn entry(&mut self, entry: &Entry) -> Result<(), Failure> {
        self.count(entry.verdict, entry.findings.iter().map(|finding| finding.severity));
        Ok(self.report.entry(entry)?)
    }

    /// Counts a key or serial and writes it.
    pub(super) fn subject(&mut self, located: &Located) -> Result<(), Failure> {
        let subject = &located.subject;
        self.count(subject.verdict, subject.findings.iter().map(|finding| finding.severity));
        Ok(self.report.subject(located, output::keys(self.options))?)
    }

    /// Counts a plan of add packs and writes it.
    pub(super) fn plan(&mut self, outlook: &Outlook) -> Result<(), Failure> {
        self.count(outlook.verdict(), outlook.findings().map(|finding| finding.severity));
        Ok(self.report.plan(outlook)?)
    }

    /// Counts a postoffice and writes it.
    #[cfg(feature = "audit")]
    pub(super) fn audit(&mut self, audit: &Audit) -> Result<(), Failure> {
        self.count(audit.verdict(), audit.flaws.iter().map(|flaw| flaw.finding.severity));
        Ok(self.report.audit(audit)?)
    }

    /// Counts what is not worth an entry.
    pub(super) fn count(&mut self, verdict: Verdict, findings: impl IntoIterator<Item = Severity>) {
        self.summary.add(verdict, findings);
    }

    /// Ends the report and says how the command ended.
    pub(super) fn end(self, completeness: Completeness) -> Result<Outcome, Failure> {
        self.report.end(&self.summary)?;
        Ok(match completeness {
            Completeness::Partial => Outcome::Incomplete,
            Completeness::Whole => output::outcome(self.summary.gravest(), self.options.fail_on),
        })
    }
}

/// Whether everything could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    /// All of it.
    Whole,
    /// Not all of it; the rest was done.
    Partial,
}
