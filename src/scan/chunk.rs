//! A chunk of a stream, read by any thread.

use super::{
    collect::{
        collector::{Collector, Pools},
        pending::CollectedChunk,
    },
    context::ScanContext,
    extract::{
        Coverage, answers, embedded, list,
        list_state::{ListState, ListStateReceiver, ListStateSender},
        ndjson,
        table::Header,
        text::TextChunk,
    },
    kind::InputKind,
};
use crate::{
    model::{severity::Severity, within::Within},
    source::{
        Fault, Loss,
        cutter::{Chunk, LinePart, MAX_RECORD},
        encoding::{Encoding, fault_in_utf8},
        ranges,
    },
};
use std::{io, ops::Range, sync::Arc};

/// The way in which the chunks of a stream are read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) kind: InputKind,
    pub(super) encoding: Encoding,
    /// The file's claim to be UTF-8, if any.
    pub(super) utf8: Claim,
    pub(super) header: Option<Header>,
}

/// The claim of a file to be UTF-8, by its byte order mark or by the user's option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    Made,
    None,
}

/// A chunk of a stream, ready to be read on any thread.
pub(super) struct ChunkJob {
    pub(super) label: Arc<str>,
    pub(super) reading: Arc<Reading>,
    pub(super) coverage: Coverage,
    /// The part of a long line that the chunk is, if any.
    pub(super) part: Option<LinePart>,
    /// The number of characters of its first line in the previous chunks.
    pub(super) column: u64,
    pub(super) chunk: Result<Bytes, io::Error>,
    /// The bytes at its beginning that the previous chunk contains too.
    pub(super) overlap: usize,
    /// The state that the previous chunk passes to this one.
    pub(super) before: Option<ListStateReceiver>,
    /// The state that this chunk passes to the next.
    pub(super) after: ListStateSender,
}

/// The bytes of a chunk, or the range of the file that contains them.
pub(super) enum Bytes {
    Here(Chunk),
    Range(ranges::SharedFile, Range<u64>, Option<LinePart>),
}

impl ChunkJob {
    /// Reads the chunk. Returns its findings and the number of bytes read. The next chunk may wait for this one, so nothing is emitted
    /// before the whole chunk is read.
    pub(super) fn run<'r, 'c>(self, context: &'r ScanContext<'c>, pools: &Pools<'r, 'c>) -> (CollectedChunk<'c>, u64) {
        let mut collector = Collector::new(context, &pools.counters, &self.label, self.reading.encoding);
        let (bytes, failure) = match self.chunk {
            Ok(Bytes::Here(Chunk::Records(bytes) | Chunk::Part(bytes, _))) => (bytes, None),
            Ok(Bytes::Here(Chunk::TooLong)) => {
                let message = format!("the line is longer than {MAX_RECORD} bytes, so it was skipped");
                collector.fault_of("input/truncated", Severity::Error, 0, message);
                collector.lines(1);
                return (collector.finish(), 0);
            }
            Ok(Bytes::Range(file, range, _)) => {
                let mut bytes = pools.buffers.take();
                let failure = file.read(range, &mut bytes).err();
                if failure.is_some() {
                    // A part of the last line could pass for a whole line.
                    bytes.truncate(memchr::memrchr(b'\n', &bytes).map_or(0, |at| at.saturating_add(1)));
                }
                (bytes, failure.and_then(|error| file.mark_broken().map(|()| error)))
            }
            Err(error) => (Vec::new(), Some(error)),
        };
        let overlap = self.overlap.min(bytes.len());
        let (before, column) = (self.before.as_ref(), self.column);
        let chunk = TextChunk { bytes: &bytes, overlap, before, taken: &[], part: self.part, column };
        self.after.send(self.reading.read(&self.label, self.coverage, chunk, &mut collector));
        collector.read_allowances(&bytes, overlap);
        if let Some(error) = failure {
            let fault = Fault::from(error);
            let message = match fault.loss {
                Loss::Unread => format!("reading stopped here: {}", fault.message),
                Loss::None => fault.message.clone(),
            };
            collector.fault_of(fault.rule, fault.severity_within(), collector.line(), message);
        }
        let read = bytes.len().saturating_sub(overlap);
        pools.buffers.give_buffer(bytes);
        (collector.finish(), read as u64)
    }
}

impl Reading {
    /// Reads a chunk of the file `label`. Returns the state that the next chunk may need.
    fn read(
        &self,
        label: &str,
        coverage: Coverage,
        chunk: TextChunk<'_>,
        collector: &mut Collector<'_, '_, '_>,
    ) -> ListState {
        let bytes = chunk.bytes.within(chunk.overlap..);
        match self.utf8 {
            Claim::Made => report_invalid_utf8(bytes, collector),
            Claim::None => {}
        }
        match self.kind {
            InputKind::List if collector.only_counts() => collector.block(bytes),
            InputKind::List => list::read(bytes, collector),
            InputKind::Table { .. } => {
                if let Some(header) = &self.header {
                    header.read(bytes, coverage, collector);
                }
            }
            InputKind::Ndjson => ndjson::read(bytes, &collector.context().columns, collector),
            InputKind::Answers if chunk.part.is_none() => {
                let name = label.rsplit(['/', '\\']).next().unwrap_or(label);
                answers::read(bytes, name, coverage, collector);
            }
            InputKind::Answers | InputKind::Text => return embedded::read(chunk, collector),
        }
        ListState::default()
    }
}

/// Reports the first byte that is not UTF-8.
fn report_invalid_utf8(bytes: &[u8], collector: &mut Collector<'_, '_, '_>) {
    let Some((at, byte)) = fault_in_utf8(bytes).and_then(|at| Some((at, bytes.get(at)?))) else { return };
    let start = memchr::memrchr(b'\n', bytes.within(..at)).map_or(0, |at| at.saturating_add(1));
    let line = memchr::memchr_iter(b'\n', bytes.within(..start)).count() as u64;
    let column = (String::from_utf8_lossy(bytes.within(start..at)).chars().count() as u64).saturating_add(1);
    collector.fault(line, column, format!("the byte {byte:#04X} is not valid UTF-8, which the file claims to be"));
}
