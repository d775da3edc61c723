//! Reads running text: finds the numbers in it, asks the [evidence](super::evidence) which of them are keys, and which product each is for.

use super::{
    evidence::{Announced, Number, announced},
    list_state::{ListState, ListStateReceiver},
    numbers::candidates,
    text_context::FURTHEST,
};
use crate::{
    model::situation::Situation,
    scan::{
        collect::collector::{Before, Collector, Place},
        context::ScanContext,
    },
    source::encoding::lossy,
};
use memchr::{memchr_iter, memrchr};
use std::ops::Range;

/// The bytes before a chunk that are read again with it: twice the distance at which words are looked for before a number.
pub(in crate::scan) const OVERLAP: usize = 2 * FURTHEST;

/// A chunk of running text.
#[derive(Clone, Copy)]
pub(in crate::scan) struct TextChunk<'t> {
    pub(in crate::scan) bytes: &'t [u8],
    /// The bytes at its beginning that were read with the chunk before.
    pub(in crate::scan) overlap: usize,
    /// What cannot be seen in the overlap.
    pub(in crate::scan) before: Option<&'t ListStateReceiver>,
    /// The places that other readers have read, in order.
    pub(in crate::scan) taken: &'t [Range<usize>],
}

impl<'t> TextChunk<'t> {
    /// A text without one before it.
    pub(in crate::scan) fn whole(bytes: &'t [u8], taken: &'t [Range<usize>]) -> Self {
        Self { bytes, overlap: 0, before: None, taken }
    }
}

/// Finds the keys in a chunk. Returns what the next chunk may need to know.
pub(in crate::scan) fn read(chunk: TextChunk<'_>, collector: &mut Collector<'_, '_, '_>) -> ListState {
    let mut reader = TextReader::new(chunk);
    let mut lines = LineCounter::new(chunk);
    for span in candidates(chunk.bytes) {
        let Some(key) = reader.key(&span, collector.context()) else { continue };
        let options = collector.options();
        let situation = match options.product {
            Some(_) => options,
            None => Situation { product: collector.context().product(key.around.before()), ..options },
        };
        let text = collector.decode(&chunk.bytes[span.clone()]).into_owned();
        collector.judged(&text, lines.place(span.start), &situation);
    }
    collector.lines(lines.end());
    reader.state()
}

/// The numbers of a chunk, read in order: a word announces the first number after it, and those listed with that one.
struct TextReader<'t, 'c> {
    chunk: TextChunk<'t>,
    /// The state of the chunk before, until the first number asks for it.
    before: Option<&'t ListStateReceiver>,
    /// The end of the number before, or of the words after it that speak of it.
    last: usize,
    /// The form of the number before, if it is a key.
    listed: Option<&'c str>,
    /// The chunk before has read the numbers up to this place.
    read_before: usize,
}

impl<'t, 'c> TextReader<'t, 'c> {
    fn new(chunk: TextChunk<'t>) -> Self {
        Self { chunk, before: chunk.before.filter(|_| chunk.overlap > 0), last: 0, listed: None, read_before: 0 }
    }

    /// The key that a number is, if it is one and belongs to this chunk.
    fn key(&mut self, span: &Range<usize>, context: &ScanContext<'c>) -> Option<Announced<'t, 'c>> {
        let TextChunk { bytes, overlap, .. } = self.chunk;
        if span.start < self.read_before {
            return None;
        }
        // The words before a number so near the beginning are not all there, and no number of this chunk needs it.
        if span.end + FURTHEST <= overlap {
            self.last = span.end;
            return None;
        }
        // Only the first number that is read can go on with a list that begins before the overlap.
        if let Some(before) = self.before.take()
            && is_list(&bytes[self.last..span.start])
        {
            let state = before.receive();
            self.last = state.back.map_or(0, |back| overlap.saturating_sub(back));
            let form = state.listed.as_deref().and_then(|form| context.catalogue.forms.entry(form));
            self.listed = form.map(|(id, _)| id);
            self.read_before = overlap;
            if span.start < overlap {
                return None;
            }
        }
        let before = std::mem::replace(&mut self.last, span.end);
        let list = self.listed.take().filter(|_| bytes.get(before..span.start).is_some_and(is_list));
        if self.is_taken(span) {
            return None;
        }
        let number = Number { bytes, span: span.clone(), least: before.min(span.start), list };
        let key = announced(context, number)?;
        let form = context.catalogue.forms.get(key.form);
        self.last = form.and_then(|form| key.around.spoken_for(form)).unwrap_or(self.last);
        self.listed = Some(key.form);
        (span.start >= overlap).then_some(key)
    }

    fn is_taken(&self, span: &Range<usize>) -> bool {
        let next = self.chunk.taken.partition_point(|range| range.end <= span.start);
        self.chunk.taken.get(next).is_some_and(|range| range.start < span.end)
    }

    /// What the next chunk may need to know.
    fn state(self) -> ListState {
        let back = (self.last > 0).then(|| self.chunk.bytes.len().saturating_sub(self.last));
        ListState { back: back.filter(|back| *back <= FURTHEST), listed: self.listed.map(str::to_owned) }
    }
}

/// Finds the lines of places that come in order, reading every byte once.
struct LineCounter<'t> {
    bytes: &'t [u8],
    overlap: usize,
    line: u64,
    counted: usize,
    /// The beginning of the line of the last place.
    start: usize,
    /// Line ends up to here were looked for.
    searched: usize,
}

impl<'t> LineCounter<'t> {
    fn new(chunk: TextChunk<'t>) -> Self {
        Self { bytes: chunk.bytes, overlap: chunk.overlap, line: 0, counted: chunk.overlap, start: 0, searched: 0 }
    }

    fn place(&mut self, at: usize) -> Place<'t> {
        if let Some(end) = memrchr(b'\n', &self.bytes[self.searched..at]) {
            self.start = self.searched + end + 1;
        }
        self.searched = at;
        let start = self.start.max(self.counted);
        self.line += memchr_iter(b'\n', &self.bytes[self.counted..start]).count() as u64;
        self.counted = start;
        Place { line: self.line, before: Before::Bytes(&self.bytes[self.start..at]) }
    }

    /// The number of lines of the chunk.
    fn end(self) -> u64 {
        let rest = memchr_iter(b'\n', &self.bytes[self.counted..]).count() as u64;
        self.line + rest + u64::from(!self.bytes.ends_with(b"\n") && self.bytes.len() > self.overlap)
    }
}

/// Whether the text between two numbers makes them a list: commas, spaces, line ends, "and", "or".
fn is_list(between: &[u8]) -> bool {
    const MAX_LENGTH: usize = 12;
    let text = lossy(between).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    text.len() <= MAX_LENGTH && !text.contains('.') && words.into_iter().all(|word| matches!(word, "and" | "or"))
}
