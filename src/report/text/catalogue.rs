//! Entries of the catalogue, for readers: those about a topic, or a single one in full.

mod answer_source;

use super::remedies::RemedyTexts;
use crate::{
    catalogue::{AnyEntry, Catalogue, Family},
    explain::{Match, MatchKind},
    model::{
        article::Article,
        disc::Disc,
        form::Form,
        language::Language,
        package::Package,
        product::{Asks, Product, Prompt},
        reference_postoffice::ReferencePostoffice,
        rule::Rule,
        serial_location::SerialLocation,
        server::{How, Server},
        sku::Sku,
        source::Source,
    },
    wire::Remedies,
};
use std::io::{self, Write};

/// Writes the entries about a topic: the best matches in full, the others on a line each.
///
/// # Errors
/// Any I/O error of the output.
pub fn matches(out: &mut dyn Write, catalogue: &Catalogue, matches: &[Match]) -> io::Result<()> {
    /// The maximum number of equally good matches that are written in full.
    const MAX_IN_FULL: usize = 3;
    let best = matches.iter().take_while(|found| found.best).count().clamp(1, MAX_IN_FULL);
    let (whole, others) = matches.split_at(best.min(matches.len()));
    for (index, found) in whole.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write(out, catalogue, found)?;
    }
    if !others.is_empty() {
        writeln!(out, "\nalso:")?;
        for found in others {
            let kind = if found.kind == Family::Article.into() { "" } else { found.kind.id() };
            writeln!(
                out,
                "  {kind}{}{}: {} ({})",
                if kind.is_empty() { "" } else { " " },
                found.id,
                found.title,
                found.why
            )?;
        }
    }
    Ok(())
}

/// Writes the entry that a match names.
///
/// # Errors
/// Any I/O error of the output.
pub fn write(out: &mut dyn Write, catalogue: &Catalogue, found: &Match) -> io::Result<()> {
    let id = found.id.as_str();
    if found.kind != MatchKind::Remedy {
        writeln!(out, "{} {id}: {}", found.kind.id(), found.title)?;
    }
    match found.kind {
        MatchKind::Entry(family) => match catalogue.table(family).any(id) {
            Some((_, AnyEntry::Article(entry))) => article(out, catalogue, found, entry),
            Some((_, AnyEntry::Rule(entry))) => rule(out, found, entry),
            Some((_, AnyEntry::Product(entry))) => product(out, catalogue, entry),
            Some((_, AnyEntry::Package(entry))) => package(out, entry),
            Some((_, AnyEntry::Server(entry))) => server(out, entry),
            Some((_, AnyEntry::ReferencePostoffice(entry))) => reference(out, entry),
            Some((_, AnyEntry::SerialLocation(entry))) => serial_location(out, entry),
            Some((_, AnyEntry::AnswerSource(entry))) => answer_source::write(out, entry),
            Some((_, AnyEntry::Disc(entry))) => disc(out, entry),
            Some((_, AnyEntry::Form(entry))) => form(out, entry),
            Some((_, AnyEntry::Language(entry))) => language(out, entry),
            None => Ok(()),
        },
        MatchKind::Remedy => {
            let number = id.split('/').next().unwrap_or(id);
            if let Some(entry) = catalogue.articles.get(number) {
                writeln!(out, "article {number}: {}", entry.title)?;
            }
            remedies(out, catalogue, &found.remedies)
        }
    }
}

