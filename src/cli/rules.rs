//! `jewelcase rules`: the catalogue itself.

use super::{ExitStatus, Failure, Options, catalogue, format::Telling, output, schema};
use crate::{
    catalogue::{Catalogue, UnknownId},
    explain::{self, Kind},
    proof,
    report::{entry, json},
    wire::{
        self,
        listing::{Listed, Listing},
    },
};
use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use serde_json::Value;
use std::{
    io::Write,
    path::{Path, PathBuf},
};

#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    /// List every entry of the catalogue.
    List {
        /// Only this family.
        #[arg(long, value_enum)]
        family: Option<Family>,
    },
    /// Show one entry whole.
    Show {
        /// The id of a form, product, package, article, remedy, server, reference postoffice, answer source, serial location or rule.
        id: String,
        /// Which family is meant, where several have the id.
        #[arg(long, value_enum)]
        family: Option<Family>,
    },
    /// Run every example of the rules: of a folder of rule files, read on top of the built-in ones, or of those themselves.
    Check {
        /// The folder; the built-in rules when none is given.
        dir: Option<PathBuf>,
    },
    /// Print the JSON Schema of a family's files, or of a report.
    Schema {
        /// The family; all of them, by name, when none is given.
        #[arg(value_enum)]
        family: Option<schema::Described>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Family {
    Form,
    Product,
    Package,
    Article,
    Server,
    #[value(name = "baseline")]
    ReferencePostoffice,
    #[value(name = "locator")]
    SerialLocation,
    #[value(name = "carrier")]
    AnswerSource,
    Rule,
}

impl Family {
    fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Product => "product",
            Self::Package => "package",
            Self::Article => "article",
            Self::Server => "server",
            Self::ReferencePostoffice => "baseline",
            Self::SerialLocation => "locator",
            Self::AnswerSource => "carrier",
            Self::Rule => "rule",
        }
    }
}

pub(super) fn run(rules: &Rules, options: &Options) -> Result<ExitStatus, Failure> {
    match rules {
        Rules::List { family } => list(catalogue(options)?, *family, options),
        Rules::Show { id, family } => show(catalogue(options)?, id, *family, options),
        Rules::Check { dir } => check(dir.as_deref(), options),
        Rules::Schema { family } => schema::run(*family, options),
    }
}

fn list(catalogue: &Catalogue, family: Option<Family>, options: &Options) -> Result<ExitStatus, Failure> {
    let wanted = |other: Family| family.is_none_or(|family| family == other);
    let mut entries = Vec::new();
    let mut add = |family: Family, id, title| {
        if wanted(family) {
            entries.push(Listed { kind: family.name(), id, title });
        }
    };
    catalogue.forms.iter().for_each(|(id, entry)| add(Family::Form, id, &entry.title));
    catalogue.products.iter().for_each(|(id, entry)| add(Family::Product, id, &entry.title));
    catalogue.packages.iter().for_each(|(id, entry)| add(Family::Package, id, &entry.title));
    catalogue.articles.iter().for_each(|(id, entry)| add(Family::Article, id, &entry.title));
    catalogue.servers.iter().for_each(|(id, entry)| add(Family::Server, id, &entry.title));
    catalogue.reference_postoffices.iter().for_each(|(id, entry)| add(Family::ReferencePostoffice, id, &entry.title));
    catalogue.serial_locations.iter().for_each(|(id, entry)| add(Family::SerialLocation, id, &entry.title));
    catalogue.answer_sources.iter().for_each(|(id, entry)| add(Family::AnswerSource, id, &entry.title));
    catalogue.rules.iter().for_each(|(id, entry)| add(Family::Rule, id, &entry.title));
    let telling = options.telling()?;
    let mut out = output::open(options)?;
    match telling {
        Telling::Human => {
            for Listed { kind, id, title } in &entries {
                writeln!(out, "{kind:<8} {id:<36} {title}")?;
            }
        }
        Telling::Json => json::value(&mut out, &Listing::of(entries))?,
        Telling::Ndjson => entries.iter().try_for_each(|entry| json::line(&mut out, entry))?,
    }
    out.flush()?;
    Ok(ExitStatus::Clean)
}

