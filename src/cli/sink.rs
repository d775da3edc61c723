//! Where every command that judges puts what it judged: the report in the format that was asked for, and the counts for the exit code.

use super::{
    ExitStatus, Failure, Options,
    completeness::Completeness,
    format::{self, Format},
    output,
    project::{Project, Written},
};
use crate::{
    catalogue::Catalogue,
    model::severity::Severity,
    report::Report,
    wire::{
        Command, Entry, Finding, Located, Remedies, Totals,
        mask::{self, Keys},
        position::Position,
        summary::Summary,
    },
};

/// A report under way.
pub(super) struct Sink<'c> {
    report: Box<dyn Report + 'c>,
    keys: Keys,
    summary: Summary,
    options: &'c Options,
    catalogue: &'c Catalogue,
    project: Project,
    /// Whether something could not be read, and the project does not accept that.
    unread: bool,
    /// The counts of everything that was read, which follow the last entry.
    totals: Option<Totals>,
}

impl<'c> Sink<'c> {
    /// Opens the report of a command in a project.
    pub(super) fn open(
        project: Project,
        options: &'c Options,
        command: Command,
        catalogue: &'c Catalogue,
    ) -> Result<Self, Failure> {
        let out = output::open(options)?;
        let report = format::begin(options, out, Some(command), catalogue, Remedies::Catalogue(catalogue))?;
        // Whoever typed a key sees it.
        let keys = match (command, options.format) {
            (Command::Check, Format::Human) => Keys::Shown,
            (Command::Check | Command::Scan | Command::Audit | Command::Addpack, _) => output::keys(options),
        };
        Ok(Self { report, keys, summary: Summary::default(), options, catalogue, project, unread: false, totals: None })
    }

    /// Whether keys are shown.
    pub(super) fn keys(&self) -> Keys {
        self.keys
    }

    /// Counts a key or serial and writes it.
    pub(super) fn key(&mut self, mut entry: Entry<'_>, located: &Located) -> Result<(), Failure> {
        self.apply(&mut entry, located);
        self.write(&entry)
    }

    /// Counts an entry and writes it.
    pub(super) fn entry(&mut self, mut entry: Entry<'_>) -> Result<(), Failure> {
        self.project.apply_policy(&mut entry, None);
        self.write(&entry)
    }

    fn write(&mut self, entry: &Entry<'_>) -> Result<(), Failure> {
        self.summary.add_entry(entry);
        self.note_unread(entry);
        Ok(self.report.entry(entry)?)
    }

    /// Remembers what could not be read, unless the project accepts it; says it on standard error where the report is silenced.
    fn note_unread(&mut self, entry: &Entry<'_>) {
        let counts = |finding: &&Finding<'_>| {
            finding.rule.starts_with("input/") && finding.severity == Severity::Error && finding.counts()
        };
        for finding in entry.findings.iter().filter(counts) {
            self.unread = true;
            if self.options.quiet && self.options.output.is_none() {
                let Position { path, line, .. } = Position::of(entry, Some(finding));
                let line = line.map_or_else(String::new, |line| format!(":{line}"));
                eprintln!("jewelcase: {path}{line}: {}: {}", finding.rule, finding.message);
            }
        }
    }

    /// Applies what the project says of a key, which it knows by its masked label.
    fn apply(&mut self, entry: &mut Entry<'_>, located: &Located) {
        let label = match self.keys {
            Keys::Shown => Some(mask::label(&located.subject, Keys::Masked).text),
            Keys::Masked => None,
        };
        self.project.apply_policy(entry, label.as_deref());
    }

    /// Ends the report and says how the command ended.
    pub(super) fn end(mut self, completeness: Completeness) -> Result<ExitStatus, Failure> {
        if let Some(entry) = self.project.complaints(self.catalogue) {
            self.summary.add_entry(&entry);
            self.report.entry(&entry)?;
        }
        self.totals.iter().try_for_each(|totals| self.report.totals(totals))?;
        self.report.end(&self.summary)?;
        let written = self.project.write_baseline()?;
        let completeness = if self.unread { Completeness::Partial } else { completeness };
        Ok(match (completeness, written) {
            (Completeness::Partial, _) => ExitStatus::Incomplete,
            (Completeness::Whole, Written::Baseline) => ExitStatus::Clean,
            (Completeness::Whole, Written::Nothing) => output::outcome(self.summary.worst(), self.options.fail_on),
        })
    }
}

/// What a scan counts beside what it reports.
#[cfg(feature = "scan")]
impl Sink<'_> {
    /// Counts a key without writing it.
    pub(super) fn count(&mut self, mut entry: Entry<'_>, located: &Located) {
        self.apply(&mut entry, located);
        self.summary.add_entry(&entry);
    }

    /// Counts keys that are not listed.
    pub(super) fn count_many(&mut self, judgement: &crate::model::judgement::Judgement, keys: u64) {
        self.summary.add(judgement.verdict, judgement.rules.iter().map(|(_, severity)| *severity), keys);
    }

    /// Takes the counts of everything that was read.
    pub(super) fn totals(&mut self, totals: Totals) {
        self.totals = Some(totals);
    }
}
