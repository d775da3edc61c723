//! The resolver of names: finds the product or package for an id, a title or an alias.

use super::{Catalogue, EntryTable, UnknownId, nearest::nearest_of};
use crate::model::{
    name::{Word, compact_key, key, without_maker, words},
    package::Package,
    product::Product,
    situation::Situation,
    within::Within,
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::HashMap;

/// The longest name, in bytes.
const MAX_NAME_BYTES: usize = 256;

/// Words that can follow the name of a product without making it another: `Windows NT 4.0 Service Pack 3`, `Office 97 Professional
/// Edition`.
const QUALIFIERS: [&str; 22] = [
    "build",
    "cd",
    "cds",
    "disc",
    "disk",
    "edition",
    "english",
    "enterprise",
    "french",
    "german",
    "pack",
    "pro",
    "professional",
    "release",
    "rom",
    "service",
    "setup",
    "sp",
    "spanish",
    "sr",
    "standard",
    "us",
];

/// An entry with names besides its id.
pub(super) trait Named: DeserializeOwned {
    /// The title.
    fn title(&self) -> &str;

    /// Other names that people use.
    fn aliases(&self) -> &[String];
}

/// The names of an entry, read without the rest of it.
#[derive(Deserialize)]
struct Names {
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
}

impl Named for Product {
    fn title(&self) -> &str {
        &self.title
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }
}

impl Named for Package {
    fn title(&self) -> &str {
        &self.title
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }
}

/// The id, title and aliases of an entry.
pub(super) fn names<'e>(id: &'e str, entry: &'e impl Named) -> impl Iterator<Item = &'e str> {
    [id, entry.title()].into_iter().chain(entry.aliases().iter().map(String::as_str))
}

/// The keys by which a name is found.
pub(super) fn keys(name: &str) -> [String; 2] {
    let words = words(name);
    let words = without_maker(&words);
    [key(words), compact_key(words)]
}

/// The names of a table, prepared for lookup.
#[derive(Debug)]
pub(super) struct NameIndex {
    /// The indexes of entries by the keys of their names; the first entry with a name keeps it.
    places: HashMap<String, usize>,
    /// Every name as its words, with the index of its entry.
    names: Vec<(Vec<Word<'static>>, usize)>,
}

impl NameIndex {
    pub(super) fn of<T: Named>(table: &EntryTable<T>) -> Self {
        let mut index = Self { places: HashMap::new(), names: Vec::new() };
        for at in 0..table.len() {
            match table.part::<Names>(at) {
                Some((id, Names { title, aliases })) => {
                    index.add(at, [id, &title].into_iter().chain(aliases.iter().map(String::as_str)));
                }
                None => {
                    let (id, entry) = table.at(at);
                    index.add(at, names(id, entry));
                }
            }
        }
        index
    }

    fn add<'n>(&mut self, at: usize, names: impl Iterator<Item = &'n str>) {
        for name in names {
            let words = words(name);
            let words = without_maker(&words);
            for key in [key(words), compact_key(words)] {
                self.places.entry(key).or_insert(at);
            }
            self.names.push((words.iter().map(Word::to_owned).collect(), at));
        }
    }

    /// The index of the entry that a text names, alone or with words that do not make it another.
    fn index_of(&self, text: &str) -> Option<usize> {
        let all = words(text);
        let words = without_maker(&all);
        let whole = key(words);
        let joined = || whole.strip_prefix("microsoft").or_else(|| whole.strip_prefix("ms"));
        let exact = self.places.get(&whole).or_else(|| self.places.get(joined()?));
        let qualified = || {
            let begins = |end: &usize| match words.get(end.saturating_sub(1)..) {
                Some([before, word, ..]) => is_qualifier(before, word),
                Some(_) | None => false,
            };
            let end = (1..words.len())
                .rev()
                .take_while(begins)
                .find(|end| self.places.contains_key(&key(words.within(..*end))))?;
            self.places.get(&key(words.within(..end)))
        };
        exact.or_else(qualified).copied().filter(|_| !words.is_empty())
    }

    /// The indexes of the entries whose name is these words and a version.
    fn versions(&self, text: &str) -> Vec<usize> {
        let typed = words(text);
        let typed = match without_maker(&typed) {
            [maker, rest @ ..] if maker.text == "ms" => rest,
            typed => typed,
        };
        let is_version = |rest: &[Word<'_>]| matches!(rest, [number] | [number, _] if number.is_number());
        let same = |own: &[Word<'_>]| own.iter().map(|word| &word.text).eq(typed.iter().map(|word| &word.text));
        let of = |name: &[Word<'_>]| {
            name.split_at_checked(typed.len()).is_some_and(|(own, rest)| same(own) && is_version(rest))
        };
        let mut places: Vec<_> =
            self.names.iter().filter(|(name, _)| !typed.is_empty() && of(name)).map(|(_, at)| *at).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Every name as its words, with the index of its entry.
    #[cfg(feature = "scan")]
    pub(super) fn all(&self) -> impl Iterator<Item = (&[Word<'static>], usize)> {
        self.names.iter().map(|(words, at)| (words.as_slice(), *at))
    }
}

/// Returns `true` if a word only distinguishes editions of a product; a number does so after a word such as "pack".
fn is_qualifier(before: &Word<'_>, word: &Word<'_>) -> bool {
    let counted = matches!(&*before.text, "build" | "cd" | "disc" | "disk" | "pack" | "release" | "sp" | "sr");
    QUALIFIERS.contains(&&*word.text) || counted && word.is_number()
}

/// The entry with an id, or with a name that no other entry has.
fn known<'c, T: Named>(
    table: &'c EntryTable<T>,
    index: impl FnOnce() -> &'c NameIndex,
    name: &str,
) -> Option<(&'c str, &'c T)> {
    if let Some(entry) = table.entry(name) {
        return Some(entry);
    }
    let at = (name.len() <= MAX_NAME_BYTES).then(|| index().index_of(name))?;
    at.map(|at| table.at(at))
}

/// Finds an entry by its id or by a name.
fn find<'c, T: Named>(
    table: &'c EntryTable<T>,
    index: impl FnOnce() -> &'c NameIndex,
    name: &str,
) -> Result<(&'c str, &'c T), UnknownId> {
    // Most names are ids, for which no index of all names has to be made.
    if name.len() > MAX_NAME_BYTES || table.position(name).is_some() {
        return table.find(name);
    }
    let index = index();
    if let Some(entry) = known(table, || index, name) {
        return Ok(entry);
    }
    let ids = |places: Vec<usize>| places.into_iter().map(|at| table.at(at).0.to_owned()).collect::<Vec<_>>();
    let unknown = table.unknown(name);
    match ids(index.versions(name)) {
        versions if versions.len() > 1 => Err(UnknownId { candidates: versions, nearest: Vec::new(), ..unknown }),
        mut nearest => {
            let all = table.iter().flat_map(|(id, entry)| names(id, entry).map(move |name| (id, name)));
            let more = nearest_of(name, all).into_iter().filter(|id| !nearest.contains(id)).collect::<Vec<_>>();
            nearest.extend(more);
            nearest.truncate(3);
            Err(UnknownId { nearest, ..unknown })
        }
    }
}

impl Catalogue {
    /// The product with an id, a title or an alias, in any case, with or without "Microsoft", spaces, hyphens and punctuation.
    ///
    /// # Errors
    /// [`UnknownId`] with the products that share the name, or with those of similar names.
    ///
    /// ```
    /// use jewelcase::Catalogue;
    /// let catalogue = Catalogue::built_in();
    /// for name in ["windows-nt-4.0", "NT4", "Microsoft Windows NT Workstation 4.0"] {
    ///     assert_eq!(catalogue.product(name)?.0, "windows-nt-4.0");
    /// }
    /// assert!(catalogue.product("NT").unwrap_err().candidates.contains(&"windows-nt-4.0".to_owned()));
    /// # Ok::<(), jewelcase::UnknownId>(())
    /// ```
    pub fn product(&self, name: &str) -> Result<(&str, &Product), UnknownId> {
        find(&self.products, || self.product_names(), name)
    }

    /// The product with a name, as in [`Catalogue::product`], but without the slow search for similar names if there is none.
    pub(crate) fn known_product(&self, name: &str) -> Option<(&str, &Product)> {
        known(&self.products, || self.product_names(), name)
    }

    /// The package with a name, as in [`Catalogue::known_product`].
    pub(crate) fn known_package(&self, name: &str) -> Option<(&str, &Package)> {
        known(&self.packages, || self.package_names(), name)
    }

    /// The package with an id, a title or an alias, as in [`Catalogue::product`].
    ///
    /// # Errors
    /// As [`Catalogue::product`].
    pub fn package(&self, name: &str) -> Result<(&str, &Package), UnknownId> {
        find(&self.packages, || self.package_names(), name)
    }

    /// Returns `true` if one name of an entry contains all words, in any order and as beginnings of its words: `nt 4` is in `Windows NT
    /// Server 4.0`.
    #[cfg(feature = "cli")]
    pub(crate) fn is_called(&self, family: &str, id: &str, title: &str, typed: &str) -> bool {
        let aliases = match family {
            "product" => self.products.get(id).map_or(&[][..], Named::aliases),
            "package" => self.packages.get(id).map_or(&[][..], Named::aliases),
            _ => &[],
        };
        let typed = words(typed);
        let has = |name: &str| {
            let own = words(name);
            typed.iter().all(|word| own.iter().any(|own| own.text.starts_with(&*word.text)))
        };
        [id, title].into_iter().chain(aliases.iter().map(String::as_str)).any(has)
    }

    fn package_names(&self) -> &NameIndex {
        self.package_names.get_or_init(|| NameIndex::of(&self.packages))
    }

    fn product_names(&self) -> &NameIndex {
        self.product_names.get_or_init(|| NameIndex::of(&self.products))
    }

    /// Every name of every product as its words.
    #[cfg(feature = "scan")]
    pub(crate) fn names_of_products(&self) -> impl Iterator<Item = (&[Word<'static>], &str)> {
        self.product_names().all().map(|(words, at)| (words, self.products.at(at).0))
    }
}

impl Situation<'_> {
    /// The situation with the ids of the product and package that it names.
    ///
    /// # Errors
    /// [`UnknownId`] for a name that the catalogue does not have, or that several entries share.
    pub fn resolve<'c>(&self, catalogue: &'c Catalogue) -> Result<Situation<'c>, UnknownId> {
        let product = self.product.map(|name| catalogue.product(name)).transpose()?;
        let package = self.package.map(|name| catalogue.package(name)).transpose()?;
        let (product, package) = (product.map(|(id, _)| id), package.map(|(id, _)| id));
        Ok(Situation { product, sku: self.sku, package, purpose: self.purpose })
    }
}
