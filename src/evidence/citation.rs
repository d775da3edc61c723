//! Checks the citations of entries of any family: the statements of sources, the products of a package, the numbers of a server.

use super::{
    documented,
    holder::{Cited, Holder, top},
};
use crate::{
    catalogue::lint::Step::{Index, Key},
    model::{
        package::Package,
        product::Product,
        server::Server,
        source::{Basis, Source},
    },
};
use serde_json::Value;

/// Checks that the text of a source contains the statement attributed to it.
pub(super) fn sources(holder: &mut Holder<'_>, entry: &Value) {
    let sources = entry.get("sources").cloned().unwrap_or_default();
    let sources: Vec<Source> = serde_json::from_value(sources).unwrap_or_default();
    for (index, source) in sources.iter().enumerate().filter(|(_, source)| source.basis == Basis::Documented) {
        if let Some(number) = &source.article {
            let way = [Key("sources"), Index(index), Key("says")];
            holder.prose(&way, &source.says, &source.ours, &Cited::new([number.as_str()]));
        }
    }
}

/// Checks that the article cited for a prompt names the product.
pub(super) fn product(holder: &mut Holder<'_>, product: &Product) {
    for (index, prompt) in product.prompts.iter().enumerate().filter(|(_, prompt)| prompt.basis == Basis::Documented) {
        let Some(article) = &prompt.article else { continue };
        holder.product(&[Key("prompts"), Index(index), Key("article")], product, &Cited::new([article.as_str()]));
    }
    if let Some(label) = &product.label {
        holder.prose(&[Key("label"), Key("place")], &label.place, &[], &Cited::new([label.article.as_str()]));
    }
}

/// Checks that the sources of a package name the products in it.
pub(super) fn package(holder: &mut Holder<'_>, package: &Package) {
    let cited = documented(&package.sources);
    for (index, id) in package.contains.iter().enumerate() {
        let Some(product) = holder.catalogue.products.get(id) else { continue };
        holder.product(&[Key("contains"), Index(index)], product, &cited);
    }
}

/// Checks that the sources of a server name its numbers of licences.
pub(super) fn server(holder: &mut Holder<'_>, server: &Server) {
    let cited = documented(&server.sources);
    for (key, number) in [("start", server.start), ("ceiling", server.ceiling)] {
        if let Some(number) = number {
            holder.claim(&top(key), &number.to_string(), &cited);
        }
    }
    for (index, takes) in server.takes.iter().enumerate() {
        for size in &takes.sizes {
            holder.claim(&[Key("takes"), Index(index), Key("sizes")], &size.to_string(), &cited);
        }
    }
}
