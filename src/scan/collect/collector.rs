//! Collects the findings in one chunk: counts, keys with their positions, faults.

use super::{
    allowances,
    context_cache::KeyContext,
    counters::WorkerCounters,
    findings::{AnswerFileFindings, ChunkFindings, DuplicateCandidate, RawRecord, ReadFault},
    pending::{CollectedChunk, PendingKey},
};
use crate::{
    judge::judgement,
    model::{
        judgement::Judgement,
        severity::Severity,
        situation::{Purpose, Situation},
        within::Within,
    },
    registry::Installed,
    scan::{
        context::ScanContext,
        pool::Pool,
        request::ReportFilter,
        row_context::RowContext,
        sniff::{Look, look},
    },
    source::encoding::Encoding,
};
use std::{
    borrow::Cow,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// The beginning of a text: its line, and the text before it on that line.
#[derive(Clone, Copy, Debug)]
pub(in crate::scan) struct TextStart<'t> {
    pub(in crate::scan) line: u64,
    /// The text before it on the line.
    pub(in crate::scan) before: Before<'t>,
}

/// The beginning of a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::scan) enum Before<'t> {
    /// In the input's encoding.
    Bytes(&'t [u8]),
    /// Decoded.
    Text(&'t str),
}

/// The treatment of a number in the groups of a form that a rule faults, if only a hint says that it is a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan) enum Faulty {
    /// It is a key.
    IsKey,
    /// It is not a key.
    IsNone,
}

/// The collector of one chunk.
pub(in crate::scan) struct Collector<'p, 'r, 'c> {
    context: &'r ScanContext<'c>,
    /// The path of the file.
    label: &'p str,
    /// The context of all keys of this file.
    options: KeyContext<'c>,
    encoding: Encoding,
    counters: WorkerCounters<'r, 'c>,
    pool: &'p Pool<WorkerCounters<'r, 'c>>,
    found: ChunkFindings,
    keys: Vec<PendingKey<'c>>,
    counted: Option<Counted>,
    /// The number of characters of the current line before the chunk.
    begins_at: u64,
}

/// The beginning of a line whose characters were counted.
#[derive(Clone, Copy)]
struct Counted {
    line: u64,
    /// Its address in memory: several readers can read the same line from different buffers.
    address: usize,
    bytes: usize,
    characters: u64,
}

/// The objects that the threads of a run share.
#[derive(Default)]
pub(in crate::scan) struct Pools<'r, 'c> {
    /// Buffers for the input.
    pub(in crate::scan) buffers: Arc<Pool<Vec<u8>>>,
    pub(in crate::scan) counters: Pool<WorkerCounters<'r, 'c>>,
}

impl<'p, 'r, 'c> Collector<'p, 'r, 'c> {
    pub(in crate::scan) fn new(
        context: &'r ScanContext<'c>,
        pool: &'p Pool<WorkerCounters<'r, 'c>>,
        label: &'p str,
        encoding: Encoding,
    ) -> Self {
        let said = context.by_path.map(|by_path| by_path(label)).unwrap_or_default();
        let options = Situation {
            product: context.options.product.or(said.product),
            sku: context.options.sku.or(said.sku),
            package: context.options.package.or(said.package),
            // Only answer files and commands show that Setup reads their keys.
            purpose: Purpose::Record,
        };
        Self {
            context,
            label,
            options: KeyContext::of(&options, &context.matchers),
            encoding,
            counters: pool.take(),
            pool,
            found: ChunkFindings::default(),
            keys: Vec::new(),
            counted: None,
            begins_at: 0,
        }
    }

    /// Returns `true` if the other columns are wanted.
    pub(in crate::scan) fn carries(&self) -> bool {
        self.context.carry
    }

