//! Gathers what is found in one piece of input: counts, keys with their places, faults.

use super::{
    context_cache::KeyContext,
    counters::WorkerCounters,
    findings::{AnswerFileFindings, ChunkFindings, DuplicateCandidate, RawRecord, ReadFault},
    pending::{CollectedChunk, PendingKey},
};
use crate::{
    model::{severity::Severity, situation::Situation},
    scan::{context::ScanContext, pool::Pool, request::ReportFilter, row_context::RowContext},
    source::encoding::Encoding,
};
use std::{
    borrow::Cow,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// Where a text begins.
#[derive(Clone, Copy, Debug)]
pub(in crate::scan) struct Place<'t> {
    pub(in crate::scan) line: u64,
    /// What stands before it on the line.
    pub(in crate::scan) before: Before<'t>,
}

/// The beginning of a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::scan) enum Before<'t> {
    /// As the input has it.
    Bytes(&'t [u8]),
    /// Decoded.
    Text(&'t str),
}

/// The collector of one piece.
pub(in crate::scan) struct Collector<'p, 'r, 'c> {
    context: &'r ScanContext<'c>,
    /// What is known of all keys of this file.
    options: KeyContext<'c>,
    encoding: Encoding,
    counters: WorkerCounters<'r, 'c>,
    pool: &'p Pool<WorkerCounters<'r, 'c>>,
    found: ChunkFindings,
    keys: Vec<PendingKey<'c>>,
    counted: Option<Counted>,
}

/// The beginning of a line whose characters were counted.
#[derive(Clone, Copy)]
struct Counted {
    line: u64,
    /// Where it stands in memory: a line can be read by several readers.
    address: usize,
    bytes: usize,
    characters: u64,
}

/// What the threads of a run take and give back.
#[derive(Default)]
pub(in crate::scan) struct Pools<'r, 'c> {
    /// For what is read.
    pub(in crate::scan) buffers: Arc<Pool<Vec<u8>>>,
    pub(in crate::scan) counters: Pool<WorkerCounters<'r, 'c>>,
}

impl<'p, 'r, 'c> Collector<'p, 'r, 'c> {
    pub(in crate::scan) fn new(
        context: &'r ScanContext<'c>,
        pool: &'p Pool<WorkerCounters<'r, 'c>>,
        label: &str,
        encoding: Encoding,
    ) -> Self {
        let said = context.by_path.map(|by_path| by_path(label)).unwrap_or_default();
        let options = Situation {
            product: context.options.product.or(said.product),
            sku: context.options.sku.or(said.sku),
            package: context.options.package.or(said.package),
        };
        Self {
            context,
            options: KeyContext::of(&options, &context.matchers),
            encoding,
            counters: pool.take(),
            pool,
            found: ChunkFindings::default(),
            keys: Vec::new(),
            counted: None,
        }
    }

    /// Whether the other columns are wanted.
    pub(in crate::scan) fn carries(&self) -> bool {
        self.context.carry
    }

