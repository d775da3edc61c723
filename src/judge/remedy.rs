//! Which remedies answer a finding in a situation.

use crate::{
    catalogue::{Catalogue, remedy_id},
    model::{article::When, situation::Situation, sku::Sku, tree::is_like},
};

/// The ids of the remedies that answer a rule here, most specific first.
///
/// What the situation leaves open, a remedy may name: then all cases are offered, each with its label, but for those of
/// channels that the prompt at hand does not serve; `only` names the one article that may answer. Only the product has to be named before a product's own remedy is offered.
pub(super) fn answering(
    catalogue: &Catalogue,
    rule: &str,
    situation: &Situation<'_>,
    form: Option<&str>,
    serves: &dyn Fn(Sku) -> bool,
    only: Option<&str>,
) -> Vec<String> {
    let mut answers: Vec<_> = catalogue
        .answers_for(rule, situation.product)
        .filter(|(number, ..)| only.is_none_or(|only| only == *number))
        .filter(|(_, _, remedy)| holds(&remedy.when, situation, form, serves))
        .map(|(number, article, remedy)| ((specificity(&remedy.when, situation), article.text_at_hand), number, remedy))
        .collect();
    // A stable sort: within one degree the cases keep the order of their article.
    answers.sort_by(|(left, ..), (right, ..)| right.cmp(left));
    answers.iter().map(|(_, number, remedy)| remedy_id(number, remedy)).collect()
}

/// The ids of the remedies that answer a rule about one file of a postoffice; `None` where it concerns no single one.
pub(super) fn remedies_for_file(
    catalogue: &Catalogue,
    rule: &str,
    situation: &Situation<'_>,
    path: Option<&str>,
) -> Vec<String> {
    let mut ids = remedies_for(catalogue, rule, situation);
    ids.retain(|id| {
        let files = catalogue.remedy(id).map_or(&[][..], |(_, _, remedy)| &remedy.when.files);
        files.is_empty() || path.is_none_or(|path| files.iter().any(|pattern| is_like(path, pattern)))
    });
    ids
}

/// The ids of the remedies that answer a rule in a situation, whatever was typed.
pub(crate) fn remedies_for(catalogue: &Catalogue, rule: &str, situation: &Situation<'_>) -> Vec<String> {
    answering(catalogue, rule, situation, None, &|_| true, None)
}

/// Whether a remedy that is for the product answers in this channel and package, and a text of this form.
fn holds(when: &When, situation: &Situation<'_>, form: Option<&str>, serves: &dyn Fn(Sku) -> bool) -> bool {
    let lists = |listed: &[String], named: &str| listed.iter().any(|other| other == named);
    let open =
        |listed: &[String], named: Option<&str>| listed.is_empty() || named.is_none_or(|named| lists(listed, named));
    let sku = match situation.sku {
        _ if when.skus.is_empty() => true,
        Some(sku) => when.skus.contains(&sku),
        None => when.skus.iter().any(|sku| serves(*sku)),
    };
    sku && open(&when.packages, situation.package) && open(&when.forms, form)
}

/// How many of the things that the user named the remedy names too.
fn specificity(when: &When, situation: &Situation<'_>) -> usize {
    usize::from(!when.products.is_empty() && situation.product.is_some())
        + 2 * usize::from(!when.packages.is_empty() && situation.package.is_some())
        + usize::from(!when.skus.is_empty() && situation.sku.is_some())
}
