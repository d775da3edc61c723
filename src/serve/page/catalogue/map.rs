//! Ways into the articles: by product, by program, and by the number of a message.

use super::{
    super::{Page, Section, link},
    MAX_PER_PAGE,
};
use crate::{
    catalogue::{Catalogue, Family},
    explain::map,
    serve::{fields::Fields, not_found::not_found},
};
use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{Response, Uri},
    response::IntoResponse,
};
use maud::{Markup, html};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

/// The kinds of numbered messages, with what they are called.
const KINDS: [(&str, &str); 5] =
    [("notice", "Notice"), ("fatal", "Fatal"), ("error", "Error"), ("warning", "Warning"), ("event", "Event")];

/// The ways, for the first page of the catalogue.
pub(super) fn ways() -> Markup {
    html! {
        h2 { "Ways to an article" }
        ul {
            li { a href="/catalogue/products" { "By product" } ", with the number of its articles" }
            li { a href="/catalogue/programs" { "By program" } ", such as ADMIN.EXE and EXTERNAL.EXE" }
            li { a href="/catalogue/messages" { "By the number of a message" } ": Notice, Fatal, Error, Warning, Event" }
        }
    }
}

/// Every product that has articles.
pub(in crate::serve) async fn products(State(catalogue): State<&'static Catalogue>) -> Page {
    let count = |id: &str| {
        let about = |products: &[String]| products.iter().any(|other| other == id);
        catalogue.articles.iter().filter(|(_, article)| about(&article.products)).count()
    };
    let products = catalogue.products.iter().map(|(id, _)| (id, count(id))).filter(|(_, count)| *count > 0);
    let mut products: Vec<_> = products.collect();
    products.sort_by_key(|(id, _)| link::title(catalogue, Family::Product, id).to_lowercase());
    let body = html! {
        p { "The products with articles about them." }
        ul { @for (id, count) in products {
            li { a href={ "/catalogue/article?product=" (id) } { (link::title(catalogue, Family::Product, id)) } " (" (count) ")" }
        } }
    };
    Page::titled(Some(Section::Catalogue), "Articles by product", &body)
}

/// Every program that an article names.
pub(in crate::serve) async fn programs(State(catalogue): State<&'static Catalogue>) -> Page {
    let body = html! {
        p { "The programs that articles name, each with the number of these articles." }
        p { @for (program, articles) in map::programs(catalogue) {
            a href={ "/catalogue/programs/" (program) } { (program) } " (" (articles.len()) ") "
        } }
    };
    Page::titled(Some(Section::Catalogue), "Articles by program", &body)
}

/// The articles that name a program.
pub(in crate::serve) async fn program(
    State(catalogue): State<&'static Catalogue>,
    name: Result<Path<String>, PathRejection>,
    uri: Uri,
    fields: Fields,
) -> Response<Body> {
    let Ok(Path(name)) = name else { return not_found(uri).await };
    let programs = map::programs(catalogue);
    let Some((program, articles)) = programs.get_key_value(&name.to_ascii_uppercase()) else {
        return not_found(uri).await;
    };
    let mut articles: Vec<_> = articles.iter().copied().collect();
    // Q99393 comes before Q110762.
    articles.sort_by_key(|id| (id.len(), *id));
    let pages: Vec<_> = articles.chunks(MAX_PER_PAGE).collect();
    let Some(page) = page(&fields, pages.len()) else { return not_found(uri).await };
    let body = html! {
        (crumbs("/catalogue/programs", "By program", program))
        (others(&format!("/catalogue/programs/{program}"), page, pages.iter().map(|ids| range(ids.first(), ids.last()))))
        dl { @for id in pages.get(page.saturating_sub(1)).copied().unwrap_or_default() {
            dt { a href=(link::path(Family::Article, id)) { (id) } } dd { (link::title(catalogue, Family::Article, id)) }
        } }
    };
    Page::titled(Some(Section::Catalogue), &format!("Articles that name {program}"), &body).into_response()
}

