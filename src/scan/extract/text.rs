//! Reads running text: finds the numbers in it, asks the [evidence](super::evidence) which of them are keys, and which product each is for.

use super::{
    cell::Column,
    evidence::{Announced, Number, Strength, announced},
    list_state::{ListState, ListStateReceiver},
    numbers::candidates,
    product::ProductFinder,
    text_context::FURTHEST,
};
use crate::{
    model::{situation::Situation, within::Within},
    scan::{
        collect::collector::{Before, Collector, TextStart},
        context::ScanContext,
    },
    source::{cutter::LinePart, encoding::lossy},
};
use memchr::{memchr_iter, memrchr};
use std::ops::Range;

/// The bytes before a chunk that are read again with it: twice the distance at which words are looked for before a number.
pub(in crate::scan) const OVERLAP: usize = 2 * FURTHEST;

/// A chunk of running text.
#[derive(Clone, Copy)]
pub(in crate::scan) struct TextChunk<'t> {
    pub(in crate::scan) bytes: &'t [u8],
    /// The bytes at its beginning that were also read with the previous chunk.
    pub(in crate::scan) overlap: usize,
    /// The state of the previous chunk, for lists that begin before the overlap.
    pub(in crate::scan) before: Option<&'t ListStateReceiver>,
    /// The ranges that other readers have read, in order.
    pub(in crate::scan) taken: &'t [Range<usize>],
    /// The part of a long line that the chunk is, if any.
    pub(in crate::scan) part: Option<LinePart>,
    /// The number of characters in its first line before the chunk proper, those of the overlap among them.
    pub(in crate::scan) column: u64,
}

impl<'t> TextChunk<'t> {
    /// A text that no other chunk precedes.
    pub(in crate::scan) fn whole(bytes: &'t [u8], taken: &'t [Range<usize>]) -> Self {
        Self { bytes, overlap: 0, before: None, taken, part: None, column: 0 }
    }
}

/// Finds the keys in a chunk. Returns the state that the next chunk may need.
pub(in crate::scan) fn read(chunk: TextChunk<'_>, collector: &mut Collector<'_, '_, '_>) -> ListState {
    let mut reader = TextReader::new(chunk);
    let mut lines = LineCounter::new(chunk);
    let mut products = ProductFinder::default();
    // The previous chunk counted the characters of the overlap.
    let before = chunk.column.saturating_sub(match chunk.column {
        0 => 0,
        _ => collector.decode(chunk.bytes.within(..chunk.overlap)).chars().count() as u64,
    });
    for span in candidates(chunk.bytes) {
        let Some(key) = reader.key(&span, collector.context()) else { continue };
        let options = collector.options();
        let situation = match options.product {
            Some(_) => options,
            None => {
                let product = products.of(key.product, &key.around, collector);
                Situation { product, ..options }
            }
        };
        let text = collector.decode(chunk.bytes.within(span.clone())).into_owned();
        let place = lines.start_of(span.start);
        collector.begins_at(if lines.start == 0 { before } else { 0 });
        collector.key_for(&text, place, &situation);
    }
    collector.lines(lines.end());
    reader.state()
}

/// The numbers of a chunk, read in order: a word announces the first number after it, and those listed with that one.
struct TextReader<'t, 'c> {
    chunk: TextChunk<'t>,
    /// The state of the previous chunk, until the first number needs it.
    before: Option<&'t ListStateReceiver>,
    /// The end of the previous number, or of the words after it that refer to it.
    last: usize,
    /// The form of the previous number, if it is a key, and the strength of its evidence.
    listed: Option<(&'c str, Strength)>,
    /// The column of the last number that had a heading.
    column: Option<Column>,
    /// The offset up to which the previous chunk has read the numbers.
    read_before: usize,
}

impl<'t, 'c> TextReader<'t, 'c> {
    fn new(chunk: TextChunk<'t>) -> Self {
        Self {
            chunk,
            before: chunk.before.filter(|_| chunk.overlap > 0),
            last: 0,
            listed: None,
            column: None,
            read_before: 0,
        }
    }

