//! The findings of each chunk of a run, emitted in the order of the input.

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

/// The findings in one chunk of a file.
pub(super) struct ChunkResult {
    pub(super) label: Arc<str>,
    /// True if the file begins here.
    pub(super) first: bool,
    /// True if it was skipped as a binary file.
    pub(super) binary: bool,
    pub(super) bytes: u64,
    pub(super) read_as: Option<String>,
    pub(super) found: ChunkFindings,
}

impl ChunkResult {
    /// A file that is empty, or skipped because it is `binary`.
    pub(super) fn nothing(label: Arc<str>, binary: bool) -> Self {
        Self { label, first: true, binary, bytes: 0, read_as: None, found: ChunkFindings::default() }
    }

    /// A file that could not be read at all.
    pub(super) fn failed(label: Arc<str>, fault: &Fault, severity: Severity) -> Self {
        Self { found: ChunkFindings::fault(ReadFault::of(fault, severity)), ..Self::nothing(label, false) }
    }
}

/// The number of keys, kept only for the duplicate search, that need as much memory as one reported key.
const CANDIDATES_PER_KEY: usize = 1 << 6;

/// Chunk results, emitted in batches.
pub(super) struct ResultBatch<'e> {
    parts: Vec<ChunkResult>,
    kept: usize,
    emit: &'e mut Emit<'e, Vec<ChunkResult>>,
}

impl<'e> ResultBatch<'e> {
    pub(super) fn new(emit: &'e mut Emit<'e, Vec<ChunkResult>>) -> Self {
        Self { parts: Vec::new(), kept: 0, emit }
    }

    /// Adds a result; breaks when no more are wanted.
    pub(super) fn add(&mut self, part: ChunkResult) -> ControlFlow<()> {
        let ChunkFindings { keys, faults, seen, answers, .. } = &part.found;
        let linted = answers.iter().map(|linted| linted.findings.len()).sum::<usize>();
        self.kept = self.kept.saturating_add(
            keys.len()
                .saturating_add(1)
                .saturating_add(faults.len())
                .saturating_add(linted)
                .saturating_add(seen.len() / CANDIDATES_PER_KEY),
        );
        self.parts.push(part);
        if self.kept >= MAX_PENDING_KEYS { self.hand_on() } else { ControlFlow::Continue(()) }
    }

    /// Reads a chunk and adds its findings.
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

    /// Emits the remaining results.
    pub(super) fn end(&mut self) {
        if !self.parts.is_empty() {
            // This was the last batch, so there is nothing left to stop.
            let _ = self.hand_on();
        }
    }

    fn hand_on(&mut self) -> ControlFlow<()> {
        self.kept = 0;
        (self.emit)(std::mem::take(&mut self.parts))
    }
}
