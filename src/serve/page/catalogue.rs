//! *Catalogue*: every form, product, package, article, server and rule, with its sources and its relations.

mod answer_source;
mod article;
mod disc;
mod form;
mod language;
pub(in crate::serve) mod map;
mod package;
mod product;
mod reference_postoffice;
mod rule;
mod server;
mod source;

use super::{Page, Section, link};
use crate::{
    catalogue::{AnyEntry, Catalogue, Family},
    serve::{fields::Fields, not_found::not_found},
};
use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{Response, Uri},
    response::IntoResponse,
};
use maud::{Markup, html};

/// The maximum number of entries on a page, which must stay short for old machines.
const MAX_PER_PAGE: usize = 60;

/// The list of families.
pub(in crate::serve) async fn families(State(catalogue): State<&'static Catalogue>) -> Page {
    Page::of(
        Section::Catalogue,
        &html! {
            p { "All that is known here, each with the articles and works that it rests on." }
            table border="1" cellpadding="4" cellspacing="0" class="list" {
                @for family in with_entries(catalogue) { tr valign="top" {
                    td { a href={ "/catalogue/" (family.id()) } { (family.heading()) } }
                    td align="right" { (catalogue.table(family).ids().len()) }
                    td { (family.about()) }
                } }
            }
            (map::ways())
        },
    )
}

/// The entries of one family, a page at a time.
pub(in crate::serve) async fn family(
    State(catalogue): State<&'static Catalogue>,
    name: Result<Path<String>, PathRejection>,
    uri: Uri,
    fields: Fields,
) -> Response<Body> {
    // A name that is not valid text names no family, and must not get into the log.
    let Ok(Path(name)) = name else { return not_found(uri).await };
    let Some(family) = with_entries(catalogue).find(|family| family.id() == name) else { return not_found(uri).await };
    let mut entries = entries(catalogue, family);
    // A product may have more articles than fit on its own page.
    let product = match fields.chosen("product").map(|id| catalogue.products.entry(id)) {
        Some(Some((id, _))) if family == Family::Article => Some(id),
        Some(_) => return not_found(uri).await,
        None => None,
    };
    if let Some(product) = product {
        entries.retain(|(id, _)| is_about(catalogue, id, product));
    }
    let pages: Vec<_> = entries.chunks(MAX_PER_PAGE).collect();
    let page = fields.chosen("page").map_or(Some(1), |page| page.parse::<usize>().ok());
    let page = page.filter(|page| (1..=pages.len().max(1)).contains(page));
    let Some(page) = page else { return not_found(uri).await };
    let body = html! {
        p { @if let Some(id) = product {
            "All articles about " (link::titled(catalogue, Family::Product, id)) "."
        } @else { (family.about()) } }
        @if pages.len() > 1 { nav aria-label="Pages" { p class="pages" { @for (number, entries) in (1..).zip(&pages) {
            @let range = format!("{} to {}", entries.first().map_or("", |(id, _)| id), entries.last().map_or("", |(id, _)| id));
            @if number == page { b { (range) } } @else {
                a href={ "/catalogue/" (name) "?page=" (number) @if let Some(id) = product { "&product=" (id) } } { (range) }
            }
            br;
        } } } }
        dl { @for (id, title) in pages.get(page.saturating_sub(1)).copied().unwrap_or_default() {
            dt { a href=(link::path(family, id)) { (id) } } dd { (title) }
        } }
    };
    Page::titled(Some(Section::Catalogue), family.heading(), &body).into_response()
}

/// One entry, in full.
pub(in crate::serve) async fn entry(
    State(catalogue): State<&'static Catalogue>,
    names: Result<Path<(String, String)>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    let Ok(Path((name, id))) = names else { return not_found(uri).await };
    let Some(family) = with_entries(catalogue).find(|family| family.id() == name) else { return not_found(uri).await };
    let Some(body) = body(catalogue, family, &id) else { return not_found(uri).await };
    let body = html! {
        p class="crumbs" { small { a href="/catalogue" { "Catalogue" } " / " a href={ "/catalogue/" (name) } { (family.heading()) } " / " tt { (id) } } }
        (body)
    };
    Page::titled(Some(Section::Catalogue), link::title(catalogue, family, &id), &body).into_response()
}

fn body(catalogue: &Catalogue, family: Family, id: &str) -> Option<Markup> {
    let (id, entry) = catalogue.table(family).any(id)?;
    Some(match entry {
        AnyEntry::Article(entry) => article::body(catalogue, id, entry),
        AnyEntry::Rule(entry) => rule::body(catalogue, id, entry),
        AnyEntry::Product(entry) => product::body(catalogue, id, entry),
        AnyEntry::Package(entry) => package::body(catalogue, id, entry),
        AnyEntry::Form(entry) => form::body(catalogue, id, entry),
        AnyEntry::Language(entry) => language::body(catalogue, entry),
        AnyEntry::Disc(entry) => disc::body(catalogue, entry),
        AnyEntry::Server(entry) => server::body(catalogue, entry),
        AnyEntry::ReferencePostoffice(entry) => reference_postoffice::body(catalogue, entry),
        AnyEntry::SerialLocation(entry) => reference_postoffice::serial_location(catalogue, entry),
        AnyEntry::AnswerSource(entry) => answer_source::body(catalogue, entry),
    })
}

/// The families with entries.
fn with_entries(catalogue: &Catalogue) -> impl Iterator<Item = Family> {
    Family::ALL.iter().copied().filter(|family| !catalogue.table(*family).ids().is_empty())
}

/// Returns `true` if an article is about a product.
fn is_about(catalogue: &Catalogue, article: &str, product: &str) -> bool {
    catalogue.articles.get(article).is_some_and(|entry| entry.products.iter().any(|other| other == product))
}

fn entries(catalogue: &Catalogue, family: Family) -> Vec<(&str, &str)> {
    let mut entries = catalogue.table(family).titles();
    if family == Family::Article {
        // By number: Q99393 comes before Q110762.
        entries.sort_by_key(|(id, _)| (id.len(), *id));
    }
    entries
}
