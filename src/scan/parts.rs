//! What was found in the pieces of a run, handed on in the order of the input.

use super::{
    found::{Fault, Found, KEPT},
    gather::{Pools, Shared},
    task::Task,
};
use crate::parallel::Emit;
use std::{io, ops::ControlFlow, sync::Arc};

/// What was found in a piece of a file.
pub(super) struct Part {
    pub(super) label: Arc<str>,
    /// Whether the file begins here.
    pub(super) first: bool,
    /// Whether it was passed over because it is no text.
    pub(super) binary: bool,
    pub(super) bytes: u64,
    pub(super) read_as: Option<String>,
    pub(super) found: Found,
}

impl Part {
    /// A file in which there is nothing to look at, or which is `binary`.
    pub(super) fn nothing(label: Arc<str>, binary: bool) -> Self {
        Self { label, first: true, binary, bytes: 0, read_as: None, found: Found::default() }
    }

    /// A file of which nothing could be read.
    pub(super) fn failed(label: Arc<str>, error: &io::Error) -> Self {
        let rule = if error.kind() == io::ErrorKind::UnexpectedEof { "input/truncated" } else { "input/unreadable" };
        let fault = Fault { rule, line: 0, column: 1, message: error.to_string() };
        Self { found: Found::fault(fault), ..Self::nothing(label, false) }
    }
}

/// Of keys that are only seen, for the search for duplicates, so many take the room of one that is worth a report.
const SEEN: usize = 1 << 6;

/// The parts of a piece, handed on many at a time.
pub(super) struct Parts<'e> {
    parts: Vec<Part>,
    kept: usize,
    emit: &'e mut Emit<'e, Vec<Part>>,
}

impl<'e> Parts<'e> {
    pub(super) fn new(emit: &'e mut Emit<'e, Vec<Part>>) -> Self {
        Self { parts: Vec::new(), kept: 0, emit }
    }

    /// Adds a part; breaks when no more are wanted.
    pub(super) fn add(&mut self, part: Part) -> ControlFlow<()> {
        let Found { keys, faults, seen, answers, .. } = &part.found;
        let linted = answers.as_ref().map_or(0, |linted| linted.findings.len());
        self.kept += 1 + keys.len() + faults.len() + linted + seen.len() / SEEN;
        self.parts.push(part);
        if self.kept >= KEPT { self.hand_on() } else { ControlFlow::Continue(()) }
    }

    /// Adds what a task finds.
    pub(super) fn look<'r, 'c>(
        &mut self,
        task: Task,
        shared: &'r Shared<'c>,
        pools: &Pools<'r, 'c>,
    ) -> ControlFlow<()> {
        let (label, mut first) = (Arc::clone(&task.label), task.first);
        let read_as = task.reading.kind.id();
        let (gathered, mut bytes) = task.look(shared, pools);
        gathered.hand_on(|found| {
            let (first, bytes) = (std::mem::take(&mut first), std::mem::take(&mut bytes));
            let (label, read_as) = (Arc::clone(&label), Some(read_as.to_owned()));
            self.add(Part { label, first, binary: false, bytes, read_as, found })
        })
    }

    /// Hands on what is left.
    pub(super) fn end(&mut self) {
        if !self.parts.is_empty() {
            // There is nothing to break off.
            let _ = self.hand_on();
        }
    }

    fn hand_on(&mut self) -> ControlFlow<()> {
        self.kept = 0;
        (self.emit)(std::mem::take(&mut self.parts))
    }
}
