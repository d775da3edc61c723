//! Answer files within other files, in every way in which documents, scripts and programs hold them: `tests/data/embedded`.

use crate::program::moment::run_in;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    time::{Duration, Instant},
};

const FOLDER: &str = "tests/data/embedded";

/// What was found at each place of a file: the key, its product, and the rules with their severities.
type Found = BTreeMap<(String, u64, u64), (String, String, Vec<(String, String)>)>;

fn found(folder: &Path, arguments: &[&str]) -> Found {
    let common = ["scan", ".", "--all", "--show-keys", "--no-config", "--format", "ndjson"];
    let said = run_in(folder, &[&common, arguments].concat(), b"");
    let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    lines
        .filter(|line| line["kind"] == "key" || line["kind"] == "installed-id")
        .map(|line| {
            let place = &line["location"];
            let findings = line["findings"].as_array().cloned().unwrap_or_default();
            let rules = findings.iter().map(|finding| (text(&finding["rule"]), text(&finding["severity"])));
            let place = (text(&place["path"]), number(&place["line"]), number(&place["column"]));
            (place, (text(&line["label"]), text(&line["product"]), rules.collect()))
        })
        .collect()
}

/// Every key is found once, at its place in the host, for the Setup that reads the file; and nothing else is.
#[test]
fn answer_files_within_other_files_are_read_like_files() {
    let mut found = found(Path::new(FOLDER), &["--glob", "!expected.csv"]);
    let expected = csv::Reader::from_path(format!("{FOLDER}/expected.csv")).expect("the list is in the repository");
    let mut wrong = Vec::new();
    for row in expected.into_records().map(|row| row.expect("the list is CSV")) {
        let [file, key, product, rule] = [0, 3, 4, 5].map(|at| row[at].to_owned());
        let [line, column] = [1, 2].map(|at| row[at].parse().expect("a place is a number"));
        match found.remove(&(file.clone(), line, column)) {
            Some((label, at, rules)) if label == key && at == product && rules.iter().any(|(one, _)| *one == rule) => {}
            other => wrong.push(format!("{file}:{line}:{column} {key} {product} {rule}: {other:?}")),
        }
    }
    // The file of Windows 2000 that is beside the other.
    found.retain(|(file, ..), (_, product, _)| file != "fence-two.md" || product != "windows-2000");
    assert!(wrong.is_empty() && found.is_empty(), "{}\nbesides: {found:#?}", wrong.join("\n"));
}

/// A folder with one file of this text.
fn scan(name: &str, text: &str) -> (Found, String) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), text).expect("a file can be written");
    (found(folder.path(), &[]), run_in(folder.path(), &["scan", ".", "--no-config"], b""))
}

/// Words about an answer file, statements of programs and settings of other programs are no answer files.
#[test]
fn what_is_like_an_answer_file_has_no_errors() {
    for (name, text) in [
        ("a.md", "The section [UserData] holds ProductID, see [Setup](setup.md) and [Options][1].\n"),
        ("b.py", "data = config[\"Setup\"]\nx = [Setup]\nProductKey = 12\n"),
        ("c.md", "```toml\n[options]\nversion = \"1.2\"\nproductid = \"12345\"\n```\n"),
        ("d.md", "```ini\n[Setup]\nTitle=Lab\nProductKey=333-1111111\n```\n"),
        ("e.sh", "cat > setup.cfg <<EOF\n[paths]\nlib = /usr/lib\n[options]\nname = x\nEOF\n"),
        ("f.md", "```\n[UserData]\nProductID=53491-111-1111111-11111\n```\n"),
        ("g.md", "```\n[UserData]\nProductKey=X2Y23-W2B2A-XYZRA-ZEBRA-LAST5\n```\n"),
        ("h.sh", "PID=$1\ncat > unattend.txt <<EOF\n[UserData]\nProductID=\"$PID\"\nEOF\n"),
        ("i.yml", "text: |\n  [Unattended]\n  OemPreinstall=no\n  [UserData]\n  ProductID=\"{{ key }}\"\n"),
        ("j.md", "```\n[Product ID]\ncdkey=%CDKEY%\n[Licensing]\nPerServer=FALSE\n```\n"),
        ("pyproject.toml", "[options]\nversion = \"1.2\"\nproductid = \"12345\"\n"),
        ("Poetry.LOCK", "[Setup]\nProductKey = \"12345\"\n"),
        ("setup.desktop", "[Setup]\nProductID=12345\n"),
        ("k.sh", "echo \"[UserData]\" > a\necho \"ProductID=$KEY\" >> a\n"),
    ] {
        let (found, said) = scan(name, text);
        let errors = found.values().flat_map(|(.., rules)| rules).filter(|(_, severity)| severity == "error");
        assert_eq!(errors.count(), 0, "{name}: {found:?}");
        assert!(said.starts_with("status: 0\n"), "{name}: {said}");
    }
}

