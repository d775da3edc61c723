//! One chunk of a stream, looked at by any thread.

use super::{
    collect::{
        collector::{Collector, Pools},
        pending::CollectedChunk,
    },
    context::ScanContext,
    cutter::{Chunk, LONGEST},
    encoding::{Encoding, fault_in_utf8},
    extract::{
        answers::{self, Coverage},
        list,
        list_state::{ListState, ListStateReceiver, ListStateSender},
        ndjson,
        table::Header,
        text,
    },
    kind::InputKind,
    ranges,
};
use std::{io, ops::Range, sync::Arc};

/// How the chunks of a stream are read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) kind: InputKind,
    pub(super) encoding: Encoding,
    /// The file claims to be UTF-8.
    pub(super) strict: bool,
    pub(super) header: Option<Header>,
}

/// One chunk of a stream, ready to be looked at on any thread.
pub(super) struct ChunkJob {
    pub(super) label: Arc<str>,
    pub(super) reading: Arc<Reading>,
    /// Whether it is the first of its stream.
    pub(super) first: bool,
    /// Whether it may not be the last.
    pub(super) more: bool,
    pub(super) chunk: Result<Bytes, io::Error>,
    /// So many bytes at its beginning are of the chunk before.
    pub(super) overlap: usize,
    pub(super) taking: Option<ListStateReceiver>,
    pub(super) giving: ListStateSender,
}

/// The bytes of a task, or where they are.
pub(super) enum Bytes {
    Here(Chunk),
    Range(ranges::SharedFile, Range<u64>),
}

impl ChunkJob {
    /// Looks at the chunk; gives what was found, and how many bytes were looked at. The chunk behind it may wait for this, so
    /// that nothing is handed on before.
    pub(super) fn look<'r, 'c>(self, context: &'r ScanContext<'c>, pools: &Pools<'r, 'c>) -> (CollectedChunk<'c>, u64) {
        let mut collector = Collector::new(context, &pools.counters, &self.label, self.reading.encoding);
        let (bytes, failure) = match self.chunk {
            Ok(Bytes::Here(Chunk::Records(bytes))) => (bytes, None),
            Ok(Bytes::Here(Chunk::TooLong)) => {
                let message = format!("the line is longer than {} bytes, so it was passed over", LONGEST);
                collector.fault_of("input/truncated", 0, message);
                collector.lines(1);
                return (collector.finish(), 0);
            }
            Ok(Bytes::Range(file, range)) => {
                let mut bytes = pools.buffers.take();
                let failure = file.read(range, &mut bytes).err();
                if failure.is_some() {
                    // What was read of the last line could pass for a whole one.
                    bytes.truncate(memchr::memrchr(b'\n', &bytes).map_or(0, |at| at + 1));
                }
                (bytes, failure.and_then(|error| file.breaks().map(|()| error)))
            }
            Err(error) => (Vec::new(), Some(error)),
        };
        let overlap = self.overlap.min(bytes.len());
        let before = (overlap, self.taking.as_ref());
        let at = (self.first, self.more);
        self.giving.give(self.reading.read(&self.label, at, &bytes, before, &mut collector));
        if let Some(error) = failure {
            let rule = match error.kind() {
                io::ErrorKind::UnexpectedEof => "input/truncated",
                _ => "input/unreadable",
            };
            collector.fault_of(rule, collector.line(), format!("reading stopped here: {error}"));
        }
        let looked_at = bytes.len() - overlap;
        pools.buffers.give_buffer(bytes);
        (collector.finish(), looked_at as u64)
    }
}

impl Reading {
    /// Looks at a chunk of the file `label`, which can be the `first`, and have `more` behind it, behind what stands before it;
    /// gives what the next one may have to know.
    fn read(
        &self,
        label: &str,
        (first, more): (bool, bool),
        chunk: &[u8],
        (overlap, taking): (usize, Option<&ListStateReceiver>),
        collector: &mut Collector<'_, '_, '_>,
    ) -> ListState {
        let bytes = &chunk[overlap..];
        if self.strict
            && let Some(at) = fault_in_utf8(bytes)
        {
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |at| at + 1);
            let line = memchr::memchr_iter(b'\n', &bytes[..start]).count() as u64;
            let column = String::from_utf8_lossy(&bytes[start..at]).chars().count() as u64 + 1;
            collector.fault(
                line,
                column,
                format!("the byte {:#04X} is no UTF-8, which the file claims to be", bytes[at]),
            );
        }
        match self.kind {
            InputKind::List if collector.only_counts() => collector.block(bytes),
            InputKind::List => list::read(bytes, collector),
            InputKind::Table { .. } => {
                if let Some(header) = &self.header {
                    header.read(bytes, first && header.is_named(), collector);
                }
            }
            InputKind::Ndjson => ndjson::read(bytes, &collector.context().columns.clone(), collector),
            InputKind::Answers => {
                let name = label.rsplit(['/', '\\']).next().unwrap_or(label);
                let coverage = match (first, more) {
                    (true, false) => Coverage::Whole,
                    (true, true) => Coverage::Beginning,
                    (false, _) => Coverage::Later,
                };
                answers::read(bytes, name, coverage, collector);
            }
            InputKind::Text => return text::read_on(chunk, overlap, taking, &[], collector),
        }
        ListState::default()
    }
}
