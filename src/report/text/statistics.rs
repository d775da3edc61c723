//! The counts of the catalogue, as a person reads them.

use crate::wire::statistics::Statistics;
use std::io::{self, Write};

/// Writes all counts, and the lists of what is lacking.
///
/// # Errors
/// Any I/O error of the output.
pub fn write(out: &mut dyn Write, statistics: &Statistics<'_>) -> io::Result<()> {
    writeln!(out, "{:<10} {:>7} {:>11} {:>12} {:>9}", "family", "entries", "documented", "independent", "inferred")?;
    for count in &statistics.families {
        writeln!(
            out,
            "{:<10} {:>7} {:>11} {:>12} {:>9}",
            count.family, count.entries, count.documented, count.independent, count.inferred
        )?;
    }
    writeln!(
        out,
        "\n{} remedies, {} messages on a screen, {} different numbers of messages",
        statistics.remedies, statistics.messages, statistics.message_numbers
    )?;
    writeln!(out, "\n{:<40} {:>8} {:>8}  what Setup asks for is", "product", "articles", "remedies")?;
    for product in &statistics.products {
        writeln!(out, "{:<40} {:>8} {:>8}  {}", product.id, product.articles, product.remedies, product.prompts)?;
    }
    list(out, "articles whose text was not available", &statistics.articles_without_text)?;
    list(out, "products without a documented prompt", &statistics.products_without_documented_prompt)
}

fn list(out: &mut dyn Write, heading: &str, ids: &[&str]) -> io::Result<()> {
    writeln!(out, "\n{} {heading}{}", ids.len(), if ids.is_empty() { "" } else { ":" })?;
    ids.iter().try_for_each(|id| writeln!(out, "  {id}"))
}
