//! The project's decisions on the findings of a run: its configuration and its baseline.

use super::{ExitStatus, Failure, Options, clock::today, destination, input, message, output};
use crate::{
    catalogue::Catalogue,
    config::{
        Config,
        baseline::Baseline,
        file,
        policy::{Coverage, Policy, PolicyDecision},
    },
    report::json,
    wire::{Entry, Finding, State, mask},
};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The longest baseline, in bytes. A longer one would have a finding for every line of a library.
const MAX_BASELINE_BYTES: u64 = 64 << 20;

/// The options of every command that judges.
#[derive(Args, Debug)]
#[command(next_help_heading = "Project")]
pub(super) struct ProjectOptions {
    /// Ignore jewelcase.toml, which is otherwise searched for beside the input and in the folders above it.
    #[arg(long, global = true)]
    pub(super) no_config: bool,
    /// Print the configuration that would be used, as JSON, and do nothing else.
    #[arg(long, global = true, conflicts_with = "no_config")]
    pub(super) show_config: bool,
    /// Show suppressed findings, and those in the baseline, in the report for people.
    #[arg(long, global = true)]
    pub(super) show_suppressed: bool,
    /// Count only findings that are not in this file, which --write-baseline wrote.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write every finding of this run that is not suppressed to a file, and end with the exit code 0.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) write_baseline: Option<PathBuf>,
}

impl ProjectOptions {
    /// Returns `true` if a baseline is read or written, which contains only findings.
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
    /// Reads the files that the options name, and the configuration beside the first input, or beside the working directory if there is no
    /// input.
    pub(super) fn open(options: &Options, catalogue: &Catalogue, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let project = &options.project;
        let path = if project.no_config { None } else { file::find(start(inputs)) };
        let (policy, coverage) = match path {
            None => (None, Coverage::Part),
            Some(path) => {
                tell_of_config_above(&path, start(inputs), options);
                let coverage = Coverage::of(inputs.iter().map(PathBuf::as_path), &path);
                (Some(Policy::new(file::read(&path, catalogue)?, today()?)), coverage)
            }
        };
        let baseline = match &project.baseline {
            None => None,
            Some(path) => {
                let name = path.to_string_lossy();
                let text = input::text(&name, MAX_BASELINE_BYTES, "a baseline")?;
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

    /// Returns `true` if it changes nothing, so that it need not be consulted.
    pub(super) fn is_silent(&self) -> bool {
        self.policy.is_none() && self.baseline.is_none() && self.written.is_none()
    }

    /// Applies the configuration and the baseline to the findings of an entry. If the entry shows a key, `label` is its masked label.
    pub(super) fn apply_policy(&mut self, entry: &mut Entry<'_>, label: Option<&str>) {
        if self.is_silent() {
            return;
        }
        let mut findings = std::mem::take(&mut entry.findings);
        // A finding that a comment in the file accepts needs no further decision.
        for finding in findings.iter_mut().filter(|finding| finding.state.is_none()) {
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

    /// The faults of the suppressions.
    pub(super) fn complaints(&self, catalogue: &Catalogue) -> Option<Entry<'static>> {
        self.policy.as_ref().and_then(|policy| policy.complaints(catalogue, self.coverage))
    }

    /// Writes the baseline if one was asked for.
    pub(super) fn write_baseline(&self) -> Result<Written, Failure> {
        let Some((path, baseline)) = &self.written else { return Ok(Written::Nothing) };
        destination::write(path, baseline.text().as_bytes())?;
        Ok(Written::Baseline)
    }

    /// Prints the configuration.
    pub(super) fn show(&self, options: &Options) -> Result<ExitStatus, Failure> {
        #[derive(Serialize)]
        struct Shown<'p> {
            path: Option<&'p Path>,
            config: Option<Config>,
        }
        let found = self.policy.as_ref().map(Policy::found);
        let mut config = found.map(|found| found.config.clone());
        // A suppression should name its subject masked. If it does not, it is masked here.
        let subjects = config.iter_mut().flat_map(|config| &mut config.suppress);
        for subject in subjects.filter_map(|one| one.subject.as_mut()) {
            *subject = mask::text(Catalogue::built_in(), subject, output::keys(options)).into_owned();
        }
        let shown = Shown { path: found.map(|found| found.path.as_path()), config };
        let mut out = output::open(options)?;
        json::value(&mut out, &shown)?;
        out.finish()?;
        Ok(ExitStatus::Clean)
    }
}

/// Reports the configuration if it is in a folder above the input: whoever can write there decides on the findings.
fn tell_of_config_above(path: &Path, start: &Path, options: &Options) {
    let own = if start.is_dir() { Some(start) } else { start.parent() };
    let folder = |folder: &Path| match folder.as_os_str().is_empty() {
        true => Path::new(".").canonicalize().ok(),
        false => folder.canonicalize().ok(),
    };
    let is_own = path.parent().and_then(folder) == own.and_then(folder);
    if !is_own && !options.quiet && !options.project.show_config {
        message::say(format_args!("{} is used (--no-config skips it)", path.display()), output::keys(options));
    }
}

/// The start of the search for the configuration: the first input, or the working directory.
pub(super) fn start(inputs: &[PathBuf]) -> &Path {
    inputs.first().filter(|input| *input != Path::new("-")).map_or(Path::new("."), PathBuf::as_path)
}

/// The result of writing a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A baseline was written, which accepts the findings of the run.
    Baseline,
    /// None was asked for.
    Nothing,
}
