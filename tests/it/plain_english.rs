//! What a user reads is plain English: none of it has a phrase of `tests/data/plain_english.txt`, which gives a plain one for each.

use crate::{
    architecture::{code, files},
    program::run,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

const DOCUMENTS: [&str; 5] = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "keyrules/README.md"];
/// Folders of `keyrules` whose texts belong to somebody else: the words by which keys are found, and schemas.
const NOT_READ: [&str; 3] = ["words", "schema", "articles"];
/// Keys of articles whose texts are quoted word for word, or typed by users.
const QUOTED: [&str; 5] = ["messages", "phrases", "aliases", "text", "input"];

/// The phrases with their replacements, and the plain phrases that contain one.
struct Phrases {
    banned: Vec<(Vec<String>, String)>,
    plain: Vec<Vec<String>>,
}

impl Phrases {
    fn read() -> Self {
        let text = fs::read_to_string("tests/data/plain_english.txt").expect("the list is in the repository");
        let (mut banned, mut plain) = (Vec::new(), Vec::new());
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let (phrase, instead) = line.split_once('|').expect("a bar follows the phrase");
            match instead.trim() {
                "" => plain.push(words(phrase)),
                instead => banned.push((words(phrase), instead.to_owned())),
            }
        }
        Self { banned, plain }
    }

    /// The banned phrases of a text, with their replacements.
    fn faults(&self, text: &str) -> Vec<String> {
        let words = words(text);
        let mut allowed = vec![false; words.len()];
        for phrase in &self.plain {
            for start in places(&words, phrase) {
                allowed[start..start + phrase.len()].fill(true);
            }
        }
        let mut faults = Vec::new();
        for (phrase, instead) in &self.banned {
            let hits =
                places(&words, phrase).filter(|start| !allowed[*start..start + phrase.len()].iter().all(|is| *is));
            faults.extend(hits.map(|start| {
                let around = &words[start.saturating_sub(4)..words.len().min(start + phrase.len() + 4)];
                format!("`{}`: write `{instead}`: … {} …", phrase.join(" "), around.join(" "))
            }));
        }
        faults
    }
}

/// The words of a text in lower case. Punctuation that ends a phrase is a word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let end = word.ends_with(['.', ',', ';', ':', '!', '?', ')']);
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '*' && c != '{' && c != '}');
        words.push(bare.to_lowercase());
        if end {
            words.push(String::new());
        }
    }
    words
}

fn places<'w>(words: &'w [String], phrase: &'w [String]) -> impl Iterator<Item = usize> + 'w {
    let is = |(word, wanted): (&String, &String)| wanted == "*" || word == wanted;
    words
        .windows(phrase.len())
        .enumerate()
        .filter(move |(_, window)| window.iter().zip(phrase).all(is))
        .map(|(at, _)| at)
}

fn assert_plain(texts: impl IntoIterator<Item = (String, String)>) {
    let phrases = Phrases::read();
    let faults: Vec<_> = texts
        .into_iter()
        .flat_map(|(origin, text)| {
            phrases.faults(&text).into_iter().map(move |fault| format!("{origin}: {fault}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "{} phrases:\n{}", faults.len(), faults.join("\n"));
}

fn toml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the rules are in the repository") {
        let path = entry.expect("the folder can be read").path();
        let is_read = !NOT_READ.iter().any(|name| path.ends_with(name));
        if path.is_dir() && is_read {
            toml_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
}

fn texts_of(key: &str, value: &toml::Value, texts: &mut Vec<String>) {
    match value {
        toml::Value::String(text) if !QUOTED.contains(&key) => texts.push(text.clone()),
        toml::Value::Array(values) => values.iter().for_each(|value| texts_of(key, value, texts)),
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| texts_of(key, value, texts)),
        _ => {}
    }
}

/// The string literals of a source with a space in them.
fn literals(source: &str) -> Vec<String> {
    let lines: Vec<&str> = code(source).collect();
    let text = lines.join("\n");
    let (mut literals, mut current, mut escaped) = (Vec::new(), None::<String>, false);
    let mut before = ' ';
    for c in text.chars() {
        match &mut current {
            Some(_) if c == '"' && !escaped => literals.extend(current.take()),
            Some(literal) => {
                escaped = c == '\\' && !escaped;
                literal.push(if escaped { ' ' } else { c });
            }
            None if c == '"' && before != '\'' => current = Some(String::new()),
            None => {}
        }
        before = c;
    }
    literals.retain(|literal| literal.contains(' '));
    literals
}

#[test]
fn the_list_finds_what_it_names() {
    let phrases = Phrases::read();
    assert!(phrases.banned.len() > 45);
    for (phrase, _) in &phrases.banned {
        let text = format!("This value, {}.", phrase.join(" "));
        assert!(!phrases.faults(&text).is_empty(), "{text}");
    }
    assert_eq!(phrases.faults("This is no secret.").len(), 1);
    assert_eq!(phrases.faults("There is no key. It is no longer there, and no file stands. In it are three.").len(), 0);
    assert_eq!(literals("let a = \"one \\\"two\\\" three\"; let b = '\"';\nf(\"four five\")").len(), 2);
}

#[test]
fn documents_are_plain() {
    assert_plain(DOCUMENTS.map(|name| (name.to_owned(), fs::read_to_string(name).expect("it is in the repository"))));
}

#[test]
fn the_texts_of_rules_are_plain() {
    let mut files = Vec::new();
    toml_files(Path::new("keyrules"), &mut files);
    assert!(files.len() > 200);
    assert_plain(files.iter().flat_map(|path| {
        let table: toml::Table =
            toml::from_str(&fs::read_to_string(path).expect("it can be read")).expect("the rules are TOML");
        let mut texts = Vec::new();
        texts_of("", &toml::Value::Table(table), &mut texts);
        texts.into_iter().map(|text| (path.display().to_string(), text))
    }));
}

#[test]
fn the_help_is_plain() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(&["man", "--dir", &folder.path().display().to_string()]);
    let pages: Vec<_> = fs::read_dir(folder.path()).expect("the pages are there").collect();
    assert!(pages.len() > 10);
    assert_plain(pages.into_iter().map(|page| {
        let path = page.expect("it can be listed").path();
        (path.display().to_string(), fs::read_to_string(&path).expect("it is text").replace("\\-", "-"))
    }));
}

#[test]
fn what_the_program_says_is_plain() {
    assert_plain(files().into_iter().flat_map(|(name, source)| {
        let name = format!("src/{name}.rs");
        literals(&source).into_iter().map(move |literal| (name.clone(), literal))
    }));
}
