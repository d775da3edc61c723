//! The rules: the built-in ones, read lazily, and a folder of the user's own added to them.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub(crate) mod bit_set;
mod embedded;
mod entry_table;
mod family;
pub(crate) mod folder;
#[cfg_attr(not(feature = "scan"), allow(dead_code, reason = "only the scan asks for most of these words"))]
mod lexicon;
pub(crate) mod lint;
mod name;
mod named;
pub(crate) mod nearest;
mod table;
mod tables;
mod toml_entry;
#[cfg_attr(not(feature = "scan"), allow(dead_code, reason = "only the scan asks for most of these words"))]
pub(crate) mod words;

pub mod fault;

pub use entry_table::EntryTable;
pub use family::{Family, Folder};
pub use fault::RuleFileError;
pub(crate) use lexicon::Lexicon;
pub use named::NAMED_RULES;
pub(crate) use tables::AnyEntry;
pub use tables::Tables;

use crate::model::{
    article::{Article, Remedy},
    product::Prompt,
    rule::{Rule, Value},
    screen::FoundBy,
    term::Terms,
};
use name::NameIndex;
use once_cell::sync::{Lazy, OnceCell};
use serde_json::Value as Json;
use std::{collections::HashMap, ops::Deref, path::Path};
use thiserror::Error;

static BUILT_IN: Lazy<Catalogue> = Lazy::new(Catalogue::embedded);

/// Every entry by family and id: the [`Tables`], and lookups across several of them.
#[derive(Debug)]
pub struct Catalogue {
    tables: Tables,
    /// Names for which articles use another word.
    terms: OnceCell<Terms>,
    /// The names of products and of packages, prepared for the first name that is not an id.
    product_names: OnceCell<NameIndex>,
    package_names: OnceCell<NameIndex>,
    /// The words of all languages, prepared for the first text.
    lexicon: OnceCell<Lexicon>,
    /// For each rule, in the order of `rules`: the remedies that answer it, looked up once.
    answers: Vec<OnceCell<Answers>>,
    /// For each literal value, in capitals: the rules that name it, and the index among their values; looked up once.
    known_values: OnceCell<HashMap<String, Vec<(usize, usize)>>>,
    /// For each article, in the order of `articles`: the texts by which it is found.
    found_by: OnceCell<Vec<FoundBy>>,
}

/// The remedies that answer one rule, as indexes of articles and of remedies in them.
#[derive(Clone, Debug, Default)]
struct Answers {
    all: Vec<(usize, usize)>,
    /// Those for no particular product.
    of_any_product: Vec<(usize, usize)>,
    /// Those for each product that a remedy names: its own and those for no particular product, in the order of `all`.
    of_product: HashMap<String, Vec<(usize, usize)>>,
}

/// The rules that name literal values, in the order in which they are reported.
pub(crate) const KNOWN_VALUE_RULES: [&str; 3] = ["key/misprint", "key/placeholder", "key/published"];

/// An id or a name that is not in the catalogue, or that several entries share.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{}", sentence(self))]
pub struct UnknownId {
    /// The family that was searched: `product`, `package`, `rule`…
    pub family: &'static str,
    /// The id as given.
    pub id: String,
    /// Known ids that resemble it, the most similar first.
    pub nearest: Vec<String>,
    /// The ids of the entries that share the name, in order.
    pub candidates: Vec<String>,
}

fn sentence(unknown: &UnknownId) -> String {
    let UnknownId { family, id, nearest, candidates } = unknown;
    match candidates.split_last() {
        Some((last, first)) => format!("`{id}` is the name of several {family}s: `{}` or `{last}`", first.join("`, `")),
        None => format!("unknown {family} `{id}`{}", did_you_mean(nearest)),
    }
}

fn did_you_mean(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        [only] => format!("; did you mean `{only}`?"),
        [first, rest @ ..] => format!("; did you mean `{first}`, or `{}`?", rest.join("`, `")),
    }
}

impl Deref for Catalogue {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.tables
    }
}

