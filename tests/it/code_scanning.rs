//! A folder of answer files in CI: one run in every form, the baseline, the configuration, and no key anywhere.

use crate::program::moment::run_in;
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};
use tempfile::TempDir;

/// Three answer files with a fault each, and the digits of each key that nobody may read in a report.
const FAULTY: [(&str, &str, &str); 3] = [
    ("machines/one/msbatch.inf", "[Setup]\nExpress=1\nProductID=\"111-1111112\"\n", "1111112"),
    (
        "machines/two/unattend.txt",
        "[Unattended]\nOemPreinstall = no\n\n[UserData]\nProductID = \"333-2222226\"\n",
        "2222226",
    ),
    ("scripts/office.bat", "@echo off\nrem the lab's copy\nd:\\setup /k 123-4567890 /q\n", "4567890"),
];

const FORMATS: [&str; 8] = ["human", "json", "ndjson", "sarif", "junit", "csv", "html", "github"];

/// A folder with the three files.
fn lab() -> TempDir {
    let folder = TempDir::new().expect("a folder for this test");
    for (path, text, _) in FAULTY {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder is writable");
    fs::write(path, text).expect("the folder is writable");
}

fn scan(folder: &Path, options: &[&str]) -> String {
    run_in(folder, &[&["scan", "."], options].concat(), b"")
}

/// Standard output, and the exit code.
fn output(said: &str) -> (&str, &str) {
    let (status, said) = said.split_once("\n--- stdout\n").expect("the frame has a standard output");
    (said.split_once("--- stderr\n").expect("the frame has a standard error").0, status)
}

#[test]
fn a_code_scanning_upload_of_three_faulty_files() {
    let folder = lab();
    let said = scan(folder.path(), &["--format", "sarif"]);
    let (log, status) = output(&said);
    assert_eq!(status, "status: 1");
    let log: Value = serde_json::from_str(log).expect("reports are JSON");
    let schema =
        fs::read_to_string("tests/data/sarif/sarif-schema-2.1.0.json").expect("the schema is in the repository");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let schema = serde_json::from_str(&schema).expect("schemas are JSON");
    compiler.add_resource("sarif.json", schema).expect("the resource has a name of its own");
    let index = compiler.compile("sarif.json", &mut schemas).expect("schemas are valid");
    if let Err(error) = schemas.validate(&log, index) {
        panic!("{error}");
    }
    let results = log["runs"][0]["results"].as_array().expect("a log has results");
    let errors = results.iter().filter(|result| result["level"] == "error");
    let places: BTreeSet<_> = errors
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            (place["artifactLocation"]["uri"].as_str().expect("a path"), place["region"]["startLine"].as_u64())
        })
        .collect();
    let expected = FAULTY.map(|(path, text, key)| {
        let line = text.lines().position(|line| line.contains(key)).expect("the key stands in its file");
        (path, Some(line as u64 + 1))
    });
    assert!(expected.iter().all(|place| places.contains(place)), "{places:?}");
    insta::assert_snapshot!("lab_sarif_results", results.iter().map(brief).collect::<Vec<_>>().join("\n"));
}

/// A result on one line.
fn brief(result: &Value) -> String {
    let place = &result["locations"][0]["physicalLocation"];
    format!(
        "{}:{} {} {}",
        place["artifactLocation"]["uri"].as_str().unwrap_or_default(),
        place["region"]["startLine"],
        result["level"].as_str().unwrap_or_default(),
        result["ruleId"].as_str().unwrap_or_default()
    )
}

#[test]
fn the_same_run_in_the_other_forms() {
    let folder = lab();
    for format in ["human", "junit", "csv", "github"] {
        insta::assert_snapshot!(format!("lab_{format}"), scan(folder.path(), &["--format", format]));
    }
    let page = scan(folder.path(), &["--format", "html"]);
    assert!(FAULTY.iter().all(|(path, ..)| page.contains(path)), "the page names every file");
    // A report that was saved says the same in every form as one that was made at once.
    let saved = scan(folder.path(), &["--format", "json"]);
    for format in FORMATS.into_iter().filter(|format| !["human", "ndjson"].contains(format)) {
        let converted = run_in(folder.path(), &["convert", "-", "--format", format], output(&saved).0.as_bytes());
        assert!(converted == scan(folder.path(), &["--format", format]), "{format}: {converted}");
    }
}

