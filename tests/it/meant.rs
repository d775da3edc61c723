//! The product that a key in running text is for: the cases of `tests/data/meant`, each with its reason. A wrong product makes a good key bad.

use crate::program::moment::run_in;
use serde::Deserialize;
use std::fs;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    cases: Vec<Case>,
}

/// A file, and the products of its keys in order; without any, each is to have none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    path: Option<String>,
    text: String,
    #[serde(default)]
    product: Option<String>,
    #[serde(default)]
    products: Vec<String>,
    why: String,
}

impl Case {
    fn expected(&self) -> Vec<String> {
        match &self.product {
            Some(product) => vec![product.clone()],
            None if self.products.is_empty() => vec![String::new()],
            None => self.products.clone(),
        }
    }
}

/// The products of the keys that a scan finds, in order.
fn found(case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = case.path.as_deref().unwrap_or("text.md");
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().expect("it is in the folder")).expect("a folder can be made");
    fs::write(&file, &case.text).expect("a file can be written");
    let said = run_in(folder.path(), &["scan", path, "--all", "--no-config", "--format", "csv"], b"");
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let (said, _) = said.split_once("--- stderr\n").expect("the frame has a standard error");
    let rows = csv::Reader::from_reader(said.as_bytes()).into_records().map(|row| row.expect("the report is CSV"));
    let mut keys: Vec<_> = rows.filter(|row| !row[4].is_empty()).collect();
    keys.dedup_by_key(|row| (row[1].to_owned(), row[2].to_owned()));
    keys.iter().filter(|row| &row[3] != "answer-file").map(|row| row[6].to_owned()).collect()
}

fn holds(cases: &str) {
    let Cases { cases } = toml::from_str(cases).expect("the cases are TOML");
    let wrong = cases.iter().map(|case| (case, found(case))).filter(|(case, found)| *found != case.expected());
    let wrong: Vec<_> = wrong
        .map(|(case, found)| format!("{:?}: {found:?}, expected {:?}: {}", case.text, case.expected(), case.why))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_system_that_a_program_runs_on_is_not_its_product() {
    holds(include_str!("../data/meant/platform.toml"));
}

#[test]
fn the_row_or_the_line_is_nearest() {
    holds(include_str!("../data/meant/line.toml"));
}

#[test]
fn then_the_heading_above_counts() {
    holds(include_str!("../data/meant/heading.toml"));
}

#[test]
fn then_the_names_of_file_and_folder_count() {
    holds(include_str!("../data/meant/path.toml"));
}
