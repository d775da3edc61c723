//! Explains an id or a text on the screen: articles, remedies, rules, products.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod fit;
pub mod map;
mod on_screen;
mod symptom;

use crate::{
    catalogue::{Catalogue, Family, nearest::nearest, remedy_id},
    model::{
        article::Article,
        screen::{FoundBy, Screen},
    },
    parse::screen,
};

/// An entry of the catalogue about a topic, the reason why it matches, and its remedies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// The family that it belongs to.
    pub kind: MatchKind,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The reason why it matches.
    pub why: String,
    /// The remedies that belong to it.
    pub remedies: Vec<String>,
    /// True if another match is better.
    pub best: bool,
}

/// The family of an entry about a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchKind {
    /// An entry of a family.
    Entry(Family),
    /// One remedy of an article.
    Remedy,
}

impl MatchKind {
    /// The word used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Entry(family) => family.id(),
            Self::Remedy => "remedy",
        }
    }
}

impl From<Family> for MatchKind {
    fn from(family: Family) -> Self {
        Self::Entry(family)
    }
}

/// Finds the entries about a topic, best first: an id of any family, a name of a product or package, an article's number with or without
/// its Q, or the
/// text of an error message, whole or in part. If a product is named, articles about it come first.
///
/// ```
/// use jewelcase::{Catalogue, explain};
/// let matches = explain(Catalogue::built_in(), "THIS IS AN INVALID CD KEY VALUE", Some("outlook-97"));
/// assert_eq!(matches[0].id, "Q180399");
/// ```
pub fn explain(catalogue: &Catalogue, topic: &str, product: Option<&str>) -> Vec<Match> {
    let by_id = by_id(catalogue, topic.trim());
    let is_id = |found: &Match| found.id.eq_ignore_ascii_case(topic.trim()) || article_number(topic).is_some();
    if by_id.iter().any(is_id) || topic.contains('/') && !by_id.is_empty() {
        return by_id;
    }
    let by_screen = on_screen::find(catalogue, topic, product);
    if !by_id.is_empty() {
        // Half a message can be the name of a product.
        let quoted = by_screen.into_iter().filter(|found| !found.why.starts_with("similar"));
        return by_id.into_iter().chain(quoted).collect();
    }
    if by_screen.is_empty() { symptom::find(catalogue, topic, product) } else { by_screen }
}

/// A sentence for a topic that nothing matches: where it was searched for, and what may have been meant.
///
/// ```
/// use jewelcase::{Catalogue, explain_nothing};
/// assert!(explain_nothing(Catalogue::built_in(), "key/digitsum").contains("did you mean `key/digit-sum`"));
/// ```
pub fn explain_nothing(catalogue: &Catalogue, topic: &str) -> String {
    let articles = catalogue.articles.iter().count();
    let topic = topic.trim();
    if let Some(number) = article_number(topic) {
        let near = nearest(&number, catalogue.articles.iter().map(|(id, _)| id));
        return format!("{number} is not among the {articles} articles of the catalogue{}", did_you_mean(&near));
    }
    let words = screen::words(topic);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    if let Some((kind, number)) = fit::codes(&words).first() {
        return format!(
            "none of the {articles} articles of the catalogue explains {kind} {number}; try the other words of the message without it"
        );
    }
    let ids: Vec<_> = Family::ALL
        .iter()
        .filter(|family| **family != Family::Article)
        .flat_map(|family| catalogue.table(*family).ids())
        .collect();
    // A rule may be named without its family, an entry with a typing error.
    let named = ids.iter().filter(|id| id.rsplit('/').next() == Some(topic)).map(|id| (*id).to_owned());
    let mut near: Vec<_> = named.collect();
    if near.is_empty() && !topic.contains(char::is_whitespace) {
        near = nearest(topic, ids.into_iter());
    }
    let hint = if near.is_empty() {
        "; try a number such as Q180399, an id of `jewelcase rules list`, or more words of the message".to_owned()
    } else {
        did_you_mean(&near)
    };
    format!(
        "nothing matches in the messages and symptoms of {articles} articles and in the ids and names of products, packages, forms and rules{hint}"
    )
}

