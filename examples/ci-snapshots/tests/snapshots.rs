//! What jewelcase says of this project's files, held still.

use ci_snapshots::{answer_files, postoffices};
use jewelcase::report::document::Document;
use std::path::Path;

/// The document without the version of jewelcase: a newer one that says the same is no difference.
fn held_still(mut document: Document) -> Document {
    document.tool.version = "any".to_owned();
    document
}

#[test]
fn answer_files_are_as_we_know_them() {
    let document = answer_files(Path::new("machines")).expect("the files are in the repository");
    insta::assert_json_snapshot!(held_still(document));
}

#[test]
fn postoffices_are_as_we_know_them() {
    let document = postoffices(Path::new("postoffices.csv")).expect("the file is in the repository");
    insta::assert_json_snapshot!(held_still(document));
}

/// Not a snapshot but a promise: this project ships no key that its Setup refuses, but for the one that we know.
#[test]
fn no_other_key_is_refused() {
    let document = answer_files(Path::new("machines")).expect("the files are in the repository");
    let refused = document.subjects.iter().filter(|entry| entry.findings.iter().any(|one| one.rule == "key/digit-sum"));
    let places: Vec<_> = refused.filter_map(|entry| entry.location.as_ref()).map(|place| place.path.as_str()).collect();
    assert_eq!(places, ["unattend.txt"]);
    assert_eq!(document.summary.rejected, 1);
}
