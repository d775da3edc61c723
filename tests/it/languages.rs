//! Notes in fifteen languages: the words that announce a key, those that say what else a number is, and platforms; in UTF-8, in UTF-16
//! without a mark, and in the code page of Western Europe.

use crate::program::moment::run_in;
use jewelcase::Catalogue;
use serde::Deserialize;
use std::fs;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notes {
    cases: Vec<Note>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    #[serde(default)]
    name: Option<String>,
    text: String,
    found: usize,
    #[serde(default)]
    products: Vec<String>,
    why: String,
}

fn notes() -> Vec<Note> {
    let Notes { cases } = toml::from_str(include_str!("../data/languages.toml")).expect("the notes are TOML");
    cases
}

/// Line, verdict and product of every key that a scan of a folder with one file finds.
fn keys(name: &str, bytes: &[u8]) -> Vec<[String; 3]> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), bytes).expect("a file can be written");
    let said = run_in(folder.path(), &["scan", ".", "--all", "--no-config"], b"");
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let of = |line: &str| {
        let (place, said) = line.strip_prefix(name)?.strip_prefix(':')?.split_once(": ")?;
        let said = said.split_once(": ")?.1;
        let product = said.split_once(" at ").map_or("", |(_, product)| product);
        Some([place.split(':').next()?.to_owned(), said.split(' ').next()?.to_owned(), product.to_owned()])
    };
    said.lines().filter_map(of).collect()
}

#[test]
fn the_words_of_fifteen_languages_say_what_a_number_is() {
    assert_eq!(Catalogue::built_in().languages.len(), 15);
    for note in notes() {
        let found = keys(note.name.as_deref().unwrap_or("note.txt"), note.text.as_bytes());
        assert_eq!(found.len(), note.found, "{}: {found:?}\n{}", note.why, note.text);
        if !note.products.is_empty() {
            let products: Vec<_> = found.iter().map(|[.., product]| product.clone()).collect();
            assert_eq!(products, note.products, "{}\n{}", note.why, note.text);
        }
    }
}

#[test]
fn they_do_in_utf16_without_a_mark() {
    for note in notes().iter().filter(|note| note.name.is_none()) {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = note.text.encode_utf16().flat_map(bytes).collect();
            let found = keys("note.txt", &bytes);
            assert_eq!(found.len(), note.found, "{}: {found:?}\n{}", note.why, note.text);
        }
    }
}

#[test]
fn they_do_in_the_code_page_of_western_europe() {
    for note in notes().iter().filter(|note| note.name.is_none() && note.text.chars().all(|c| u32::from(c) < 0x100)) {
        let bytes: Vec<u8> = note.text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
        let found = keys("note.txt", &bytes);
        assert_eq!(found.len(), note.found, "{}: {found:?}\n{}", note.why, note.text);
    }
}

/// `rules check` runs the examples of a file of words, and refuses what a search would not find.
#[test]
fn a_language_proves_itself() {
    let checked = |text: &str| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir(folder.path().join("words")).expect("a folder can be made");
        fs::write(folder.path().join("words/latin.toml"), text).expect("a file can be written");
        run_in(folder.path(), &["rules", "check", "."], b"")
    };
    let language = |announces: &str, says: &str| {
        format!(
            "title = \"Latin\"\nannounces = [{announces}]\nhints = []\nvetoes = [\"fistula\"]\npurposes = []\nplatforms = []\n[[sources]]\nwork = \"a test\"\nbasis = \"inferred\"\nsays = \"nothing\"\n[[examples]]\ntext = \"Clavis disci est \"\nsays = \"{says}\"\nwhy = \"a test\"\n"
        )
    };
    assert!(checked(&language("\"clavis disci\"", "key")).contains("1 file read"));
    let wrong = checked(&language("\"clavis disci\"", "other"));
    assert!(wrong.contains("latin.toml:11:1: expected that `Clavis disci est ` says other, found key"), "{wrong}");
    let unspoken = checked(&language("\"Clavis-disci\"", "nothing"));
    assert!(
        unspoken.contains("latin.toml:2:14: expected words in lower case, with one space for a hyphen"),
        "{unspoken}"
    );
    let twice = checked(&language("\"fistula\"", "nothing"));
    assert!(twice.contains("expected a word of one meaning, found `fistula` in `announces`, too"), "{twice}");
}
