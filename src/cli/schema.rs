//! `jewelcase rules schema`: the format of a file, as JSON Schema.

use super::{ExitStatus, Failure, Options, output};
use crate::{catalogue::Family, config, report::json, wire};
use clap::{ValueEnum, builder::PossibleValue};
use once_cell::sync::Lazy;
use serde_json::Value;
use std::io::Write;

/// The kinds of file with a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Described {
    /// The files of a family.
    Entries(Family),
    /// A report of --format json.
    Report,
    /// jewelcase.toml.
    Config,
}

static ALL: Lazy<Vec<Described>> = Lazy::new(|| {
    let families = Family::ALL.iter().copied().map(Described::Entries);
    families.chain([Described::Report, Described::Config]).collect()
});

impl ValueEnum for Described {
    fn value_variants<'a>() -> &'a [Self] {
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Entries(family) => match family.folders() {
                [folder] => format!("Files of `{}/`", folder.name),
                _ => format!("Files of the {}s", family.id()),
            },
            Self::Report => "A report of --format json".to_owned(),
            Self::Config => "jewelcase.toml".to_owned(),
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl Described {
    fn name(self) -> &'static str {
        match self {
            Self::Entries(family) => family.id(),
            Self::Report => "report",
            Self::Config => "config",
        }
    }

    fn schema(self) -> &'static str {
        match self {
            Self::Entries(family) => family.schema(),
            Self::Report => wire::schema::SCHEMA,
            Self::Config => config::schema::SCHEMA,
        }
    }
}

/// Prints one schema, or all of them by name.
pub(super) fn run(described: Option<Described>, options: &Options) -> Result<ExitStatus, Failure> {
    let mut out = output::open(options)?;
    match described {
        Some(described) => write!(out, "{}", described.schema())?,
        None => {
            let all = ALL.iter();
            let all = all.map(|described| Ok((described.name().to_owned(), serde_json::from_str(described.schema())?)));
            json::value(
                &mut out,
                &Value::Object(all.collect::<Result<_, serde_json::Error>>().map_err(std::io::Error::from)?),
            )?;
        }
    }
    out.finish()?;
    Ok(ExitStatus::Clean)
}
