//! The output of every command that judges: the report in the requested format, and the counts for the exit code.

use super::{
    ExitStatus, Failure, Options,
    completeness::Completeness,
    destination::Completion,
    format::{self, Format},
    message, output,
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

/// A report being written.
pub(super) struct Sink<'c> {
    report: Box<dyn Report + 'c>,
    completion: Completion,
    keys: Keys,
    summary: Summary,
    options: &'c Options,
    catalogue: &'c Catalogue,
    project: Project,
    /// True if something could not be read, and the project does not accept that.
    unread: bool,
    /// The counts of the whole input, which follow the last entry.
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
        let (out, completion) = output::open(options)?.split();
        let report = format::begin(options, out, Some(command), catalogue, Remedies::Catalogue(catalogue))?;
        // A user who typed a key sees it.
        let keys = match (command, options.format) {
            (Command::Check, Format::Human) => Keys::Shown,
            (Command::Check | Command::Scan | Command::Audit | Command::Addpack | Command::Media, _) => {
                output::keys(options)
            }
        };
        Ok(Self {
            report,
            completion,
            keys,
            summary: Summary::default(),
            options,
            catalogue,
            project,
            unread: false,
            totals: None,
        })
    }

    /// The treatment of keys: masked or shown.
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

    /// Remembers that something could not be read, unless the project accepts it. Prints it on standard error if there is no report.
    fn note_unread(&mut self, entry: &Entry<'_>) {
        let counts = |finding: &&Finding<'_>| {
            finding.rule.starts_with("input/") && finding.severity == Severity::Error && finding.counts()
        };
        for finding in entry.findings.iter().filter(counts) {
            self.unread = true;
            if self.options.quiet && self.options.output.is_none() {
                let Position { path, line, .. } = Position::of(entry, Some(finding));
                let line = line.map_or_else(String::new, |line| format!(":{line}"));
                message::say(format_args!("{path}{line}: {}: {}", finding.rule, finding.message), self.keys);
            }
        }
    }

    /// Applies the project's decisions to a key, which the project knows by its masked label.
    fn apply(&mut self, entry: &mut Entry<'_>, located: &Located) {
        let label = match self.keys {
            Keys::Shown => Some(mask::label(&located.subject, Keys::Masked).text),
            Keys::Masked => None,
        };
        self.project.apply_policy(entry, label.as_deref());
    }

    /// Ends the report, and returns the exit status.
    pub(super) fn end(mut self, completeness: Completeness) -> Result<ExitStatus, Failure> {
        if let Some(entry) = self.project.complaints(self.catalogue) {
            self.summary.add_entry(&entry);
            self.report.entry(&entry)?;
        }
        self.totals.iter().try_for_each(|totals| self.report.totals(totals))?;
        self.report.end(&self.summary)?;
        self.completion.finish()?;
        let written = self.project.write_baseline()?;
        let completeness = if self.unread { Completeness::Partial } else { completeness };
        Ok(match (completeness, written) {
            (Completeness::Partial, _) => ExitStatus::Incomplete,
            (Completeness::Whole, Written::Baseline) => ExitStatus::Clean,
            (Completeness::Whole, Written::Nothing) => output::outcome(self.summary.worst(), self.options.fail_on),
        })
    }
}

/// The counts of a scan.
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

    /// Sets the counts of the whole input.
    pub(super) fn totals(&mut self, totals: Totals) {
        self.totals = Some(totals);
    }
}