/// Neither a report, nor a baseline, nor what is said of a configuration holds a digit of a key beyond its site.
#[test]
fn no_digit_of_a_key_leaves_the_folder() {
    let folder = lab();
    write(
        folder.path(),
        "jewelcase.toml",
        "[[suppress]]\nrule = 'key/digit-sum'\npath = 'machines/one/*'\nreason = 'known'\n",
    );
    let mut written: Vec<_> =
        FORMATS.map(|format| scan(folder.path(), &["--format", format, "--show-suppressed"])).into();
    scan(folder.path(), &["--quiet", "--write-baseline", "known.json"]);
    written.push(fs::read_to_string(folder.path().join("known.json")).expect("the baseline was written"));
    written.extend(FORMATS.map(|format| scan(folder.path(), &["--format", format, "--baseline", "known.json"])));
    for text in &written {
        for (path, _, key) in FAULTY {
            assert!(!text.contains(key), "{path}: {text}");
        }
    }
    let shown = scan(folder.path(), &["--format", "csv", "--show-keys"]);
    assert!(
        FAULTY.iter().all(|(_, _, key)| shown.contains(key)),
        "the keys would be found if they were there: {shown}"
    );
}

#[test]
fn a_baseline_turns_the_exit_code_and_a_new_fault_turns_it_back() {
    let folder = lab();
    let status = |options: &[&str]| scan(folder.path(), &[options, &["--quiet"]].concat());
    assert!(status(&[]).starts_with("status: 1\n"));
    assert!(status(&["--write-baseline", "known.json"]).starts_with("status: 0\n"));
    let known = fs::read_to_string(folder.path().join("known.json")).expect("the baseline was written");
    insta::assert_snapshot!("lab_baseline", known);
    assert!(status(&["--baseline", "known.json"]).starts_with("status: 0\n"));
    write(folder.path(), "machines/three/msbatch.inf", "[Setup]\nProductID=\"111-1111113\"\n");
    assert!(status(&["--baseline", "known.json"]).starts_with("status: 1\n"));
    let report = scan(folder.path(), &["--baseline", "known.json"]);
    assert!(report.contains("machines/three/msbatch.inf") && !report.contains("digit-sum]: the serial fails the digit-sum rule: its digits must add up to a multiple of seven (independent) [in"), "{report}");
}

#[test]
fn what_a_project_says_of_its_files() {
    let folder = lab();
    write(
        folder.path(),
        "jewelcase.toml",
        "[[suppress]]\nrule = 'key/digit-sum'\npath = 'machines/**'\nreason = 'mended by the next image'\nexpires = 2025-12-31\n\n[[suppress]]\nrule = 'key/oem-date'\nreason = 'nothing needs this'\n\n[[paths]]\nglob = 'nt/*'\nproduct = 'windows-nt-4.0'\n",
    );
    // A site that Windows NT 4.0 refuses and others take.
    write(folder.path(), "nt/keys.txt", "333-1111111\n");
    let report = scan(folder.path(), &["--format", "csv"]);
    for expected in [
        "config/expired-suppression",
        "config/unused-suppression",
        "windows-nt-4.0,,,rejected,key/blocked-prefix,error",
    ] {
        assert!(report.contains(expected), "{expected}: {report}");
    }
    let one_file = run_in(folder.path(), &["scan", "nt/keys.txt", "--format", "csv"], b"");
    assert!(!one_file.contains("config/unused-suppression"), "other files may need it: {one_file}");
}

