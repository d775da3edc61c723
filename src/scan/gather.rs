//! Gathers what is found in one piece of input: counts, keys with their places, faults.

use super::{
    Extent,
    encoding::Encoding,
    found::{Fault, Found, Gathered, Record, Seen, Worthy},
    ledger::{Ledger, Meaning},
    people::Spoken,
    pool::Pool,
    situations::Situations,
    table::Columns,
    text::{Shapes, Titles},
};
use crate::{catalogue::Catalogue, model::situation::Situation};
use once_cell::sync::OnceCell;
use std::{
    borrow::Cow,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// What does not change during a run.
pub(super) struct Shared<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) situations: Situations<'c>,
    /// What the user said of all keys.
    pub(super) options: Situation<'c>,
    /// What the user said of the keys in a file.
    pub(super) by_path: Option<&'c (dyn Fn(&str) -> Situation<'c> + Sync)>,
    pub(super) extent: Extent,
    pub(super) duplicates: bool,
    /// Whether the other columns of a table are wanted.
    pub(super) carry: bool,
    pub(super) columns: Columns,
    pub(super) shapes: Shapes,
    /// Made for the first text.
    pub(super) titles: OnceCell<Titles<'c>>,
}

impl<'c> Shared<'c> {
    /// The product that a text names, if it names just one.
    pub(super) fn product(&self, text: &str) -> Option<&'c str> {
        self.titles.get_or_init(|| Titles::of(self.catalogue)).product(text)
    }
}

/// Where a text begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'t> {
    pub(super) line: u64,
    /// What stands before it on the line.
    pub(super) before: Before<'t>,
}

/// The beginning of a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Before<'t> {
    /// As the input has it.
    Bytes(&'t [u8]),
    /// Decoded.
    Text(&'t str),
}

/// The collector of one piece.
pub(super) struct Gathering<'p, 'r, 'c> {
    shared: &'r Shared<'c>,
    /// What is known of all keys of this file.
    options: Meaning<'c>,
    encoding: Encoding,
    ledger: Ledger<'r, 'c>,
    pool: &'p Pool<Ledger<'r, 'c>>,
    found: Found,
    keys: Vec<Worthy<'c>>,
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
pub(super) struct Pools<'r, 'c> {
    /// For what is read.
    pub(super) buffers: Arc<Pool<Vec<u8>>>,
    pub(super) ledgers: Pool<Ledger<'r, 'c>>,
}

impl<'p, 'r, 'c> Gathering<'p, 'r, 'c> {
    pub(super) fn new(shared: &'r Shared<'c>, pool: &'p Pool<Ledger<'r, 'c>>, label: &str, encoding: Encoding) -> Self {
        let said = shared.by_path.map(|by_path| by_path(label)).unwrap_or_default();
        let options = Situation {
            product: shared.options.product.or(said.product),
            sku: shared.options.sku.or(said.sku),
            package: shared.options.package.or(said.package),
        };
        Self {
            shared,
            options: Meaning::of(&options, &shared.situations),
            encoding,
            ledger: pool.take(),
            pool,
            found: Found::default(),
            keys: Vec::new(),
            counted: None,
        }
    }

    /// Whether the other columns are wanted.
    pub(super) fn carries(&self) -> bool {
        self.shared.carry
    }

    pub(super) fn decode<'t>(&self, bytes: &'t [u8]) -> Cow<'t, str> {
        self.encoding.decode(bytes)
    }

    /// Bytes that are text as they stand, without being decoded.
    pub(super) fn undecoded<'t>(&self, bytes: &'t [u8]) -> Option<&'t str> {
        std::str::from_utf8(bytes).ok().filter(|text| self.encoding == Encoding::Utf8 || text.is_ascii())
    }

    /// Counts lines that were gone through.
    pub(super) fn lines(&mut self, lines: u64) {
        self.found.lines += lines;
    }

    /// How many lines were gone through.
    pub(super) fn line(&self) -> u64 {
        self.found.lines
    }

    /// A block of a plain list, of which nothing but the counts is wanted.
    pub(super) fn block(&mut self, block: &[u8]) {
        let decoded = match self.encoding {
            Encoding::Windows1252 | Encoding::Cp437 => self.encoding.decode(block),
            // Decoded line by line, where it is no ASCII.
            Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => Cow::Borrowed(""),
        };
        let block = if decoded.is_empty() { block } else { decoded.as_bytes() };
        self.found.lines += self.ledger.lines(block, &self.options, &self.shared.situations);
    }

    /// Whether only counts are wanted.
    pub(super) fn only_counts(&self) -> bool {
        self.shared.extent == Extent::Counts && !self.shared.duplicates
    }

    /// A key, and what its row says of it.
    pub(super) fn key(&mut self, text: &str, place: Place<'_>, spoken: &Spoken<'_>, record: Option<Record>) {
        let meaning = if spoken.is_empty() {
            self.options.clone()
        } else {
            let Shared { catalogue, situations, .. } = self.shared;
            self.ledger.meaning(spoken, &self.options.situation, catalogue, situations)
        };
        self.told(text, place, &meaning, record);
    }

    /// A key for a product that the text around it names.
    pub(super) fn judged(&mut self, text: &str, place: Place<'_>, situation: &Situation<'c>) {
        let meaning = Meaning::of(situation, &self.shared.situations);
        self.told(text, place, &meaning, None);
    }

    fn told(&mut self, text: &str, place: Place<'_>, meaning: &Meaning<'c>, record: Option<Record>) {
        let outcome = self.ledger.key(text, meaning, &self.shared.situations);
        let clean = outcome.rules.is_empty() && outcome.unanswered.is_empty();
        let worth = match self.shared.extent {
            Extent::Counts => false,
            Extent::All => true,
            Extent::Findings => !clean,
        };
        if self.shared.duplicates && outcome.form.is_some() {
            let (hash, column) = (hash(text, outcome.form.as_deref()), self.column(&place));
            self.found.seen.push(Seen { hash, line: place.line, column });
        }
        if !worth {
            return;
        }
        let column = self.column(&place);
        self.keys.push(Worthy {
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
    pub(super) fn fault(&mut self, line: u64, column: u64, message: impl Into<String>) {
        self.found.faults.push(Fault { rule: "input/unreadable", line, column, message: message.into() });
    }

    /// A fault of another rule.
    pub(super) fn fault_of(&mut self, rule: &'static str, line: u64, message: impl Into<String>) {
        self.found.faults.push(Fault { rule, line, column: 1, message: message.into() });
    }

    /// What the file as a whole was found to be.
    pub(super) fn answers(&mut self, linted: super::answers::Linted) {
        self.found.answers = Some(linted);
    }

    /// Puts what was found by two readers of one text in the order of the text.
    pub(super) fn in_order(&mut self) {
        self.keys.sort_by_key(|key| (key.line, key.column));
        self.found.seen.sort_by_key(|seen| (seen.line, seen.column));
    }

    /// What is known of all keys of this file.
    pub(super) fn options(&self) -> Situation<'c> {
        self.options.situation
    }

    pub(super) fn shared(&self) -> &'r Shared<'c> {
        self.shared
    }

    /// Everything that was found. What was counted is given back.
    pub(super) fn gathered(self) -> Gathered<'r, 'c> {
        self.pool.give(self.ledger);
        Gathered { shared: self.shared, found: self.found, keys: self.keys }
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