impl Catalogue {
    /// The catalogue that is part of the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The built-in catalogue with the files of `folder` added; a file with the id of a built-in entry replaces it.
    ///
    /// # Errors
    /// Every fault of every file, with its line and column; or that the folder cannot be read.
    pub fn with_folder(folder: &Path) -> Result<Self, RuleFileError> {
        let mut catalogue = Self::embedded();
        folder::add(&mut catalogue.tables, folder)?;
        catalogue.terms = folder::terms(folder)?.map_or_else(OnceCell::new, OnceCell::with_value);
        catalogue.forget_look_ups();
        Ok(catalogue)
    }

    /// The files of `folder` alone.
    ///
    /// # Errors
    /// As [`Catalogue::with_folder`]; or that the folder lacks rules of [`NAMED_RULES`].
    pub fn from_folder(folder: &Path) -> Result<Self, RuleFileError> {
        let mut catalogue = Self::empty();
        folder::add(&mut catalogue.tables, folder)?;
        let faults = named::missing(&catalogue.tables, folder);
        if !faults.is_empty() {
            return Err(RuleFileError::Faulty { faults });
        }
        catalogue.terms = folder::terms(folder)?.map_or_else(OnceCell::new, OnceCell::with_value);
        catalogue.forget_look_ups();
        Ok(catalogue)
    }

    fn empty() -> Self {
        Self {
            tables: Tables::empty(),
            terms: OnceCell::new(),
            product_names: OnceCell::new(),
            package_names: OnceCell::new(),
            lexicon: OnceCell::new(),
            answers: Vec::new(),
            known_values: OnceCell::new(),
            found_by: OnceCell::new(),
        }
    }

    fn embedded() -> Self {
        let mut catalogue = Self::empty();
        for (family, folder) in Family::all_folders() {
            catalogue.tables.table_mut(family).embed(folder.prefix, embedded::folder(folder.name));
        }
        catalogue.forget_look_ups();
        catalogue
    }

