//! Finds keys in lists, tables, records, answer files, scripts and any text, judges them, and says where they stand.
//!
//! Work is shared by several threads and told in the order of the input. Memory does not grow with the size of a file;
//! only the search for [duplicates](Request::duplicates) keeps twenty bytes for every key.

mod batch;
mod chunk;
mod collect;
pub mod columns;
mod context;
mod detect;
mod extract;
mod file_scanner;
mod kind;
mod lexicon;
mod matcher_cache;
mod pool;
mod request;
mod row_context;
mod sniff;
mod stream;
mod work;

pub use crate::source::{encoding, plain_file::bytes_to_read, walk};
pub use kind::InputKind;
pub use request::{ReportFilter, Request};

use crate::{
    bulk::Tally,
    catalogue::{Catalogue, UnknownId},
    model::{severity::Severity, source::Basis, verdict::Verdict},
    parallel::map_in_order,
    source::walk::{GlobUse, Nothing},
    wire::{
        self, Entry, Field, Located, Location, RepeatedKeys, SubjectKind, Unanswered,
        mask::{self, Keys},
    },
};
use batch::{ChunkResult, ResultBatch};
use collect::{
    collector::Pools,
    duplicates::Duplicates,
    findings::{AnswerFileFindings, RawRecord, ReadFault},
};
use context::ScanContext;
use lexicon::FormLengths;
use matcher_cache::MatcherCache;
use once_cell::sync::OnceCell;
use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

use work::WorkQueue;

/// The other columns of a row, or fields of a record, shared by the keys in it. Keys in them are masked, unless they were to be shown.
pub type Record = Arc<[Field<'static>]>;

/// Something that a run reports, in the order of the input.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key that is worth a report, and the other columns of its row.
    Key(Box<Located>, Option<Record>),
    /// What was found in a file as a whole, or why it could not be read.
    File(Box<Entry<'static>>),
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
    /// The answer files among them.
    pub answer_files: u64,
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
    let (totals, seen) = (Totals::default(), Duplicates::default());
    let mut run = Run { catalogue: request.catalogue, keys: request.keys, totals, seen, last: None };
    let mut line = 0;
    map_in_order(
        pieces,
        request.threads,
        |piece, emit| piece.look(request, &context, &pools, ResultBatch::new(emit)),
        |parts| {
            for part in parts {
                if part.first {
                    line = 0;
                    run.totals.files += 1;
                    if request.duplicates {
                        run.seen.file(&part.label);
                    }
                }
                run.totals.binary += u64::from(part.binary);
                tell(Event::Read(part.bytes))?;
                line = emit_events(part, line, &mut run, &mut tell)?;
            }
            Ok::<(), E>(())
        },
    )?;
    let Run { mut totals, seen, .. } = run;
    for counters in pools.counters.into_all() {
        totals.tally.merge(&counters.tally());
    }
    totals.duplicates = seen.groups();
    totals.nothing = globs.into_inner().unwrap_or_else(PoisonError::into_inner).nothing();
    Ok(totals)
}

/// What a run has counted so far.
struct Run<'c> {
    catalogue: &'c Catalogue,
    keys: Keys,
    totals: Totals,
    seen: Duplicates,
    /// The other columns of the last row, which can be those of many keys, as they were found and as they are handed on.
    last: Option<(RawRecord, Record)>,
}

impl Run<'_> {
    /// The other columns of a row as they are handed on: a key in them is masked.
    fn record(&mut self, raw: RawRecord) -> Record {
        if let Some((_, record)) = self.last.as_ref().filter(|(last, _)| Arc::ptr_eq(last, &raw)) {
            return Arc::clone(record);
        }
        let masked = |text: &str| Cow::Owned(mask::text(self.catalogue, text, self.keys).into_owned());
        let field = |(at, (name, value)): (usize, &(String, String))| {
            // The rows of a table have the same headings.
            let last = self.last.as_ref().filter(|(raw, _)| raw.get(at).is_some_and(|(other, _)| other == name));
            let heading = last.and_then(|(_, record)| record.get(at)).map(|field| field.name.clone());
            Field { name: heading.unwrap_or_else(|| masked(name)), value: masked(value) }
        };
        let record: Record = raw.iter().enumerate().map(field).collect();
        self.last = Some((raw, Arc::clone(&record)));
        record
    }
}

/// Emits what was found in a part that begins after `line` lines; gives the number of lines before the next.
fn emit_events<E>(
    part: ChunkResult,
    line: u64,
    run: &mut Run<'_>,
    tell: &mut impl FnMut(Event) -> Result<(), E>,
) -> Result<u64, E> {
    let label: Cow<'static, str> = Cow::Owned(part.label.to_string());
    let place = |at: u64, column: u64| Location { path: label.clone(), line: line + at + 1, column };
    let found = part.found;
    if let Some(answers) = &found.answers {
        run.totals.answer_files += 1;
        if !(answers.findings.is_empty() && answers.unanswered.is_empty()) {
            tell(Event::File(Box::new(answer_file(answers, &place).into_owned())))?;
        }
    }
    for key in found.keys {
        let record = key.record.map(|record| run.record(record));
        let located = Located { subject: key.subject, location: Some(place(key.line, key.column)) };
        tell(Event::Key(Box::new(located), record))?;
    }
    for fault in found.faults {
        run.totals.faults += u64::from(fault.severity == Severity::Error);
        let location = place(fault.line, fault.column);
        tell(Event::File(Box::new(unreadable(fault, part.read_as.clone(), location))))?;
    }
    for key in found.seen {
        run.seen.key(key.hash, line + key.line + 1, key.column);
    }
    Ok(line + found.lines)
}

/// An answer file as a whole, with what is wrong in it.
fn answer_file<'a>(answers: &'a AnswerFileFindings, place: &impl Fn(u64, u64) -> Location<'static>) -> Entry<'a> {
    let findings = answers.findings.iter().map(|(finding, line, column)| wire::Finding {
        location: Some(place(line - 1, *column)),
        ..wire::Finding::from(finding)
    });
    let errors = answers.findings.iter().any(|(finding, ..)| finding.severity == Severity::Error);
    let verdict = match (errors, answers.unanswered.is_empty()) {
        (true, _) => Verdict::Rejected,
        (false, false) => Verdict::Undecided,
        (false, true) => Verdict::WellFormed,
    };
    let (location, read_as) = (place(0, 1), answers.answer_source.as_deref().map(Cow::Borrowed));
    Entry {
        findings: findings.collect(),
        unanswered: answers.unanswered.iter().map(Unanswered::from).collect(),
        verdict,
        ..Entry::of_file(SubjectKind::AnswerFile, location.path.clone(), read_as, location)
    }
}

/// A file that could not be read, or not to its end.
fn unreadable(fault: ReadFault, read_as: Option<String>, location: Location<'static>) -> Entry<'static> {
    let finding = wire::Finding {
        rule: Cow::Borrowed(fault.rule),
        severity: fault.severity,
        basis: Basis::Independent,
        message: Cow::Owned(fault.message),
        span: None,
        remedies: Cow::Borrowed(&[]),
        location: Some(location.clone()),
        source: None,
        state: None,
    };
    Entry {
        findings: vec![finding],
        verdict: Verdict::Undecided,
        ..Entry::of_file(SubjectKind::File, location.path.clone(), read_as.map(Cow::Owned), location)
    }
}