    pub(in crate::scan) fn decode<'t>(&self, bytes: &'t [u8]) -> Cow<'t, str> {
        self.encoding.decode(bytes)
    }

    /// Bytes that are already UTF-8 and need no decoding.
    pub(in crate::scan) fn undecoded<'t>(&self, bytes: &'t [u8]) -> Option<&'t str> {
        std::str::from_utf8(bytes).ok().filter(|text| self.encoding == Encoding::Utf8 || text.is_ascii())
    }

    /// Sets the number of characters that the line of the next text has before the chunk.
    pub(in crate::scan) fn begins_at(&mut self, characters: u64) {
        self.begins_at = characters;
    }

    /// Counts lines that were read.
    pub(in crate::scan) fn lines(&mut self, lines: u64) {
        self.found.lines = self.found.lines.saturating_add(lines);
    }

    /// The number of lines read.
    pub(in crate::scan) fn line(&self) -> u64 {
        self.found.lines
    }

    /// Counts the keys in a block of a plain list, of which only the counts are wanted.
    pub(in crate::scan) fn block(&mut self, block: &[u8]) {
        let decoded = match self.encoding {
            Encoding::Windows1252 | Encoding::Cp437 => self.encoding.decode(block),
            // Non-ASCII text is decoded line by line.
            Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => Cow::Borrowed(""),
        };
        let block = if decoded.is_empty() { block } else { decoded.as_bytes() };
        self.found.lines =
            self.found.lines.saturating_add(self.counters.lines(block, &self.options, &self.context.matchers));
    }

    /// Returns `true` if only counts are wanted.
    pub(in crate::scan) fn only_counts(&self) -> bool {
        self.context.filter == ReportFilter::Counts && !self.context.duplicates
    }

    /// Adds a key, with the context that its row gives.
    pub(in crate::scan) fn key(
        &mut self,
        text: &str,
        place: TextStart<'_>,
        spoken: &RowContext<'_>,
        record: Option<RawRecord>,
    ) {
        let meaning = if spoken.is_empty() {
            self.options.clone()
        } else {
            let ScanContext { catalogue, matchers, .. } = self.context;
            self.counters.meaning(spoken, &self.options.situation, catalogue, matchers)
        };
        self.add(text, place, &meaning, record);
    }

    /// Adds a number under a mere hint, such as `serial number`: it is a key only if its row names a product of the catalogue, or if it has
    /// the groups of a form.
    pub(in crate::scan) fn hinted(
        &mut self,
        text: &str,
        place: TextStart<'_>,
        spoken: &RowContext<'_>,
        record: Option<RawRecord>,
        faulty: Faulty,
    ) {
        let ScanContext { catalogue, matchers, .. } = self.context;
        let is_key = || {
            let (look, clean) = look(text, matchers.first());
            look == Look::Groups && (clean || faulty == Faulty::IsKey)
        };
        let meaning = if spoken.is_empty() {
            self.options.clone()
        } else {
            self.counters.meaning(spoken, &self.options.situation, catalogue, matchers)
        };
        if meaning.situation.product.is_some() || is_key() {
            self.add(text, place, &meaning, record);
        }
    }

    /// Adds a key for a product that the text around it names.
    pub(in crate::scan) fn key_for(&mut self, text: &str, place: TextStart<'_>, situation: &Situation<'c>) {
        let meaning = KeyContext::of(situation, &self.context.matchers);
        self.add(text, place, &meaning, None);
    }

    /// Adds a number from a registry, if it has the form of one. Its place in the file is its line and column.
    pub(in crate::scan) fn installed(&mut self, number: &Installed, situation: &Situation<'c>) {
        let Ok(judgement) = judgement(self.context.catalogue, &number.text, situation) else { return };
        if judgement.form.is_none() {
            return;
        }
        let (line, column) = (0, number.offset.saturating_add(1));
        self.counters.installed(&judgement);
        if self.context.duplicates {
            let hash = hash(&number.text, judgement.form.as_deref());
            self.found.seen.push(DuplicateCandidate { hash, line, column });
        }
        if self.is_reported(&judgement) {
            let (text, value) = (number.text.as_str().into(), Some(number.value.as_str().into()));
            self.keys.push(PendingKey {
                line,
                column,
                text,
                situation: *situation,
                record: None,
                unknown: None,
                value,
            });
        }
    }

    /// Adds what could not be read of a file.
    pub(in crate::scan) fn faults(&mut self, faults: impl Iterator<Item = ReadFault>) {
        self.found.faults.extend(faults);
    }

    /// Returns `true` if the request asks for a key with this judgement.
    fn is_reported(&self, outcome: &Judgement) -> bool {
        match self.context.filter {
            ReportFilter::Counts => false,
            ReportFilter::All => true,
            ReportFilter::Findings => !(outcome.rules.is_empty() && outcome.unanswered.is_empty()),
        }
    }

    fn add(&mut self, text: &str, place: TextStart<'_>, meaning: &KeyContext<'c>, record: Option<RawRecord>) {
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
            value: None,
        });
    }

    /// The column of a text, in characters, from one.
    fn column(&mut self, place: &TextStart<'_>) -> u64 {
        let before = match place.before {
            Before::Bytes(bytes) => bytes,
            Before::Text(text) => text.as_bytes(),
        };
        let address = before.as_ptr().addr();
        // A long line can contain many keys, so counting continues from the previous key.
        let known = self.counted.filter(|counted| {
            counted.line == place.line && counted.address == address && counted.bytes <= before.len()
        });
        let (counted, characters) = known.map_or((0, 0), |counted| (counted.bytes, counted.characters));
        let rest = before.within(counted..);
        let more = match place.before {
            Before::Bytes(_) => self.decode(rest).chars().count(),
            Before::Text(_) => rest.iter().filter(|byte| **byte & 0xC0 != 0x80).count(),
        };
        let characters = characters.saturating_add(more as u64);
        self.counted = Some(Counted { line: place.line, address, bytes: before.len(), characters });
        self.begins_at.saturating_add(characters).saturating_add(1)
    }

    /// Adds something that could not be read.
    pub(in crate::scan) fn fault(&mut self, line: u64, column: u64, message: impl Into<String>) {
        self.found.faults.push(ReadFault {
            rule: "input/unreadable",
            line,
            column,
            severity: Severity::Error,
            message: message.into(),
        });
    }

    /// Adds a fault of another rule.
    pub(in crate::scan) fn fault_of(
        &mut self,
        rule: &'static str,
        severity: Severity,
        line: u64,
        message: impl Into<String>,
    ) {
        self.found.faults.push(ReadFault { rule, line, column: 1, severity, message: message.into() });
    }

    /// Adds the findings about an answer file.
    pub(in crate::scan) fn answers(&mut self, linted: AnswerFileFindings) {
        self.found.answers.push(linted);
    }

    /// Sorts the findings of two readers of one text by position.
    pub(in crate::scan) fn in_order(&mut self) {
        self.keys.sort_by_key(|key| (key.line, key.column));
        self.found.seen.sort_by_key(|seen| (seen.line, seen.column));
    }

    /// Reads the comments that accept findings, if there are findings.
    pub(in crate::scan) fn read_allowances(&mut self, bytes: &[u8], overlap: usize) {
        if !self.keys.is_empty() || self.found.answers.iter().any(|answers| !answers.findings.is_empty()) {
            allowances::read(bytes, overlap, self.context.catalogue, &mut self.found);
        }
    }

    /// The situation of all keys of this file.
    pub(in crate::scan) fn options(&self) -> Situation<'c> {
        self.options.situation
    }

    /// The path of the file.
    pub(in crate::scan) fn label(&self) -> &'p str {
        self.label
    }

    pub(in crate::scan) fn context(&self) -> &'r ScanContext<'c> {
        self.context
    }

    /// All findings. The counters go back to the pool.
    pub(in crate::scan) fn finish(self) -> CollectedChunk<'c> {
        self.pool.give(self.counters);
        CollectedChunk { catalogue: self.context.catalogue, found: self.found, keys: self.keys }
    }
}

/// A hash of the characters that make up a key, however it is spelled.
fn hash(text: &str, form: Option<&str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    form.hash(&mut hasher);
    // Postoffice serials are compared as numbers: leading zeros do not count.
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
