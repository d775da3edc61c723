//! `rules check --texts`: entries that say what their articles say pass, and each kind of lie is found.

use crate::program::run;
use jewelcase::internals::evidence::hold;
use std::{
    fs,
    path::{Path, PathBuf},
};

const RULES: &str = "tests/data/evidence/rules";
const TEXTS: &str = "tests/data/evidence/texts";
const ARTICLE: &str = "articles/Q900001.toml";
const RULE: &str = "postoffice/imaginary-size.toml";

/// One lie: what it is, its file, the true words, what is there instead, and what the fault names.
const LIES: [(&str, &str, &str, &str, &str); 16] = [
    ("a wrong number in a step", ARTICLE, "(1600 bytes)", "(1700 bytes)", "`1700`"),
    ("a wrong switch", ARTICLE, r#"setup /K"<key>""#, r#"setup /Q"<key>""#, "`/Q`"),
    ("a message changed by a word", ARTICLE, "is not a value. Event", "is no value. Event", "as Q900001 prints it"),
    ("a message with another number", ARTICLE, "Event {number} was", "Event 12 was", "as Q900001 prints it"),
    ("a wrong folder", ARTICLE, r"d:\examples\setup", r"d:\samples\setup", "`samples`"),
    ("a wrong file", ARTICLE, "Delete EXAMPLE.DAT", "Delete EXAMPLE.BAK", "`EXAMPLE.BAK`"),
    ("a wrong registry key", ARTICLE, r"SOFTWARE\Imaginary to", r"SYSTEM\Imaginary to", "`SYSTEM`"),
    ("a wrong event", ARTICLE, "event 4711", "event 4712", "`4712`"),
    ("a wrong number of digits", ARTICLE, "a 10-digit key", "an 11-digit key", "`11-digit`"),
    ("a product added", ARTICLE, r#"["works-4.0"]"#, r#"["works-4.0", "bookshelf-95"]"#, "`Bookshelf`"),
    ("a version added", ARTICLE, r#"["Works 4.0 for Windows 95"]"#, r#"["Works 4.0 and 4.5"]"#, "`4.5`"),
    ("a text that is said to be missing", ARTICLE, "text_at_hand = true", "text_at_hand = false", "expected `true`"),
    (
        "a sentence copied",
        ARTICLE,
        "Not known.",
        "Whoever wants to go on in spite of it all is lost.",
        "`whoever wants to go on in spite of`",
    ),
    (
        "a citation of an article without the number",
        RULE,
        r#"article = "Q900002"
fires_if"#,
        r#"article = "Q900001"
fires_if"#,
        "`43`",
    ),
    ("a wrong number in a check", RULE, "record = 43", "record = 44", "`44`"),
    ("a source that says something else", RULE, "43 bytes per record.", "45 bytes per record.", "`45`"),
];

#[test]
fn entries_that_say_what_their_articles_say_pass() {
    let (held, faults) = hold(Some(Path::new(RULES)), Path::new(TEXTS)).expect("the folders can be read");
    assert_eq!(faults, [], "{faults:?}");
    assert_eq!((held.texts, held.articles_without_text, held.claims_without_text), (2, 0, 0));
    assert!(held.claims >= 29, "{held:?}");
}

#[test]
fn every_lie_is_found_at_its_line() {
    for (lie, file, truth, instead, named) in LIES {
        let folder = scratch(lie, &[(file, truth, instead)]);
        let (_, faults) = hold(Some(&folder), Path::new(TEXTS)).expect("the folders can be read");
        let [fault] = faults.as_slice() else { panic!("{lie}: {faults:?}") };
        assert!(fault.message.contains(named), "{lie}: {fault}");
        let source = fs::read_to_string(folder.join(file)).expect("written above");
        let line = source.lines().position(|line| line.contains(instead.lines().next().unwrap_or(instead)));
        let line = line.expect("the lie is in the file") + 1;
        assert!((line..=line + 1).contains(&fault.line), "{lie}: line {} for {line}", fault.line);
    }
}

#[test]
fn all_lies_at_once_are_as_many_faults() {
    // Two lies about one message, or about one number of a check, are one fault.
    let same = ["a message with another number", "a wrong number in a check"];
    let together = LIES.iter().filter(|(lie, ..)| !same.contains(lie));
    let changes: Vec<_> = together.map(|(_, file, truth, instead, _)| (*file, *truth, *instead)).collect();
    let folder = scratch("all", &changes);
    let (_, faults) = hold(Some(&folder), Path::new(TEXTS)).expect("the folders can be read");
    assert!(faults.len() == changes.len() && changes.len() >= 10, "{} of {}: {faults:#?}", faults.len(), changes.len());
}

/// What is marked as ours is not looked for; what is marked and not there is a fault of its own.
#[test]
fn what_is_ours_is_not_looked_for() {
    let unmarked = scratch("unmarked", &[(ARTICLE, r#"ours = ["Copy EXAMPLE.DAT to EXAMPLE.OLD."]"#, "")]);
    let (_, faults) = hold(Some(&unmarked), Path::new(TEXTS)).expect("the folders can be read");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults.iter().all(|fault| fault.message.contains("`EXAMPLE.OLD`")), "{faults:?}");
    let stale = scratch("stale", &[(ARTICLE, r#"ours = ["Copy"#, r#"ours = ["Never copy"#)]);
    assert!(hold(Some(&stale), Path::new(TEXTS)).is_err());
}

/// A text that is not in the folder leaves its claims open; nothing is guessed.
#[test]
fn what_has_no_text_is_counted_as_not_held() {
    let texts = scratch("one-text", &[]).join("texts");
    fs::create_dir_all(&texts).expect("the folder can be made");
    fs::copy(Path::new(TEXTS).join("Q900002.txt"), texts.join("Q900002.txt")).expect("the text can be copied");
    let folder = scratch("one-text-rules", &[]);
    let (held, faults) = hold(Some(&folder), &texts).expect("the folders can be read");
    assert_eq!(faults, [], "{faults:?}");
    assert_eq!(held.articles_without_text, 1);
    assert!(held.claims_without_text > 10, "{held:?}");
}

#[test]
fn the_program_reports_examples_and_texts_together() {
    insta::assert_snapshot!("rules_check_texts", run(&["rules", "check", RULES, "--texts", TEXTS]));
    insta::assert_snapshot!(
        "rules_check_texts_json",
        run(&["rules", "check", RULES, "--texts", TEXTS, "--format", "json"])
    );
    let lying = "tests/data/evidence/lying-rules";
    insta::assert_snapshot!("rules_check_texts_lying", run(&["rules", "check", lying, "--texts", TEXTS]));
    insta::assert_snapshot!(
        "rules_check_texts_missing",
        run(&["rules", "check", RULES, "--texts", "tests/data/plans"])
    );
}

/// A copy of the rules with some words changed.
fn scratch(name: &str, changes: &[(&str, &str, &str)]) -> PathBuf {
    let folder = crate::postoffice::scratch(&format!("evidence-{}", name.replace(' ', "-")));
    for file in [ARTICLE, RULE] {
        let mut source = fs::read_to_string(Path::new(RULES).join(file)).expect("the file is in the repository");
        for (_, truth, instead) in changes.iter().filter(|(other, ..)| *other == file) {
            assert!(source.contains(truth), "{name}: {truth}");
            source = source.replacen(truth, instead, 1);
        }
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder of rules")).expect("the folder can be made");
        fs::write(path, source).expect("the file can be written");
    }
    folder
}
