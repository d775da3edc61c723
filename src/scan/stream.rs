//! A file, an archive's member or standard input as a stream of chunks whose kind was detected.

use super::{
    chunk::{Bytes, ChunkJob, Claim, Reading},
    collect::findings::ReadFault,
    context::ScanContext,
    detect::detect,
    extract::{
        Coverage, answers,
        list_state::{ListStateReceiver, channel},
        table::Header,
        text,
    },
    kind::InputKind,
    origin::Origin,
    request::{ReportFilter, Request},
};
use crate::{
    model::{severity::Severity, within::Within},
    source::{
        Discovery,
        cutter::{Chunk, LinePart, LongLines, MAX_RECORD, RecordChunker, RecordEnd},
        encoding::{Encoding, Guess, Utf16},
        ranges::{LineRange, Ranges},
    },
};
use std::{
    io::{self, Read},
    sync::Arc,
};

/// The number of bytes at the beginning from which the kind is detected.
const HEAD_BYTES: usize = 1 << 16;

/// The size of a chunk that is only counted, and of one whose keys are reported, in bytes.
const COUNTED_CHUNK_BYTES: usize = 1 << 18;
const REPORTED_CHUNK_BYTES: usize = 1 << 14;

/// An input that is being read.
pub(super) struct Stream<R> {
    label: Arc<str>,
    reading: Arc<Reading>,
    cuts: Cuts<R>,
    first: bool,
    line_fault: Option<ReadFault>,
    /// The end of the previous chunk, if the next one needs it and is read here.
    tail: Vec<u8>,
    /// The beginning of the text that was read without a gap, if the threads read it themselves.
    unbroken: Option<u64>,
    /// The state that the previous chunk passes on.
    before: Option<ListStateReceiver>,
    /// If the next chunk is another part of a long line: the characters of that line before it.
    characters: u64,
    /// For a stream that is read unchanged, line by line: the length of its byte order mark, and the size of a chunk.
    plain: Option<(u64, usize)>,
}

/// The source of the chunks.
enum Cuts<R> {
    /// The chunks are read here.
    Stream(RecordChunker<Input<R>>),
    /// Only the ranges of the chunks are determined here; the threads read them.
    Ranges(Ranges),
}

/// The rest of the input, if there is any.
struct OptionalReader<R>(Option<R>);

impl<R: Read> Read for OptionalReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |reader| reader.read(into))
    }
}

/// A stream restored to its beginning.
type Rewound<R> = io::Chain<io::Cursor<Vec<u8>>, OptionalReader<R>>;

/// An ASCII-compatible stream, or a UTF-16 stream converted to UTF-8.
enum Input<R> {
    Plain(OptionalReader<R>),
    Utf16(Box<Utf16<Rewound<R>>>),
    /// Either of them, with the line ends of old Macintoshes.
    Returns(Box<Self>),
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(into),
            Self::Utf16(reader) => reader.read(into),
            Self::Returns(reader) => {
                let read = reader.read(into)?;
                newlines_for_returns(into.within_mut(..read));
                Ok(read)
            }
        }
    }
}

fn newlines_for_returns(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
}

/// The treatment of long lines. A line of text can be cut; a line of a list or a row has a meaning only as a whole.
fn long_lines(kind: InputKind) -> LongLines {
    match kind {
        InputKind::Text | InputKind::Answers => LongLines::InParts,
        InputKind::List | InputKind::Table { .. } | InputKind::Ndjson => LongLines::Skipped,
    }
}

/// The result of opening a stream.
pub(super) enum Opened<R> {
    /// A stream to read.
    Stream(Box<Stream<R>>),
    /// Bytes that are not text.
    Binary,
}

