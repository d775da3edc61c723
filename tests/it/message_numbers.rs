//! Messages of the Mail programs and of Setup find the article that explains them, by their text and by their number alone.

use jewelcase::{Catalogue, explain};
use std::collections::HashSet;

/// Texts on a screen or in a log, the product where it is named, and the articles that print them, any of which may come first.
const TEXTS: &str = include_str!("../data/on_screen/texts.tsv");

/// Kinds and numbers of messages, and the articles that explain them.
const NUMBERS: &str = include_str!("../data/on_screen/numbers.tsv");

fn ids(topic: &str, product: Option<&str>) -> Vec<String> {
    explain(Catalogue::built_in(), topic, product).into_iter().map(|found| found.id).collect()
}

/// Most of these texts are in a list that was made from Microsoft's archive, to see what the catalogue lacked.
#[test]
fn every_text_finds_an_article_that_prints_it_first() {
    for line in TEXTS.lines() {
        let mut columns = line.split('\t');
        let [text, product, articles] = [(); 3].map(|()| columns.next().unwrap_or_default());
        let found = ids(text, Some(product).filter(|product| !product.is_empty()));
        let first = found.first().map_or("", String::as_str);
        assert!(articles.split(' ').any(|article| article == first), "{text:?} finds {found:?}");
    }
}

#[test]
fn every_number_finds_its_article_first() {
    for line in NUMBERS.lines() {
        let (topic, articles) = line.split_once('\t').expect("every line has a number and articles");
        let found = ids(topic, None);
        let first = found.first().map_or("", String::as_str);
        assert!(articles.split(' ').any(|article| article == first), "{topic} finds {found:?}");
    }
}

/// No article explains these, and an article about another number would mislead.
#[test]
fn a_number_that_no_article_explains_finds_nothing() {
    let known: HashSet<_> = NUMBERS.lines().filter_map(|line| line.split('\t').next()).collect();
    // The articles print these with a minus sign and as a fatal error.
    let elsewhere = ["Error 44", "Error 54"];
    for kind in ["Notice", "Fatal", "Error", "Warning"] {
        for number in (0..200).step_by(3).chain([9999]) {
            let topic = format!("{kind} {number}");
            if known.contains(topic.as_str()) || elsewhere.contains(&topic.as_str()) {
                continue;
            }
            let found = ids(&topic, None);
            assert!(found.is_empty(), "{topic} finds {found:?}");
        }
    }
}
