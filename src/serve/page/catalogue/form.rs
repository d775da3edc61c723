//! The page of a form.

use super::{super::link, source};
use crate::{
    catalogue::{Catalogue, Family},
    model::form::Form,
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, id: &str, form: &Form) -> Markup {
    let asking = |forms: &[String]| forms.iter().any(|other| other == id);
    let products =
        catalogue.products.iter().filter(|(_, product)| product.prompts.iter().any(|prompt| asking(&prompt.forms)));
    html! {
        pre class="key" { (form.written) }
        p { (link::text(catalogue, &form.summary)) }
        @if !form.checks.is_empty() {
            h2 { "What is checked" }
            ul { @for check in &form.checks {
                li { (link::id(catalogue, Family::Rule, &check.rule)) ", of the " (check.part) "; " (check.severity.id()) ", " (check.basis.label()) }
            } }
        }
        (source::section(catalogue, "Often taken for it", Family::Rule, form.look_alikes.iter().map(|other| other.rule.as_str())))
        (source::section(catalogue, "Products that ask for it", Family::Product, products.map(|(id, _)| id)))
        (source::sources(catalogue, &form.sources))
    }
}