/// A comment of the host or of the file within it accepts a finding.
#[test]
fn comments_accept_findings_within_other_files() {
    for text in [
        "```\n[Unattended]\n[UserData]\n; jewelcase: allow key/blocked-prefix - a sample\nProductID=\"333-1111111\"\n```\n",
        "```\n[Unattended]\n[UserData]\nProductID=\"333-1111111\" ; jewelcase: allow key/blocked-prefix - a sample\n```\n",
        "echo '[UserData]' > a\necho 'ProductID=\"333-1111111\"' >> a # jewelcase: allow key/blocked-prefix - a sample\n",
    ] {
        let (_, said) = scan("a.md", text);
        assert!(said.starts_with("status: 0\n"), "{text}: {said}");
    }
    let (_, said) = scan("a.md", "```\n[Unattended]\n[UserData]\nProductID=\"333-1111111\"\n```\n");
    assert!(said.starts_with("status: 1\n"), "{said}");
}

/// Findings of the file within are reported at their places, with the kind of file that it is.
#[test]
fn findings_of_the_file_within_have_their_places() {
    let text = "# Lab\n\n```ini\n[Setup]\nExpress=1\nProductKey=\"333-1111111\"\n[NameAndOrg]\nDisplay=1\n```\n";
    let (_, said) = scan("lab.md", text);
    assert!(said.contains("lab.md:8:1: warning[answer/display-setting]"), "{said}");
    assert!(said.contains("lab.md:6:13: 333-*******: rejected as cd-key-10 at windows-95"), "{said}");
}

/// A key far behind in a long line, and one in a late part of a long file, has its place, and is found once.
#[test]
fn long_lines_and_long_files_keep_their_places() {
    let filler = "x=1;".repeat(1 << 19);
    let string = "var t=\"[Unattended]\\nOemPreinstall=no\\n[UserData]\\nProductID=\\\"333-1111111\\\"\\n\";";
    let at = string.find("333").expect("the key is in the string");
    let (found, _) = scan("a.min.js", &[&filler, string, &filler, "\n"].concat());
    let expected = ("a.min.js".to_owned(), 1, (filler.len() + at + 1) as u64);
    assert_eq!(found.keys().collect::<Vec<_>>(), [&expected]);
    assert_eq!(found[&expected].1, "windows-nt-4.0");
    let lines = "A line of words.\n".repeat(1 << 16);
    let block = "```\n[Unattended]\nOemPreinstall=no\n[UserData]\nProductID=\"333-1111111\"\n```\n";
    let (found, _) = scan("b.md", &[&lines, block, &lines].concat());
    assert_eq!(found.keys().collect::<Vec<_>>(), [&("b.md".to_owned(), (1 << 16) + 5, 12)]);
}

/// Brackets without end cost no more than a few readings of the text.
#[test]
fn what_begins_again_and_again_is_read_in_linear_time() {
    let start = Instant::now();
    for text in ["\"[Setup]\" \"x\" ", "[Setup]\n", "[Setup] ", "echo [Setup]>a\n", "'[Setup]\\n", "[[Setup]"] {
        scan("a.txt", &text.repeat((1 << 20) / text.len()));
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
