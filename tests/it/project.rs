//! Living with findings: `jewelcase.toml` and the baseline.

use crate::program::moment::{NEW_YEAR_2026, run_in, run_on};
use jewelcase::internals::{
    config::{
        Day,
        file::{self, ConfigError},
        policy::{Coverage, Policy, PolicyDecision},
    },
    wire::{Entry, Located, Location, State, mask::Keys},
};
use jewelcase::{Catalogue, Situation, judge};
use serde_json::Value;
use std::{fs, path::Path};
use tempfile::TempDir;

const DAY: u64 = 24 * 60 * 60;

/// A folder with a configuration.
fn project(configuration: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder for this test");
    fs::write(folder.path().join("jewelcase.toml"), configuration).expect("the folder is writable");
    folder
}

/// The printed document, and the exit code.
fn json(said: &str) -> (Value, String) {
    let document = said.split_once("--- stdout\n").and_then(|(_, said)| said.split_once("--- stderr\n"));
    let (document, _) = document.expect("the frame has both outputs");
    let status = said.lines().next().expect("the frame has a status").to_owned();
    (serde_json::from_str(document).unwrap_or_else(|error| panic!("{error}: {said}")), status)
}

/// An entry for a key that is in a file.
fn entry(key: &str, path: &'static str) -> Entry<'static> {
    let subject = judge(Catalogue::built_in(), key, &Situation::default()).expect("no product is named");
    let location = Some(Location { path: path.into(), line: 3, column: 1 });
    Entry::of_key(&Located { subject, location }, Keys::Masked).into_owned()
}

/// What a policy decides on the findings of an entry.
fn decisions(policy: &mut Policy, entry: &Entry<'_>) -> Vec<PolicyDecision> {
    entry.findings.iter().map(|finding| policy.decide(entry, &entry.label, finding)).collect()
}

/// The policy of a configuration that is in the folder of the tests, on New Year's Day of 2026.
fn policy(configuration: &str) -> Policy {
    let found = file::parse(Path::new("jewelcase.toml"), configuration.to_owned(), Catalogue::built_in());
    Policy::new(found.unwrap_or_else(|error| panic!("{error}")), Day { year: 2026, month: 1, day: 1 })
}

#[test]
fn a_suppression_holds_to_the_end_of_its_last_day() {
    let folder = project(
        "[[suppress]]\nrule = 'key/digit-sum'\nsubject = '111-*******'\nreason = 'sample in the manual'\nexpires = 2026-01-01\n",
    );
    let check = ["check", "111-1111112", "--product", "windows-95"];
    for (name, moment) in [("first_second", NEW_YEAR_2026), ("day_after", NEW_YEAR_2026 + DAY)] {
        insta::assert_snapshot!(format!("suppressed_{name}"), run_on(moment, folder.path(), &check, b""));
    }
    let last_second = run_on(NEW_YEAR_2026 + DAY - 1, folder.path(), &check, b"");
    assert_eq!(last_second, run_on(NEW_YEAR_2026, folder.path(), &check, b""));
    let shown = run_in(folder.path(), &[&check[..], &["--show-suppressed"]].concat(), b"");
    insta::assert_snapshot!("suppressed_shown", shown);
    let other = run_in(folder.path(), &["check", "112-1111112", "--product", "windows-95", "--quiet"], b"");
    assert!(other.starts_with("status: 1\n"), "another subject is not accepted: {other}");
    let passed_over = run_in(folder.path(), &[&check[..], &["--no-config", "--quiet"]].concat(), b"");
    assert!(passed_over.starts_with("status: 1\n"), "{passed_over}");
}

#[test]
fn suppressed_findings_keep_their_place_in_every_form() {
    let folder = project("[[suppress]]\nrule = 'key/digit-sum'\nreason = 'sample, \"quoted\"'\nexpires = 2026-12-31\n");
    let report = |format: &str| {
        let said =
            run_in(folder.path(), &["check", "-", "--product", "windows-95", "--format", format], b"111-1111112\n");
        assert!(said.starts_with("status: 0\n"), "{said}");
        said
    };
    let (document, _) = json(&report("json"));
    assert_eq!(document["subjects"][0]["verdict"], "rejected", "the verdict is the Setup's, not the project's");
    let state = &document["subjects"][0]["findings"][0]["state"];
    assert_eq!(
        *state,
        serde_json::json!({ "is": "suppressed", "reason": "sample, \"quoted\"", "expires": "2026-12-31" })
    );
    assert_eq!((&document["summary"]["errors"], &document["summary"]["suppressed"]), (&0.into(), &1.into()));
    let (log, _) = json(&report("sarif"));
    let suppression = &log["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(
        (&suppression["kind"], &suppression["justification"]),
        (&"external".into(), &"sample, \"quoted\"".into())
    );
    assert!(report("junit").contains("<skipped message=\"suppressed until 2026-12-31: sample, &quot;quoted&quot;\"/>"));
    assert!(report("csv").contains("suppressed,\"sample, \"\"quoted\"\"\",2026-12-31"));
    assert!(report("html").contains("suppressed until 2026-12-31: sample, &quot;quoted&quot;"));
    assert!(!report("github").contains("::error"), "an accepted finding is no annotation");
}

#[test]
fn weights_are_the_projects_but_an_inference_is_no_error() {
    let folder = project(
        "[severity]\n'key/published' = 'error'\n'key/digit-sum' = 'note'\n'key/look-alike' = 'error'\n[[paths]]\nglob = 'lab/**'\n[paths.severity]\n'key/digit-sum' = 'warning'\n",
    );
    let status = |key: &str| run_in(folder.path(), &["check", key, "--quiet"], b"");
    assert!(status("932-9619111").starts_with("status: 1\n"), "published became an error");
    assert!(status("111-1111112").starts_with("status: 0\n"), "the digit sum became a note");
    let rule = Catalogue::built_in().rules.get("key/look-alike").expect("the rule is built in");
    let mut policy = policy(
        "[severity]\n'key/look-alike' = 'error'\n[[paths]]\nglob = 'lab/**'\n[paths.severity]\n'key/digit-sum' = 'warning'\n",
    );
    let mut inferred = entry("111-1111112", "shop/a.txt");
    inferred.findings[0].rule = "key/look-alike".into();
    inferred.findings[0].basis = jewelcase::internals::model::source::Basis::Inferred;
    inferred.findings[0].severity = rule.severity;
    assert_eq!(decisions(&mut policy, &inferred)[0].severity, jewelcase::Severity::Warning);
    let digit_sum =
        |policy: &mut Policy, path: &'static str| decisions(policy, &entry("111-1111112", path))[0].severity;
    assert_eq!(digit_sum(&mut policy, "lab/deep/a.txt"), jewelcase::Severity::Warning);
    assert_eq!(digit_sum(&mut policy, "lab.txt"), jewelcase::Severity::Error);
    assert_eq!(digit_sum(&mut policy, "./lab/../shop/a.txt"), jewelcase::Severity::Error);
}

#[test]
fn areas_say_what_keys_are_for() {
    let policy = policy(
        "[[paths]]\nglob = '**/*.inf'\nproduct = 'windows-95'\n[[paths]]\nglob = 'nt/**'\nproduct = 'windows-nt-4.0'\nsku = 'oem'\nfrom = 'windows-nt-4.0-press-kit'\n",
    );
    let product = |path: &str| policy.situation(path).product.map(str::to_owned);
    assert_eq!(product("lab/msbatch.inf").as_deref(), Some("windows-95"));
    assert_eq!(product("nt/msbatch.inf").as_deref(), Some("windows-nt-4.0"), "the last that matches");
    assert_eq!(product("lab/readme.txt"), None);
    assert_eq!(policy.situation("nt/a").package, Some("windows-nt-4.0-press-kit"));
}

/// A path in a suppression never accepts a key of the command line, and one file's suppression never another's.
#[test]
fn a_suppression_accepts_what_it_names_and_no_more() {
    let text = "[[suppress]]\nrule = 'key/digit-sum'\npath = 'samples/*.txt'\nreason = 'samples'\n";
    let mut policy = policy(text);
    let accepted = |policy: &mut Policy, entry: &Entry<'_>| {
        let decisions = decisions(policy, entry);
        decisions.iter().map(|decision| matches!(decision.state, Some(State::Suppressed { .. }))).collect::<Vec<_>>()
    };
    assert_eq!(accepted(&mut policy, &entry("111-1111112", "samples/a.txt")), [true]);
    assert_eq!(accepted(&mut policy, &entry("111-1111112", "samples/deep/a.txt")), [false]);
    assert_eq!(accepted(&mut policy, &entry("111-1111112", "a.txt")), [false]);
    assert_eq!(accepted(&mut policy, &Entry { location: None, ..entry("111-1111112", "a.txt") }), [false]);
    assert_eq!(accepted(&mut policy, &entry("333-1111112", "samples/a.txt")), [true, false], "another rule");
}

