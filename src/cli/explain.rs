//! `jewelcase explain`: what an id or an error text is about.

use super::{ExitStatus, Failure, Options, catalogue, format::Telling, output};
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
    #[arg(long, value_name = "ID")]
    product: Option<String>,
}

pub(super) fn run(arguments: &Explain, options: &Options) -> Result<ExitStatus, Failure> {
    let telling = options.telling()?;
    let catalogue = catalogue(options)?;
    arguments.product.as_deref().map(|id| catalogue.products.find(id)).transpose()?;
    // An error text is often typed without quotes: the words are one topic.
    let topic = arguments.topic.join(" ");
    let matches = explain::explain(catalogue, &topic, arguments.product.as_deref());
    write(&Explained::new(catalogue, &topic, &matches), catalogue, telling, options)
}

/// Writes what a topic leads to, and says how the command ended.
pub(super) fn write(
    explained: &Explained<'_>,
    catalogue: &Catalogue,
    telling: Telling,
    options: &Options,
) -> Result<ExitStatus, Failure> {
    let Explained { matches, .. } = explained;
    let mut out = output::open(options)?;
    match telling {
        Telling::Human if matches.is_empty() => {
            if !options.quiet {
                eprintln!(
                    "jewelcase: nothing in the catalogue matches; try a number such as Q180399, an id of `jewelcase rules list`, or more words of the message"
                );
            }
        }
        Telling::Human => {
            let found: Vec<_> = matches.iter().filter_map(Match::found).collect();
            text::catalogue::matches(&mut *out, catalogue, &found)?;
        }
        Telling::Json => json::value(&mut *out, explained)?,
        Telling::Ndjson => matches.iter().try_for_each(|found| json::line(&mut *out, found))?,
    }
    out.flush()?;
    Ok(if matches.is_empty() { ExitStatus::Found } else { ExitStatus::Clean })
}
