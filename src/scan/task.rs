//! One chunk of a stream, looked at by any thread.

use super::{
    answers::{self, Coverage},
    cutter::{Chunk, LONGEST},
    encoding::{Encoding, fault_in_utf8},
    found::Gathered,
    gather::{Before, Gathering, Place, Pools, Shared},
    handover::{Giving, ListState, Taking},
    kind::Kind,
    people::Spoken,
    ranges, record,
    table::Header,
    text,
};
use std::{io, ops::Range, sync::Arc};

/// How the chunks of a stream are read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) kind: Kind,
    pub(super) encoding: Encoding,
    /// The file claims to be UTF-8.
    pub(super) strict: bool,
    pub(super) header: Option<Header>,
}

/// One chunk of a stream, ready to be looked at on any thread.
pub(super) struct Task {
    pub(super) label: Arc<str>,
    pub(super) reading: Arc<Reading>,
    /// Whether it is the first of its stream.
    pub(super) first: bool,
    /// Whether it may not be the last.
    pub(super) more: bool,
    pub(super) chunk: Result<Bytes, io::Error>,
    /// So many bytes at its beginning are of the chunk before.
    pub(super) context: usize,
    pub(super) taking: Option<Taking>,
    pub(super) giving: Giving,
}

/// The bytes of a task, or where they are.
pub(super) enum Bytes {
    Here(Chunk),
    Range(ranges::Shared, Range<u64>),
}

impl Task {
    /// Looks at the chunk; gives what was found, and how many bytes were looked at. The chunk behind it may wait for this, so
    /// that nothing is handed on before.
    pub(super) fn look<'r, 'c>(self, shared: &'r Shared<'c>, pools: &Pools<'r, 'c>) -> (Gathered<'r, 'c>, u64) {
        let mut gathering = Gathering::new(shared, &pools.ledgers, &self.label, self.reading.encoding);
        let (bytes, failure) = match self.chunk {
            Ok(Bytes::Here(Chunk::Records(bytes))) => (bytes, None),
            Ok(Bytes::Here(Chunk::TooLong)) => {
                let message = format!("the line is longer than {} bytes, so it was passed over", LONGEST);
                gathering.fault_of("input/truncated", 0, message);
                gathering.lines(1);
                return (gathering.gathered(), 0);
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
        let context = self.context.min(bytes.len());
        let before = (context, self.taking.as_ref());
        let at = (self.first, self.more);
        self.giving.give(self.reading.read(&self.label, at, &bytes, before, &mut gathering));
        if let Some(error) = failure {
            let rule = match error.kind() {
                io::ErrorKind::UnexpectedEof => "input/truncated",
                _ => "input/unreadable",
            };
            gathering.fault_of(rule, gathering.line(), format!("reading stopped here: {error}"));
        }
        let looked_at = bytes.len() - context;
        pools.buffers.give_buffer(bytes);
        (gathering.gathered(), looked_at as u64)
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
        (context, taking): (usize, Option<&Taking>),
        gathering: &mut Gathering<'_, '_, '_>,
    ) -> ListState {
        let bytes = &chunk[context..];
        if self.strict
            && let Some(at) = fault_in_utf8(bytes)
        {
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |at| at + 1);
            let line = memchr::memchr_iter(b'\n', &bytes[..start]).count() as u64;
            let column = String::from_utf8_lossy(&bytes[start..at]).chars().count() as u64 + 1;
            gathering.fault(
                line,
                column,
                format!("the byte {:#04X} is no UTF-8, which the file claims to be", bytes[at]),
            );
        }
        match self.kind {
            Kind::List if gathering.only_counts() => gathering.block(bytes),
            Kind::List => list(bytes, gathering),
            Kind::Table { .. } => {
                if let Some(header) = &self.header {
                    header.read(bytes, first && header.is_named(), gathering);
                }
            }
            Kind::Ndjson => record::read(bytes, &gathering.shared().columns.clone(), gathering),
            Kind::Answers => {
                let name = label.rsplit(['/', '\\']).next().unwrap_or(label);
                let coverage = match (first, more) {
                    (true, false) => Coverage::Whole,
                    (true, true) => Coverage::Beginning,
                    (false, _) => Coverage::Later,
                };
                answers::read(bytes, name, coverage, gathering);
            }
            Kind::Text => return text::read_on(chunk, context, taking, &[], gathering),
        }
        ListState::default()
    }
}

/// A plain list, key by key.
fn list(chunk: &[u8], gathering: &mut Gathering<'_, '_, '_>) {
    for (line, text) in (0..).zip(chunk.split_inclusive(|byte| *byte == b'\n')) {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let decoded = gathering.decode(text).into_owned();
        let key = decoded.trim_start();
        if !key.trim().is_empty() {
            let blank = decoded.len() - key.len();
            let before = text.get(..blank).unwrap_or_default();
            gathering.key(key.trim_end(), Place { line, before: Before::Bytes(before) }, &Spoken::default(), None);
        }
        gathering.lines(1);
    }
}
