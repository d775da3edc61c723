//! *Postoffice serial*: a Microsoft Mail serial and its postoffice, and the known problems of postoffices.

use super::{
    Page, Section,
    check::{checked, setup},
    choice, link,
};
use crate::{
    catalogue::{Catalogue, Family},
    model::form,
    serve::fields::Fields,
};
use axum::extract::State;
use maud::html;

/// The form, below the answer to its last submission; then the problems that the catalogue knows.
pub(in crate::serve) async fn answer(State(catalogue): State<&'static Catalogue>, fields: Fields) -> Page {
    let troubles = catalogue.rules.iter().filter(|(id, _)| id.starts_with("serial/") || id.starts_with("postoffice/"));
    Page::of(
        Section::Serial,
        &html! {
            div id="answers" { @if fields.has("key") { (checked(catalogue, &fields)) } }
            @if !fields.has("key") { p {
                "Every Microsoft Mail postoffice has a serial, a number of up to four digits, a hyphen, and one of up to five. Mail gateways and the Exchange connector identify postoffices by it."
            } }
            form action="/serial" method="post" accept-charset="utf-8" class="check" {
                table border="0" cellpadding="3" role="presentation" {
                    (choice::field("key", "Serial", &choice::line("key", 14, &fields)))
                    (setup(catalogue, form::KeyKind::Serial, "(not sure)", &fields))
                }
                p { input type="submit" value="Check the serial"; }
            }
            h2 { "Problems of a postoffice" }
            ul { @for (id, rule) in troubles {
                li { a href=(link::path(Family::Rule, id)) { (rule.title) } }
            } }
            p { "Seeing an error message? " a href="/explain" { "Look it up" } "." }
        },
    )
}
