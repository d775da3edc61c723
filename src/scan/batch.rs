//! What was found in the pieces of a run, handed on in the order of the input.

use super::{
    chunk::ChunkJob,
    collect::{
        collector::Pools,
        findings::{ChunkFindings, ReadFault},
        pending::MAX_PENDING_KEYS,
    },
    context::ScanContext,
};
use crate::{model::severity::Severity, parallel::Emit, source::Fault};
use std::{ops::ControlFlow, sync::Arc};

/// What was found in a piece of a file.
pub(super) struct ChunkResult {
    pub(super) label: Arc<str>,
    /// Whether the file begins here.
    pub(super) first: bool,
    /// Whether it was passed over because it is no text.
    pub(super) binary: bool,
    pub(super) bytes: u64,
    pub(super) read_as: Option<String>,
    pub(super) found: ChunkFindings,
}

impl ChunkResult {
    /// A file in which there is nothing to look at, or which is `binary`.
    pub(super) fn nothing(label: Arc<str>, binary: bool) -> Self {
        Self { label, first: true, binary, bytes: 0, read_as: None, found: ChunkFindings::default() }
    }

    /// A file of which nothing could be read.
    pub(super) fn failed(label: Arc<str>, fault: &Fault, severity: Severity) -> Self {
        Self { found: ChunkFindings::fault(ReadFault::of(fault, severity)), ..Self::nothing(label, false) }
    }
}

/// Of keys that are only seen, for the search for duplicates, so many take the room of one that is worth a report.
const CANDIDATES_PER_KEY: usize = 1 << 6;

/// The parts of a piece, handed on many at a time.
pub(super) struct ResultBatch<'e> {
    parts: Vec<ChunkResult>,
    kept: usize,
    emit: &'e mut Emit<'e, Vec<ChunkResult>>,
}

impl<'e> ResultBatch<'e> {
    pub(super) fn new(emit: &'e mut Emit<'e, Vec<ChunkResult>>) -> Self {
        Self { parts: Vec::new(), kept: 0, emit }
    }

    /// Adds a part; breaks when no more are wanted.
    pub(super) fn add(&mut self, part: ChunkResult) -> ControlFlow<()> {
        let ChunkFindings { keys, faults, seen, answers, .. } = &part.found;
        let linted = answers.as_ref().map_or(0, |linted| linted.findings.len());
        self.kept += 1 + keys.len() + faults.len() + linted + seen.len() / CANDIDATES_PER_KEY;
        self.parts.push(part);
        if self.kept >= MAX_PENDING_KEYS { self.hand_on() } else { ControlFlow::Continue(()) }
    }

    /// Adds what a task finds.
    pub(super) fn run<'r, 'c>(
        &mut self,
        job: ChunkJob,
        context: &'r ScanContext<'c>,
        pools: &Pools<'r, 'c>,
    ) -> ControlFlow<()> {
        let (label, mut first) = (Arc::clone(&job.label), job.coverage.begins());
        let read_as = job.reading.kind.id();
        let (finish, mut bytes) = job.run(context, pools);
        finish.hand_on(|found| {
            let (first, bytes) = (std::mem::take(&mut first), std::mem::take(&mut bytes));
            let (label, read_as) = (Arc::clone(&label), Some(read_as.to_owned()));
            self.add(ChunkResult { label, first, binary: false, bytes, read_as, found })
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