fn article(out: &mut dyn Write, catalogue: &Catalogue, found: &Match, article: &Article) -> io::Result<()> {
    writeln!(out, "  found by: {}", found.why)?;
    writeln!(out, "  about: {}", article.applies_to.join(", "))?;
    if !article.text_at_hand {
        writeln!(out, "  the article's own text was not available; see its sources below")?;
    }
    writeln!(out, "  seen: {}", article.symptom)?;
    writeln!(out, "  why: {}", article.cause)?;
    for message in &article.messages {
        writeln!(out, "  on the screen: {}", message.on_screen())?;
    }
    if !article.phrases.is_empty() {
        writeln!(out, "  looked for as: {}", article.phrases.join("; "))?;
    }
    for (id, rule) in catalogue.rules.iter() {
        for value in rule.values.iter().filter(|value| value.article == found.id) {
            let (place, text) = (&value.place, &value.text);
            writeln!(out, "  it prints: {text} ({id}: {place})")?;
        }
    }
    remedies(out, catalogue, &found.remedies)?;
    sources(out, &article.sources)
}

fn rule(out: &mut dyn Write, found: &Match, rule: &Rule) -> io::Result<()> {
    writeln!(out, "  usually: {}; basis: {}", rule.severity.id(), rule.basis.label())?;
    for paragraph in rule.explanation.trim().split("\n\n") {
        writeln!(out, "  {}", paragraph.split_whitespace().collect::<Vec<_>>().join(" "))?;
    }
    for value in &rule.values {
        writeln!(out, "  knows: {} ({}, {})", value.text, value.article, value.place)?;
    }
    for quiet in &rule.quiet {
        let article = quiet.article.as_ref().map_or_else(String::new, |article| format!(" ({article})"));
        writeln!(out, "  kept quiet: {}: {}{article}", quiet.paths.join(", "), quiet.why)?;
    }
    for conflict in &rule.conflicts {
        writeln!(out, "  sources differ: {conflict}")?;
    }
    if !found.remedies.is_empty() {
        writeln!(out, "  answered by: {}", found.remedies.join(", "))?;
    }
    sources(out, &rule.sources)
}

fn product(out: &mut dyn Write, catalogue: &Catalogue, product: &Product) -> io::Result<()> {
    for prompt in &product.prompts {
        writeln!(out, "  {}", asks(catalogue, prompt))?;
    }
    if let Some(label) = &product.label {
        writeln!(out, "  the key is on {} ({})", label.place, label.article)?;
    }
    sources(out, &product.sources)
}

/// `retail, from x: asks for a 10-digit CD key (NNN-NNNNNNN); key/last-digit: error; basis: …`.
fn asks(catalogue: &Catalogue, prompt: &Prompt) -> String {
    let forms: Vec<_> = prompt
        .forms
        .iter()
        .filter_map(|id| catalogue.forms.get(id))
        .map(|form| format!("{} ({})", form.with_article(), form.written))
        .collect();
    let what = match prompt.asks {
        Asks::Key => format!("asks for {}", forms.join(" or ")),
        Asks::Optional => format!("optional; accepts {}", forms.join(" or ")),
        Asks::Nothing => "asks for nothing".to_owned(),
        Asks::Unknown => "asks for a key whose form is not documented".to_owned(),
    };
    let skus = prompt.skus.iter().map(|sku| sku.name().to_owned());
    let packages = prompt.packages.iter().map(|id| format!("from {id}"));
    let whom: Vec<_> = skus.chain(packages).collect();
    let whom = if whom.is_empty() { String::new() } else { format!("{}: ", whom.join(", ")) };
    let mut line = format!("{whom}{what}; basis: {}", prompt.basis.label());
    if let Some(article) = &prompt.article {
        line += &format!(" ({article})");
    }
    for (rule, level) in &prompt.levels {
        line += &format!("; {rule}: {}", level.id());
    }
    for part in &prompt.ignores {
        line += &format!("; the {part} is not validated");
    }
    for mistaken in &prompt.mistaken {
        line += &format!("; {} is met here: {}", mistaken.form, mistaken.rule);
    }
    line
}

fn package(out: &mut dyn Write, package: &Package) -> io::Result<()> {
    writeln!(out, "  holds: {}", package.contains.join(", "))?;
    if !package.skus.is_empty() {
        writeln!(
            out,
            "  given out as: {}",
            package.skus.iter().map(|sku| Sku::name(*sku)).collect::<Vec<_>>().join(", ")
        )?;
    }
    sources(out, &package.sources)
}

