//! Links into the catalogue, and texts whose article numbers are links.

use crate::{
    catalogue::{Catalogue, Family},
    explain::MatchKind,
};
use maud::{Markup, html};

/// The path of an entry. A remedy is an anchor on the page of its article.
pub(super) fn path(kind: impl Into<MatchKind>, id: &str) -> String {
    match kind.into() {
        MatchKind::Entry(family) => format!("/catalogue/{}/{id}", family.id()),
        MatchKind::Remedy => {
            let (article, case) = id.split_once('/').unwrap_or((id, "remedy"));
            format!("/catalogue/{}/{article}#{case}", Family::Article.id())
        }
    }
}

/// A link that shows the id; plain text if the catalogue has no such entry.
pub(super) fn id(catalogue: &Catalogue, kind: impl Into<MatchKind>, id: &str) -> Markup {
    let kind = kind.into();
    html! { @if is_known(catalogue, kind, id) { a href=(path(kind, id)) { (id) } } @else { (id) } }
}

/// A link that shows the title.
pub(super) fn titled(catalogue: &Catalogue, kind: impl Into<MatchKind>, id: &str) -> Markup {
    let kind = kind.into();
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
        @if is_known(catalogue, Family::Article.into(), piece) { a href=(path(Family::Article, piece)) { (piece) } }
        @else if is_known(catalogue, Family::Rule.into(), piece) { a href=(path(Family::Rule, piece)) { (piece) } }
        @else { (piece) }
    } }
}

/// The title of an entry; its id if there is no such entry.
pub(super) fn title<'a>(catalogue: &'a Catalogue, kind: impl Into<MatchKind>, id: &'a str) -> &'a str {
    let title = match kind.into() {
        MatchKind::Entry(family) => catalogue.table(family).title(id),
        MatchKind::Remedy => catalogue.remedy(id).map(|(_, _, remedy)| remedy.title.as_str()),
    };
    title.unwrap_or(id)
}

fn is_known(catalogue: &Catalogue, kind: MatchKind, id: &str) -> bool {
    match kind {
        MatchKind::Entry(family) => catalogue.table(family).has(id),
        MatchKind::Remedy => catalogue.remedy(id).is_some(),
    }
}
