//! The progress of a long run, on standard error, for a user at a terminal.

use crate::scan::bytes_to_read;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

/// A bar with rate and remaining time, or nothing if standard error is not a terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Starts the bar, with a total if the size of every input is known.
    pub(super) fn new(inputs: &[PathBuf], quiet: bool) -> Self {
        if quiet || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let sizes: Option<u64> = inputs.iter().map(|input| bytes_to_read(input)).sum();
        let (bar, template) = match sizes.filter(|size| *size > 0) {
            Some(size) => (ProgressBar::new(size), "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left"),
            None => (ProgressBar::no_length(), "{spinner} {bytes}, {bytes_per_sec}"),
        };
        bar.set_draw_target(ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Adds bytes that were read.
    pub(super) fn read(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    /// Clears the line.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