impl<R: Read> Stream<R> {
    /// Detects the kind of a stream whose first bytes, `head`, were read already; without a `reader` there are no more.
    /// Inputs that the user named are read even if they are not text.
    ///
    /// # Errors
    /// The stream's error, if it fails before the first byte.
    pub(super) fn open(
        label: Arc<str>,
        mut head: Vec<u8>,
        reader: Option<R>,
        discovery: Discovery,
        request: &Request<'_>,
        context: &ScanContext<'_>,
    ) -> io::Result<Opened<R>> {
        let ended = reader.is_none();
        let mut reader = OptionalReader(reader);
        let missing = HEAD_BYTES.saturating_sub(head.len());
        let mut failure = reader.by_ref().take(missing as u64).read_to_end(&mut head).err();
        if let Some(error) = failure.take_if(|_| head.is_empty()) {
            return Err(error);
        }
        let guess = Guess::of(head.within(..head.len().min(HEAD_BYTES)));
        let guess = Guess { encoding: request.encoding.unwrap_or(guess.encoding), ..guess };
        head.drain(..guess.mark);
        let binary = memchr::memchr(0, head.within(..head.len().min(1 << 13))).is_some();
        if guess.encoding.is_ascii_compatible() && discovery == Discovery::Met && binary {
            return Ok(Opened::Binary);
        }
        let mut input = if guess.encoding.is_ascii_compatible() {
            Input::Plain(reader)
        } else {
            Input::Utf16(Box::new(Utf16::new(io::Cursor::new(std::mem::take(&mut head)).chain(reader), guess.encoding)))
        };
        if head.is_empty() {
            failure = failure.or(input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).err());
        }
        let whole = head.len() < HEAD_BYTES && failure.is_none();
        let returns = memchr::memchr(b'\n', &head).is_none()
            && memchr::memchr(b'\r', &head).is_some_and(|at| !whole || at.saturating_add(1) < head.len());
        let as_it_is = guess.encoding.is_ascii_compatible() && !returns;
        if returns {
            newlines_for_returns(&mut head);
            input = Input::Returns(Box::new(input));
        }
        let name = label.rsplit(['/', '\\']).next().unwrap_or(&label);
        let matcher = context.matchers.first();
        let origin = Origin::new(discovery, name, request.kind.is_some(), &request.columns, context.catalogue);
        // A record can be longer than `head`, and half of one looks like another kind of text.
        let mut more = !whole && failure.is_none();
        let (first, wanted) = loop {
            let first = memchr::memchr(b'\n', &head).map_or(head.len(), |at| at.saturating_add(1));
            let wanted = if first > HEAD_BYTES / 2 { first.saturating_add(HEAD_BYTES) } else { HEAD_BYTES };
            if !more || first >= MAX_RECORD || head.len() >= wanted {
                break (first, wanted);
            }
            match input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head) {
                Ok(read) => more = read == HEAD_BYTES,
                Err(error) => (more, failure) = (false, Some(error)),
            }
        };
        let beginning = head.within(..head.len().min(wanted));
        let of_beginning = || match first < MAX_RECORD {
            true => detect(beginning, &origin, &request.columns, matcher),
            false => InputKind::Text,
        };
        let kind = request.kind.unwrap_or_else(of_beginning);
        let header = match kind {
            InputKind::Table { delimiter } => Header::of(beginning, delimiter, &request.columns, &origin, matcher),
            InputKind::List | InputKind::Ndjson | InputKind::Answers | InputKind::Text => None,
        };
        let only_counts = request.filter == ReportFilter::Counts && !request.duplicates;
        let (ends, size) = match kind {
            InputKind::Answers => (RecordEnd::AtLines, answers::LONGEST),
            InputKind::Table { .. } if only_counts => (RecordEnd::OutsideQuotes, COUNTED_CHUNK_BYTES),
            InputKind::Table { .. } => (RecordEnd::OutsideQuotes, REPORTED_CHUNK_BYTES),
            // Every line can be a fault.
            InputKind::Ndjson => (RecordEnd::AtLines, REPORTED_CHUNK_BYTES),
            InputKind::List if !only_counts => (RecordEnd::AtLines, REPORTED_CHUNK_BYTES),
            InputKind::List | InputKind::Text => (RecordEnd::AtLines, COUNTED_CHUNK_BYTES),
        };
        let encoding = if guess.encoding.is_ascii_compatible() { guess.encoding } else { Encoding::Utf8 };
        let claims = guess.encoding == Encoding::Utf8 && (guess.mark > 0 || request.encoding.is_some());
        let utf8 = if claims { Claim::Made } else { Claim::None };
        let line_fault = (matches!(kind, InputKind::Table { .. }) && header.is_none()).then(|| ReadFault {
            rule: "input/unreadable",
            line: 0,
            column: 1,
            severity: Severity::Error,
            message: "no column of this table contains keys, or not the named one".to_owned(),
        });
        let mut cutter = RecordChunker::new(input, head, ends, size).with_long_lines(long_lines(kind));
        if let Some(failure) = failure {
            cutter.fails(failure);
        } else if ended && as_it_is {
            cutter.ends();
        }
        Ok(Opened::Stream(Box::new(Self {
            label,
            reading: Arc::new(Reading { kind, encoding, utf8, header }),
            cuts: Cuts::Stream(cutter),
            first: true,
            line_fault,
            tail: Vec::new(),
            unbroken: None,
            before: None,
            characters: 0,
            plain: (as_it_is && ends == RecordEnd::AtLines && size <= MAX_RECORD).then_some((guess.mark as u64, size)),
        })))
    }

    /// Lets the threads read for themselves, if this is a file that is read unchanged, line by line.
    /// `ranges` makes the ranges from the length of its byte order mark and the size of a chunk.
    pub(super) fn read_by_threads(&mut self, ranges: impl FnOnce(u64, usize) -> Ranges) {
        if let Some((mark, step)) = self.plain {
            self.cuts = Cuts::Ranges(ranges(mark, step).with_long_lines(long_lines(self.reading.kind)));
        }
    }

    /// The next chunk. It is made in `buffer`, which is left alone at the end of the stream.
    pub(super) fn next(&mut self, buffer: &mut Vec<u8>) -> Option<ChunkJob> {
        let mut chunk = match self.line_fault.take() {
            Some(fault) => Err(io::Error::new(io::ErrorKind::InvalidData, fault.message)),
            None => match &mut self.cuts {
                Cuts::Stream(cutter) => cutter.next(buffer).transpose()?.map(Bytes::Here),
                Cuts::Ranges(ranges) => ranges.next().transpose()?.map(|stretch| match stretch {
                    LineRange::Lines(range) => Bytes::Range(ranges.file(), range, None),
                    LineRange::Part(range, part) => Bytes::Range(ranges.file(), range, Some(part)),
                    LineRange::TooLong => Bytes::Here(Chunk::TooLong),
                }),
            },
        };
        let first = std::mem::take(&mut self.first);
        let (part, column) = self.part(&mut chunk);
        let overlap = if self.reading.kind == InputKind::Text { self.with_overlap(&mut chunk) } else { 0 };
        let (after, next) = channel();
        let before = self.before.replace(next);
        let (label, reading) = (Arc::clone(&self.label), Arc::clone(&self.reading));
        let coverage = match (first, self.is_done()) {
            (true, true) => Coverage::Whole,
            (true, false) => Coverage::Beginning,
            (false, _) => Coverage::Later,
        };
        Some(ChunkJob { label, reading, coverage, part, column, chunk, overlap, before, after })
    }

    /// The part of a long line that a chunk is, and the characters of that line before it.
    fn part(&mut self, chunk: &mut io::Result<Bytes>) -> (Option<LinePart>, u64) {
        let characters = |bytes: &[u8]| self.reading.encoding.decode(bytes).chars().count() as u64;
        let (part, characters) = match chunk {
            Ok(Bytes::Here(Chunk::Part(bytes, part))) => (*part, characters(bytes)),
            Ok(Bytes::Range(file, range, Some(part))) => {
                let mut bytes = Vec::new();
                match file.read(range.clone(), &mut bytes) {
                    Ok(()) => (*part, characters(&bytes)),
                    // The thread that reads the chunk reports this error.
                    Err(_) => (*part, 0),
                }
            }
            Ok(Bytes::Here(_) | Bytes::Range(..)) | Err(_) => return (None, 0),
        };
        let next = if part == LinePart::Last { 0 } else { self.characters.saturating_add(characters) };
        (Some(part), std::mem::replace(&mut self.characters, next))
    }

    /// Returns `true` if the last chunk is known to have been made.
    fn is_done(&self) -> bool {
        match &self.cuts {
            Cuts::Stream(cutter) => cutter.is_done(),
            Cuts::Ranges(ranges) => ranges.is_done(),
        }
    }

    /// Puts the overlap in front of a chunk, but nothing from before the last line that was too long. Returns the length of the overlap.
    fn with_overlap(&mut self, chunk: &mut io::Result<Bytes>) -> usize {
        match chunk {
            // Most texts have only one chunk.
            Ok(Bytes::Here(Chunk::Records(_))) if self.is_done() && self.tail.is_empty() => 0,
            Ok(Bytes::Here(Chunk::Records(bytes) | Chunk::Part(bytes, _))) => {
                let end = bytes.within(bytes.len().saturating_sub(text::OVERLAP)..).to_vec();
                let tail = std::mem::replace(&mut self.tail, end);
                bytes.splice(0..0, tail.iter().copied());
                tail.len()
            }
            Ok(Bytes::Range(_, range, _)) => {
                let start = *self.unbroken.get_or_insert(range.start);
                let from = range.start.saturating_sub(text::OVERLAP as u64).max(start);
                let overlap = range.start.saturating_sub(from);
                range.start = from;
                overlap as usize
            }
            Ok(Bytes::Here(Chunk::TooLong)) | Err(_) => {
                (self.tail, self.unbroken) = (Vec::new(), None);
                0
            }
        }
    }
}