fn did_you_mean(near: &[String]) -> String {
    match near.split_last() {
        None => String::new(),
        Some((only, [])) => format!("; did you mean `{only}`?"),
        Some((last, first)) => format!("; did you mean `{}` or `{last}`?", first.join("`, `")),
    }
}

/// The entries with an id, in any family, or with a name of a product or package.
pub fn by_id(catalogue: &Catalogue, topic: &str) -> Vec<Match> {
    let mut matches = Vec::new();
    let lower = topic.to_lowercase();
    if let Some((id, article)) = article_number(topic)
        .and_then(|number| catalogue.articles.entry(&number).map(|(_, article)| (number.clone(), article)))
    {
        matches.push(of_article(&id, article, "article number".to_owned()));
    }
    if let Some((number, case)) = topic.split_once('/') {
        let id = article_number(number).map(|number| format!("{number}/{}", case.to_lowercase()));
        if let Some((id, (_, _, remedy))) = id.and_then(|id| catalogue.remedy(&id).map(|found| (id.clone(), found))) {
            matches.push(found(MatchKind::Remedy, &id, &remedy.title, vec![id.clone()]));
        }
    }
    for &family in Family::ALL.iter().filter(|family| **family != Family::Article) {
        let table = catalogue.table(family);
        let named = || match family {
            Family::Product => catalogue.known_product(topic).map(|(id, _)| id),
            Family::Package => catalogue.known_package(topic).map(|(id, _)| id),
            _ => None,
        };
        let id = table.any(&lower).map(|(id, _)| id).or_else(named);
        let Some((id, title)) = id.and_then(|id| Some((id, table.title(id)?))) else { continue };
        let remedies = match family {
            Family::Rule => catalogue.answers_to(id).map(|(number, _, remedy)| remedy_id(number, remedy)).collect(),
            _ => Vec::new(),
        };
        matches.push(found(family.into(), id, title, remedies));
        if family == Family::Product {
            let is_about = |article: &Article| article.products.iter().any(|other| other == id);
            let about = catalogue.articles.iter().filter(|(_, article)| is_about(article));
            matches.extend(about.map(|(number, article)| Match {
                best: false,
                ..of_article(number, article, format!("about {title}"))
            }));
        }
    }
    matches
}

fn found(kind: MatchKind, id: &str, title: &str, remedies: Vec<String>) -> Match {
    Match { kind, id: id.to_owned(), title: title.to_owned(), why: format!("{} id", kind.id()), remedies, best: true }
}

fn of_article(number: &str, article: &Article, why: String) -> Match {
    Match {
        kind: Family::Article.into(),
        id: number.to_owned(),
        title: article.title.clone(),
        why,
        remedies: article.remedies.iter().map(|remedy| remedy_id(number, remedy)).collect(),
        best: true,
    }
}

/// Extracts the texts by which an article is found.
fn found_by(article: &Article) -> FoundBy {
    let messages = article.messages.iter().map(|message| (message.text.as_str(), true));
    let phrases = article.phrases.iter().map(|phrase| (phrase.as_str(), false));
    let screen = |(text, shown)| Screen { pieces: screen::message(text), spelled: screen::spelled(text), shown };
    FoundBy { screens: messages.chain(phrases).map(screen).collect(), ..FoundBy::default() }
}

/// `Q180399`, `q180399`, `180399`, `KB180399` and `KB 180399` are one number.
fn article_number(topic: &str) -> Option<String> {
    let lower = topic.trim().to_lowercase();
    let digits = lower.strip_prefix("kb").or_else(|| lower.strip_prefix('q')).unwrap_or(&lower).trim();
    let plausible = (3..=7).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plausible.then(|| format!("Q{digits}"))
}