#[test]
fn unused_suppressions_are_told_when_the_whole_project_was_looked_at() {
    let text = "[[suppress]]\nrule = 'key/digit-sum'\nreason = 'a'\n\n[[suppress]]\nrule = 'key/template'\nreason = 'b'\n\n[[suppress]]\nrule = 'key/empty'\nreason = 'c'\nexpires = 2025-12-31\n";
    let mut policy = policy(text);
    decisions(&mut policy, &entry("111-1111112", "a.txt"));
    let told = |policy: &Policy, coverage| {
        let entry = policy.complaints(Catalogue::built_in(), coverage).expect("one has expired at least");
        let told = entry
            .findings
            .into_iter()
            .map(|finding| (finding.rule.into_owned(), finding.location.map(|place| place.line)));
        told.collect::<Vec<_>>()
    };
    let expired = ("config/expired-suppression".to_owned(), Some(9));
    assert_eq!(told(&policy, Coverage::Part), std::slice::from_ref(&expired));
    assert_eq!(told(&policy, Coverage::Project), [("config/unused-suppression".to_owned(), Some(5)), expired]);
    let file = Path::new("lab/jewelcase.toml");
    let coverage = |inputs: &[&str]| Coverage::of(inputs.iter().map(Path::new), file);
    assert_eq!(coverage(&["lab/a.txt"]), Coverage::Part);
    assert_eq!(coverage(&["lab/sub", "lab"]), Coverage::Project);
    assert_eq!(coverage(&["."]), Coverage::Project);
    assert_eq!(coverage(&[]), Coverage::Part);
}

