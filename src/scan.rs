//! Finds keys in lists, tables, records, answer files, scripts and any text, judges them, and says where they stand.
//!
//! Work is shared by several threads and told in the order of the input. Memory does not grow with the size of a file;
//! only the search for [duplicates](Request::duplicates) keeps twenty bytes for every key.

mod batch;
mod chunk;
mod collect;
pub mod columns;
mod context;
mod cutter;
mod detect;
pub mod encoding;
mod extract;
mod kind;
mod lexicon;
mod magic;
mod matcher_cache;
mod pool;
mod ranges;
mod request;
mod row_context;
mod sniff;
mod stream;
pub mod walk;
mod work;

pub use collect::findings::Record;
pub use kind::InputKind;
pub use magic::bytes_to_read;
pub use request::{ReportFilter, Request};

use crate::{
    bulk::Tally,
    catalogue::UnknownId,
    model::{severity::Severity, source::Basis, verdict::Verdict},
    parallel::map_in_order,
    wire::{self, Entry, FileProperties, Located, Location, Properties, RepeatedKeys, Unanswered},
};
use batch::{ChunkResult, ResultBatch};
use collect::{collector::Pools, duplicates::Duplicates, findings::ReadFault};
use context::ScanContext;
use lexicon::FormLengths;
use matcher_cache::MatcherCache;
use once_cell::sync::OnceCell;
use std::sync::{Arc, Mutex, PoisonError};
use walk::{GlobUse, Nothing};
use work::WorkQueue;

/// Something that a run tells, in the order of the input.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key that is worth a report, and the other columns of its row.
    Key(Box<Located>, Option<Record>),
    /// What was found in a file as a whole, or why it could not be read.
    File(Box<Entry>),
    /// So many bytes more were read.
    Read(u64),
}

/// What a run comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Every key by what is said of it.
    pub tally: Tally,
    /// The files that were looked at.
    pub files: u64,
    /// The files that were passed over because they are no text.
    pub binary: u64,
    /// The faults in the way of reading.
    pub faults: u64,
    /// Keys that stand in several places.
    pub duplicates: RepeatedKeys,
    /// Folders and globs that led to no file.
    pub nothing: Vec<Nothing>,
}

/// Looks at everything that is asked for and tells what it finds.
///
/// # Errors
/// The first error of `tell`; or [`UnknownId`], turned by `unknown`, when the situation names what the catalogue does not have.
pub fn scan<E: From<UnknownId>>(
    request: &Request<'_>,
    mut tell: impl FnMut(Event) -> Result<(), E>,
) -> Result<Totals, E> {
    let context = ScanContext {
        catalogue: request.catalogue,
        matchers: MatcherCache::new(request.catalogue)?,
        options: request.situation,
        by_path: request.by_path,
        filter: request.filter,
        duplicates: request.duplicates,
        carry: request.carry,
        columns: request.columns.clone(),
        lengths: FormLengths::of(request.catalogue),
        names: OnceCell::new(),
    };
    request.situation.product.map(|id| request.catalogue.products.find(id)).transpose()?;
    request.situation.package.map(|id| request.catalogue.packages.find(id)).transpose()?;
    let pools = Pools::default();
    let globs = Mutex::new(GlobUse::new(&request.walk.globs));
    let pieces = WorkQueue::new(request, &context, Arc::clone(&pools.buffers), &globs);
    let mut totals = Totals::default();
    let mut seen = Duplicates::default();
    let mut line = 0;
    map_in_order(
        pieces,
        request.threads,
        |piece, emit| piece.look(request, &context, &pools, ResultBatch::new(emit)),
        |parts| {
            for part in parts {
                if part.first {
                    line = 0;
                    totals.files += 1;
                    seen.file(&part.label);
                }
                totals.binary += u64::from(part.binary);
                tell(Event::Read(part.bytes))?;
                line = told(part, line, &mut totals, &mut seen, &mut tell)?;
            }
            Ok::<(), E>(())
        },
    )?;
    for counters in pools.counters.into_all() {
        totals.tally.merge(&counters.tally());
    }
    totals.duplicates = seen.groups();
    totals.nothing = globs.into_inner().unwrap_or_else(PoisonError::into_inner).nothing();
    Ok(totals)
}

/// Tells what was found in a part that begins after `line` lines; gives the number of lines behind it.
fn told<E>(
    part: ChunkResult,
    line: u64,
    totals: &mut Totals,
    seen: &mut Duplicates,
    tell: &mut impl FnMut(Event) -> Result<(), E>,
) -> Result<u64, E> {
    let place = |at: u64, column: u64| Location { path: part.label.to_string(), line: line + at + 1, column };
    let found = part.found;
    if let Some(linted) = &found.answers
        && !(linted.findings.is_empty() && linted.unanswered.is_empty())
    {
        let findings = linted.findings.iter().map(|(finding, at, column)| wire::Finding {
            span: None,
            location: Some(place(at - 1, *column)),
            ..wire::Finding::of(finding, 0)
        });
        let findings: Vec<_> = findings.collect();
        let errors = findings.iter().any(|finding| finding.severity == Severity::Error);
        let unanswered: Vec<_> = linted.unanswered.iter().map(Unanswered::of).collect();
        let verdict = match (errors, unanswered.is_empty()) {
            (true, _) => Verdict::Rejected,
            (false, false) => Verdict::Undecided,
            (false, true) => Verdict::WellFormed,
        };
        let entry =
            Entry { findings, unanswered, verdict, ..file(&part.label, linted.answer_source.clone(), place(0, 1)) };
        tell(Event::File(Box::new(entry)))?;
    }
    for placed in found.keys {
        let located = Located { subject: placed.subject, location: Some(place(placed.line, placed.column)) };
        tell(Event::Key(Box::new(located), placed.record))?;
    }
    for ReadFault { rule, line: at, column, message } in found.faults {
        totals.faults += 1;
        let location = place(at, column);
        let finding = wire::Finding {
            rule: rule.to_owned(),
            severity: Severity::Error,
            basis: Basis::Independent,
            message,
            span: None,
            state: None,
            remedies: Vec::new(),
            location: Some(location.clone()),
        };
        let entry = Entry {
            findings: vec![finding],
            verdict: Verdict::Undecided,
            ..file(&part.label, part.read_as.clone(), location)
        };
        tell(Event::File(Box::new(entry)))?;
    }
    for key in found.seen {
        seen.key(key.hash, line + key.line + 1, key.column);
    }
    Ok(line + found.lines)
}

/// A file as a whole, of which nothing is said yet.
fn file(label: &Arc<str>, read_as: Option<String>, location: Location) -> Entry {
    Entry {
        kind: wire::Kind::AnswerFile,
        label: label.to_string(),
        location: Some(location),
        form: None,
        product: None,
        sku: None,
        from: None,
        verdict: Verdict::WellFormed,
        findings: Vec::new(),
        unanswered: Vec::new(),
        properties: Properties::File(FileProperties { path: label.to_string(), read_as }),
    }
}