    /// The key that a number is, if it is a key and belongs to this chunk.
    fn key(&mut self, span: &Range<usize>, context: &ScanContext<'c>) -> Option<Announced<'t, 'c>> {
        let TextChunk { bytes, overlap, .. } = self.chunk;
        if span.start < self.read_before {
            return None;
        }
        // The words before a number this near the beginning are incomplete, and no number of this chunk depends on it.
        if span.end.saturating_add(FURTHEST) <= overlap {
            self.last = span.end;
            return None;
        }
        // Only the first number can continue a list that begins before the overlap.
        if let Some(before) = self.before.take()
            && is_list(bytes.within(self.last..span.start))
        {
            let state = before.receive();
            self.last = state.back.map_or(0, |back| overlap.saturating_sub(back));
            let listed = state.listed.as_ref();
            self.listed = listed.and_then(|(form, strength)| Some((context.catalogue.forms.entry(form)?.0, *strength)));
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
        let key = announced(context, number, &mut self.column)?;
        let form = context.catalogue.forms.get(key.form);
        self.last = form.and_then(|form| key.around.spoken_for(form)).unwrap_or(self.last);
        self.listed = Some((key.form, key.strength));
        (span.start >= overlap).then_some(key)
    }

    fn is_taken(&self, span: &Range<usize>) -> bool {
        let next = self.chunk.taken.partition_point(|range| range.end <= span.start);
        self.chunk.taken.get(next).is_some_and(|range| range.start < span.end)
    }

    /// The state that the next chunk may need.
    fn state(self) -> ListState {
        let back = (self.last > 0).then(|| self.chunk.bytes.len().saturating_sub(self.last));
        ListState {
            back: back.filter(|back| *back <= FURTHEST),
            listed: self.listed.map(|(form, strength)| (form.to_owned(), strength)),
        }
    }
}

/// Finds the lines of ascending offsets, reading every byte once.
pub(super) struct LineCounter<'t> {
    bytes: &'t [u8],
    overlap: usize,
    /// True if the last line continues in the next chunk.
    goes_on: bool,
    line: u64,
    counted: usize,
    /// The beginning of the line of the last offset.
    pub(super) start: usize,
    /// The offset up to which line ends were looked for.
    searched: usize,
}

impl<'t> LineCounter<'t> {
    pub(super) fn new(chunk: TextChunk<'t>) -> Self {
        Self {
            bytes: chunk.bytes,
            overlap: chunk.overlap,
            goes_on: chunk.part == Some(LinePart::GoesOn),
            line: 0,
            counted: chunk.overlap,
            start: 0,
            searched: 0,
        }
    }

    pub(super) fn start_of(&mut self, at: usize) -> TextStart<'t> {
        if let Some(end) = memrchr(b'\n', self.bytes.within(self.searched..at)) {
            self.start = self.searched.saturating_add(end).saturating_add(1);
        }
        self.searched = at;
        let start = self.start.max(self.counted);
        self.line = self.line.saturating_add(memchr_iter(b'\n', self.bytes.within(self.counted..start)).count() as u64);
        self.counted = start;
        TextStart { line: self.line, before: Before::Bytes(self.bytes.within(self.start..at)) }
    }

    /// The number of lines of the chunk.
    fn end(self) -> u64 {
        let rest = memchr_iter(b'\n', self.bytes.within(self.counted..)).count() as u64;
        self.line
            .saturating_add(rest)
            .saturating_add(u64::from(!self.goes_on && !self.bytes.ends_with(b"\n") && self.bytes.len() > self.overlap))
    }
}

/// Returns `true` if the text between two numbers makes them a list: commas, spaces, line ends, "and", "or", the number of an item.
fn is_list(between: &[u8]) -> bool {
    const MAX_LENGTH: usize = 12;
    let text = lossy(between).to_lowercase();
    let text = text.rsplit_once('\n').map_or(&*text, |(before, line)| {
        let item = line.trim().strip_suffix(['.', ')']);
        let numbered = item.is_some_and(|item| !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_digit()));
        if numbered { before } else { &text }
    });
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    between.len() <= MAX_LENGTH && !text.contains('.') && words.into_iter().all(|word| matches!(word, "and" | "or"))
}
