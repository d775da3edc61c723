//! *Explain an error message*: from the words on the screen to an article and its remedies.

use super::{
    Page, Section, choice,
    finding::{self, Told},
    link,
};
use crate::{
    catalogue::{Catalogue, Family},
    explain::{self, Match},
    serve::{api::request::MAX_TOPIC_CHARACTERS, fields::Fields},
};
use axum::extract::State;
use maud::{Markup, html};

/// The form, below the answer to its last submission.
pub(in crate::serve) async fn answer(State(catalogue): State<&'static Catalogue>, fields: Fields) -> Page {
    let topic = fields.get("topic");
    let product = fields.chosen("product");
    let answer = if !fields.has("topic") {
        html! {}
    } else if topic.trim().is_empty() {
        finding::slip("type some words of the message, or the number of an article")
    } else if topic.chars().count() > MAX_TOPIC_CHARACTERS {
        finding::slip(&format!("a message has at most {MAX_TOPIC_CHARACTERS} characters"))
    } else if let Some(unknown) = product.and_then(|id| catalogue.products.find(id).err()) {
        finding::slip(&unknown.to_string())
    } else {
        explained(catalogue, &explain::explain(catalogue, topic, product))
    };
    Page::of(
        Section::Explain,
        &html! {
            div id="answers" { (answer) }
            @if !fields.has("topic") { p {
                "Type what is on the screen: whole or in part, in capitals or not, whatever numbers are in it. The number of a Knowledge Base article does as well."
            } }
            form action="/explain" method="post" accept-charset="utf-8" {
                p { label for="topic" { "Message" } br;
                    textarea name="topic" id="topic" rows="4" cols="60" spellcheck="false" { "\n" (choice::beginning(topic, MAX_TOPIC_CHARACTERS)) }
                }
                table border="0" cellpadding="3" role="presentation" {
                    (choice::row("product", "Product", Some("(any)"), choice::products(catalogue), &fields))
                }
                p { input type="submit" value="Explain"; }
            }
        },
    )
}

/// The best matches in full, the others by name.
fn explained(catalogue: &Catalogue, matches: &[Match]) -> Markup {
    /// The maximum number of equally good matches that are shown in full.
    const MAX_IN_FULL: usize = 3;
    let best = matches.iter().take(MAX_IN_FULL).take_while(|found| found.best).count();
    let (whole, others) = matches.split_at(best.max(1).min(matches.len()));
    let mut told = Told::new();
    html! {
        div id="answer" class="answer explained" {
            @if matches.is_empty() {
                h2 { "Nothing in the catalogue matches" }
                p { "Try more words of the message, or look through " a href="/catalogue" { "the catalogue" } "." }
            }
            @for found in whole { (entry(catalogue, found, &mut told)) }
            @if !others.is_empty() {
                h3 { "See also" }
                ul { @for found in others { li {
                    (link::id(catalogue, found.kind, &found.id)) ": " (found.title) " " small { "(" (found.why) ")" }
                } } }
            }
        }
    }
}

fn entry(catalogue: &Catalogue, found: &Match, told: &mut Told) -> Markup {
    let article = catalogue.articles.get(&found.id).filter(|_| found.kind == Family::Article.into());
    html! {
        h2 { (link::id(catalogue, found.kind, &found.id)) ": " (found.title) }
        p { small { "Found by: " (found.why) } }
        @if let Some(article) = article {
            p { (link::text(catalogue, &article.symptom)) }
            p { (link::text(catalogue, &article.cause)) }
        }
        (finding::remedies(catalogue, &found.remedies, told))
    }
}