#[test]
fn a_broken_configuration_is_told_with_its_places() {
    for (name, text) in [
        ("unknown_key", "[[supress]]\nrule = 'key/digit-sum'\n"),
        ("unknown_inner_key", "[[suppress]]\nrule = 'key/digit-sum'\nreson = 'x'\n"),
        ("no_reason", "[[suppress]]\nrule = 'key/digit-sum'\n"),
        ("no_date", "[[suppress]]\nrule = 'key/digit-sum'\nreason = 'x'\nexpires = 'soon'\n"),
        ("date_and_time", "[[suppress]]\nrule = 'key/digit-sum'\nreason = 'x'\nexpires = 2026-01-01T12:00:00\n"),
        ("no_such_day", "[[suppress]]\nrule = 'key/digit-sum'\nreason = 'x'\nexpires = 2026-02-30\n"),
        ("unknown_channel", "[[paths]]\nglob = '*'\nsku = 'oen'\n"),
        ("no_toml", "[severity\n"),
        (
            "all_at_once",
            "[severity]\n'key/digitsum' = 'note'\n[[paths]]\nglob = '[a'\nproduct = 'windows-59'\nfrom = 'backofice-server-4.0'\n[paths.severity]\n'key/x' = 'note'\n[[suppress]]\nrule = 'serial/duplicat'\npath = '{a'\nreason = ' '\n",
        ),
    ] {
        let folder = project(text);
        insta::assert_snapshot!(format!("broken_{name}"), run_in(folder.path(), &["check", "111-1111111"], b""));
    }
    let folder = project("");
    let huge = "#".repeat(1 << 20);
    fs::write(folder.path().join("jewelcase.toml"), huge).expect("the folder is writable");
    insta::assert_snapshot!("broken_huge", run_in(folder.path(), &["check", "111-1111111"], b""));
    fs::write(folder.path().join("jewelcase.toml"), b"\xff\xfe").expect("the folder is writable");
    insta::assert_snapshot!("broken_no_text", run_in(folder.path(), &["check", "111-1111111"], b""));
    let day = run_on(u64::MAX, folder.path(), &["check", "111-1111111", "--no-config", "--quiet"], b"");
    assert!(day.starts_with("status: 0\n"), "without a configuration no clock is read: {day}");
}

