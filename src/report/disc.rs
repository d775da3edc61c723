//! A prompt of a disc in words, for readers.

use crate::{catalogue::Catalogue, model::product::Asks, wire::DiscPrompt};

/// A prompt in words: `Windows NT 4.0 (OEM): a 20-character OEM key (DDDYY-OEM-NNNNNNN-NNNNN)`.
pub(crate) fn disc_prompt(catalogue: &Catalogue, prompt: &DiscPrompt<'_>) -> String {
    let title = catalogue.products.get(&prompt.product).map_or(&*prompt.product, |product| &product.title);
    let sku = prompt.sku.map_or_else(String::new, |sku| format!(" ({})", sku.name()));
    let form = |id: &String| {
        catalogue.forms.get(id).map_or_else(|| id.clone(), |form| format!("{} ({})", form.with_article(), form.written))
    };
    let forms = prompt.forms.iter().map(form).collect::<Vec<_>>().join(" or ");
    let asked = match prompt.asks {
        Asks::Key => forms,
        Asks::Optional => format!("{forms}, which may stay empty"),
        Asks::Nothing => "no key".to_owned(),
        Asks::Unknown if forms.is_empty() => "a key whose form no source describes".to_owned(),
        Asks::Unknown => format!("a key whose form no source describes; a sample has {forms}"),
    };
    format!("{title}{sku}: {asked}")
}

/// The place where the key of a product is printed: `the jewel case of the CD (Q155197)`.
#[cfg(feature = "cli")]
pub(crate) fn key_place(catalogue: &Catalogue, product: &str) -> Option<String> {
    let label = catalogue.products.get(product)?.label.as_ref()?;
    Some(format!("{} ({})", label.place, label.article))
}
