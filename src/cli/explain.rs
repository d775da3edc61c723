//! `jewelcase explain`: the meaning of an id or an error text.

use super::{ExitStatus, Failure, Options, catalogue, format::DataFormat, message, output};
use crate::{
    catalogue::Catalogue,
    explain,
    report::{json, text},
    wire::topic::{Explained, Match},
};
use clap::Args;

#[derive(Args, Debug)]
pub(super) struct Explain {
    /// An article (Q180399, 180399), a remedy, a rule, a product, or the text of an error message, whole or in part.
    #[arg(value_name = "TOPIC", required = true)]
    topic: Vec<String>,
    /// Put articles about this product first.
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
}

pub(super) fn run(arguments: &Explain, options: &Options) -> Result<ExitStatus, Failure> {
    let format = options.data_format()?;
    let catalogue = catalogue(options)?;
    let product = arguments.product.as_deref().map(|name| catalogue.product(name)).transpose()?.map(|(id, _)| id);
    // An error text is often typed without quotes: the words are one topic.
    let topic = arguments.topic.join(" ");
    let matches = explain::explain(catalogue, &topic, product);
    write(&Explained::new(catalogue, &topic, &matches), catalogue, format, options)
}

/// Writes the articles and rules about a topic, and returns the exit status.
pub(super) fn write(
    explained: &Explained<'_>,
    catalogue: &Catalogue,
    format: DataFormat,
    options: &Options,
) -> Result<ExitStatus, Failure> {
    let Explained { matches, .. } = explained;
    let mut out = output::open(options)?;
    match format {
        DataFormat::Human if matches.is_empty() => {
            if !options.quiet {
                message::say(explain::explain_nothing(catalogue, &explained.topic), output::keys(options));
            }
        }
        DataFormat::Human => {
            let found: Vec<_> = matches.iter().filter_map(Match::found).collect();
            text::catalogue::matches(&mut out, catalogue, &found)?;
        }
        DataFormat::Json => json::value(&mut out, explained)?,
        DataFormat::Ndjson => matches.iter().try_for_each(|found| json::line(&mut out, found))?,
    }
    out.finish()?;
    Ok(if matches.is_empty() { ExitStatus::Found } else { ExitStatus::Clean })
}
