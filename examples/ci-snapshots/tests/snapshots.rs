//! What jewelcase says of this project's files, held still.

use ci_snapshots::judged;
use jewelcase::{Situation, document::Document};
use std::path::Path;

fn answer_files() -> Document<'static> {
    judged(&[Path::new("machines")], Situation::default()).expect("no product is named")
}

/// The document without the version of jewelcase: a newer one that says the same is no difference.
fn held_still(mut document: Document) -> Document {
    document.tool.version = "any".into();
    document
}

#[test]
fn answer_files_are_as_we_know_them() {
    insta::assert_json_snapshot!(held_still(answer_files()));
}

#[test]
fn postoffices_are_as_we_know_them() {
    let full = Situation { product: Some("mail-3.5"), ..Situation::default() };
    let document = judged(&[Path::new("postoffices.csv")], full).expect("the product is known");
    insta::assert_json_snapshot!(held_still(document));
}

/// Not a snapshot but a promise: this project ships no answer file that its Setup refuses, but for the one that we know.
#[test]
fn no_other_file_is_refused() {
    let document = answer_files();
    let errors = document.subjects.iter().filter(|entry| entry.findings.iter().any(|one| one.rule == "key/digit-sum"));
    let places: Vec<_> = errors.filter_map(|entry| entry.location.as_ref()).map(|place| place.path.as_ref()).collect();
    assert_eq!(places, ["machines/unattend.txt"]);
}