fn show(catalogue: &Catalogue, id: &str, family: Option<Family>, options: &Options) -> Result<ExitStatus, Failure> {
    #[derive(Serialize)]
    struct Shown<'c> {
        schema: &'static str,
        kind: &'static str,
        id: &'c str,
        entry: Value,
    }
    let matches = explain::by_id(catalogue, id);
    let Some(found) =
        matches.iter().find(|found| found.best && family.is_none_or(|family| family.name() == found.kind.id()))
    else {
        return Err(Failure::UnknownId(catalogue.unknown(id)));
    };
    let telling = options.telling()?;
    let mut out = output::open(options)?;
    if telling == Telling::Human {
        entry::write(&mut out, catalogue, found)?;
    } else {
        let id = found.id.as_str();
        let entry = match found.kind {
            Kind::Article => serde_json::to_value(catalogue.articles.get(id)),
            Kind::Remedy => serde_json::to_value(catalogue.remedy(id).map(|(_, _, remedy)| remedy)),
            Kind::Rule => serde_json::to_value(catalogue.rules.get(id)),
            Kind::Product => serde_json::to_value(catalogue.products.get(id)),
            Kind::Package => serde_json::to_value(catalogue.packages.get(id)),
            Kind::Server => serde_json::to_value(catalogue.servers.get(id)),
            Kind::ReferencePostoffice => serde_json::to_value(catalogue.reference_postoffices.get(id)),
            Kind::SerialLocation => serde_json::to_value(catalogue.serial_locations.get(id)),
            Kind::AnswerSource => serde_json::to_value(catalogue.answer_sources.get(id)),
            Kind::Form => serde_json::to_value(catalogue.forms.get(id)),
        };
        let entry = entry.map_err(std::io::Error::from)?;
        let shown = Shown { schema: wire::SCHEMA, kind: found.kind.id(), id, entry };
        match telling {
            Telling::Ndjson => json::line(&mut out, &shown)?,
            Telling::Human | Telling::Json => json::value(&mut out, &shown)?,
        }
    }
    out.flush()?;
    Ok(ExitStatus::Clean)
}

fn check(dir: Option<&Path>, options: &Options) -> Result<ExitStatus, Failure> {
    let telling = options.telling()?;
    let proof = dir.map_or_else(proof::prove_built_in, proof::prove)?;
    let mut out = output::open(options)?;
    match telling {
        Telling::Human => {
            let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
            let (files, examples) = (counted(proof.files, "file"), counted(proof.examples, "example"));
            let read = dir.map_or_else(|| "built-in rules".to_owned(), |dir| dir.display().to_string());
            writeln!(out, "{read}: {files} read, {examples} came out as promised")?;
        }
        Telling::Json => json::value(&mut out, &proof)?,
        Telling::Ndjson => json::line(&mut out, &proof)?,
    }
    out.flush()?;
    Ok(ExitStatus::Clean)
}

impl Catalogue {
    /// An id that no family has, with the nearest of all families.
    fn unknown(&self, id: &str) -> UnknownId {
        let ids = [
            self.forms.find(id).err(),
            self.products.find(id).err(),
            self.packages.find(id).err(),
            self.articles.find(id).err(),
            self.servers.find(id).err(),
            self.reference_postoffices.find(id).err(),
            self.serial_locations.find(id).err(),
            self.answer_sources.find(id).err(),
            self.rules.find(id).err(),
        ];
        let nearest = ids.into_iter().flatten().flat_map(|unknown| unknown.nearest).collect();
        UnknownId { family: "id", id: id.to_owned(), nearest }
    }
}
