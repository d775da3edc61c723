//! Counts of what the catalogue knows, and of what it lacks, as `rules stats` reports them.

use super::SCHEMA;
use crate::{
    catalogue::{Catalogue, Family},
    explain::map,
    model::{product::Product, source::Basis},
};
use serde::Serialize;
use serde_json::Value;

/// The contents of the catalogue, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statistics<'c> {
    /// `jewelcase/1`.
    pub schema: &'c str,
    /// A count for each family that has entries.
    pub families: Vec<FamilyCount<'c>>,
    /// A count for each product, by id.
    pub products: Vec<ProductCount<'c>>,
    /// The number of remedies that the articles have.
    pub remedies: usize,
    /// The number of texts on a screen that the articles print.
    pub messages: usize,
    /// The number of different message numbers (Notice 9, Fatal 203) that articles explain.
    pub message_numbers: usize,
    /// Articles whose own text was not available.
    pub articles_without_text: Vec<&'c str>,
    /// Products of which no article shows what Setup asks for.
    pub products_without_documented_prompt: Vec<&'c str>,
}

/// The entries of a family by the best of their sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FamilyCount<'c> {
    /// The family's id.
    pub family: &'c str,
    /// All entries.
    pub entries: usize,
    /// Those that Microsoft's own text carries.
    pub documented: usize,
    /// Those that somebody else's work carries.
    pub independent: usize,
    /// Those that are our conclusion.
    pub inferred: usize,
    /// Those that name no source: words of languages, for example.
    pub without_source: usize,
}

/// The number of articles and remedies about a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductCount<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its title.
    pub title: &'c str,
    /// The number of articles about it.
    pub articles: usize,
    /// The number of remedies in these articles.
    pub remedies: usize,
    /// The best basis of what its Setup asks for.
    pub prompts: &'c str,
}

impl<'c> Statistics<'c> {
    /// Counts everything.
    pub fn of(catalogue: &'c Catalogue) -> Self {
        let articles = || catalogue.articles.iter();
        let undocumented = |(_, product): &(&str, &Product)| best_prompt(product) != Some(Basis::Documented);
        Self {
            schema: SCHEMA,
            families: Family::ALL.iter().filter_map(|family| of_family(catalogue, *family)).collect(),
            products: catalogue.products.iter().map(|(id, product)| of_product(catalogue, id, product)).collect(),
            remedies: articles().map(|(_, article)| article.remedies.len()).sum(),
            messages: articles().map(|(_, article)| article.messages.len()).sum(),
            message_numbers: map::numbers(catalogue).len(),
            articles_without_text: articles().filter(|(_, entry)| !entry.text_at_hand).map(|(id, _)| id).collect(),
            products_without_documented_prompt: catalogue
                .products
                .iter()
                .filter(undocumented)
                .map(|(id, _)| id)
                .collect(),
        }
    }
}

fn of_family(catalogue: &Catalogue, family: Family) -> Option<FamilyCount<'static>> {
    let table = catalogue.table(family);
    let bases: Vec<Option<Basis>> =
        table.ids().iter().map(|id| table.json(id).as_ref().and_then(best_source)).collect();
    let count = |basis: Option<Basis>| bases.iter().filter(|other| **other == basis).count();
    (!bases.is_empty()).then(|| FamilyCount {
        family: family.id(),
        entries: bases.len(),
        documented: count(Some(Basis::Documented)),
        independent: count(Some(Basis::Independent)),
        inferred: count(Some(Basis::Inferred)),
        without_source: count(None),
    })
}

/// The best basis among the sources of an entry, whatever its type.
fn best_source(entry: &Value) -> Option<Basis> {
    let sources = entry.get("sources")?.as_array()?;
    sources.iter().filter_map(|source| serde_json::from_value(source.get("basis")?.clone()).ok()).max()
}

fn of_product<'c>(catalogue: &'c Catalogue, id: &'c str, product: &'c Product) -> ProductCount<'c> {
    let about = catalogue.articles.iter().filter(|(_, article)| article.products.iter().any(|other| other == id));
    let remedies: Vec<usize> = about.map(|(_, article)| article.remedies.len()).collect();
    ProductCount {
        id,
        title: &product.title,
        articles: remedies.len(),
        remedies: remedies.iter().sum(),
        prompts: best_prompt(product).unwrap_or(Basis::Inferred).id(),
    }
}

fn best_prompt(product: &Product) -> Option<Basis> {
    product.prompts.iter().map(|prompt| prompt.basis).max()
}
