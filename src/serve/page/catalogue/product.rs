//! The page of a product.

use super::{
    super::{choice, link},
    MAX_PER_PAGE, entries, is_about, source,
};
use crate::{
    catalogue::{Catalogue, Family},
    model::{
        form,
        product::{Asks, Product, Prompt},
        severity::Level,
    },
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, id: &str, product: &Product) -> Markup {
    let packages = catalogue.packages.iter().filter(|(_, package)| package.contains.iter().any(|other| other == id));
    let answer_sources = catalogue
        .answer_sources
        .iter()
        .filter(|(_, answer_source)| answer_source.products.iter().any(|other| other == id));
    let mut articles = entries(catalogue, Family::Article);
    articles.retain(|(article, _)| is_about(catalogue, article, id));
    let listed = articles.iter().take(MAX_PER_PAGE).map(|(id, _)| *id);
    html! {
        @for entry in &product.prompts { (prompt(catalogue, entry)) }
        @if let Some(label) = &product.label {
            p { "The key is on " (label.place) " (" (link::id(catalogue, Family::Article, &label.article)) ")." }
        }
        p { @match choice::asked(catalogue, product) {
            form::KeyKind::Key | form::KeyKind::InstalledId => a href={ "/?product=" (id) } { "Check a key for it" },
            form::KeyKind::Serial => a href={ "/serial?product=" (id) } { "Check a serial of it" },
        } }
        (source::section(catalogue, "It came in", Family::Package, packages.map(|(id, _)| id)))
        (source::section(catalogue, "Answer files and command lines of its Setup", Family::AnswerSource, answer_sources.map(|(id, _)| id)))
        (source::section(catalogue, "Articles about it", Family::Article, listed))
        @if articles.len() > MAX_PER_PAGE {
            p { a href={ "/catalogue/article?product=" (id) } { "All " (articles.len()) " articles about it" } }
        }
        (source::sources(catalogue, &product.sources))
    }
}

fn prompt(catalogue: &Catalogue, prompt: &Prompt) -> Markup {
    let forms = || link::list(prompt.forms.iter().map(String::as_str), |id| link::titled(catalogue, Family::Form, id));
    html! {
        h2 { (whom(catalogue, prompt)) }
        p {
            @match prompt.asks {
                Asks::Key => { "Asks for: " (forms()) }
                Asks::Optional => { "Optional; accepts: " (forms()) }
                Asks::Nothing => "Asks for nothing",
                Asks::Unknown => "Asks for a key whose form is not documented",
            }
            "; " (prompt.basis.label())
            @if let Some(article) = &prompt.article { " (" (link::id(catalogue, Family::Article, article)) ")" }
            "."
        }
        @if !(prompt.levels.is_empty() && prompt.ignores.is_empty() && prompt.mistaken.is_empty()) {
            ul {
                @for (rule, level) in &prompt.levels { li { (link::id(catalogue, Family::Rule, rule)) ": " (strength(*level)) } }
                @for part in &prompt.ignores { li { "the " (part) " is not validated" } }
                @for mistaken in &prompt.mistaken {
                    li { "met by mistake: " (link::titled(catalogue, Family::Form, &mistaken.form)) " (" (link::id(catalogue, Family::Rule, &mistaken.rule)) ")" }
                }
            }
        }
    }
}

/// The buyers to whom a prompt applies: `Not for resale, from BackOffice Server 4.0`; everybody if it names none.
fn whom(catalogue: &Catalogue, prompt: &Prompt) -> Markup {
    let skus = prompt.skus.iter().map(|sku| sku.name()).collect::<Vec<_>>().join(", ");
    html! {
        "Prompt"
        @if !skus.is_empty() { " of the " (skus) " edition" }
        @if !prompt.packages.is_empty() { " from " (link::list(prompt.packages.iter().map(String::as_str), |id| link::titled(catalogue, Family::Package, id))) }
    }
}

fn strength(level: Level) -> &'static str {
    match level {
        Level::Off => "not applied",
        Level::Note | Level::Warning | Level::Error => level.id(),
    }
}
