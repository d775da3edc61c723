//! The counts of all subjects, listed or not.

use super::bars::{Shade, Tally};
use crate::{
    model::{severity::Severity, verdict::Verdict},
    wire::{Entry, Properties, Totals},
};

/// The counts that the bars show.
#[derive(Default)]
pub(super) struct Tallies {
    /// The entries.
    pub(super) entries: u64,
    /// The subjects among them; files are not.
    pub(super) subjects: u64,
    /// Keys and serials by form.
    pub(super) forms: Tally<Verdict>,
    /// Subjects by the product that they are for.
    pub(super) products: Tally<Verdict>,
    /// The verdicts of each product on the keys for which none was named.
    pub(super) prompts: Tally<Verdict>,
    /// Postoffices by class.
    pub(super) classes: Tally<Verdict>,
    /// Findings by rule.
    pub(super) rules: Tally<SeverityShade>,
    /// Findings by file.
    pub(super) files: Tally<SeverityShade>,
}

impl Tallies {
    /// Counts an entry.
    pub(super) fn add(&mut self, entry: &Entry<'_>) {
        self.entries = self.entries.saturating_add(1);
        self.subjects = self.subjects.saturating_add(u64::from(entry.kind.is_counted()));
        if let Some(form) = &entry.form {
            self.forms.add(form, entry.verdict, 1);
        }
        if let Some(product) = &entry.product {
            self.products.add(product, entry.verdict, 1);
        }
        match &entry.properties {
            Properties::Key(key) => {
                for at in key.products.iter().flatten() {
                    self.prompts.add(&at.product, at.verdict, 1);
                }
            }
            Properties::Postoffice(postoffice) => self.classes.add(postoffice.class.label(), entry.verdict, 1),
            Properties::Plan(_) | Properties::Media(_) | Properties::File(_) => {}
        }
        for finding in entry.findings.iter().filter(|finding| finding.counts()) {
            let severity = SeverityShade::from(finding.severity);
            self.rules.add(&finding.rule, severity, 1);
            let place = finding.location.as_ref().or(entry.location.as_ref());
            if let Some(place) = place.filter(|place| place.path != "-") {
                self.files.add(&place.path, severity, 1);
            }
        }
    }

    /// Uses the totals of a scan for everything that was not listed entry by entry.
    pub(super) fn complete(&mut self, totals: &Totals) {
        self.forms = Tally::default();
        for (form, counts) in &totals.forms {
            let counts = [
                (Verdict::WellFormed, counts.well_formed),
                (Verdict::Undecided, counts.undecided),
                (Verdict::Rejected, counts.rejected),
                (Verdict::Unrecognized, counts.unrecognized),
            ];
            counts
                .into_iter()
                .filter(|(_, keys)| *keys > 0)
                .for_each(|(verdict, keys)| self.forms.add(form, verdict, keys));
        }
        for (rule, keys) in totals.rules.iter().filter(|(_, keys)| **keys > 0) {
            if !self.rules.holds(rule) {
                self.rules.add(rule, SeverityShade::OnlyCounted, *keys);
            }
        }
    }
}

/// The severity of findings that are counted together, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SeverityShade {
    Error,
    Warning,
    Note,
    /// The totals do not have the severity.
    OnlyCounted,
}

impl From<Severity> for SeverityShade {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

impl Shade for SeverityShade {
    fn class(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::OnlyCounted => "untold",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::OnlyCounted => "keys, only counted",
        }
    }
}
