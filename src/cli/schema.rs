//! `jewelcase rules schema`: what a file must look like, as JSON Schema.

use super::{ExitStatus, Failure, Options, output};
use crate::{catalogue, config, report::json, wire};
use clap::ValueEnum;
use serde_json::Value;
use std::io::Write;

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Described {
    /// Files of `forms/`.
    Form,
    /// Files of `products/`.
    Product,
    /// Files of `packages/`.
    Package,
    /// Files of `articles/`.
    Article,
    /// Files of `servers/`.
    Server,
    /// Files of `baselines/`.
    #[value(name = "baseline")]
    ReferencePostoffice,
    /// Files of `carriers/`.
    #[value(name = "carrier")]
    AnswerSource,
    /// Files of `locators/`.
    #[value(name = "locator")]
    SerialLocation,
    /// Files of the rules.
    Rule,
    /// A report of --format json.
    Report,
    /// jewelcase.toml.
    Config,
}

impl Described {
    fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Product => "product",
            Self::Package => "package",
            Self::Article => "article",
            Self::Server => "server",
            Self::ReferencePostoffice => "baseline",
            Self::AnswerSource => "carrier",
            Self::SerialLocation => "locator",
            Self::Rule => "rule",
            Self::Report => "report",
            Self::Config => "config",
        }
    }

    fn schema(self) -> &'static str {
        match self {
            Self::Report => wire::schema::SCHEMA,
            Self::Config => config::schema::SCHEMA,
            Self::Form
            | Self::Product
            | Self::Package
            | Self::Article
            | Self::Server
            | Self::ReferencePostoffice
            | Self::AnswerSource
            | Self::SerialLocation
            | Self::Rule => catalogue::schema::schema(self.name()).unwrap_or_default(),
        }
    }
}

/// Prints one schema, or all of them by name.
pub(super) fn run(described: Option<Described>, options: &Options) -> Result<ExitStatus, Failure> {
    let mut out = output::open(options)?;
    match described {
        Some(described) => write!(out, "{}", described.schema())?,
        None => {
            let all = Described::value_variants().iter();
            let all = all.map(|described| Ok((described.name().to_owned(), serde_json::from_str(described.schema())?)));
            json::value(
                &mut out,
                &Value::Object(all.collect::<Result<_, serde_json::Error>>().map_err(std::io::Error::from)?),
            )?;
        }
    }
    out.flush()?;
    Ok(ExitStatus::Clean)
}