#[test]
fn the_configuration_is_found_upward_and_shown() {
    let folder = project("[severity]\n'key/published' = 'warning'\n");
    let deep = folder.path().join("a/b");
    fs::create_dir_all(&deep).expect("the folder is writable");
    let (shown, status) = json(&run_in(&deep, &["check", "111-1111111", "--show-config"], b""));
    assert_eq!(status, "status: 0");
    assert_eq!(shown["config"]["severity"]["key/published"], "warning");
    assert!(shown["path"].as_str().is_some_and(|path| path.ends_with("jewelcase.toml")), "{shown}");
    let none = TempDir::new().expect("a folder for this test");
    let (shown, _) = json(&run_in(none.path(), &["check", "111-1111111", "--show-config"], b""));
    assert_eq!(shown, serde_json::json!({ "path": null, "config": null }));
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let stored = fs::read_to_string("keyrules/schema/config.json").expect("the schema is in the repository");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let document = serde_json::from_str(&stored).expect("schemas are JSON");
    compiler.add_resource("schema.json", document).expect("the resource has a name of its own");
    let index = compiler.compile("schema.json", &mut schemas).expect("schemas are valid");
    for (fits, text) in [
        (true, "{}"),
        (true, r#"{"suppress": [{"rule": "key/digit-sum", "reason": "x", "expires": "2026-01-01"}]}"#),
        (false, r#"{"supress": []}"#),
        (false, r#"{"suppress": [{"rule": "key/digit-sum"}]}"#),
        (false, r#"{"severity": {"key/digit-sum": "off"}}"#),
    ] {
        let value = serde_json::from_str(text).expect("JSON");
        assert_eq!(schemas.validate(&value, index).is_ok(), fits, "{text}");
    }
}

#[test]
fn a_baseline_lets_only_new_findings_fail() {
    let folder = TempDir::new().expect("a folder for this test");
    let check = |list: &[u8], options: &[&str]| {
        run_in(folder.path(), &[&["check", "-", "--product", "windows-95"], options].concat(), list)
    };
    let old = b"111-1111112\n222-1111113\n";
    assert!(check(old, &["--quiet"]).starts_with("status: 1\n"));
    assert!(check(old, &["--quiet", "--write-baseline", "known.json"]).starts_with("status: 0\n"));
    let text = fs::read_to_string(folder.path().join("known.json")).expect("the baseline was written");
    insta::assert_snapshot!("baseline_file", text);
    assert!(!text.contains("1111"), "no key is in a baseline");
    insta::assert_snapshot!("baseline_known", check(old, &["--baseline", "known.json"]));
    // Lines move; the findings stay known.
    assert!(
        check(b"\n\n222-1111113\n111-1111112\n", &["--quiet", "--baseline", "known.json"]).starts_with("status: 0\n")
    );
    let new = b"111-1111112\n222-1111113\n112-1111113\n";
    let (document, status) = json(&check(new, &["--baseline", "known.json", "--format", "json"]));
    assert_eq!(status, "status: 1");
    let states: Vec<_> =
        (0..3).map(|subject| document["subjects"][subject]["findings"][0]["state"]["is"].to_string()).collect();
    assert_eq!(states, ["\"known\"", "\"known\"", "\"new\""]);
    let (log, _) = json(&check(new, &["--baseline", "known.json", "--format", "sarif"]));
    let states: Vec<_> = (0..3).map(|result| log["runs"][0]["results"][result]["baselineState"].to_string()).collect();
    assert_eq!(states, ["\"unchanged\"", "\"unchanged\"", "\"new\""]);
    // A baseline and the next one in one run.
    check(new, &["--quiet", "--baseline", "known.json", "--write-baseline", "known.json"]);
    assert!(check(new, &["--quiet", "--baseline", "known.json"]).starts_with("status: 0\n"));
}

#[test]
fn a_broken_baseline_is_told_with_its_place() {
    let folder = TempDir::new().expect("a folder for this test");
    for (name, text) in [
        ("cut", "{ \"schema\": \"jewelcase-baseline/1\","),
        ("unknown_field", "{ \"schema\": \"jewelcase-baseline/1\",\n  \"finds\": [] }"),
        ("other_schema", "{ \"schema\": \"jewelcase/1\", \"findings\": [] }"),
        (
            "negative",
            "{ \"schema\": \"jewelcase-baseline/1\", \"findings\": [\n{\"path\":\"a\",\"rule\":\"b\",\"count\":-1}] }",
        ),
    ] {
        fs::write(folder.path().join("known.json"), text).expect("the folder is writable");
        let said = run_in(folder.path(), &["check", "111-1111111", "--baseline", "known.json"], b"");
        insta::assert_snapshot!(format!("baseline_{name}"), said);
    }
    insta::assert_snapshot!(
        "baseline_missing",
        run_in(folder.path(), &["check", "111-1111111", "--baseline", "unknown.json"], b"")
    );
    let unwritable =
        run_in(folder.path(), &["check", "111-1111111", "--quiet", "--write-baseline", "no/such/folder"], b"");
    assert!(unwritable.starts_with("status: 2\n"), "{unwritable}");
    for command in [&["explain", "Q180399"][..], &["rules", "list"], &["convert", "-"]] {
        let said = run_in(folder.path(), &[command, &["--baseline", "known.json"]].concat(), b"");
        assert!(said.starts_with("status: 2\n") && said.contains("expected no baseline"), "{said}");
    }
}

/// Fault messages carry the place also where a library reads the file.
#[test]
fn a_library_gets_every_fault() {
    let text = "[severity]\n'key/x' = 'note'\n'key/y' = 'note'\n";
    let error =
        file::parse(Path::new("a.toml"), text.to_owned(), Catalogue::built_in()).expect_err("two rules are unknown");
    let ConfigError::Faulty { faults } = error else { panic!("the text was read") };
    assert_eq!(faults.iter().map(|fault| (fault.line, fault.column)).collect::<Vec<_>>(), [(2, 11), (3, 11)]);
}
