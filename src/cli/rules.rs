//! `jewelcase rules`: the catalogue itself.

use super::{ExitStatus, Failure, Options, catalogue, format::DataFormat, message, output, protection::Reads, schema};
use crate::{
    catalogue::{Catalogue, Family, RuleFileError},
    evidence::{self, EvidenceCounts},
    explain::{self, MatchKind},
    report::{json, text},
    selftest,
    wire::{
        self,
        listing::{Listed, Listing},
        statistics::Statistics,
    },
};
use clap::{Subcommand, builder::PossibleValue};
use serde::Serialize;
use serde_json::Value as Json;
use std::{
    io::Write,
    path::{Path, PathBuf},
};

#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    /// List the entries of the catalogue: all, or those with a word.
    List {
        /// Only entries with these words in their id, title or aliases.
        word: Vec<String>,
        /// Only this family.
        #[arg(long, value_enum)]
        family: Option<Family>,
    },
    /// Show one entry in full.
    Show {
        /// The id of an entry or of a remedy.
        id: String,
        /// The family, if several have this id.
        #[arg(long, value_enum)]
        family: Option<Family>,
    },
    /// Run every example of the rules in a folder, which is added to the built-in rules, or of the built-in rules themselves.
    Check {
        /// The folder; the built-in rules if none is given.
        dir: Option<PathBuf>,
        /// Also compare every entry with the texts of the articles that it cites: a folder of files such as Q180399.txt.
        #[arg(long, value_name = "DIR")]
        texts: Option<PathBuf>,
    },
    /// Count what the catalogue knows: per family, product and basis; and list what it lacks.
    Stats,
    /// Print the JSON Schema of a family's files, or of a report.
    Schema {
        /// The family; all schemas, by name, if none is given.
        #[arg(value_enum)]
        family: Option<schema::Described>,
    },
}

impl clap::ValueEnum for Family {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()))
    }
}

impl Rules {
    /// The inputs that it reads by name.
    pub(super) fn reads(&self) -> Reads {
        let paths = match self {
            Self::Check { dir, texts } => dir.iter().chain(texts).cloned().collect(),
            Self::List { .. } | Self::Show { .. } | Self::Stats | Self::Schema { .. } => Vec::new(),
        };
        Reads { paths, ..Reads::default() }
    }
}

pub(super) fn run(rules: &Rules, options: &Options) -> Result<ExitStatus, Failure> {
    match rules {
        Rules::List { word, family } => list(catalogue(options)?, &word.join(" "), *family, options),
        Rules::Show { id, family } => show(catalogue(options)?, id, *family, options),
        Rules::Check { dir, texts } => check(dir.as_deref(), texts.as_deref(), options),
        Rules::Stats => stats(catalogue(options)?, options),
        Rules::Schema { family } => schema::run(*family, options),
    }
}

fn stats(catalogue: &Catalogue, options: &Options) -> Result<ExitStatus, Failure> {
    let statistics = Statistics::of(catalogue);
    let format = options.data_format()?;
    let mut out = output::open(options)?;
    match format {
        DataFormat::Human => text::statistics::write(&mut out, &statistics)?,
        DataFormat::Json => json::value(&mut out, &statistics)?,
        DataFormat::Ndjson => json::line(&mut out, &statistics)?,
    }
    out.finish()?;
    Ok(ExitStatus::Clean)
}

fn list(catalogue: &Catalogue, word: &str, family: Option<Family>, options: &Options) -> Result<ExitStatus, Failure> {
    let mut listing = Listing::of(catalogue, family.as_ref().map_or(Family::ALL, std::slice::from_ref));
    listing.entries.retain(|entry| catalogue.is_called(entry.kind, entry.id, entry.title, word));
    if listing.entries.is_empty() && !word.is_empty() {
        let of = family.map_or("entry", Family::id);
        let message = format!("no {of} has \"{word}\" in its id, title or aliases; `jewelcase rules list` lists all");
        message::say(message, output::keys(options));
    }
    let format = options.data_format()?;
    let mut out = output::open(options)?;
    match format {
        DataFormat::Human => {
            for Listed { kind, id, title } in &listing.entries {
                writeln!(out, "{kind:<8} {id:<36} {title}")?;
            }
        }
        DataFormat::Json => json::value(&mut out, &listing)?,
        DataFormat::Ndjson => listing.entries.iter().try_for_each(|entry| json::line(&mut out, entry))?,
    }
    out.finish()?;
    Ok(if listing.entries.is_empty() { ExitStatus::Found } else { ExitStatus::Clean })
}

