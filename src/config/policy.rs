//! The application of a configuration: the severity of each finding, and whether it is accepted.

use super::{
    Day, Suppression,
    file::{LoadedConfig, glob},
    path::{absolute, relative},
};
use crate::{
    catalogue::Catalogue,
    model::{severity::Severity, situation::Situation, source::Basis},
    wire::{Entry, Finding, Location, State, SubjectKind, position::Position},
};
use globset::GlobSet;
use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

/// A configuration and the day on which it is applied.
#[derive(Clone, Debug)]
pub struct Policy {
    found: LoadedConfig,
    folder: PathBuf,
    today: Day,
    areas: Vec<Option<GlobSet>>,
    paths: Vec<Option<GlobSet>>,
    used: Vec<bool>,
}

/// The decision of the configuration on one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDecision {
    /// Its severity in this project.
    pub severity: Severity,
    /// The reason for accepting it, if it is accepted.
    pub state: Option<State>,
}

/// The part of the project that a run has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// All of it: the folder of the configuration, or one above it.
    Project,
    /// Some of it, so that a suppression may be needed elsewhere.
    Part,
}

impl Coverage {
    /// The part of the project with the configuration `file` that these inputs cover.
    pub fn of<'p>(inputs: impl IntoIterator<Item = &'p Path>, file: &Path) -> Self {
        let folder = absolute(file).parent().map(Path::to_owned).unwrap_or_default();
        let covers = inputs.into_iter().any(|input| folder.starts_with(absolute(input)));
        if covers { Self::Project } else { Self::Part }
    }
}

impl Policy {
    /// Applies a configuration on a day.
    pub fn new(found: LoadedConfig, today: Day) -> Self {
        let folder = absolute(&found.path).parent().map(Path::to_owned).unwrap_or_default();
        // An invalid glob was a fault of the file, so there are none here.
        let matcher = |text: &str| glob(text).ok();
        Self {
            areas: found.config.paths.iter().map(|area| matcher(&area.glob)).collect(),
            paths: found.config.suppress.iter().map(|one| one.path.as_deref().and_then(matcher)).collect(),
            used: vec![false; found.config.suppress.len()],
            folder,
            today,
            found,
        }
    }

    /// The configuration.
    pub fn found(&self) -> &LoadedConfig {
        &self.found
    }

    /// The situation of the keys in a file: product, channel and package, each from the last area that names it.
    pub fn situation(&self, path: &str) -> Situation<'_> {
        let mut situation = Situation::default();
        let path = relative(&self.folder, path);
        for (area, matcher) in self.found.config.paths.iter().zip(&self.areas) {
            if matcher.as_ref().is_some_and(|matcher| matcher.is_match(&path)) {
                situation = Situation {
                    product: area.product.as_deref().or(situation.product),
                    sku: area.sku.or(situation.sku),
                    package: area.from.as_deref().or(situation.package),
                    ..situation
                };
            }
        }
        situation
    }

    /// Decides on a finding of an entry. Suppressions name subjects by their masked label.
    pub fn decide(&mut self, entry: &Entry<'_>, label: &str, finding: &Finding<'_>) -> PolicyDecision {
        let position = Position::of(entry, Some(finding));
        let path = position.is_in_a_file().then(|| relative(&self.folder, &position.path));
        let severity = self.severity(finding, path.as_deref());
        let state = self.suppression(label, finding, path.as_deref()).map(|suppression| State::Suppressed {
            reason: suppression.reason.clone(),
            expires: suppression.expires.map(String::from),
        });
        PolicyDecision { severity, state }
    }

    fn severity(&self, finding: &Finding<'_>, path: Option<&str>) -> Severity {
        let config = &self.found.config;
        let areas = config.paths.iter().zip(&self.areas).filter(|(_, matcher)| matches(matcher, path));
        let told = areas.filter_map(|(area, _)| area.severity.get(&*finding.rule)).next_back();
        match told.or(config.severity.get(&*finding.rule)) {
            // A finding that only we inferred never rejects a key, whatever severity a project gives it.
            Some(Severity::Error) if finding.basis == Basis::Inferred => finding.severity.max(Severity::Warning),
            Some(severity) => *severity,
            None => finding.severity,
        }
    }

    /// The first suppression that accepts a finding today.
    fn suppression(&mut self, label: &str, finding: &Finding<'_>, path: Option<&str>) -> Option<&Suppression> {
        let (paths, today) = (&self.paths, self.today);
        let accepts = |(index, one): &(usize, &Suppression)| {
            one.rule == finding.rule
                && (one.path.is_none() || paths.get(*index).is_some_and(|paths| matches(paths, path)))
                && one.subject.as_ref().is_none_or(|subject| subject == label)
                && one.expires.is_none_or(|last| today <= last)
        };
        let (index, suppression) = self.found.config.suppress.iter().enumerate().find(accepts)?;
        if let Some(used) = self.used.get_mut(index) {
            *used = true;
        }
        Some(suppression)
    }

    /// The faults of the suppressions themselves: those that have expired, and, if the whole project was read, those that matched nothing.
    pub fn complaints(&self, catalogue: &Catalogue, coverage: Coverage) -> Option<Entry<'static>> {
        let path = self.shown_path();
        let complaint = |rule: &str, index: usize, suppression: &Suppression| {
            let known = catalogue.rules.get(rule)?;
            let last = suppression.expires.map(String::from).unwrap_or_default();
            let (line, column) = self.found.places.get(index).copied().unwrap_or((1, 1));
            Some(Finding {
                rule: Cow::Owned(rule.to_owned()),
                severity: known.severity,
                basis: known.basis,
                message: known.message.replace("{found}", &suppression.rule).replace("{expected}", &last).into(),
                span: None,
                remedies: Cow::Borrowed(&[]),
                location: Some(Location { path: path.clone().into(), line, column }),
                source: None,
                state: None,
            })
        };
        let mut findings = Vec::new();
        for (index, suppression) in self.found.config.suppress.iter().enumerate() {
            if suppression.expires.is_some_and(|last| self.today > last) {
                findings.extend(complaint("config/expired-suppression", index, suppression));
            } else if coverage == Coverage::Project && self.used.get(index) == Some(&false) {
                findings.extend(complaint("config/unused-suppression", index, suppression));
            }
        }
        let location = Location { path: path.clone().into(), line: 1, column: 1 };
        let read_as = Some(Cow::Borrowed("configuration"));
        (!findings.is_empty()).then(|| Entry {
            label: Cow::Borrowed(super::NAME),
            findings,
            ..Entry::of_file(SubjectKind::File, path, read_as, location)
        })
    }

    /// The path of the file, relative to the working directory.
    fn shown_path(&self) -> String {
        relative(&absolute(Path::new(".")), &self.found.path.to_string_lossy())
    }
}

fn matches(matcher: &Option<GlobSet>, path: Option<&str>) -> bool {
    matcher.as_ref().zip(path).is_some_and(|(matcher, path)| matcher.is_match(path))
}