/// What the project accepts is accepted also where only the counts are told, and where keys are shown.
#[test]
fn a_summary_and_shown_keys_change_nothing_of_what_is_accepted() {
    let folder = lab();
    let status = |options: &[&str]| scan(folder.path(), &[options, &["--quiet"]].concat());
    assert!(status(&["--summary"]).starts_with("status: 1\n"));
    status(&["--write-baseline", "known.json"]);
    assert!(status(&["--summary", "--baseline", "known.json"]).starts_with("status: 0\n"));
    let rules = ["key/digit-sum", "key/blocked-prefix", "answer/hyphen-in-switch"];
    let subject = |rule: &str, subject: &str| {
        format!("[[suppress]]\nrule = '{rule}'\nsubject = '{subject}'\nreason = 'the next image mends it'\n")
    };
    let mut configuration: String =
        ["111-*******", "333-*******", "123-*******"].map(|label| subject(rules[0], label)).concat();
    configuration += &subject(rules[1], "333-*******");
    configuration += &subject(rules[2], "scripts/office.bat");
    write(folder.path(), "jewelcase.toml", &configuration);
    for options in [&[][..], &["--summary"], &["--show-keys"], &["--show-keys", "--summary"]] {
        let said = scan(folder.path(), &[options, &["--format", "csv"]].concat());
        assert!(said.starts_with("status: 0\n"), "{options:?}: {said}");
        assert!(!said.contains("config/unused-suppression"), "{options:?}: {said}");
    }
}

/// Of very many numbers in several places, and very many places of one, a page draws some and counts the rest.
#[test]
fn a_page_counts_what_it_does_not_draw() {
    let folder = lab();
    let keys = (0..250).map(|key| format!("100-{key:07}\n")).collect::<String>();
    write(folder.path(), "list.txt", &format!("{keys}{}{keys}", "222-2222222\n".repeat(230)));
    let page = scan(folder.path(), &["--duplicates", "--format", "html"]);
    assert_eq!(page.matches("<figcaption><span class=\"label\">").count(), 200);
    assert!(page.contains(">and 51 more numbers."), "{page}");
    write(folder.path(), "list.txt", &"222-2222222\n".repeat(230));
    let page = scan(folder.path(), &["--duplicates", "--format", "html"]);
    assert!(page.contains("230 places") && page.contains(">and 30 more<"), "{page}");
}

/// The page of a scan counts every key, and shows those that are in several places, also of a report that was saved.
#[test]
fn a_page_shows_the_totals_and_the_keys_in_several_places() {
    let folder = lab();
    write(folder.path(), "list.txt", "111-1111111\n222-2222222\n0799-99992\n");
    write(folder.path(), "other.txt", "799-99992\n222 2222222\n");
    let page = scan(folder.path(), &["--duplicates", "--format", "html"]);
    let (_, form) = page.split_once("title=\"cd-key-10\"").expect("a bar for the form");
    let told = form.split("aria-label=\"").nth(1).and_then(|told| told.split('"').next());
    assert_eq!(told, Some("3 well formed, 3 rejected"), "keys without findings are counted: {page}");
    let groups: Vec<_> = page.split("<figcaption><span class=\"label\">").skip(1).collect();
    assert_eq!(groups.len(), 2, "{page}");
    for (number, group) in ["a key that is not listed below", "0799-99992"].into_iter().zip(&groups) {
        assert!(group.starts_with(number), "{group}");
        assert!(group.contains("list.txt:") && group.contains("other.txt:") && group.contains("2 places"), "{group}");
    }
    let saved = scan(folder.path(), &["--duplicates", "--format", "json"]);
    let converted = run_in(folder.path(), &["convert", "-", "--format", "html"], output(&saved).0.as_bytes());
    assert_eq!(converted, page);
    let summary = scan(folder.path(), &["--summary", "--format", "html"]);
    let (_, rule) = summary.split_once("title=\"key/digit-sum\"").expect("a bar for the rule");
    assert!(rule.contains("aria-label=\"3 keys, only counted\""), "{summary}");
    for (_, _, key) in FAULTY {
        assert!(!page.contains(key) && !summary.contains(key));
    }
}
