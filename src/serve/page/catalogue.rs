//! *Catalogue*: every form, product, package, article, server and rule, with what it rests on and what it belongs to.

mod answer_source;
mod article;
mod form;
mod package;
mod product;
mod reference_postoffice;
mod rule;
mod server;
mod source;

use super::{Page, Section, link};
use crate::{
    catalogue::Catalogue,
    explain::Kind,
    serve::{fields::Fields, not_found::not_found},
};
use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{Response, Uri},
    response::IntoResponse,
};
use maud::{Markup, html};

/// The families that have pages, in the order in which they are listed.
const FAMILIES: [Kind; 8] = [
    Kind::Product,
    Kind::Package,
    Kind::Form,
    Kind::Rule,
    Kind::Article,
    Kind::AnswerSource,
    Kind::ReferencePostoffice,
    Kind::Server,
];

/// So many entries are listed on a page, which must stay short for old machines.
const ON_A_PAGE: usize = 60;

/// The list of families.
pub(in crate::serve) async fn families(State(catalogue): State<&'static Catalogue>) -> Page {
    Page::of(
        Section::Catalogue,
        &html! {
            p { "All that is known here, each with the articles and works that it rests on." }
            table border="1" cellpadding="4" cellspacing="0" class="list" {
                @for kind in FAMILIES { tr valign="top" {
                    td { a href={ "/catalogue/" (kind.id()) } { (plural(kind)) } }
                    td align="right" { (entries(catalogue, kind).len()) }
                    td { (about(kind)) }
                } }
            }
        },
    )
}

/// The entries of one family, a page at a time.
pub(in crate::serve) async fn family(
    State(catalogue): State<&'static Catalogue>,
    family: Result<Path<String>, PathRejection>,
    uri: Uri,
    fields: Fields,
) -> Response<Body> {
    // What is no text names nothing, and must not get into the log.
    let Ok(Path(family)) = family else { return not_found(uri).await };
    let Some(kind) = FAMILIES.into_iter().find(|kind| kind.id() == family) else { return not_found(uri).await };
    let mut entries = entries(catalogue, kind);
    // A product may have more articles than its own page has room for.
    let product = match fields.chosen("product").map(|id| catalogue.products.entry(id)) {
        Some(Some((id, _))) if kind == Kind::Article => Some(id),
        Some(_) => return not_found(uri).await,
        None => None,
    };
    if let Some(product) = product {
        entries.retain(|(id, _)| is_about(catalogue, id, product));
    }
    let pages: Vec<_> = entries.chunks(ON_A_PAGE).collect();
    let page = fields.chosen("page").map_or(Some(1), |page| page.parse::<usize>().ok());
    let page = page.filter(|page| (1..=pages.len().max(1)).contains(page));
    let Some(page) = page else { return not_found(uri).await };
    let body = html! {
        p { @if let Some(id) = product {
            "All articles about " (link::titled(catalogue, Kind::Product, id)) "."
        } @else { (about(kind)) } }
        @if pages.len() > 1 { nav aria-label="Pages" { p class="pages" { @for (number, entries) in (1..).zip(&pages) {
            @let range = format!("{} to {}", entries.first().map_or("", |(id, _)| id), entries.last().map_or("", |(id, _)| id));
            @if number == page { b { (range) } } @else {
                a href={ "/catalogue/" (family) "?page=" (number) @if let Some(id) = product { "&product=" (id) } } { (range) }
            }
            br;
        } } } }
        dl { @for (id, title) in pages.get(page - 1).copied().unwrap_or_default() {
            dt { a href=(link::path(kind, id)) { (id) } } dd { (title) }
        } }
    };
    Page::titled(Some(Section::Catalogue), plural(kind), &body).into_response()
}

/// One entry, whole.
pub(in crate::serve) async fn entry(
    State(catalogue): State<&'static Catalogue>,
    names: Result<Path<(String, String)>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    let Ok(Path((family, id))) = names else { return not_found(uri).await };
    let Some(kind) = FAMILIES.into_iter().find(|kind| kind.id() == family) else { return not_found(uri).await };
    let Some(body) = body(catalogue, kind, &id) else { return not_found(uri).await };
    let body = html! {
        p class="crumbs" { small { a href="/catalogue" { "Catalogue" } " / " a href={ "/catalogue/" (family) } { (plural(kind)) } " / " tt { (id) } } }
        (body)
    };
    Page::titled(Some(Section::Catalogue), link::title(catalogue, kind, &id), &body).into_response()
}

