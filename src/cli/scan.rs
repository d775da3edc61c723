//! `jewelcase scan`: keys in lists, tables, records, answer files, scripts and any text.

use super::{
    ExitStatus, Failure, Format, Options, catalogue,
    check::SkuName,
    completeness::Completeness,
    input, message, output,
    progress::Progress,
    project::{Project, start},
    protection::Reads,
    sink::Sink,
    threads::threads,
};
use crate::{
    catalogue::Catalogue,
    config::policy::Policy,
    model::{
        judgement::Judgement,
        situation::{Purpose, Situation},
        sku::Sku,
    },
    scan::{
        self, Event, InputKind, ReportFilter, Request,
        columns::{Column, Columns},
        encoding::Encoding,
        walk::{self, Hidden, Ignored, WalkOptions},
    },
    wire::{Command, Entry, Field, KeptOut, Listed, Located, Properties, Totals, mask::Keys},
};
use clap::{Args, ValueEnum};
use std::{borrow::Cow, num::NonZeroUsize, path::PathBuf};

#[derive(Args, Debug)]
pub(super) struct Scan {
    /// Files, folders, archives and disk images; `-` is standard input.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Kind of the input, if its content does not show it.
    #[arg(long = "as", value_enum, value_name = "KIND")]
    kind: Option<KindName>,
    /// Column of a table that contains the keys: its name, or its number counted from one.
    #[arg(long, value_name = "NAME|N")]
    column: Option<String>,
    /// Character encoding of the input, if its bytes do not show it.
    #[arg(long, value_enum, value_name = "ENCODING")]
    encoding: Option<EncodingName>,
    /// Report every key, not only keys with findings.
    #[arg(long, conflicts_with = "summary")]
    all: bool,
    /// Report no key, only counts by form, verdict and rule.
    #[arg(long)]
    summary: bool,
    /// List the keys that occur in several places.
    #[arg(long)]
    duplicates: bool,
    /// Product whose Setup asks, by id or by name, if the input does not name one (see `jewelcase rules list`).
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// Channel, if the input does not name one.
    #[arg(long, value_parser = SkuName, value_name = "SKU")]
    sku: Option<Sku>,
    /// Package, if the input does not name one.
    #[arg(long, value_name = "PACKAGE")]
    from: Option<String>,
    /// Also search files whose name begins with a full stop.
    #[arg(long)]
    hidden: bool,
    /// Also search files that .gitignore, .ignore and similar lists exclude.
    #[arg(long)]
    no_ignore: bool,
    /// Make the exit code 2 if such a list within a named folder excludes files.
    #[arg(long)]
    strict: bool,
    /// Search only files that match; with ! in front, exclude those that match.
    #[arg(long, short, value_name = "GLOB")]
    glob: Vec<String>,
    /// Number of threads; the output does not depend on it.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Show no progress.
    #[arg(long)]
    no_progress: bool,
}

/// The values of `--as`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KindName {
    /// A key on each line.
    List,
    /// A table with commas.
    Csv,
    /// A table with tabs.
    Tsv,
    /// A JSON object on each line.
    Ndjson,
    /// An answer file, or a batch file.
    Answers,
    /// Any text.
    Text,
}

/// The values of `--encoding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EncodingName {
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "utf-16le")]
    Utf16Le,
    #[value(name = "utf-16be")]
    Utf16Be,
    #[value(name = "windows-1252")]
    Windows1252,
    #[value(name = "cp437")]
    Cp437,
}

impl Scan {
    /// The inputs that it reads by name.
    pub(super) fn reads(&self) -> Reads {
        let config_from = Some(start(&self.paths).to_owned());
        Reads { paths: self.paths.clone(), config_from, ..Reads::default() }
    }
}

pub(super) fn run(scan: &Scan, options: &Options) -> Result<ExitStatus, Failure> {
    let catalogue = catalogue(options)?;
    walk::check_globs(&scan.glob).map_err(|error| Failure::Usage(format!("--glob: {error}")))?;
    let (paths, mut completeness) = input::present(&scan.paths)?;
    let project = Project::open(options, catalogue, &scan.paths)?;
    if options.project.show_config {
        return project.show(options);
    }
    let policy = project.policy().cloned();
    // A project accepts individual findings, so even a summary has to see them.
    let filter = match (scan.all, scan.summary && project.is_silent()) {
        (true, _) => ReportFilter::All,
        (false, true) => ReportFilter::Counts,
        (false, false) => ReportFilter::Findings,
    };
    let by_path = |path: &str| in_catalogue(catalogue, policy.as_ref(), path);
    let request = Request {
        catalogue,
        inputs: paths,
        situation: situation(scan, catalogue)?,
        by_path: policy.is_some().then_some(&by_path),
        kind: scan.kind.map(KindName::kind),
        encoding: scan.encoding.map(EncodingName::encoding),
        columns: Columns { key: scan.column.as_deref().map_or(Column::Any, column) },
        filter,
        duplicates: scan.duplicates,
        carry: options.format == Format::Csv,
        keys: output::keys(options),
        walk: WalkOptions {
            hidden: if scan.hidden { Hidden::Included } else { Hidden::Skipped },
            ignored: if scan.no_ignore { Ignored::Included } else { Ignored::Skipped },
            globs: scan.glob.clone(),
            written: output::written(options),
        },
        threads: threads(scan.jobs),
    };
    let mut sink = Sink::open(project, options, Command::Scan, catalogue)?;
    let progress = Progress::new(&scan.paths, scan.no_progress || options.quiet);
    let totals = scan::scan(&request, |event| {
        match event {
            Event::Key(located, record) => {
                let entry = entry(&located, sink.keys(), record.as_deref());
                if scan.summary { sink.count(entry, &located) } else { sink.key(entry, &located)? }
            }
            Event::File(entry) => sink.entry(*entry)?,
            Event::Read(bytes) => progress.read(bytes),
        }
        Ok::<(), Failure>(())
    })?;
    progress.end();
    // Keys that were not reported individually are still counted.
    for (outcome, keys) in totals.tally.counts() {
        let silent = outcome.rules.is_empty() && outcome.unanswered.is_empty();
        let unreported = match request.filter {
            ReportFilter::Counts => keys,
            ReportFilter::Findings if silent => keys,
            ReportFilter::Findings | ReportFilter::All => 0,
        };
        sink.count_many(outcome, unreported);
    }
    sink.totals(counts(&totals, scan));
    for nothing in &totals.nothing {
        message::say(nothing, output::keys(options));
        completeness = Completeness::Partial;
    }
    let hidden = totals.kept_out.iter().filter(|rule| rule.inside);
    if scan.strict && hidden.clone().count() > 0 {
        let files: u64 = hidden.map(|rule| rule.files).sum();
        message::say(
            format_args!("--strict: lists of ignored files keep {files} or more files of the named folders out"),
            output::keys(options),
        );
        completeness = Completeness::Partial;
    }
    sink.end(completeness)
}

