//! The sources of an entry, and the entries that cite an article.

use super::super::link;
use crate::{
    catalogue::{Catalogue, Family},
    explain::MatchKind,
    model::source::Source,
};
use maud::{Markup, html};

/// The evidence of an entry.
pub(super) fn sources(catalogue: &Catalogue, sources: &[Source]) -> Markup {
    html! {
        h2 { "Sources" }
        dl { @for source in sources {
            dt { b {
                @match (&source.article, &source.work) {
                    (Some(article), _) => (link::id(catalogue, Family::Article, article)),
                    (None, Some(work)) => (work),
                    (None, None) => "?",
                }
            } " (" (source.basis.label()) ")" }
            dd { (link::text(catalogue, &source.says)) }
        } }
    }
}

/// A section of links; nothing if there are none.
pub(super) fn section<'i>(
    catalogue: &Catalogue,
    heading: &str,
    kind: impl Into<MatchKind> + Copy,
    ids: impl IntoIterator<Item = &'i str>,
) -> Markup {
    let ids: Vec<_> = ids.into_iter().collect();
    html! { @if !ids.is_empty() {
        h2 { (heading) }
        ul { @for id in ids { li { (link::id(catalogue, kind, id)) ": " (link::title(catalogue, kind, id)) } } }
    } }
}

/// Returns `true` if one of these sources is the article.
pub(super) fn cite(sources: &[Source], article: &str) -> bool {
    sources.iter().any(|source| source.article.as_deref() == Some(article))
}
