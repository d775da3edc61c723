//! Finds keys in lists, tables, records, answer files, scripts and any text, judges them, and reports their positions.
//!
//! Several threads share the work; results are reported in the order of the input. Memory does not grow with the size of a file;
//! only the search for [duplicates](Request::duplicates) keeps twenty bytes for every key.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod batch;
mod chunk;
mod collect;
pub mod columns;
mod context;
mod detect;
mod extract;
mod file_scanner;
mod hive;
mod kind;
mod lexicon;
mod matcher_cache;
mod origin;
mod other_numbers;
mod pool;
mod product_names;
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
    model::{severity::Severity, source::Basis, subject::Subject, verdict::Verdict},
    parallel::map_in_order,
    source::{
        ignored::IgnoreUse,
        walk::{GlobUse, KeptOut, Nothing},
    },
    wire::{
        self, Entry, Field, Located, Location, RepeatedKeys, State, SubjectKind, Unanswered,
        mask::{self, Keys},
    },
};
use batch::{ChunkResult, ResultBatch};
use collect::{
    collector::Pools,
    duplicates::Duplicates,
    findings::{Allowed, AnswerFileExtent, AnswerFileFindings, RawRecord, ReadFault},
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

/// The other columns of a row, or fields of a record, shared by the keys in it. Keys in them are masked unless the request shows keys.
pub type Record = Arc<[Field<'static>]>;

/// An event of a search; events come in the order of the input.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A key that the filter lets through, and the other columns of its row.
    Key(Box<Located>, Option<Record>),
    /// The findings about a whole file, or the reason why it could not be read.
    File(Box<Entry<'static>>),
    /// The number of bytes read since the last such event.
    Read(u64),
}

/// The counts of a search, and the inputs that led to no file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// The number of keys with each judgement.
    pub tally: Tally,
    /// The files that were searched.
    pub files: u64,
    /// The answer files among them.
    pub answer_files: u64,
    /// The files that were skipped because they are binary.
    pub binary: u64,
    /// The inputs, or parts of them, that could not be read.
    pub faults: u64,
    /// Keys that occur in several places.
    pub duplicates: RepeatedKeys,
    /// Folders and globs that led to no file.
    pub nothing: Vec<Nothing>,
    /// The files that ignore lists exclude, by rule.
    pub kept_out: Vec<KeptOut>,
}

/// Finds the keys of a request's inputs, judges them, and passes each to `tell` in the order of the input.
///
/// # Errors
/// The first error of `tell`; or [`UnknownId`], converted to `E`, if the situation names something that the catalogue does not have.
pub fn scan<E: From<UnknownId>>(
    request: &Request<'_>,
    mut tell: impl FnMut(Event) -> Result<(), E>,
) -> Result<Totals, E> {
    let options = request.situation.resolve(request.catalogue)?;
    let context = ScanContext {
        catalogue: request.catalogue,
        matchers: MatcherCache::new(request.catalogue)?,
        options,
        by_path: request.by_path,
        filter: request.filter,
        duplicates: request.duplicates,
        carry: request.carry,
        columns: request.columns.clone(),
        lengths: FormLengths::of(request.catalogue),
        names: OnceCell::new(),
        answer_files: OnceCell::new(),
    };
    let pools = Pools::default();
    let globs = Mutex::new(GlobUse::new(&request.walk.globs));
    let ignore_use = Arc::new(Mutex::new(IgnoreUse::default()));
    let pieces = WorkQueue::new(request, &context, Arc::clone(&pools.buffers), &globs, Arc::clone(&ignore_use));
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
                    run.totals.files = run.totals.files.saturating_add(1);
                    if request.duplicates {
                        run.seen.file(&run.shown(&part.label));
                    }
                }
                run.totals.binary = run.totals.binary.saturating_add(u64::from(part.binary));
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
    totals.kept_out = kept_out(request, &ignore_use);
    Ok(totals)
}

/// The rules that excluded files. The text of a rule can contain a key, so it is masked.
fn kept_out(request: &Request<'_>, ignore_use: &Mutex<IgnoreUse>) -> Vec<KeptOut> {
    let kept_out = ignore_use.lock().unwrap_or_else(PoisonError::into_inner).kept_out();
    let masked = |text: &str| mask::text(request.catalogue, text, request.keys).into_owned();
    let masked = |rule: KeptOut| KeptOut {
        path: mask::path(request.catalogue, &rule.path, request.keys).into_owned(),
        pattern: masked(&rule.pattern),
        ..rule
    };
    kept_out.into_iter().map(masked).collect()
}

