//! The page of a server that counts licences.

use super::{super::link, source};
use crate::{
    catalogue::{Catalogue, Family},
    model::server::{How, Server},
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, server: &Server) -> Markup {
    html! {
        @if let (Some(start), Some(ceiling)) = (server.start, server.ceiling) {
            p { (start) " licences when new, " (ceiling) " at most." }
        }
        ul {
            @for takes in &server.takes { li {
                "accepts a " (takes.version) " pack of " (takes.sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "))
                @match takes.how { How::AsItIs => " as it is", How::Converted => " only after its conversion" }
                "; " (takes.basis.label())
            } }
            @for closed in &server.closed { li {
                "accepts none as "
                @if closed.editions.is_empty() { "any edition" } @else { (closed.editions.iter().map(|sku| sku.name()).collect::<Vec<_>>().join(" or ")) }
                " (" (link::id(catalogue, Family::Rule, &closed.rule)) "); " (closed.basis.label())
            } }
        }
        (source::section(catalogue, "Product", Family::Product, server.product.as_deref()))
        p { a href="/add-packs" { "Plan its add packs" } }
        (source::sources(catalogue, &server.sources))
    }
}
