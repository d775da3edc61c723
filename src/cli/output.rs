//! The destination of a report, its colours and its masks.

use super::{Colour, ExitStatus, FailOn, Failure, Options, destination::Destination};
use crate::{model::severity::Severity, wire::mask::Keys};
use anstream::{AutoStream, ColorChoice};
use std::io::{self, BufWriter, ErrorKind, Write};
#[cfg(feature = "scan")]
use std::path::PathBuf;

/// Opens the destination of the report.
pub(super) fn open(options: &Options) -> Result<Destination, Failure> {
    if options.quiet && options.output.is_none() {
        return Ok(Destination::stream(io::sink()));
    }
    let choice = match options.color {
        Colour::Auto => ColorChoice::Auto,
        Colour::Always => ColorChoice::AlwaysAnsi,
        Colour::Never => ColorChoice::Never,
    };
    match &options.output {
        Some(path) => {
            let choice = if choice == ColorChoice::Auto { ColorChoice::Never } else { choice };
            Ok(Destination::file(path)?.through(|writer| Box::new(AutoStream::new(writer, choice))))
        }
        None => {
            let stdout = io::stdout();
            let choice = if choice == ColorChoice::Auto { AutoStream::choice(&stdout) } else { choice };
            let stdout = Destination::stream(BufWriter::new(Piped::To(stdout)));
            Ok(stdout.through(|writer| Box::new(AutoStream::new(writer, choice))))
        }
    }
}

/// A stream whose reader can end before the report does, as `head` does. What was found still decides the exit code, so the run goes on.
enum Piped<W> {
    To(W),
    /// Nobody reads any more.
    Closed,
}

impl<W: Write> Piped<W> {
    /// The result of writing, unless the reader has ended: then all was written.
    fn unless_closed<T>(&mut self, written: io::Result<T>, all: T) -> io::Result<T> {
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                *self = Self::Closed;
                Ok(all)
            }
            written => written,
        }
    }
}

impl<W: Write> Write for Piped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Self::To(stream) = self else { return Ok(bytes.len()) };
        let written = stream.write(bytes);
        self.unless_closed(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let Self::To(stream) = self else { return Ok(()) };
        let flushed = stream.flush();
        self.unless_closed(flushed, ())
    }
}

/// The files that the run writes, and therefore does not read: standard output can be one.
#[cfg(feature = "scan")]
pub(super) fn written(options: &Options) -> Vec<PathBuf> {
    let named = options.output.iter().chain(&options.project.write_baseline).cloned();
    let stdout = cfg!(unix).then(|| PathBuf::from("/dev/stdout"));
    named.chain(stdout).collect()
}

/// The treatment of keys in reports that mask them by default.
pub(super) fn keys(options: &Options) -> Keys {
    if options.show_keys { Keys::Shown } else { Keys::Masked }
}

/// The exit code for the worst finding.
pub(super) fn outcome(gravest: Option<Severity>, fail_on: FailOn) -> ExitStatus {
    let least = fail_on.least();
    if least.is_some_and(|least| gravest.is_some_and(|gravest| gravest >= least)) {
        ExitStatus::Found
    } else {
        ExitStatus::Clean
    }
}
