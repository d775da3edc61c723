//! The formats of a report, and their writers.

use super::{FailOn, Failure, Options};
use crate::{
    catalogue::Catalogue,
    model::severity::Severity,
    report::{
        Output, Report, csv, github, html,
        json::{self, Layout},
        junit, sarif,
        text::{self, Accepted, Settings},
    },
    wire::{Command, Remedies},
};
use clap::ValueEnum;
use std::io;

/// The values of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Human,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// SARIF 2.1.0, for code-scanning pages.
    Sarif,
    /// JUnit XML, for the test pages of CI servers.
    Junit,
    /// A row per finding, for spreadsheets.
    Csv,
    /// A page to look at or to print, in one file.
    Html,
    /// Annotations of GitHub Actions.
    Github,
}

/// The formats of a command that judges nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DataFormat {
    Human,
    Json,
    Ndjson,
}

impl Options {
    /// The format of a command that judges nothing, and therefore has no output for the formats of findings.
    pub(super) fn data_format(&self) -> Result<DataFormat, Failure> {
        if self.project.concerns_findings() {
            return Err(Failure::Usage("expected no baseline: this command judges nothing".to_owned()));
        }
        match self.format {
            Format::Human => Ok(DataFormat::Human),
            Format::Json => Ok(DataFormat::Json),
            Format::Ndjson => Ok(DataFormat::Ndjson),
            Format::Sarif | Format::Junit | Format::Csv | Format::Html | Format::Github => {
                let name = self.format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
                Err(Failure::Usage(format!(
                    "expected --format human, json or ndjson: {name} carries findings, and this command judges nothing"
                )))
            }
        }
    }
}

impl FailOn {
    /// The lowest severity that makes the exit code 1; `None` if no severity does.
    pub(super) fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// Begins the report of a command in the requested format.
pub(super) fn begin<'c>(
    options: &Options,
    out: Output<'c>,
    command: Option<Command>,
    catalogue: &'c Catalogue,
    remedies: Remedies<'c>,
) -> io::Result<Box<dyn Report + 'c>> {
    Ok(match options.format {
        Format::Human => {
            let accepted = if options.project.show_suppressed { Accepted::Shown } else { Accepted::Hidden };
            Box::new(text::Writer::new(out, catalogue, remedies, Settings { command, accepted }))
        }
        Format::Json => Box::new(json::Writer::begin(out, command, remedies, Layout::Document)?),
        Format::Ndjson => Box::new(json::Writer::begin(out, command, remedies, Layout::Lines)?),
        Format::Sarif => Box::new(sarif::Writer::begin(out, catalogue, remedies)?),
        Format::Junit => Box::new(junit::Writer::begin(out, options.fail_on.least())?),
        Format::Csv => Box::new(csv::Writer::new(out)),
        Format::Html => Box::new(html::Writer::new(out, catalogue, remedies)),
        Format::Github => Box::new(github::Writer::new(out)),
    })
}
