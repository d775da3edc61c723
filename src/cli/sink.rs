//! Where every command that judges puts what it judged: the report in the form that was asked for, and the counts for the exit code.

use super::{
    ExitStatus, Failure, Options,
    completeness::Completeness,
    format::{self, Format},
    output,
    project::{Project, Written},
};
use crate::{
    catalogue::Catalogue,
    config::policy::Weight,
    model::{plan::Forecast, severity::Severity, verdict::Verdict},
    report::Report,
    wire::{Entry, Finding, Located, Remedies, mask::Keys, place::Place, summary::Summary},
};
use std::io::Write;

/// A report under way.
pub(super) struct Sink<'c> {
    report: Box<dyn Report + 'c>,
    summary: Summary,
    options: &'c Options,
    catalogue: &'c Catalogue,
    project: Project,
    /// Whether something could not be read, and the project does not accept that.
    unread: bool,
}

impl<'c> Sink<'c> {
    /// Opens the report of a run in a project. `human` makes the one for people, which differs from command to command.
    pub(super) fn open(
        project: Project,
        options: &'c Options,
        catalogue: &'c Catalogue,
        human: impl FnOnce(Box<dyn Write>) -> Box<dyn Report + 'c>,
    ) -> Result<Self, Failure> {
        let out = output::open(options)?;
        let report = format::begin(options, out, catalogue, Remedies::Catalogue(catalogue), human)?;
        Ok(Self { report, summary: Summary::default(), options, catalogue, project, unread: false })
    }

    /// Counts a key or serial and writes it.
    pub(super) fn subject(&mut self, located: &Located) -> Result<(), Failure> {
        let subject = &located.subject;
        let keys = output::keys(self.options);
        if self.project.is_silent() {
            self.count(subject.verdict, subject.findings.iter().map(|finding| finding.severity));
            return Ok(self.report.subject(located, keys)?);
        }
        let masked = Entry::of(located, Keys::Masked);
        let weights = self.project.weigh(&masked);
        if self.options.format != Format::Human {
            let entry = if keys == Keys::Masked { masked } else { Entry::of(located, keys) };
            return self.weighed(&entry, &weights);
        }
        let weighed = weighed(&masked, &weights);
        self.summary.add_entry(&weighed);
        let mut shown = located.clone();
        let findings = shown.subject.findings.into_iter().zip(&weighed.findings);
        let findings = findings.filter(|(_, weighed)| weighed.counts());
        shown.subject.findings = findings
            .map(|(mut finding, weighed)| {
                finding.severity = weighed.severity;
                finding
            })
            .collect();
        self.report.subject(&shown, keys)?;
        self.hidden(&weighed)
    }

    /// Counts a plan of add packs and writes it. People see every step of it, also where the project accepts what comes of it.
    pub(super) fn plan(&mut self, forecast: &Forecast) -> Result<(), Failure> {
        let entry = Entry::of_plan(forecast);
        let weights = self.project.weigh(&entry);
        if self.options.format != Format::Human {
            return self.weighed(&entry, &weights);
        }
        self.summary.add_entry(&weighed(&entry, &weights));
        Ok(self.report.plan(forecast)?)
    }

    /// Counts a postoffice and writes it.
    #[cfg(feature = "audit")]
    pub(super) fn audit(&mut self, audit: &crate::model::audit::Audit) -> Result<(), Failure> {
        let entry = Entry::of_audit(audit);
        if self.project.is_silent() {
            self.count(audit.verdict(), audit.findings.iter().map(|found| found.finding.severity));
            self.note_unread(&entry);
            return Ok(self.report.audit(audit)?);
        }
        let weights = self.project.weigh(&entry);
        if self.options.format != Format::Human {
            return self.weighed(&entry, &weights);
        }
        let weighed = weighed(&entry, &weights);
        self.summary.add_entry(&weighed);
        self.note_unread(&weighed);
        let mut shown = audit.clone();
        let findings = shown.findings.into_iter().zip(&weighed.findings);
        let findings = findings.filter(|(_, weighed)| weighed.counts());
        shown.findings = findings
            .map(|(mut found, weighed)| {
                found.finding.severity = weighed.severity;
                found
            })
            .collect();
        self.report.audit(&shown)?;
        self.hidden(&weighed)
    }

    /// Counts what is not worth an entry.
    pub(super) fn count(&mut self, verdict: Verdict, findings: impl IntoIterator<Item = Severity>) {
        self.summary.add(verdict, findings);
    }