fn disc(out: &mut dyn Write, disc: &Disc) -> io::Result<()> {
    writeln!(out, "  installs: {}", disc.products.join(" or "))?;
    for marker in &disc.markers {
        let source = marker.article.as_deref().or(marker.work.as_deref()).unwrap_or_default();
        writeln!(out, "  {}: {} ({source}; {})", marker.strength.label(), marker.says, marker.basis.label())?;
    }
    if let Some(otherwise) = &disc.otherwise {
        writeln!(out, "  the channel: {} ({})", otherwise.look, otherwise.article)?;
    }
    sources(out, &disc.sources)
}

fn server(out: &mut dyn Write, server: &Server) -> io::Result<()> {
    writeln!(out, "  called: --server {}", server.server)?;
    if let (Some(start), Some(ceiling)) = (server.start, server.ceiling) {
        writeln!(out, "  licences: {start} when new, {ceiling} at most")?;
    }
    for takes in &server.takes {
        let how = match takes.how {
            How::AsItIs => "as it is",
            How::Converted => "only after its conversion",
        };
        let sizes = takes.sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
        writeln!(out, "  accepts a {} pack of {sizes} {how}; basis: {}", takes.version, takes.basis.label())?;
    }
    for closed in &server.closed {
        let editions = closed.editions.iter().map(|sku| sku.name()).collect::<Vec<_>>().join(", ");
        let whom = if editions.is_empty() { "every edition".to_owned() } else { editions };
        writeln!(out, "  accepts none: {whom} [{}]; basis: {}", closed.rule, closed.basis.label())?;
    }
    sources(out, &server.sources)
}

fn reference(out: &mut dyn Write, reference: &ReferencePostoffice) -> io::Result<()> {
    if let Some(like) = &reference.like {
        writeln!(out, "  like: {like}, without {}", reference.lacks.join(", "))?;
    }
    writeln!(out, "  directories: {}", reference.directories.len())?;
    for (path, size) in &reference.files {
        writeln!(out, "  {path}: {size} bytes")?;
    }
    sources(out, &reference.sources)
}

fn serial_location(out: &mut dyn Write, location: &SerialLocation) -> io::Result<()> {
    let xor =
        if location.xor == 0 { String::new() } else { format!(", under exclusive or with {:#04x}", location.xor) };
    writeln!(out, "  at {:#04x} of MASTER.GLB, as {}{xor}", location.offset, location.encoding.id())?;
    for proof in &location.proofs {
        writeln!(out, "  has read: {} from {}", proof.serial, proof.bytes)?;
    }
    sources(out, &location.sources)
}

fn form(out: &mut dyn Write, form: &Form) -> io::Result<()> {
    writeln!(out, "  written: {}", form.written)?;
    writeln!(out, "  {}", form.summary)?;
    for check in &form.checks {
        writeln!(out, "  checked: {} of the {}; basis: {}", check.rule, check.part, check.basis.label())?;
    }
    sources(out, &form.sources)
}

fn language(out: &mut dyn Write, language: &Language) -> io::Result<()> {
    writeln!(out, "  announce a key: {}", language.announces.join(", "))?;
    writeln!(out, "  could: {}", language.hints.join(", "))?;
    writeln!(out, "  something else: {}", language.vetoes.join(", "))?;
    sources(out, &language.sources)
}

fn remedies(out: &mut dyn Write, catalogue: &Catalogue, ids: &[String]) -> io::Result<()> {
    RemedyTexts::new(Remedies::Catalogue(catalogue)).block(out, ids)
}

fn sources(out: &mut dyn Write, sources: &[Source]) -> io::Result<()> {
    for source in sources {
        let name = source.article.as_deref().or(source.work.as_deref()).unwrap_or("?");
        writeln!(out, "  source: {name} ({}): {}", source.basis.label(), source.says)?;
    }
    Ok(())
}
