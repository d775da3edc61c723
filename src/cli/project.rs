//! What the project says of the findings of a run: its configuration and its baseline.

use super::{ExitStatus, Failure, Options, input, output, today::today};
use crate::{
    catalogue::Catalogue,
    config::{
        Config,
        baseline::Baseline,
        file,
        policy::{Coverage, Policy, PolicyDecision},
    },
    report::json,
    wire::{Entry, Finding, State},
};
use clap::Args;
use serde::Serialize;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// A baseline that is longer has a finding for every line of a library.
const LONGEST_BASELINE: u64 = 64 << 20;

/// What every command takes that judges.
#[derive(Args, Debug)]
#[command(next_help_heading = "Project")]
pub(super) struct ProjectOptions {
    /// Pass over jewelcase.toml, which is otherwise looked for beside the input and in the folders above it.
    #[arg(long, global = true)]
    no_config: bool,
    /// Print the configuration that would be used, as JSON, and do nothing else.
    #[arg(long, global = true, conflicts_with = "no_config")]
    pub(super) show_config: bool,
    /// Show suppressed findings, and those in the baseline, in the report for people.
    #[arg(long, global = true)]
    pub(super) show_suppressed: bool,
    /// Count only findings that are not in this file, which --write-baseline wrote.
    #[arg(long, global = true, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write every finding of this run that is not suppressed to a file, and end with the exit code 0.
    #[arg(long, global = true, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
}

impl ProjectOptions {
    /// Whether a baseline is read or written, which only findings can be.
    pub(super) fn concerns_findings(&self) -> bool {
        self.baseline.is_some() || self.write_baseline.is_some()
    }
}

/// The configuration and the baselines of a run.
pub(super) struct Project {
    policy: Option<Policy>,
    coverage: Coverage,
    baseline: Option<Baseline>,
    written: Option<(PathBuf, Baseline)>,
}

impl Project {
    /// Reads what the options name and what lies beside the first of the inputs; beside the working directory where there is none.
    pub(super) fn open(options: &Options, catalogue: &Catalogue, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let project = &options.project;
        let start = inputs.first().filter(|input| *input != Path::new("-")).map_or(Path::new("."), PathBuf::as_path);
        let path = if project.no_config { None } else { file::find(start) };
        let (policy, coverage) = match path {
            None => (None, Coverage::Part),
            Some(path) => {
                let coverage = Coverage::of(inputs.iter().map(PathBuf::as_path), &path);
                (Some(Policy::new(file::read(&path, catalogue)?, today()?)), coverage)
            }
        };
        let baseline = match &project.baseline {
            None => None,
            Some(path) => {
                let name = path.to_string_lossy();
                let text = input::text(&name, LONGEST_BASELINE, "a baseline")?;
                Some(Baseline::read(path, &text).map_err(|error| Failure::Usage(format!("{name}:{error}")))?)
            }
        };
        let written = project.write_baseline.as_ref().map(|path| (path.clone(), Baseline::empty(path)));
        Ok(Self { policy, coverage, baseline, written })
    }

    /// The configuration, if there is one.
    #[cfg(feature = "scan")]
    pub(super) fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// Whether it has nothing to say, so that nobody need ask.
    pub(super) fn is_silent(&self) -> bool {
        self.policy.is_none() && self.baseline.is_none() && self.written.is_none()
    }

    /// Applies the configuration and the baseline to the findings of an entry; `label` is its masked one, where it shows a key.
    pub(super) fn apply_policy(&mut self, entry: &mut Entry<'_>, label: Option<&str>) {
        if self.is_silent() {
            return;
        }
        let mut findings = std::mem::take(&mut entry.findings);
        for finding in &mut findings {
            let PolicyDecision { severity, state } = self.decide(entry, label.unwrap_or(&entry.label), finding);
            (finding.severity, finding.state) = (severity, state);
        }
        entry.findings = findings;
    }

    fn decide(&mut self, entry: &Entry<'_>, label: &str, finding: &Finding<'_>) -> PolicyDecision {
        let mut decision = match &mut self.policy {
            Some(policy) => policy.decide(entry, label, finding),
            None => PolicyDecision { severity: finding.severity, state: None },
        };
        if decision.state.is_none() {
            if let Some((_, written)) = &mut self.written {
                written.add(entry, finding);
            }
            if let Some(baseline) = &mut self.baseline {
                decision.state = Some(if baseline.take(entry, finding) { State::Known } else { State::New });
            }
        }
        decision
    }

    /// What is wrong with the suppressions.
    pub(super) fn complaints(&self, catalogue: &Catalogue) -> Option<Entry<'static>> {
        self.policy.as_ref().and_then(|policy| policy.complaints(catalogue, self.coverage))
    }

    /// Writes the baseline, and says whether there was one to write.
    pub(super) fn write_baseline(&self) -> Result<Written, Failure> {
        let Some((path, baseline)) = &self.written else { return Ok(Written::Nothing) };
        fs::write(path, baseline.text()).map_err(|error| Failure::OutputFile { path: path.clone(), error })?;
        Ok(Written::Baseline)
    }

    /// Prints the configuration.
    pub(super) fn show(&self, options: &Options) -> Result<ExitStatus, Failure> {
        #[derive(Serialize)]
        struct Shown<'p> {
            path: Option<&'p Path>,
            config: Option<&'p Config>,
        }
        let found = self.policy.as_ref().map(Policy::found);
        let shown = Shown { path: found.map(|found| found.path.as_path()), config: found.map(|found| &found.config) };
        let mut out = output::open(options)?;
        json::value(&mut *out, &shown)?;
        out.flush()?;
        Ok(ExitStatus::Clean)
    }
}

/// Whether a run accepted its findings by writing them down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// It did.
    Baseline,
    /// It did not.
    Nothing,
}
