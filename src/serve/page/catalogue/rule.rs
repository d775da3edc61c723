//! The page of a rule.

use super::{super::link, source};
use crate::{
    catalogue::{Catalogue, Family, remedy_id},
    explain::MatchKind,
    model::rule::Rule,
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, id: &str, rule: &Rule) -> Markup {
    let forms = catalogue.forms.iter().filter(|(_, form)| form.checks.iter().any(|check| check.rule == id));
    let products = catalogue.products.iter().filter(|(_, product)| {
        product
            .prompts
            .iter()
            .any(|prompt| prompt.levels.contains_key(id) || prompt.mistaken.iter().any(|mistaken| mistaken.rule == id))
    });
    let answers: Vec<_> = catalogue.answers_to(id).map(|(article, _, remedy)| remedy_id(article, remedy)).collect();
    let screen = rule.screen.as_ref().and_then(|screen| {
        Some((&screen.article, catalogue.articles.get(&screen.article)?.messages.get(screen.message)?))
    });
    html! {
        p { "Rule " b { tt { (id) } } "; usually " (rule.severity.id()) ", " (rule.basis.label()) "." }
        @for paragraph in rule.explanation.trim().split("\n\n") { p { (link::text(catalogue, paragraph)) } }
        @if let Some((article, message)) = screen {
            p { "On the screen (" (link::id(catalogue, Family::Article, article)) "):" }
            blockquote { p { (message.text.replace("{number}", "N").replace("{text}", "...")) } }
        }
        @for conflict in &rule.conflicts { p { b { "Sources differ: " } (link::text(catalogue, conflict)) } }
        @if !rule.values.is_empty() {
            h2 { "Values that Microsoft printed" }
            ul { @for value in &rule.values {
                li { tt { (value.text) } ": " (link::id(catalogue, Family::Article, &value.article)) ", " (value.place) }
            } }
        }
        (source::section(catalogue, "Remedies that answer it", MatchKind::Remedy, answers.iter().map(String::as_str)))
        (source::section(catalogue, "Forms that are checked by it", Family::Form, forms.map(|(id, _)| id)))
        (source::section(catalogue, "Products with a word of their own on it", Family::Product, products.map(|(id, _)| id)))
        (source::sources(catalogue, &rule.sources))
    }
}