/// The kinds of numbered messages, and the ranges of their numbers.
pub(in crate::serve) async fn messages(State(catalogue): State<&'static Catalogue>) -> Page {
    let numbers = by_kind(catalogue);
    let body = html! {
        p { "The numbers of the messages that articles explain. Another number is in none of them." }
        ul { @for (kind, name) in KINDS { @if let Some(of_kind) = numbers.get(kind) {
            @let numbers: Vec<_> = of_kind.keys().collect();
            @for (page, numbers) in (1..).zip(numbers.chunks(MAX_PER_PAGE)) {
                li { a href={ "/catalogue/messages/" (kind) "?page=" (page) } { (name) " " (range(numbers.first(), numbers.last())) } }
            }
        } } }
    };
    Page::titled(Some(Section::Catalogue), "Articles by the number of a message", &body)
}

/// The numbers of one kind, each with its articles.
pub(in crate::serve) async fn kind(
    State(catalogue): State<&'static Catalogue>,
    name: Result<Path<String>, PathRejection>,
    uri: Uri,
    fields: Fields,
) -> Response<Body> {
    let Ok(Path(name)) = name else { return not_found(uri).await };
    let known = KINDS.iter().find(|(kind, _)| *kind == name);
    let numbers = by_kind(catalogue);
    let Some((title, of_kind)) = known.and_then(|(kind, title)| Some((*title, numbers.get(*kind)?))) else {
        return not_found(uri).await;
    };
    let numbers: Vec<_> = of_kind.iter().collect();
    let pages: Vec<_> = numbers.chunks(MAX_PER_PAGE).collect();
    let Some(page) = page(&fields, pages.len()) else { return not_found(uri).await };
    let ranges = pages.iter().map(|numbers| range(numbers.first().map(|one| one.0), numbers.last().map(|one| one.0)));
    let body = html! {
        (crumbs("/catalogue/messages", "By the number of a message", title))
        (others(&format!("/catalogue/messages/{name}"), page, ranges))
        dl { @for (number, articles) in pages.get(page.saturating_sub(1)).copied().unwrap_or_default() {
            dt { (title) " " (number) }
            dd { @for (index, id) in articles.iter().enumerate() {
                @if index > 0 { br; }
                a href=(link::path(Family::Article, id)) { (id) } " " (link::title(catalogue, Family::Article, id))
            } }
        } }
    };
    Page::titled(Some(Section::Catalogue), &format!("{title} by number"), &body).into_response()
}

/// The number of the page that is asked for, if there is such a page.
fn page(fields: &Fields, pages: usize) -> Option<usize> {
    let page = fields.chosen("page").map_or(Some(1), |page| page.parse::<usize>().ok());
    page.filter(|page| (1..=pages.max(1)).contains(page))
}

/// Links to the pages of a list that has more than one.
fn others(base: &str, page: usize, ranges: impl Iterator<Item = String>) -> Markup {
    let ranges: Vec<_> = ranges.collect();
    html! { @if ranges.len() > 1 { nav aria-label="Pages" { p class="pages" { @for (number, range) in (1..).zip(&ranges) {
        @if number == page { b { (range) } } @else { a href={ (base) "?page=" (number) } { (range) } }
        br;
    } } } } }
}

/// `Q66007 to Q112301`.
fn range(first: Option<impl Display>, last: Option<impl Display>) -> String {
    let text = |bound: Option<String>| bound.unwrap_or_default();
    format!("{} to {}", text(first.map(|bound| bound.to_string())), text(last.map(|bound| bound.to_string())))
}

/// The numbers of each kind, with their articles.
fn by_kind(catalogue: &Catalogue) -> BTreeMap<String, BTreeMap<u32, BTreeSet<&str>>> {
    let mut by_kind: BTreeMap<String, BTreeMap<u32, BTreeSet<&str>>> = BTreeMap::new();
    for ((kind, number), articles) in map::numbers(catalogue) {
        by_kind.entry(kind).or_default().insert(number, articles);
    }
    by_kind
}

fn crumbs(path: &str, name: &str, here: &str) -> Markup {
    html! { p class="crumbs" { small { a href="/catalogue" { "Catalogue" } " / " a href=(path) { (name) } " / " (here) } } }
}
