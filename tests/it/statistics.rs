//! `rules stats`: the counts of the catalogue agree with the catalogue, in every format.

use crate::program::run;
use jewelcase::Catalogue;
use jewelcase::internals::{catalogue::Family, explain::map, wire::listing::Listing};
use serde_json::Value;

fn json() -> Value {
    let said = run(&["rules", "stats", "--format", "json"]);
    let start = said.find('{').expect("a document");
    let end = said.rfind('}').expect("a document");
    serde_json::from_str(&said[start..=end]).expect("JSON")
}

/// Every entry is in one column, by the best of its sources.
#[test]
fn every_entry_is_counted_once() {
    let statistics = json();
    let families = statistics["families"].as_array().expect("a list");
    let count = |family: &Value, name: &str| family[name].as_u64().expect("a number");
    for family in families {
        let columns = ["documented", "independent", "inferred", "without_source"].map(|name| count(family, name));
        assert_eq!(columns.iter().sum::<u64>(), count(family, "entries"), "{family}");
    }
    let entries: u64 = families.iter().map(|family| count(family, "entries")).sum();
    let catalogue = Catalogue::built_in();
    assert_eq!(entries, Listing::of(catalogue, Family::ALL).entries.len() as u64);
}

/// What is lacking is listed: articles whose text was not available, and products of which no article shows a prompt.
#[test]
fn what_is_lacking_is_listed() {
    let statistics = json();
    let listed = |name: &str| -> Vec<String> {
        let ids = statistics[name].as_array().expect("a list");
        ids.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let articles = Catalogue::built_in().articles.iter().filter(|(_, article)| !article.text_at_hand);
    assert_eq!(listed("articles_without_text"), articles.map(|(id, _)| id).collect::<Vec<_>>());
    let products = listed("products_without_documented_prompt");
    // No article shows what the games ask for; Q180399 shows it for Outlook 97.
    assert!(products.contains(&"age-of-empires-1.0".to_owned()));
    assert!(!products.contains(&"outlook-97".to_owned()));
    let human = run(&["rules", "stats"]);
    for id in products {
        assert!(human.contains(&format!("\n  {id}\n")), "{id}");
    }
}

/// The numbers are those of messages, whatever stands around them, and lead to the articles that explain them.
#[test]
fn numbers_and_programs_lead_to_articles() {
    let catalogue = Catalogue::built_in();
    let numbers = map::numbers(catalogue);
    assert!(numbers[&("fatal".to_owned(), 203)].contains("Q99117"));
    assert!(numbers[&("error".to_owned(), 544)].contains("Q155161"));
    assert!(!numbers.contains_key(&("notice".to_owned(), 4)));
    let programs = map::programs(catalogue);
    assert!(programs["ADMIN.EXE"].contains("Q112894"));
    assert!(programs.keys().all(|name| name.ends_with(".EXE")));
}
