//! `jewelcase convert`: a saved report in another format.

use super::{ExitStatus, Failure, Options, catalogue, explain, format, input, output, protection::Reads};
use crate::wire::{
    Remedies,
    read::{self, Saved},
};
use clap::Args;

/// The longest report that is converted, in bytes: it is kept whole in memory, several times over.
const MAX_FILE_BYTES: u64 = 256 << 20;

#[derive(Args, Debug)]
pub(super) struct Convert {
    /// A report that was saved with --format json or ndjson; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: String,
}

impl Convert {
    /// The inputs that it reads by name.
    pub(super) fn reads(&self) -> Reads {
        Reads { paths: vec![self.file.clone().into()], ..Reads::default() }
    }
}

pub(super) fn run(arguments: &Convert, options: &Options) -> Result<ExitStatus, Failure> {
    if options.project.concerns_findings() {
        let message = "expected no baseline: a saved report already says which findings its baseline had";
        return Err(Failure::Usage(message.to_owned()));
    }
    let catalogue = catalogue(options)?;
    let file = &arguments.file;
    let text = input::text(file, MAX_FILE_BYTES, "a saved report")?;
    let saved = read::saved(&text).map_err(|error| Failure::Usage(format!("{file}:{error}")))?;
    drop(text);
    let document = match saved {
        Saved::Report(document) => document,
        Saved::Explained(explained) => return explain::write(&explained, catalogue, options.data_format()?, options),
    };
    let remedies = Remedies::Saved(&document.remedies);
    let (out, completion) = output::open(options)?.split();
    let mut report = format::begin(options, out, document.command, catalogue, remedies)?;
    document.subjects.iter().try_for_each(|entry| report.entry(entry))?;
    document.totals.iter().try_for_each(|totals| report.totals(totals))?;
    report.end(&document.summary)?;
    completion.finish()?;
    Ok(output::outcome(document.summary.worst(), options.fail_on))
}