fn show(catalogue: &Catalogue, id: &str, family: Option<Family>, options: &Options) -> Result<ExitStatus, Failure> {
    #[derive(Serialize)]
    struct Shown<'c> {
        schema: &'static str,
        kind: &'static str,
        id: &'c str,
        entry: Option<Json>,
    }
    let matches = explain::by_id(catalogue, id);
    let is_meant = |kind: MatchKind| family.is_none_or(|family| kind == family.into());
    let Some(found) = matches.iter().find(|found| found.best && is_meant(found.kind)) else {
        return Err(Failure::UnknownId(catalogue.unknown(id)));
    };
    let format = options.data_format()?;
    let mut out = output::open(options)?;
    if format == DataFormat::Human {
        text::catalogue::write(&mut out, catalogue, found)?;
    } else {
        let id = found.id.as_str();
        let entry = match found.kind {
            MatchKind::Entry(family) => catalogue.table(family).json(id),
            MatchKind::Remedy => catalogue.remedy(id).and_then(|(_, _, remedy)| serde_json::to_value(remedy).ok()),
        };
        let shown = Shown { schema: wire::SCHEMA, kind: found.kind.id(), id, entry };
        match format {
            DataFormat::Ndjson => json::line(&mut out, &shown)?,
            DataFormat::Human | DataFormat::Json => json::value(&mut out, &shown)?,
        }
    }
    out.finish()?;
    Ok(ExitStatus::Clean)
}

/// The result of `rules check`.
#[derive(Serialize)]
struct Checked {
    #[serde(flatten)]
    examples: Option<selftest::Tested>,
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<EvidenceCounts>,
}

fn check(dir: Option<&Path>, texts: Option<&Path>, options: &Options) -> Result<ExitStatus, Failure> {
    let format = options.data_format()?;
    let mut faults = Vec::new();
    let examples = match dir.map_or_else(selftest::run_built_in_examples, selftest::run_examples) {
        Ok(tested) => Some(tested),
        Err(RuleFileError::Faulty { faults: found }) => {
            faults.extend(found);
            None
        }
        Err(unreadable) => return Err(unreadable.into()),
    };
    let texts = match texts.map(|texts| evidence::hold(dir, texts)) {
        Some(Ok((held, found))) => {
            faults.extend(found);
            Some(held)
        }
        // Files that are not valid rules are reported already.
        Some(Err(RuleFileError::Faulty { .. })) | None => None,
        Some(Err(unreadable)) => return Err(unreadable.into()),
    };
    let checked = Checked { examples, texts };
    let mut out = output::open(options)?;
    match format {
        DataFormat::Human => human(&mut out, dir, &checked)?,
        DataFormat::Json => json::value(&mut out, &checked)?,
        DataFormat::Ndjson => json::line(&mut out, &checked)?,
    }
    out.finish()?;
    faults.sort();
    if faults.is_empty() { Ok(ExitStatus::Clean) } else { Err(RuleFileError::Faulty { faults }.into()) }
}

fn human(mut out: impl Write, dir: Option<&Path>, checked: &Checked) -> std::io::Result<()> {
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let read = dir.map_or_else(|| "built-in rules".to_owned(), |dir| dir.display().to_string());
    if let Some(tested) = checked.examples {
        let (files, examples) = (plural(tested.files, "file"), plural(tested.examples, "example"));
        writeln!(out, "{read}: {files} read, {examples} came out as promised")?;
    }
    if let Some(held) = checked.texts {
        let (claims, texts) = (plural(held.claims, "claim"), plural(held.texts, "text"));
        writeln!(out, "{read}: {claims} compared with {texts}")?;
        let (claims, articles) =
            (plural(held.claims_without_text, "claim"), plural(held.articles_without_text, "article"));
        writeln!(out, "{read}: {claims} not compared, {articles} without a text in the folder")?;
    }
    Ok(())
}