fn body(catalogue: &Catalogue, kind: Kind, id: &str) -> Option<Markup> {
    match kind {
        Kind::Article => catalogue.articles.get(id).map(|entry| article::body(catalogue, id, entry)),
        Kind::Rule => catalogue.rules.get(id).map(|entry| rule::body(catalogue, id, entry)),
        Kind::Product => catalogue.products.get(id).map(|entry| product::body(catalogue, id, entry)),
        Kind::Package => catalogue.packages.get(id).map(|entry| package::body(catalogue, id, entry)),
        Kind::Form => catalogue.forms.get(id).map(|entry| form::body(catalogue, id, entry)),
        Kind::Server => catalogue.servers.get(id).map(|entry| server::body(catalogue, entry)),
        Kind::ReferencePostoffice => {
            catalogue.reference_postoffices.get(id).map(|entry| reference_postoffice::body(catalogue, entry))
        }
        Kind::SerialLocation => {
            catalogue.serial_locations.get(id).map(|entry| reference_postoffice::serial_location(catalogue, entry))
        }
        Kind::AnswerSource => catalogue.answer_sources.get(id).map(|entry| answer_source::body(catalogue, entry)),
        // A remedy stands on the page of its article.
        Kind::Remedy => None,
    }
}

/// Whether an article is about a product.
fn is_about(catalogue: &Catalogue, article: &str, product: &str) -> bool {
    catalogue.articles.get(article).is_some_and(|entry| entry.products.iter().any(|other| other == product))
}

fn entries(catalogue: &Catalogue, kind: Kind) -> Vec<(&str, &str)> {
    match kind {
        Kind::Article => {
            let mut articles: Vec<_> =
                catalogue.articles.iter().map(|(id, entry)| (id, entry.title.as_str())).collect();
            // By number: Q99393 comes before Q110762.
            articles.sort_by_key(|(id, _)| (id.len(), *id));
            articles
        }
        Kind::Rule => catalogue.rules.iter().map(|(id, entry)| (id, entry.title.as_str())).collect(),
        Kind::Product => catalogue.products.iter().map(|(id, entry)| (id, entry.title.as_str())).collect(),
        Kind::Package => catalogue.packages.iter().map(|(id, entry)| (id, entry.title.as_str())).collect(),
        Kind::Form => catalogue.forms.iter().map(|(id, entry)| (id, entry.title.as_str())).collect(),
        Kind::Server => catalogue.servers.iter().map(|(id, entry)| (id, entry.title.as_str())).collect(),
        Kind::ReferencePostoffice => {
            catalogue.reference_postoffices.iter().map(|(id, entry)| (id, entry.title.as_str())).collect()
        }
        Kind::SerialLocation => {
            catalogue.serial_locations.iter().map(|(id, entry)| (id, entry.title.as_str())).collect()
        }
        Kind::AnswerSource => catalogue.answer_sources.iter().map(|(id, entry)| (id, entry.title.as_str())).collect(),
        Kind::Remedy => Vec::new(),
    }
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "Articles",
        Kind::Remedy => "Remedies",
        Kind::Rule => "Rules",
        Kind::Product => "Products",
        Kind::Package => "Packages",
        Kind::Form => "Forms",
        Kind::Server => "Servers",
        Kind::ReferencePostoffice => "Postoffices",
        Kind::SerialLocation => "Places of the serial",
        Kind::AnswerSource => "Answer files",
    }
}

fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "What Microsoft's Knowledge Base says, retold: what is seen, why, and what to do.",
        Kind::Remedy => "What to do, case by case.",
        Kind::Rule => "What can be found in a key, a serial or a plan, and what it means.",
        Kind::Product => "What each Setup asks for, per channel and package.",
        Kind::Package => "The boxes, kits and sets that products came in.",
        Kind::Form => "What keys, Product IDs and serials look like, and their arithmetic.",
        Kind::ReferencePostoffice => {
            "What Setup leaves on the disk of a Mail postoffice: directories, files and their sizes."
        }
        Kind::SerialLocation => {
            "Where MASTER.GLB of a Mail postoffice keeps its serial, as files with known serials prove."
        }
        Kind::AnswerSource => {
            "The answer files and command lines that hand a key over to Setup, and what can be wrong with them."
        }
        Kind::Server => "The servers that count client licences, and the add packs that they take.",
    }
}