/// The situation of all keys, from the options.
fn situation(scan: &Scan, catalogue: &'static Catalogue) -> Result<Situation<'static>, Failure> {
    let (product, package) = (scan.product.as_deref(), scan.from.as_deref());
    let named = Situation { product, sku: scan.sku, package, purpose: Purpose::Record };
    Ok(named.resolve(catalogue)?)
}

/// The situation of the keys in a file, from the configuration, whose names were checked when it was read.
fn in_catalogue(catalogue: &'static Catalogue, policy: Option<&Policy>, path: &str) -> Situation<'static> {
    let said = policy.map(|policy| policy.situation(path)).unwrap_or_default();
    Situation { purpose: Purpose::Record, ..said.resolve(catalogue).unwrap_or_default() }
}

fn column(text: &str) -> Column {
    text.parse().map_or_else(|_| Column::Named(text.to_owned()), Column::Numbered)
}

/// The entry for a key, with the other columns of its row but without the table of products, which nobody reads for each of many keys.
fn entry<'a>(located: &'a Located, keys: Keys, record: Option<&'a [Field<'a>]>) -> Entry<'a> {
    let mut entry = Entry::of_key(located, keys);
    if let Properties::Key(properties) = &mut entry.properties {
        properties.products = None;
        properties.record = record.map(Cow::Borrowed);
    }
    entry
}

/// The counts in the format of the document.
fn counts(totals: &scan::Totals, scan: &Scan) -> Totals {
    let listed = match (scan.all, scan.summary) {
        (true, _) => Listed::All,
        (false, true) => Listed::None,
        (false, false) => Listed::Findings,
    };
    let repeated = scan.duplicates.then(|| totals.duplicates.clone());
    let scan::Totals { files, answer_files, binary, .. } = *totals;
    let kept_out = totals.kept_out.iter().map(kept_out).collect();
    let mut counts = Totals { files, answer_files, binary, listed, repeated, kept_out, ..Totals::default() };
    for (outcome, keys) in totals.tally.counts() {
        let Judgement { form, verdict, rules, unanswered } = outcome;
        counts.forms.entry(form.clone().unwrap_or_default()).or_default().add(*verdict, keys);
        // A rule that was found twice in one key counts once.
        let mut names: Vec<&String> = rules.iter().map(|(rule, _)| rule).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|rule| {
            let count = counts.rules.entry(rule.clone()).or_default();
            *count = count.saturating_add(keys);
        });
        unanswered.iter().for_each(|rule| {
            let count = counts.unanswered.entry(rule.clone()).or_default();
            *count = count.saturating_add(keys);
        });
    }
    counts
}

/// The files that a rule excludes, in the format of the document.
fn kept_out(rule: &walk::KeptOut) -> KeptOut {
    let walk::KeptOut { path, line, pattern, files, uncounted_folders, inside, .. } = rule.clone();
    KeptOut { path, line, pattern, files, uncounted_folders, inside }
}

impl KindName {
    fn kind(self) -> InputKind {
        match self {
            Self::List => InputKind::List,
            Self::Csv => InputKind::Table { delimiter: b',' },
            Self::Tsv => InputKind::Table { delimiter: b'\t' },
            Self::Ndjson => InputKind::Ndjson,
            Self::Answers => InputKind::Answers,
            Self::Text => InputKind::Text,
        }
    }
}

impl EncodingName {
    fn encoding(self) -> Encoding {
        match self {
            Self::Utf8 => Encoding::Utf8,
            Self::Utf16Le => Encoding::Utf16Le,
            Self::Utf16Be => Encoding::Utf16Be,
            Self::Windows1252 => Encoding::Windows1252,
            Self::Cp437 => Encoding::Cp437,
        }
    }
}
