//! What an entry of any family rests on its sources: what they say, the products of a package, the numbers of a server.

use super::{
    claim::{is_version, names},
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

/// What a source is said to say, its own text says.
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

/// The article that a prompt rests on names the product.
pub(super) fn product(holder: &mut Holder<'_>, product: &Product) {
    for (index, prompt) in product.prompts.iter().enumerate().filter(|(_, prompt)| prompt.basis == Basis::Documented) {
        let Some(article) = &prompt.article else { continue };
        let way = [Key("prompts"), Index(index), Key("article")];
        for name in names(&product.title) {
            let mut written = vec![name];
            if is_version(name) {
                written.extend(product.stands_for.iter().map(String::as_str));
            }
            holder.any(&way, &written, &Cited::new([article.as_str()]));
        }
    }
    if let Some(label) = &product.label {
        holder.prose(&[Key("label"), Key("place")], &label.place, &[], &Cited::new([label.article.as_str()]));
    }
}

/// The sources of a package name the products in it.
pub(super) fn package(holder: &mut Holder<'_>, package: &Package) {
    let cited = documented(&package.sources);
    for (index, id) in package.contains.iter().enumerate() {
        let Some(product) = holder.catalogue.products.get(id) else { continue };
        for name in names(&product.title) {
            let mut written = vec![name];
            if is_version(name) {
                written.extend(product.stands_for.iter().map(String::as_str));
            }
            holder.any(&[Key("contains"), Index(index)], &written, &cited);
        }
    }
}

/// The sources of a server name its numbers of licences.
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
