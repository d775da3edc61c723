//! *Check a key*: one key at one prompt, or at all of them.

use super::{
    Page, Section,
    choice::{self, MAX_LINE_CHARACTERS},
    finding, subject,
};
use crate::{
    catalogue::{Catalogue, UnknownId},
    judge::judge,
    model::{form::KeyKind, situation::Situation, subject::Subject},
    serve::fields::Fields,
};
use axum::extract::State;
use maud::{Markup, html};

/// The form, below the answer to its last submission.
pub(in crate::serve) async fn answer(State(catalogue): State<&'static Catalogue>, fields: Fields) -> Page {
    let answer = html! { @if fields.has("key") { (checked(catalogue, &fields)) } };
    let intro = html! { p {
        "Type the key as it is on the sticker, before Setup asks for it. Without a product it is checked at every Setup that could ask for such a key."
    } };
    Page::of(
        Section::Check,
        &html! {
            div id="answers" { (answer) }
            @if !fields.has("key") { (intro) }
            form action="/" method="post" accept-charset="utf-8" class="check" {
                table border="0" cellpadding="3" role="presentation" {
                    (choice::field("key", "Key", &choice::line("key", 34, &fields)))
                    (setup(catalogue, KeyKind::Key, "(not sure)", &fields))
                }
                p { input type="submit" value="Check the key"; }
            }
            @if !fields.has("key") { p { small {
                "\"Well formed\" means that a key passes what Setup is known to check. That check is weak, and no program can tell from digits who may use them."
            } } }
        },
    )
}

/// The rows for the place at which a key or serial will be typed. `none` is the label of no product.
pub(super) fn setup(catalogue: &Catalogue, asks: KeyKind, none: &str, fields: &Fields) -> Markup {
    html! {
        (choice::row("product", "Product", Some(none), choice::products_asking(catalogue, asks), fields))
        (choice::row("from", "Came in", Some("(a box of its own, or not sure)"), choice::packages(catalogue), fields))
        (choice::row("sku", "Sold as", Some("(not sure)"), choice::skus(), fields))
    }
}

/// The situation that these rows describe.
pub(super) fn situation(fields: &Fields) -> Situation<'_> {
    Situation {
        product: fields.chosen("product"),
        sku: choice::sku(fields.get("sku")),
        package: fields.chosen("from"),
        ..Situation::default()
    }
}

/// The judgement of the key that was typed.
pub(super) fn checked(catalogue: &Catalogue, fields: &Fields) -> Markup {
    let key = fields.get("key");
    if choice::beginning(key, MAX_LINE_CHARACTERS).len() < key.len() {
        return finding::slip(&format!("a key has at most {MAX_LINE_CHARACTERS} characters"));
    }
    show_answer(catalogue, judge(catalogue, key, &situation(fields)))
}

/// The answer, or the reason why there is none.
pub(super) fn show_answer(catalogue: &Catalogue, judged: Result<Subject, UnknownId>) -> Markup {
    match judged {
        Ok(judged) => subject::answer(catalogue, &judged),
        Err(unknown) => finding::slip(&unknown.to_string()),
    }
}
