//! Links into the catalogue, and texts whose article numbers are links.

use crate::{
    catalogue::{Catalogue, EntryTable},
    explain::Kind,
};
use maud::{Markup, html};
use serde::de::DeserializeOwned;

/// The path of an entry. A remedy is a place on the page of its article.
pub(super) fn path(kind: Kind, id: &str) -> String {
    match kind {
        Kind::Remedy => {
            let (article, case) = id.split_once('/').unwrap_or((id, "remedy"));
            format!("/catalogue/article/{article}#{case}")
        }
        Kind::Article
        | Kind::Rule
        | Kind::Product
        | Kind::Package
        | Kind::Form
        | Kind::Server
        | Kind::AnswerSource
        | Kind::ReferencePostoffice
        | Kind::SerialLocation => {
            format!("/catalogue/{}/{id}", kind.id())
        }
    }
}

/// A link that shows the id; plain text where the catalogue has no such entry.
pub(super) fn id(catalogue: &Catalogue, kind: Kind, id: &str) -> Markup {
    html! { @if is_known(catalogue, kind, id) { a href=(path(kind, id)) { (id) } } @else { (id) } }
}

/// A link that shows the title.
pub(super) fn titled(catalogue: &Catalogue, kind: Kind, id: &str) -> Markup {
    let title = title(catalogue, kind, id);
    html! { @if is_known(catalogue, kind, id) { a href=(path(kind, id)) { (title) } } @else { (title) } }
}

/// Links with commas between them.
pub(super) fn list<'i>(ids: impl IntoIterator<Item = &'i str>, link: impl Fn(&str) -> Markup) -> Markup {
    html! { @for (index, id) in ids.into_iter().enumerate() { @if index > 0 { ", " } (link(id)) } }
}

/// A text in which the numbers of known articles, and the ids of known rules, are links.
pub(super) fn text(catalogue: &Catalogue, text: &str) -> Markup {
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '/' || c == '-';
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_id(c) != is_id(first)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    html! { @for piece in pieces {
        @if is_known(catalogue, Kind::Article, piece) { a href=(path(Kind::Article, piece)) { (piece) } }
        @else if is_known(catalogue, Kind::Rule, piece) { a href=(path(Kind::Rule, piece)) { (piece) } }
        @else { (piece) }
    } }
}

/// The title of an entry; its id where there is no such entry.
pub(super) fn title<'a>(catalogue: &'a Catalogue, kind: Kind, id: &'a str) -> &'a str {
    let title = match kind {
        Kind::Article => catalogue.articles.get(id).map(|entry| entry.title.as_str()),
        Kind::Remedy => catalogue.remedy(id).map(|(_, _, remedy)| remedy.title.as_str()),
        Kind::Rule => catalogue.rules.get(id).map(|entry| entry.title.as_str()),
        Kind::Product => catalogue.products.get(id).map(|entry| entry.title.as_str()),
        Kind::Package => catalogue.packages.get(id).map(|entry| entry.title.as_str()),
        Kind::Form => catalogue.forms.get(id).map(|entry| entry.title.as_str()),
        Kind::Server => catalogue.servers.get(id).map(|entry| entry.title.as_str()),
        Kind::ReferencePostoffice => catalogue.reference_postoffices.get(id).map(|entry| entry.title.as_str()),
        Kind::SerialLocation => catalogue.serial_locations.get(id).map(|entry| entry.title.as_str()),
        Kind::AnswerSource => catalogue.answer_sources.get(id).map(|entry| entry.title.as_str()),
    };
    title.unwrap_or(id)
}

fn is_known(catalogue: &Catalogue, kind: Kind, id: &str) -> bool {
    fn has<T: DeserializeOwned>(table: &EntryTable<T>, id: &str) -> bool {
        table.ids().any(|known| known == id)
    }
    match kind {
        Kind::Article => has(&catalogue.articles, id),
        Kind::Remedy => catalogue.remedy(id).is_some(),
        Kind::Rule => has(&catalogue.rules, id),
        Kind::Product => has(&catalogue.products, id),
        Kind::Package => has(&catalogue.packages, id),
        Kind::Form => has(&catalogue.forms, id),
        Kind::Server => has(&catalogue.servers, id),
        Kind::ReferencePostoffice => has(&catalogue.reference_postoffices, id),
        Kind::SerialLocation => has(&catalogue.serial_locations, id),
        Kind::AnswerSource => has(&catalogue.answer_sources, id),
    }
}
