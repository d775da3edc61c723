//! The page of a package.

use super::source;
use crate::{
    catalogue::{Catalogue, Family},
    model::package::Package,
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, id: &str, package: &Package) -> Markup {
    let names = |packages: &[String]| packages.iter().any(|other| other == id);
    let prompts =
        catalogue.products.iter().filter(|(_, product)| product.prompts.iter().any(|prompt| names(&prompt.packages)));
    let articles = catalogue
        .articles
        .iter()
        .filter(|(_, article)| article.remedies.iter().any(|remedy| names(&remedy.when.packages)));
    html! {
        @if !package.skus.is_empty() {
            p { "Given out as: " (package.skus.iter().map(|sku| sku.name()).collect::<Vec<_>>().join(", ")) "." }
        }
        (source::section(catalogue, "What is inside", Family::Product, package.contains.iter().map(String::as_str)))
        (source::section(catalogue, "Products with a prompt of their own for it", Family::Product, prompts.map(|(id, _)| id)))
        (source::section(catalogue, "Articles with remedies for it", Family::Article, articles.map(|(id, _)| id)))
        (source::sources(catalogue, &package.sources))
    }
}
