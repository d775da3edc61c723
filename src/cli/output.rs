//! Where a report goes, and whether it is coloured.

use super::{Colour, ExitStatus, FailOn, Failure, Options};
use crate::{model::severity::Severity, wire::mask::Keys};
use anstream::{AutoStream, ColorChoice};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

/// Opens the place that the report goes to.
pub(super) fn open(options: &Options) -> Result<Box<dyn Write>, Failure> {
    if options.quiet && options.output.is_none() {
        return Ok(Box::new(io::sink()));
    }
    let choice = match options.color {
        Colour::Auto => ColorChoice::Auto,
        Colour::Always => ColorChoice::AlwaysAnsi,
        Colour::Never => ColorChoice::Never,
    };
    match &options.output {
        Some(path) => {
            let file = File::create(path).map_err(|error| Failure::OutputFile { path: path.clone(), error })?;
            let choice = if choice == ColorChoice::Auto { ColorChoice::Never } else { choice };
            Ok(Box::new(AutoStream::new(Box::new(BufWriter::new(file)) as Box<dyn Write>, choice)))
        }
        None => {
            let stdout = io::stdout();
            let choice = if choice == ColorChoice::Auto { AutoStream::choice(&stdout) } else { choice };
            Ok(Box::new(AutoStream::new(Box::new(BufWriter::new(stdout)) as Box<dyn Write>, choice)))
        }
    }
}

/// Whether reports that mask keys show them all the same.
pub(super) fn keys(options: &Options) -> Keys {
    if options.show_keys { Keys::Shown } else { Keys::Masked }
}

/// What the gravest finding means for the exit code.
pub(super) fn outcome(gravest: Option<Severity>, fail_on: FailOn) -> ExitStatus {
    let least = fail_on.least();
    if least.is_some_and(|least| gravest.is_some_and(|gravest| gravest >= least)) {
        ExitStatus::Found
    } else {
        ExitStatus::Clean
    }
}
