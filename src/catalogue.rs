//! The rules: the built-in ones, read lazily, and a folder of the user's own on top of them.

mod embedded;
mod entry_table;
mod family;
pub(crate) mod folder;
pub(crate) mod lint;
mod named;
pub(crate) mod nearest;
mod table;
mod tables;
mod toml_entry;

pub mod fault;

pub use entry_table::EntryTable;
pub use family::{Family, Folder};
pub use fault::RuleFileError;
pub use named::NAMED_RULES;
pub(crate) use tables::AnyEntry;
pub use tables::Tables;

use crate::model::{
    article::{Article, Remedy},
    product::Prompt,
    rule::{Rule, Value},
    term::Terms,
};
use once_cell::sync::{Lazy, OnceCell};
use serde_json::Value as Json;
use std::{collections::HashMap, ops::Deref, path::Path};
use thiserror::Error;

static BUILT_IN: Lazy<Catalogue> = Lazy::new(Catalogue::embedded);

/// Every entry by family and id: a catalogue is its [`Tables`], and what is looked up in several of them.
#[derive(Debug)]
pub struct Catalogue {
    tables: Tables,
    /// Names that articles have another word for.
    terms: OnceCell<Terms>,
    /// Per rule, in the order of `rules`: what answers it, looked up once.
    answers: Vec<OnceCell<Answers>>,
    /// Per literal value, in capitals: the rules that know it, and which of their values it is; looked up once.
    known_values: OnceCell<HashMap<String, Vec<(usize, usize)>>>,
}

/// The remedies that answer one rule, as places of articles and of remedies in them.
#[derive(Clone, Debug, Default)]
struct Answers {
    all: Vec<(usize, usize)>,
    /// Those of no product in particular.
    of_any_product: Vec<(usize, usize)>,
    /// By product, where a remedy names it: its own and those of no product in particular, in the order of `all`.
    of_product: HashMap<String, Vec<(usize, usize)>>,
}

/// The rules that know literal values, in the order in which they are reported.
pub(crate) const KNOWN_VALUE_RULES: [&str; 3] = ["key/misprint", "key/placeholder", "key/published"];

/// An id that is not in the catalogue.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("unknown {family} `{id}`{}", did_you_mean(nearest))]
pub struct UnknownId {
    /// What was asked for: `product`, `package`, `rule`…
    pub family: &'static str,
    /// The id as it was given.
    pub id: String,
    /// Known ids that are written much alike, the nearest first.
    pub nearest: Vec<String>,
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
    /// As [`Catalogue::with_folder`].; or that the folder lacks rules of [`NAMED_RULES`].
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
        Self { tables: Tables::empty(), terms: OnceCell::new(), answers: Vec::new(), known_values: OnceCell::new() }
    }

    fn embedded() -> Self {
        let mut catalogue = Self::empty();
        for (family, folder) in Family::all_folders() {
            catalogue.tables.table_mut(family).embed(folder.prefix, embedded::folder(folder.name));
        }
        catalogue.forget_look_ups();
        catalogue
    }

    /// Names that articles have another word for: those of a folder with a list of its own, or the built-in ones.
    pub fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| serde_json::from_str(embedded::TERMS).unwrap_or_default())
    }

    /// To be called when entries were added.
    fn forget_look_ups(&mut self) {
        self.answers = vec![OnceCell::new(); self.rules.len()];
        self.known_values = OnceCell::new();
    }

    /// The prompts at which people are known to type other forms by mistake. Products are many: only those that tell of a
    /// mistake are read.
    pub fn prompts_that_know_mistakes(&self) -> impl Iterator<Item = &Prompt> {
        let telling = self.products.containing("\"mistaken\"").map(|at| self.products.at(at).1);
        telling.flat_map(|product| &product.prompts).filter(|prompt| !prompt.mistaken.is_empty())
    }

    /// The remedies whose `when` names a rule, with the article that each belongs to.
    pub fn answers_to(&self, rule: &str) -> impl Iterator<Item = (&str, &Article, &Remedy)> {
        self.remedies_at(self.answers(rule).map_or(&[], |answers| &answers.all))
    }

    /// Those of them that are for this product, or for no product in particular.
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
        places.iter().map(|&(article, remedy)| {
            let (number, article) = self.articles.at(article);
            (number, article, &article.remedies[remedy])
        })
    }

    fn answers(&self, rule: &str) -> Option<&Answers> {
        self.rules.position(rule).map(|at| self.answers[at].get_or_init(|| self.look_up_answers(rule)))
    }

    /// Articles are many and long: only those whose stored text names the rule are read.
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

    /// What the rules of [`KNOWN_VALUE_RULES`] know of a value that is written in capitals.
    pub(crate) fn known_values(&self, capitals: &str) -> impl Iterator<Item = (&str, &Rule, &Value)> {
        let known = self.known_values.get_or_init(|| self.look_up_known_values()).get(capitals);
        known.into_iter().flatten().map(|&(rule, value)| {
            let (id, rule) = self.rules.at(rule);
            (id, rule, &rule.values[value])
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

    /// An entry as JSON, with what its file leaves out.
    pub fn json(&self, family: Family, id: &str) -> Option<Json> {
        self.table(family).json(id)
    }

    /// An id that no family has, with the nearest of all families.
    #[cfg(feature = "cli")]
    pub(crate) fn unknown(&self, id: &str) -> UnknownId {
        let nearest = Family::ALL.iter().flat_map(|family| self.table(*family).unknown(id).nearest).collect();
        UnknownId { family: "id", id: id.to_owned(), nearest }
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