    /// Names for which articles use another word: those of the folder if it has a list of its own, or the built-in ones.
    pub fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| serde_json::from_str(embedded::TERMS).unwrap_or_default())
    }

    /// The words of all languages.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::of(self))
    }

    /// Clears the cached lookups; to be called after entries were added.
    fn forget_look_ups(&mut self) {
        self.answers = vec![OnceCell::new(); self.rules.len()];
        self.known_values = OnceCell::new();
        self.found_by = OnceCell::new();
        self.lexicon = OnceCell::new();
        (self.product_names, self.package_names) = (OnceCell::new(), OnceCell::new());
    }

    /// Every article with the texts by which it is found, which `read` extracts the first time.
    pub(crate) fn found_by(
        &self,
        read: impl Fn(&Article) -> FoundBy,
    ) -> impl Iterator<Item = (&str, &Article, &FoundBy)> {
        let found_by = self.found_by.get_or_init(|| self.articles.iter().map(|(_, article)| read(article)).collect());
        self.articles.iter().zip(found_by).map(|((number, article), found_by)| (number, article, found_by))
    }

    /// The prompts at which people are known to type other forms by mistake. There are many products, so only those that mention a mistake
    /// are parsed.
    pub fn prompts_that_know_mistakes(&self) -> impl Iterator<Item = &Prompt> {
        let telling = self.products.containing("\"mistaken\"").map(|at| self.products.at(at).1);
        telling.flat_map(|product| &product.prompts).filter(|prompt| !prompt.mistaken.is_empty())
    }

    /// The products on which other programs run. As there are many products, only those that mention it are parsed.
    #[cfg(feature = "scan")]
    pub(crate) fn platforms(&self) -> impl Iterator<Item = &str> {
        let telling = self.products.containing("\"platform\":true").map(|at| self.products.at(at));
        telling.filter(|(_, product)| product.platform).map(|(id, _)| id)
    }

    /// The remedies whose `when` names a rule, each with its article.
    pub fn answers_to(&self, rule: &str) -> impl Iterator<Item = (&str, &Article, &Remedy)> {
        self.remedies_at(self.answers(rule).map_or(&[], |answers| &answers.all))
    }

    /// Those of them that are for this product, or for no particular product.
    pub(crate) fn answers_for(
        &self,
        rule: &str,
        product: Option<&str>,
    ) -> impl Iterator<Item = (&str, &Article, &Remedy)> {
        self.remedies_at(self.answers(rule).map_or(&[], |answers| {
            product.and_then(|id| answers.of_product.get(id)).unwrap_or(&answers.of_any_product)
        }))
    }

    fn remedies_at<'a>(
        &'a self,
        places: &'a [(usize, usize)],
    ) -> impl Iterator<Item = (&'a str, &'a Article, &'a Remedy)> {
        places.iter().filter_map(|&(article, remedy)| {
            let (number, article) = self.articles.at(article);
            Some((number, article, article.remedies.get(remedy)?))
        })
    }

    fn answers(&self, rule: &str) -> Option<&Answers> {
        {
            let answers = self.answers.get(self.rules.position(rule)?)?;
            Some(answers.get_or_init(|| self.look_up_answers(rule)))
        }
    }

    /// There are many long articles, so only those whose stored text names the rule are parsed.
    fn look_up_answers(&self, rule: &str) -> Answers {
        let mut answers = Answers::default();
        for at in self.articles.containing(&format!("\"{rule}\"")) {
            for (remedy, entry) in self.articles.at(at).1.remedies.iter().enumerate() {
                if !entry.when.rules.iter().any(|named| named == rule) {
                    continue;
                }
                let place = (at, remedy);
                answers.all.push(place);
                let Answers { of_any_product, of_product, .. } = &mut answers;
                if entry.when.products.is_empty() {
                    of_product.values_mut().for_each(|places| places.push(place));
                    of_any_product.push(place);
                }
                for product in &entry.when.products {
                    let places = of_product.entry(product.clone()).or_insert_with(|| of_any_product.clone());
                    if places.last() != Some(&place) {
                        places.push(place);
                    }
                }
            }
        }
        answers
    }

    /// The values of the [`KNOWN_VALUE_RULES`] that equal a value in capitals, each with its rule.
    pub(crate) fn known_values(&self, capitals: &str) -> impl Iterator<Item = (&str, &Rule, &Value)> {
        let known = self.known_values.get_or_init(|| self.look_up_known_values()).get(capitals);
        known.into_iter().flatten().filter_map(|&(rule, value)| {
            let (id, rule) = self.rules.at(rule);
            Some((id, rule, rule.values.get(value)?))
        })
    }

    fn look_up_known_values(&self) -> HashMap<String, Vec<(usize, usize)>> {
        let mut known_values: HashMap<_, Vec<_>> = HashMap::new();
        for rule in KNOWN_VALUE_RULES.iter().filter_map(|id| self.rules.position(id)) {
            for (at, value) in self.rules.at(rule).1.values.iter().enumerate() {
                known_values.entry(value.text.to_ascii_uppercase()).or_default().push((rule, at));
            }
        }
        known_values
    }

    /// Every id of a family, in order.
    pub fn ids(&self, family: Family) -> Vec<&str> {
        self.table(family).ids()
    }

    /// An entry as JSON, including the defaults that its file omits.
    pub fn json(&self, family: Family, id: &str) -> Option<Json> {
        self.table(family).json(id)
    }

    /// The error for an id that no family has, with the most similar ones of all families.
    #[cfg(feature = "cli")]
    pub(crate) fn unknown(&self, id: &str) -> UnknownId {
        let nearest = Family::ALL.iter().flat_map(|family| self.table(*family).unknown(id).nearest).collect();
        UnknownId { family: "id", id: id.to_owned(), nearest, candidates: Vec::new() }
    }

    /// A remedy by its id, `ARTICLE` or `ARTICLE/case`, with the number of its article.
    pub fn remedy(&self, id: &str) -> Option<(&str, &Article, &Remedy)> {
        let (number, case) = match id.split_once('/') {
            Some((number, case)) => (number, Some(case)),
            None => (id, None),
        };
        let (number, article) = self.articles.entry(number)?;
        let remedy = article.remedies.iter().find(|remedy| remedy.case.as_deref() == case)?;
        Some((number, article, remedy))
    }
}

/// The id of a remedy of an article: `ARTICLE` or `ARTICLE/case`.
pub fn remedy_id(article: &str, remedy: &Remedy) -> String {
    match &remedy.case {
        Some(case) => [article, "/", case].concat(),
        None => article.to_owned(),
    }
}
