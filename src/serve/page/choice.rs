//! Rows of a form: a label, and a field or a list of the catalogue's entries.

use crate::{
    catalogue::{Catalogue, EntryTable},
    model::{form::KeyKind, package::Package, product::Product, sku::Sku, within::Within},
    serve::fields::Fields,
};
use maud::{Markup, html};

/// The longest line that a page accepts and shows again, in characters: a page has to stay short.
pub(super) const MAX_LINE_CHARACTERS: usize = 200;

/// A list to choose from, as a row of a form's table. `none` is the label of no choice.
pub(super) fn row<'o>(
    name: &str,
    label: &str,
    none: Option<&str>,
    options: impl IntoIterator<Item = (&'o str, impl AsRef<str>)>,
    fields: &Fields,
) -> Markup {
    let chosen = fields.get(name);
    field(
        name,
        label,
        &html! {
            select name=(name) id=(name) size="1" {
                @if let Some(none) = none { option value="" { (none) } }
                @for (value, text) in options { option value=(value) selected[value == chosen] { (text.as_ref()) } }
            }
        },
    )
}

/// A row of a form's table.
pub(super) fn field(name: &str, label: &str, field: &Markup) -> Markup {
    html! { tr valign="top" { td class="label" { label for=(name) { (label) } } td { (field) } } }
}

/// A line to type into.
pub(super) fn line(name: &str, columns: u32, fields: &Fields) -> Markup {
    html! {
        input type="text" name=(name) id=(name) size=(columns) maxlength=(MAX_LINE_CHARACTERS) value=(beginning(fields.get(name), MAX_LINE_CHARACTERS))
            autocomplete="off" autocapitalize="off" spellcheck="false";
    }
}

/// The beginning of a text, of at most this many characters.
pub(super) fn beginning(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| text.within(..end))
}

/// A box to tick.
pub(super) fn tick(name: &str, label: &str, fields: &Fields) -> Markup {
    html! {
        input type="checkbox" name=(name) id=(name) value="yes" checked[fields.chosen(name).is_some()];
        " " label for=(name) { (label) }
    }
}

/// All products, by title.
pub(super) fn products(catalogue: &Catalogue) -> Vec<(&str, &str)> {
    by_title(&catalogue.products, |product: &Product| &product.title)
}

/// Products that ask for a key, or for a serial.
pub(super) fn products_asking(catalogue: &Catalogue, kind: KeyKind) -> Vec<(&str, &str)> {
    let mut products = products(catalogue);
    products.retain(|(id, _)| catalogue.products.get(id).is_some_and(|product| asked(catalogue, product) == kind));
    products
}

/// The kind of number that a product asks for; a key for a product that asks for nothing.
pub(super) fn asked(catalogue: &Catalogue, product: &Product) -> KeyKind {
    let mut forms = product.prompts.iter().flat_map(|prompt| &prompt.forms);
    forms.find_map(|id| catalogue.forms.get(id)).map_or(KeyKind::Key, |form| form.kind)
}

/// Packages by title, without their article: `BackOffice Server 4.0 CD set`.
pub(super) fn packages(catalogue: &Catalogue) -> Vec<(&str, String)> {
    let packages = by_title(&catalogue.packages, |package: &Package| {
        let title = &package.title;
        title.strip_prefix("the ").or_else(|| title.strip_prefix("a ")).unwrap_or(title)
    });
    packages.into_iter().map(|(id, title)| (id, truncate_title(title))).collect()
}

/// A truncate_title title: a list is as wide as its longest line, and an old screen has 640 pixels.
fn truncate_title(title: &str) -> String {
    const MAX_TITLE: usize = 50;
    match title.char_indices().nth(MAX_TITLE) {
        None => title.to_owned(),
        Some((end, _)) => {
            let end = title.within(..end).rfind(' ').unwrap_or(end);
            [title.within(..end), "..."].concat()
        }
    }
}

/// Channels.
pub(super) fn skus() -> impl Iterator<Item = (&'static str, &'static str)> {
    Sku::ALL.into_iter().map(|sku| (sku.id(), sku.name()))
}

/// The channel with this id.
pub(super) fn sku(id: &str) -> Option<Sku> {
    Sku::named(id)
}

fn by_title<'c, T: serde::de::DeserializeOwned>(
    table: &'c EntryTable<T>,
    title: impl Fn(&'c T) -> &'c str,
) -> Vec<(&'c str, &'c str)> {
    let mut entries: Vec<_> = table.iter().map(|(id, entry)| (id, title(entry))).collect();
    entries.sort_by_key(|(_, title)| title.to_lowercase());
    entries
}
