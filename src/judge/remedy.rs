//! Which remedies answer a finding in a situation.

use super::postoffice::condition::meets;
use crate::{
    catalogue::{Catalogue, remedy_id},
    model::{
        article::{Article, EntryCondition, Remedy, When},
        postoffice::{Class, Postoffice},
        situation::Situation,
        sku::Sku,
        tree::is_like,
    },
};
use std::cmp::Reverse;

/// A finding as far as a remedy may ask about it. What is absent is not known: a remedy that asks for it is not offered.
pub(crate) struct Query<'a> {
    /// The rule that was found.
    pub(crate) rule: &'a str,
    /// Where the key was going to be typed.
    pub(crate) situation: Situation<'a>,
    /// The form of what was typed.
    pub(crate) form: Option<&'a str>,
    /// Whether the prompt serves a channel.
    pub(crate) serves: &'a dyn Fn(Sku) -> bool,
    /// The one article that may answer; `None`: any.
    pub(crate) only: Option<&'a str>,
    /// The article whose remedies come first; `None`: no one's.
    pub(crate) source: Option<&'a str>,
    /// The answer source that the finding is about, and whether one of its entries is as a condition wants it.
    pub(crate) answer_source: Option<InAnswerSource<'a>>,
    /// The class of the postoffice that the finding is about.
    pub(crate) class: Option<Class>,
    /// Its facts.
    pub(crate) postoffice: Option<&'a Postoffice>,
    /// The file or directory below its root.
    pub(crate) path: Option<&'a str>,
}

/// An answer file or a command line, as far as a remedy may ask about it.
#[derive(Clone, Copy)]
pub(crate) struct InAnswerSource<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Whether one of its entries is as a condition wants it.
    pub(crate) has: &'a dyn Fn(&EntryCondition) -> bool,
}

impl<'a> Query<'a> {
    /// A rule in a situation, and nothing more.
    pub(crate) fn new(rule: &'a str, situation: Situation<'a>) -> Self {
        Self {
            rule,
            situation,
            form: None,
            serves: &|_| true,
            only: None,
            source: None,
            answer_source: None,
            class: None,
            postoffice: None,
            path: None,
        }
    }
}

/// The ids of the remedies that answer a finding, the finding's own article first, then the most specific.
///
/// What the situation leaves open, a remedy may name: then all cases are offered, each with its label, but for those of
/// channels that the prompt does not serve. Only the product has to be named before a product's own remedy is offered.
pub(crate) fn answering(catalogue: &Catalogue, query: &Query<'_>) -> Vec<String> {
    let mut answers: Vec<_> = catalogue
        .answers_for(query.rule, query.situation.product)
        .filter(|(number, ..)| query.only.is_none_or(|only| only == *number))
        .filter(|(_, _, remedy)| holds(&remedy.when, query))
        .map(|(number, article, remedy)| (Rank::new(number, article, remedy, query), number, remedy))
        .collect();
    // A stable sort: within one rank the cases keep the order of their article.
    answers.sort_by_key(|(rank, ..)| *rank);
    answers.iter().map(|(_, number, remedy)| remedy_id(number, remedy)).collect()
}

/// The ids of the remedies that answer a rule in a situation, whatever was typed.
pub(crate) fn remedies_for(catalogue: &Catalogue, rule: &str, situation: &Situation<'_>) -> Vec<String> {
    answering(catalogue, &Query::new(rule, *situation))
}

/// Whether a remedy that is for the product answers in this channel and package, a text of this form, and at this place.
fn holds(when: &When, query: &Query<'_>) -> bool {
    let situation = &query.situation;
    let lists = |listed: &[String], named: &str| listed.iter().any(|other| other == named);
    let open =
        |listed: &[String], named: Option<&str>| listed.is_empty() || named.is_none_or(|named| lists(listed, named));
    let sku = match situation.sku {
        Some(sku) => (when.skus.is_empty() || when.skus.contains(&sku)) && !when.not_skus.contains(&sku),
        None => when.skus.is_empty() || when.skus.iter().any(|sku| (query.serves)(*sku)),
    };
    let answer_source = match query.answer_source {
        Some(found) => {
            (when.carriers.is_empty() || lists(&when.carriers, found.id)) && when.entries.iter().all(found.has)
        }
        None => when.carriers.is_empty() && when.entries.is_empty(),
    };
    let path = || query.path.is_some_and(|path| when.files.iter().any(|pattern| is_like(path, pattern)));
    let class = when.classes.is_empty() || query.class.is_some_and(|class| when.classes.contains(&class));
    let met = |condition| query.postoffice.is_some_and(|postoffice| meets(postoffice, condition, query.path));
    sku && open(&when.packages, situation.package)
        && open(&when.forms, query.form)
        && answer_source
        && class
        && when.conditions.iter().all(met)
        && (when.files.is_empty() || path())
}

/// The place of a remedy among others, the first best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    of_another_article: bool,
    specificity: Reverse<usize>,
    unread: bool,
    number: u32,
}

impl Rank {
    fn new(number: &str, article: &Article, remedy: &Remedy, query: &Query<'_>) -> Self {
        Self {
            of_another_article: query.source.is_some_and(|source| source != number),
            specificity: Reverse(specificity(&remedy.when, &query.situation)),
            unread: !article.text_at_hand,
            number: number.trim_start_matches('Q').parse().unwrap_or(u32::MAX),
        }
    }
}

/// How many of the things that the user named the remedy names too.
fn specificity(when: &When, situation: &Situation<'_>) -> usize {
    usize::from(!when.products.is_empty() && situation.product.is_some())
        + 2 * usize::from(!when.packages.is_empty() && situation.package.is_some())
        + usize::from(!when.skus.is_empty() && situation.sku.is_some())
}