    /// Ends the report and says how the command ended.
    pub(super) fn end(mut self, completeness: Completeness) -> Result<ExitStatus, Failure> {
        if let Some(entry) = self.project.complaints(self.catalogue) {
            self.summary.add_entry(&entry);
            self.report.entry(&entry)?;
        }
        self.report.end(&self.summary)?;
        let written = self.project.write_baseline()?;
        let completeness = if self.unread { Completeness::Partial } else { completeness };
        Ok(match (completeness, written) {
            (Completeness::Partial, _) => ExitStatus::Incomplete,
            (Completeness::Whole, Written::Baseline) => ExitStatus::Clean,
            (Completeness::Whole, Written::Nothing) => output::outcome(self.summary.gravest(), self.options.fail_on),
        })
    }

    /// Counts an entry and writes it with what the project says of its findings.
    fn weighed(&mut self, entry: &Entry, weights: &[Weight]) -> Result<(), Failure> {
        let mut entry = weighed(entry, weights);
        self.summary.add_entry(&entry);
        self.note_unread(&entry);
        if self.options.format != Format::Human {
            return Ok(self.report.entry(&entry)?);
        }
        let hidden = entry.clone();
        entry.findings.retain(|finding| finding.counts());
        self.report.entry(&entry)?;
        self.hidden(&hidden)
    }

    /// Remembers what could not be read, unless the project accepts it; says it on standard error where the report is silenced.
    fn note_unread(&mut self, entry: &Entry) {
        let counts = |finding: &&Finding| {
            finding.rule.starts_with("input/") && finding.severity == Severity::Error && finding.counts()
        };
        for finding in entry.findings.iter().filter(counts) {
            self.unread = true;
            if self.options.quiet && self.options.output.is_none() {
                let place = Place::of(entry, Some(finding));
                let line = place.line.map_or_else(String::new, |line| format!(":{line}"));
                eprintln!("jewelcase: {}{line}: {}: {}", place.path, finding.rule, finding.message);
            }
        }
    }

    /// Shows people the findings that do not count, if they asked for them.
    fn hidden(&mut self, entry: &Entry) -> Result<(), Failure> {
        if !self.options.project.show_suppressed {
            return Ok(());
        }
        let findings: Vec<_> = entry.findings.iter().filter(|finding| !finding.counts()).cloned().collect();
        if findings.is_empty() {
            return Ok(());
        }
        Ok(self.report.entry(&Entry { findings, unanswered: Vec::new(), ..entry.clone() })?)
    }
}

/// What a scan hands over: entries as they are, and counts.
#[cfg(feature = "scan")]
impl Sink<'_> {
    /// Counts an entry and writes it.
    pub(super) fn entry(&mut self, entry: &Entry) -> Result<(), Failure> {
        if self.project.is_silent() {
            self.summary.add_entry(entry);
            self.note_unread(entry);
            return Ok(self.report.entry(entry)?);
        }
        let weights = self.project.weigh(entry);
        self.weighed(entry, &weights)
    }

    /// Counts a key that is an entry already and writes it. Where it shows its digits, `masked` is the label by which the project knows it.
    pub(super) fn key(&mut self, entry: &Entry, masked: Option<String>) -> Result<(), Failure> {
        if self.project.is_silent() {
            return self.entry(entry);
        }
        let weights = self.weigh(entry, masked);
        self.weighed(entry, &weights)
    }

    /// The same without writing it.
    pub(super) fn counted(&mut self, entry: &Entry, masked: Option<String>) {
        let weights = self.weigh(entry, masked);
        self.summary.add_entry(&weighed(entry, &weights));
    }

    fn weigh(&mut self, entry: &Entry, masked: Option<String>) -> Vec<Weight> {
        match masked {
            None => self.project.weigh(entry),
            Some(label) => self.project.weigh(&Entry { label, ..entry.clone() }),
        }
    }

    /// Takes the counts of everything that was looked at.
    pub(super) fn totals(&mut self, totals: &crate::wire::Totals) -> Result<(), Failure> {
        Ok(self.report.totals(totals)?)
    }

    /// Counts keys that are not reported one by one.
    pub(super) fn tally(&mut self, verdict: Verdict, severities: &[Severity], keys: u64) {
        self.summary.add_many(verdict, severities.iter().copied(), keys);
    }
}

/// An entry with what the project says of its findings, which stay in their order.
fn weighed(entry: &Entry, weights: &[Weight]) -> Entry {
    let mut entry = entry.clone();
    for (finding, weight) in entry.findings.iter_mut().zip(weights) {
        finding.severity = weight.severity;
        finding.state.clone_from(&weight.state);
    }
    entry
}
