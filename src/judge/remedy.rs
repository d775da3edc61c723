//! Finds the remedies that answer a finding in a situation.

use super::postoffice::condition::meets;
use crate::{
    catalogue::{Catalogue, remedy_id},
    model::{
        article::{Action, Article, EntryCondition, Remedy, When},
        postoffice::{Class, Postoffice},
        situation::Situation,
        sku::Sku,
        tree::is_like,
    },
};
use std::cmp::Reverse;

/// A finding, as far as remedies have conditions on it. An absent fact is unknown: a remedy that requires it is not offered.
pub(crate) struct Query<'a> {
    /// The rule that was found.
    pub(crate) rule: &'a str,
    /// The product, channel and package for which the key was going to be typed.
    pub(crate) situation: Situation<'a>,
    /// The form of the typed text.
    pub(crate) form: Option<&'a str>,
    /// Returns `true` if the prompt serves a channel.
    pub(crate) serves: &'a dyn Fn(Sku) -> bool,
    /// The only article that may answer; `None`: any.
    pub(crate) only: Option<&'a str>,
    /// The article whose remedies come first; `None`: none.
    pub(crate) source: Option<&'a str>,
    /// The answer source that the finding is about, if any.
    pub(crate) answer_source: Option<InAnswerSource<'a>>,
    /// The class of the postoffice that the finding is about.
    pub(crate) class: Option<Class>,
    /// Its facts.
    pub(crate) postoffice: Option<&'a Postoffice>,
    /// The file or directory below its root.
    pub(crate) path: Option<&'a str>,
}

/// An answer file or a command line, as far as remedies have conditions on it.
#[derive(Clone, Copy)]
pub(crate) struct InAnswerSource<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Returns `true` if one of its entries meets a condition.
    pub(crate) has: &'a dyn Fn(&EntryCondition) -> bool,
}

impl<'a> Query<'a> {
    /// A rule in a situation, without other facts.
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

/// The ids of the remedies that answer a finding: the least destructive first, then those of the finding's own article, then the most
/// specific.
///
/// A remedy may name a case that the situation leaves open: then all cases are offered, each with its label, except those of
/// channels that the prompt does not serve. Only the product has to be known before a remedy for that product is offered.
pub(crate) fn answering(catalogue: &Catalogue, query: &Query<'_>) -> Vec<String> {
    let mut answers: Vec<_> = catalogue
        .answers_for(query.rule, query.situation.product)
        .filter(|(number, ..)| query.only.is_none_or(|only| only == *number))
        .filter(|(_, _, remedy)| holds(&remedy.when, query))
        .map(|(number, article, remedy)| (Rank::new(number, article, remedy, query), number, remedy))
        .collect();
    // The sort is stable: within one rank the cases keep the order of their article.
    answers.sort_by_key(|(rank, ..)| *rank);
    answers.iter().map(|(_, number, remedy)| remedy_id(number, remedy)).collect()
}

/// The ids of the remedies that answer a rule in a situation, whatever text was typed.
pub(crate) fn remedies_for(catalogue: &Catalogue, rule: &str, situation: &Situation<'_>) -> Vec<String> {
    answering(catalogue, &Query::new(rule, *situation))
}

/// Returns `true` if a remedy that is for the product applies to this channel and package, a text of this form, and this place.
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

/// The rank of a remedy among others, the first best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    action: Action,
    of_another_article: bool,
    specificity: Reverse<usize>,
    unread: bool,
    number: u32,
}

impl Rank {
    fn new(number: &str, article: &Article, remedy: &Remedy, query: &Query<'_>) -> Self {
        Self {
            action: remedy.action,
            of_another_article: query.source.is_some_and(|source| source != number),
            specificity: Reverse(specificity(&remedy.when, &query.situation)),
            unread: !article.text_at_hand,
            number: number.trim_start_matches('Q').parse().unwrap_or(u32::MAX),
        }
    }
}

/// The number of things named by the user that the remedy names too.
fn specificity(when: &When, situation: &Situation<'_>) -> usize {
    usize::from(!when.products.is_empty() && situation.product.is_some())
        .saturating_add(usize::from(!when.packages.is_empty() && situation.package.is_some()).saturating_mul(2))
        .saturating_add(usize::from(!when.skus.is_empty() && situation.sku.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{example::Example, sku::Sku};

    /// Whatever the finding and its place are, a more destructive remedy never comes before a less destructive one.
    #[test]
    fn the_least_destructive_remedy_comes_first() {
        let catalogue = Catalogue::built_in();
        let action = |id: &String| catalogue.remedy(id).map(|(_, _, remedy)| remedy.action);
        let mut compared = 0;
        for (rule, _) in catalogue.rules.iter() {
            let products = catalogue.products.iter().map(|(id, _)| Some(id));
            for product in products.chain([None]) {
                for sku in [None, Some(Sku::Select), Some(Sku::Oem), Some(Sku::TestPlatform)] {
                    let situation = Situation { product, sku, ..Situation::default() };
                    let actions: Vec<_> = remedies_for(catalogue, rule, &situation).iter().map(action).collect();
                    assert!(actions.is_sorted(), "{rule} {product:?} {sku:?}: {actions:?}");
                    compared += usize::from(actions.len() > 1);
                }
            }
        }
        assert!(compared > 50, "{compared}");
    }

    /// A remedy that recreates something says what is lost, and every remedy that loses something begins with a copy or a note.
    #[test]
    fn what_destroys_says_so_and_begins_with_a_copy() {
        let keeps =
            ["cop", "back", "sav", "renam", "writ", "keep", "note", "export", "archive", "print", "mov", "backup"];
        for (number, article) in Catalogue::built_in().articles.iter() {
            for remedy in &article.remedies {
                let id = remedy_id(number, remedy);
                assert!(remedy.loses.is_some() || remedy.action != Action::Recreate, "{id} makes anew what?");
                let first = remedy.steps.iter().take(4).map(|step| step.to_lowercase()).collect::<Vec<_>>().join(" ");
                assert!(remedy.loses.is_none() || keeps.iter().any(|word| first.contains(word)), "{id}: {first}");
            }
        }
    }

    #[test]
    fn remedies_that_must_not_be_offered_exist() {
        let catalogue = Catalogue::built_in();
        let articles = catalogue.articles.iter().flat_map(|(_, article)| &article.examples);
        let examples: Vec<&Example> =
            articles.chain(catalogue.rules.iter().flat_map(|(_, rule)| &rule.examples)).collect();
        for id in examples.iter().flat_map(|example| &example.without) {
            assert!(catalogue.remedy(id).is_some(), "{id}");
        }
    }
}
