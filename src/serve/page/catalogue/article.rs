//! The page of an article.

use super::{super::link, source};
use crate::{
    catalogue::{Catalogue, Family, remedy_id},
    model::article::{Article, Message, Remedy},
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, id: &str, article: &Article) -> Markup {
    let printed = catalogue.rules.iter().flat_map(|(rule, entry)| entry.values.iter().map(move |value| (rule, value)));
    let printed: Vec<_> = printed.filter(|(_, value)| value.article == id).collect();
    let products = catalogue.products.iter().filter(|(_, entry)| source::cite(&entry.sources, id));
    let rules = catalogue.rules.iter().filter(|(_, entry)| source::cite(&entry.sources, id));
    html! {
        p { "Knowledge Base article " b { (id) } ", about " (article.applies_to.join(", ")) "." }
        @if !article.text_at_hand { p { i { "The article's own text was not available; its sources below report on it." } } }
        h2 { "What is seen" }
        p { (link::text(catalogue, &article.symptom)) }
        @for message in &article.messages { (on_the_screen(message)) }
        h2 { "Why" }
        p { (link::text(catalogue, &article.cause)) }
        @for entry in &article.remedies { (remedy(catalogue, id, entry)) }
        @if !printed.is_empty() {
            h2 { "Values that it prints" }
            ul { @for (rule, value) in printed {
                li { tt { (value.text) } ": " (value.place) " (" (link::id(catalogue, Family::Rule, rule)) ")" }
            } }
        }
        (source::section(catalogue, "Products", Family::Product, article.products.iter().map(String::as_str)))
        (source::section(catalogue, "Products that rest on it", Family::Product, products.map(|(id, _)| id)))
        (source::section(catalogue, "Rules that rest on it", Family::Rule, rules.map(|(id, _)| id)))
        (source::sources(catalogue, &article.sources))
    }
}

fn on_the_screen(message: &Message) -> Markup {
    let text = message.text.replace("{number}", "N").replace("{text}", "...");
    html! { blockquote { p { (text) } } }
}

fn remedy(catalogue: &Catalogue, article: &str, remedy: &Remedy) -> Markup {
    let id = remedy_id(article, remedy);
    let place = remedy.case.as_deref().unwrap_or("remedy");
    html! {
        h2 { a name=(place) id=(place) { "What to do: " (remedy.title) } }
        p { small { "Remedy " tt { (id) } " for " (remedy.applies_to.join(", ")) "; " (remedy.basis.label()) "." } }
        @if let Some(loses) = &remedy.loses { p { small { "Loses: " (loses) } } }
        ol { @for step in &remedy.steps { li { (link::text(catalogue, step)) } } }
        @if !remedy.when.rules.is_empty() { p { small {
            "Answers " (link::list(remedy.when.rules.iter().map(String::as_str), |id| link::id(catalogue, Family::Rule, id))) "."
        } } }
    }
}
