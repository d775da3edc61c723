//! The page of an install disc.

use super::{super::link, source};
use crate::{
    catalogue::{Catalogue, Family},
    model::disc::Disc,
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, disc: &Disc) -> Markup {
    html! {
        p { "Installs " @for (index, product) in disc.products.iter().enumerate() {
            @if index > 0 { " or " } (link::id(catalogue, Family::Product, product))
        } "." }
        ul {
            @for marker in &disc.markers { li {
                (marker.strength.label()) ": " (marker.says)
                " (" (marker.article.as_deref().or(marker.work.as_deref()).unwrap_or_default()) "); " (marker.basis.label())
            } }
        }
        @if let Some(otherwise) = &disc.otherwise {
            p { "The channel: " (otherwise.look) " (" (otherwise.article) ")." }
        }
        (source::sources(catalogue, &disc.sources))
    }
}
