//! *No key in the box*: says whether a key is needed, and where Microsoft says that it comes from.

use super::{
    Page, Section,
    check::{setup, show_answer, situation},
    finding,
};
use crate::{catalogue::Catalogue, judge::judge_no_key, model::form::KeyKind, serve::fields::Fields};
use axum::extract::State;
use maud::html;

/// The form, below the answer to its last submission.
pub(in crate::serve) async fn answer(State(catalogue): State<&'static Catalogue>, fields: Fields) -> Page {
    let answer = html! { @if fields.chosen("product").is_some() {
        (show_answer(catalogue, judge_no_key(catalogue, &situation(&fields))))
    } @else if fields.has("from") {
        (finding::slip("choose the product whose Setup asks"))
    } };
    Page::of(
        Section::NoKey,
        &html! {
            div id="answers" { (answer) }
            @if !fields.has("from") { p {
                "Some Setups ask for a key that is not in their box: it came in another box, on another sticker, or none is needed. Say which product, and in what it came."
            } }
            form action="/no-key" method="post" accept-charset="utf-8" class="check" {
                table border="0" cellpadding="3" role="presentation" { (setup(catalogue, KeyKind::Key, "(choose one)", &fields)) }
                p { input type="submit" value="What to do?"; }
            }
        },
    )
}