    pub(in crate::scan) fn decode<'t>(&self, bytes: &'t [u8]) -> Cow<'t, str> {
        self.encoding.decode(bytes)
    }

    /// Bytes that are text as they stand, without being decoded.
    pub(in crate::scan) fn undecoded<'t>(&self, bytes: &'t [u8]) -> Option<&'t str> {
        std::str::from_utf8(bytes).ok().filter(|text| self.encoding == Encoding::Utf8 || text.is_ascii())
    }

    /// Counts lines that were gone through.
    pub(in crate::scan) fn lines(&mut self, lines: u64) {
        self.found.lines += lines;
    }

    /// How many lines were gone through.
    pub(in crate::scan) fn line(&self) -> u64 {
        self.found.lines
    }

    /// A block of a plain list, of which nothing but the counts is wanted.
    pub(in crate::scan) fn block(&mut self, block: &[u8]) {
        let decoded = match self.encoding {
            Encoding::Windows1252 | Encoding::Cp437 => self.encoding.decode(block),
            // Decoded line by line, where it is no ASCII.
            Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => Cow::Borrowed(""),
        };
        let block = if decoded.is_empty() { block } else { decoded.as_bytes() };
        self.found.lines += self.counters.lines(block, &self.options, &self.context.matchers);
    }

    /// Whether only counts are wanted.
    pub(in crate::scan) fn only_counts(&self) -> bool {
        self.context.filter == ReportFilter::Counts && !self.context.duplicates
    }

    /// A key, and what its row says of it.
    pub(in crate::scan) fn key(
        &mut self,
        text: &str,
        place: Place<'_>,
        spoken: &RowContext<'_>,
        record: Option<RawRecord>,
    ) {
        let meaning = if spoken.is_empty() {
            self.options.clone()
        } else {
            let ScanContext { catalogue, matchers, .. } = self.context;
            self.counters.meaning(spoken, &self.options.situation, catalogue, matchers)
        };
        self.told(text, place, &meaning, record);
    }

    /// A key for a product that the text around it names.
    pub(in crate::scan) fn judged(&mut self, text: &str, place: Place<'_>, situation: &Situation<'c>) {
        let meaning = KeyContext::of(situation, &self.context.matchers);
        self.told(text, place, &meaning, None);
    }

    fn told(&mut self, text: &str, place: Place<'_>, meaning: &KeyContext<'c>, record: Option<RawRecord>) {
        let outcome = self.counters.key(text, meaning, &self.context.matchers);
        let clean = outcome.rules.is_empty() && outcome.unanswered.is_empty();
        let worth = match self.context.filter {
            ReportFilter::Counts => false,
            ReportFilter::All => true,
            ReportFilter::Findings => !clean,
        };
        if self.context.duplicates && outcome.form.is_some() {
            let (hash, column) = (hash(text, outcome.form.as_deref()), self.column(&place));
            self.found.seen.push(DuplicateCandidate { hash, line: place.line, column });
        }
        if !worth {
            return;
        }
        let column = self.column(&place);
        self.keys.push(PendingKey {
            line: place.line,
            column,
            text: text.into(),
            situation: meaning.situation,
            record,
            unknown: meaning.unknown.clone(),
        });
    }

    /// The column of a place, in characters, from one.
    fn column(&mut self, place: &Place<'_>) -> u64 {
        let before = match place.before {
            Before::Bytes(bytes) => bytes,
            Before::Text(text) => text.as_bytes(),
        };
        let address = before.as_ptr().addr();
        // A line can be long and hold many keys: what stands before the one before was counted.
        let known = self.counted.filter(|counted| {
            counted.line == place.line && counted.address == address && counted.bytes <= before.len()
        });
        let (counted, characters) = known.map_or((0, 0), |counted| (counted.bytes, counted.characters));
        let rest = &before[counted..];
        let more = match place.before {
            Before::Bytes(_) => self.decode(rest).chars().count(),
            Before::Text(_) => rest.iter().filter(|byte| **byte & 0xC0 != 0x80).count(),
        };
        let characters = characters + more as u64;
        self.counted = Some(Counted { line: place.line, address, bytes: before.len(), characters });
        characters + 1
    }

    /// Something that could not be read.
    pub(in crate::scan) fn fault(&mut self, line: u64, column: u64, message: impl Into<String>) {
        self.found.faults.push(ReadFault {
            rule: "input/unreadable",
            line,
            column,
            severity: Severity::Error,
            message: message.into(),
        });
    }

    /// A fault of another rule.
    pub(in crate::scan) fn fault_of(&mut self, rule: &'static str, line: u64, message: impl Into<String>) {
        self.found.faults.push(ReadFault { rule, line, column: 1, severity: Severity::Error, message: message.into() });
    }

    /// What the file as a whole was found to be.
    pub(in crate::scan) fn answers(&mut self, linted: AnswerFileFindings) {
        self.found.answers = Some(linted);
    }

    /// Puts what was found by two readers of one text in the order of the text.
    pub(in crate::scan) fn in_order(&mut self) {
        self.keys.sort_by_key(|key| (key.line, key.column));
        self.found.seen.sort_by_key(|seen| (seen.line, seen.column));
    }

    /// What is known of all keys of this file.
    pub(in crate::scan) fn options(&self) -> Situation<'c> {
        self.options.situation
    }

    pub(in crate::scan) fn context(&self) -> &'r ScanContext<'c> {
        self.context
    }

    /// Everything that was found. What was counted is given back.
    pub(in crate::scan) fn finish(self) -> CollectedChunk<'c> {
        self.pool.give(self.counters);
        CollectedChunk { catalogue: self.context.catalogue, found: self.found, keys: self.keys }
    }
}

/// A hash of the characters that make a key, however it is spelled.
fn hash(text: &str, form: Option<&str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    form.hash(&mut hasher);
    // A postoffice serial is compared number by number: leading zeros do not count.
    let text = if form == Some("postoffice-serial") {
        text.trim_start_matches(|c: char| !c.is_ascii_digit() || c == '0')
    } else {
        text
    };
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        c.to_ascii_uppercase().hash(&mut hasher);
    }
    hasher.finish()
}
