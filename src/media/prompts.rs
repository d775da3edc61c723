//! The prompts that the Setup of a disc can show.

use crate::{
    catalogue::Catalogue,
    model::{
        product::{Asks, Product, Prompt},
        recognition::PossiblePrompt,
        sku::Sku,
    },
};

/// The prompts of products that a disc could hold, for one channel if it is told.
pub(super) fn prompts(catalogue: &Catalogue, products: &[String], sku: Option<Sku>) -> Vec<PossiblePrompt> {
    let mut prompts = Vec::new();
    for id in products {
        let Some(product) = catalogue.products.get(id) else { continue };
        let own = applying(product, sku);
        // A Setup without a field for a key has no prompt.
        if own.iter().all(|prompt| prompt.asks == Asks::Nothing) {
            continue;
        }
        for prompt in own {
            let skus: Vec<_> = match (sku, prompt.skus.as_slice()) {
                (Some(sku), _) => vec![Some(sku)],
                (None, []) => vec![None],
                (None, skus) => skus.iter().copied().map(Some).collect(),
            };
            for sku in skus {
                let (product, forms) = (id.clone(), prompt.forms.clone());
                let possible = PossiblePrompt { product, sku, asks: prompt.asks, forms };
                if !prompts.contains(&possible) {
                    prompts.push(possible);
                }
            }
        }
    }
    prompts
}

/// The prompts of a product for a channel: those that name it, or else those that name none.
fn applying(product: &Product, sku: Option<Sku>) -> Vec<&Prompt> {
    let all = product.prompts.iter();
    let Some(sku) = sku else { return all.collect() };
    let named: Vec<_> = all.clone().filter(|prompt| prompt.skus.contains(&sku)).collect();
    if named.is_empty() { all.filter(|prompt| prompt.skus.is_empty()).collect() } else { named }
}
