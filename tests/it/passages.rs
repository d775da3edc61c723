//! Passages of guides, notes, wikis, posts and scripts, as people lay keys out, with synthetic digits: `tests/data/passages`.

use crate::program::moment::run_in;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

const FOLDER: &str = "tests/data/passages";

#[test]
fn keys_of_passages_are_found_with_their_product_or_none() {
    let arguments = ["scan", ".", "--all", "--show-keys", "--no-config", "--format", "csv", "--glob", "!expected.csv"];
    let said = run_in(Path::new(FOLDER), &arguments, b"");
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let (said, _) = said.split_once("--- stderr\n").expect("the frame has a standard error");
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in csv::Reader::from_reader(said.as_bytes()).into_records().map(|row| row.expect("the report is CSV")) {
        let (file, label) = (row[0].to_owned(), row[4].trim_matches('"').to_owned());
        found.entry((file, label)).or_default().insert(row[6].to_owned());
    }
    let expected = csv::Reader::from_path(format!("{FOLDER}/expected.csv")).expect("the list is in the repository");
    let (mut all, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for row in expected.into_records().map(|row| row.expect("the list is CSV")) {
        all += 1;
        match found.get(&(row[0].to_owned(), row[1].to_owned())) {
            None => missed.push(format!("{} {}", &row[0], &row[1])),
            Some(products) => {
                let other = products.iter().filter(|product| !product.is_empty() && ***product != row[2]);
                wrong.extend(other.map(|product| format!("{} {}: {product}", &row[0], &row[1])));
            }
        }
    }
    assert!(all >= 70, "the list is not cut");
    assert!(wrong.is_empty(), "another product: {wrong:?}");
    assert!(missed.len() * 20 <= all, "{} of {all} missed: {missed:?}", missed.len());
}