/// The counts of a run so far.
struct Run<'c> {
    catalogue: &'c Catalogue,
    keys: Keys,
    totals: Totals,
    seen: Duplicates,
    /// The other columns of the last row, which can have many keys: as read, and as reported.
    last: Option<(RawRecord, Record)>,
}

impl Run<'_> {
    /// A path as it is reported: a name in it can be a key, which is masked.
    fn shown(&self, label: &Arc<str>) -> Arc<str> {
        match mask::path(self.catalogue, label, self.keys) {
            Cow::Borrowed(_) => Arc::clone(label),
            Cow::Owned(masked) => Arc::from(masked),
        }
    }

    /// The other columns of a row as they are reported: keys in them are masked.
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

/// Emits the findings of a part that begins after `line` lines. Returns the number of lines before the next part.
fn emit_events<E>(
    part: ChunkResult,
    line: u64,
    run: &mut Run<'_>,
    tell: &mut impl FnMut(Event) -> Result<(), E>,
) -> Result<u64, E> {
    let label: Cow<'static, str> = Cow::Owned(run.shown(&part.label).to_string());
    let place = |at: u64, column: u64| Location {
        path: label.clone(),
        line: line.saturating_add(at).saturating_add(1),
        column,
    };
    let found = part.found;
    for answers in &found.answers {
        run.totals.answer_files =
            run.totals.answer_files.saturating_add(u64::from(answers.extent == AnswerFileExtent::File));
        if !(answers.findings.is_empty() && answers.unanswered.is_empty()) {
            tell(Event::File(Box::new(answer_file(answers, &found.allowed, &place).into_owned())))?;
        }
    }
    for key in found.keys {
        let record = key.record.map(|record| run.record(record));
        let value = key.subject.value.as_deref();
        let value = value.map(|value| mask::text(run.catalogue, value, run.keys).into_owned());
        let subject = Subject { accepted: accepted(&found.allowed, key.line), value, ..key.subject };
        let located = Located { subject, location: Some(place(key.line, key.column)) };
        tell(Event::Key(Box::new(located), record))?;
    }
    for fault in found.faults {
        run.totals.faults = run.totals.faults.saturating_add(u64::from(fault.severity == Severity::Error));
        let location = place(fault.line, fault.column);
        tell(Event::File(Box::new(unreadable(fault, part.read_as.clone(), location))))?;
    }
    for key in found.seen {
        run.seen.key(key.hash, line.saturating_add(key.line).saturating_add(1), key.column);
    }
    Ok(line.saturating_add(found.lines))
}

/// The rules whose findings comments accept on a line, each with its reason.
fn accepted(allowed: &[Allowed], line: u64) -> Vec<(String, String)> {
    let own = allowed.iter().filter(|allowed| allowed.line == line);
    own.map(|allowed| (allowed.rule.clone(), allowed.reason.clone())).collect()
}

/// The entry for an answer file, with its findings.
fn answer_file<'a>(
    answers: &'a AnswerFileFindings,
    allowed: &[Allowed],
    place: &impl Fn(u64, u64) -> Location<'static>,
) -> Entry<'a> {
    let findings = answers.findings.iter().map(|(finding, line, column)| wire::Finding {
        location: Some(place(line.saturating_sub(1), *column)),
        state: State::of_accepted(&accepted(allowed, line.saturating_sub(1)), &finding.rule),
        ..wire::Finding::from(finding)
    });
    let errors = answers.findings.iter().any(|(finding, ..)| finding.severity == Severity::Error);
    let verdict = match (errors, answers.unanswered.is_empty()) {
        (true, _) => Verdict::Rejected,
        (false, false) => Verdict::Undecided,
        (false, true) => Verdict::WellFormed,
    };
    let first = match answers.extent {
        AnswerFileExtent::File => 0,
        AnswerFileExtent::Within(line) => line,
    };
    let (location, read_as) = (place(first, 1), answers.answer_source.as_deref().map(Cow::Borrowed));
    Entry {
        findings: findings.collect(),
        unanswered: answers.unanswered.iter().map(Unanswered::from).collect(),
        verdict,
        ..Entry::of_file(SubjectKind::AnswerFile, location.path.clone(), read_as, location)
    }
}

/// The entry for a file that could not be read, or not to its end.
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
