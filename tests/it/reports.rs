//! The forms of a report: each is what its readers expect, and a saved report becomes any of them.

use crate::program::{run, run_with_input};
use jewelcase::internals::{
    report::{Report, csv, github, html, json, junit, sarif},
    wire::{Document, Remedies, read, schema::SCHEMA},
};
use jewelcase::{Catalogue, Severity};
use serde_json::Value;
use std::fs;

/// A refused key with remedies, one that passes, one that draws a warning, a serial, text that is none, and characters that every form has to treat.
const LIST: &[u8] = b"932-9619111\r\n9323-9619111\n  333-1111112\n1234-5678907\n\n0799-99992\nhello, <b>\"world\"</b> & 100%\n=1+1\n\x07bell\xC3\xA9\n";

/// The situations that the list is judged in.
const SITUATIONS: [&[&str]; 3] =
    [&[], &["--product", "outlook-97", "--from", "backoffice-server-4.0"], &["--product", "windows-95"]];

/// Standard output of a command, without what the test's own frame adds.
fn printed(arguments: &[&str], input: &[u8]) -> String {
    let said = run_with_input(arguments, input);
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let (said, errors) = said.rsplit_once("--- stderr\n").expect("the frame has a standard error");
    assert_eq!(errors, "", "{arguments:?}");
    said.to_owned()
}

/// The list in a form, in each situation.
fn reports(format: &str) -> impl Iterator<Item = String> {
    SITUATIONS
        .into_iter()
        .map(move |situation| printed(&[&["check", "-", "--format", format], situation].concat(), LIST))
}

fn compile(schema: Value) -> (boon::Schemas, boon::SchemaIndex) {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).expect("the resource has a name of its own");
    let index = compiler.compile("schema.json", &mut schemas).expect("schemas are valid");
    (schemas, index)
}

#[test]
fn every_form_of_one_list() {
    let check =
        ["check", "-", "--product", "outlook-97", "--from", "backoffice-server-4.0", "--sku", "nfr", "--format"];
    let list = b"932-9619111\n9323-9619111\n9323-111111?\n=1+1\n";
    for format in ["sarif", "junit", "csv", "github"] {
        insta::assert_snapshot!(format!("list_{format}"), run_with_input(&[&check[..], &[format]].concat(), list));
    }
    // The style sheet and the script are looked at in a browser.
    let page = run_with_input(&[&check[..], &["html"]].concat(), list);
    let body = page.split("<body>").nth(1).and_then(|body| body.split("<script>").next()).expect("a page has a body");
    insta::assert_snapshot!("list_html", body.replace("><", ">\n<"));
}

/// Files with findings at places of their own, rules and remedies that the catalogue does not have, paths of two systems, and every state.
#[test]
fn every_form_of_files_with_findings() {
    let file = "tests/data/saved/three-files.json";
    for format in ["human", "sarif", "junit", "csv", "github"] {
        insta::assert_snapshot!(
            format!("files_{format}"),
            run(&["convert", file, "--format", format, "--show-suppressed"])
        );
    }
    let saved = fs::read_to_string(file).expect("the report is in the repository");
    let again: Value = serde_json::from_str(&converted(file, "json")).expect("reports are JSON");
    let saved: Value = serde_json::from_str(&saved).expect("the report is JSON");
    assert!(holds(&again, &saved), "something is lost: {again:#}");
    let text = fs::read_to_string("tests/data/sarif/sarif-schema-2.1.0.json").expect("the schema is in the repository");
    let (schemas, index) = compile(serde_json::from_str(&text).expect("schemas are JSON"));
    let log: Value = serde_json::from_str(&converted(file, "sarif")).expect("reports are JSON");
    if let Err(error) = schemas.validate(&log, index) {
        panic!("{error}");
    }
    roxmltree::Document::parse(&converted(file, "junit")).expect("JUnit reports are XML");
}

/// Returns `true` if one value has all that another one has; what a report lacked of the optional fields is null in it.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            let added = whole.iter().filter(|(key, _)| !part.contains_key(*key));
            added.into_iter().all(|(_, value)| value.is_null())
                && part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| holds(whole, part)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part))
        }
        (whole, part) => whole == part,
    }
}

/// What `convert` prints of a file in which something counts.
fn converted(file: &str, format: &str) -> String {
    printed(&["convert", file, "--format", format], b"")
}

#[test]
fn the_schema_in_the_repository_is_printed() {
    let stored = fs::read_to_string("keyrules/schema/report.json").expect("the schema is in the repository");
    assert_eq!(printed(&["rules", "schema", "report"], b""), stored);
}

#[test]
fn json_reports_are_as_their_schema_says() {
    let (schemas, index) = compile(serde_json::from_str(SCHEMA).expect("schemas are JSON"));
    let plans = ["4.0x5", "4.5x20:used=5-25", "4.0x5:protected"];
    let plan =
        [&["addpack", "--server", "4.5", "--licenses", "5", "--format", "json", "--suggest"], &plans[..]].concat();
    for report in reports("json").chain([printed(&plan, b"")]) {
        let mut value: Value = serde_json::from_str(&report).expect("reports are JSON");
        if let Err(error) = schemas.validate(&value, index) {
            panic!("{error}");
        }
        value["subjects"][0]["verdict"] = "genuinely fine".into();
        assert!(schemas.validate(&value, index).is_err(), "the schema refuses what no report says");
    }
}

/// What GitHub asks beyond the schema: a place for every result, a known rule, a fingerprint, no result twice.
#[test]
fn sarif_is_as_its_schema_and_github_want_it() {
    let text = fs::read_to_string("tests/data/sarif/sarif-schema-2.1.0.json").expect("the schema is in the repository");
    let (schemas, index) = compile(serde_json::from_str(&text).expect("schemas are JSON"));
    for report in reports("sarif") {
        let log: Value = serde_json::from_str(&report).expect("reports are JSON");
        if let Err(error) = schemas.validate(&log, index) {
            panic!("{error}");
        }
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("a log has rules");
        let results = run["results"].as_array().expect("a log has results");
        assert!(!results.is_empty());
        let mut fingerprints: Vec<&str> = Vec::new();
        for result in results {
            let rule = &rules[result["ruleIndex"].as_u64().expect("a result has a rule") as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(rule["help"]["text"].as_str().is_some_and(|text| text.len() > 30), "{rule}");
            assert!(rule["fullDescription"]["text"].as_str().is_some_and(|text| text.len() <= 1024), "{rule}");
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], "standard-input");
            assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line > 0));
            fingerprints.push(result["partialFingerprints"]["primaryLocationLineHash"].as_str().expect("a text"));
        }
        fingerprints.sort_unstable();
        let count = fingerprints.len();
        fingerprints.dedup();
        assert_eq!(fingerprints.len(), count);
    }
}

/// Blank lines in front move every place and change no fingerprint.
#[test]
fn fingerprints_survive_moved_lines() {
    let fingerprints = |input: &[u8]| {
        let log: Value = serde_json::from_str(&printed(&["check", "-", "--format", "sarif"], input)).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("a log has results").clone();
        let of = |name: &str| results.iter().map(|result| result[name].to_string()).collect::<Vec<_>>();
        (of("partialFingerprints"), of("locations"))
    };
    let (here, place) = fingerprints(LIST);
    let (moved, moved_place) = fingerprints(&[b"\n\n\n", LIST].concat());
    assert_eq!(here, moved);
    assert!(place.iter().zip(&moved_place).all(|(place, moved)| place != moved));
}

#[test]
fn junit_is_xml_with_true_counts() {
    for report in reports("junit") {
        let document = roxmltree::Document::parse(&report).unwrap_or_else(|error| panic!("{error}: {report}"));
        let suites: Vec<_> = document.root_element().children().filter(|node| node.has_tag_name("testsuite")).collect();
        assert_eq!(suites.len(), 8, "a suite per subject");
        let mut names: Vec<_> = suites
            .iter()
            .flat_map(|suite| suite.children().filter(|node| node.has_tag_name("testcase")))
            .map(|case| (case.attribute("classname"), case.attribute("name")))
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "cases of one name are one case to GitLab");
        for suite in suites {
            let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
            let ending = |name: &str| {
                cases.iter().filter(|case| case.children().any(|node| node.has_tag_name(name))).count().to_string()
            };
            assert_eq!(suite.attribute("tests"), Some(cases.len().to_string().as_str()));
            assert_eq!(suite.attribute("failures"), Some(ending("failure").as_str()));
            assert_eq!(suite.attribute("skipped"), Some(ending("skipped").as_str()));
        }
    }
}

/// What fails in JUnit is what makes the exit code 1.
#[test]
fn junit_fails_with_the_exit_code() {
    for (key, fail_on, failures) in [
        ("123-4567890", "error", 1),
        ("123-4567890", "never", 0),
        ("111-1111118", "error", 0),
        ("111-1111118", "warning", 1),
        ("333-1111111", "warning", 0),
        ("333-1111111", "note", 1),
    ] {
        let said = run(&["check", key, "--format", "junit", "--fail-on", fail_on]);
        assert_eq!(said.matches("<failure").count().min(1), failures, "{key} {fail_on}: {said}");
        assert!(said.starts_with(&format!("status: {failures}\n")), "{key} {fail_on}: {said}");
    }
}

#[test]
fn csv_has_a_row_per_finding_and_no_formula() {
    for (report, json) in reports("csv").zip(reports("json")) {
        let document = read::read(&json).expect("a report reads back");
        let rows: usize =
            document.subjects.iter().map(|entry| (entry.findings.len() + entry.unanswered.len()).max(1)).sum();
        let mut reader = ::csv::Reader::from_reader(report.as_bytes());
        let records: Vec<_> = reader.records().map(|record| record.expect("every row has all columns")).collect();
        assert_eq!(records.len(), rows);
        let labels: Vec<_> = records.iter().filter_map(|record| record.get(4)).collect();
        assert!(labels.contains(&"'=1+1"), "{labels:?}");
        for cell in records.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell:?} is a formula to a spreadsheet");
        }
    }
}

#[test]
fn github_annotations_stay_on_their_line() {
    let json = printed(&["check", "-", "--format", "json"], LIST);
    let findings: usize =
        read::read(&json).expect("a report reads back").subjects.iter().map(|entry| entry.findings.len()).sum();
    let report = printed(&["check", "-", "--format", "github"], LIST);
    assert_eq!(report.lines().count(), findings);
    for line in report.lines() {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command)), "{line}");
    }
    assert!(report.contains("***%25: "), "a percent sign is written as %25: {report}");
}

#[test]
fn html_is_self_contained_and_escaped() {
    for report in reports("html") {
        for outside in ["http:", "https:", "src=", "@import", "url("] {
            assert!(!report.contains(outside), "{outside} leads out of the page");
        }
        assert!(report.contains("hel**, &lt;*&gt;&quot;") && !report.contains("<b>\""), "labels are escaped");
        assert_eq!(report.matches("<script>").count(), 1, "only the page's own script");
    }
}

/// Serials are compared as numbers; masked keys are not compared, shown ones are.
#[test]
fn html_groups_what_stands_in_several_places() {
    let list = b"32-64537\n0032-64537\n45-11111\n799-99992\n799-99992\n932-9619111\n932-9619111\n";
    let groups = |options: &[&str]| {
        let page = printed(&[&["check", "-", "--format", "html"], options].concat(), list);
        let groups: Vec<_> = page.split("<figcaption><span class=\"label\">").skip(1).collect();
        groups.iter().map(|group| group.split("</figure>").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let masked = groups(&[]);
    assert_eq!(masked.len(), 1, "workgroup postoffices share their serial: {masked:?}");
    assert!(masked[0].starts_with("32-64537<") && masked[0].contains("standard input:2:1"), "{masked:?}");
    let shown = groups(&["--show-keys"]);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown[1].starts_with("932-9619111<") && shown[1].contains("2 places"), "{shown:?}");
}

#[test]
fn a_saved_report_becomes_any_other() {
    for situation in SITUATIONS {
        let report = |format: &str| printed(&[&["check", "-", "--format", format], situation].concat(), LIST);
        for format in ["json", "ndjson", "sarif", "junit", "csv", "html", "github"] {
            for from in ["json", "ndjson"] {
                let converted = printed(&["convert", "-", "--format", format], report(from).as_bytes());
                assert!(converted == report(format), "{from} to {format} {situation:?}: {converted}");
            }
        }
    }
}

#[test]
fn a_broken_report_is_told_with_its_place() {
    let json = printed(&["check", "932-9619111", "--format", "json"], b"");
    let lines = printed(&["check", "932-9619111", "123-4567890", "--format", "ndjson"], b"");
    let shorter = |text: &str, lines: usize| text.lines().take(lines).collect::<Vec<_>>().join("\n");
    for (name, text) in [
        ("cut", json[..json.len() / 2].to_owned()),
        ("cut_lines", shorter(&lines, 2)),
        ("unknown_field", json.replacen("\"label\"", "\"lable\"", 1)),
        ("other_schema", json.replacen("jewelcase/1", "jewelcase/9", 1)),
        ("unknown_verdict", json.replacen("\"rejected\"", "\"genuine\"", 1).replacen("\"well-formed\"", "\"fine\"", 1)),
        ("behind_the_end", lines.clone() + &lines),
        ("no_report", "[1, 2]".to_owned()),
        ("nothing", String::new()),
    ] {
        insta::assert_snapshot!(format!("broken_{name}"), run_with_input(&["convert", "-"], text.as_bytes()));
    }
    insta::assert_snapshot!("broken_missing", run(&["convert", "no-such-report.json"]));
    // A report from elsewhere does not write to the terminal what it likes.
    let hostile = json.replacen("\"label\": \"", "\"label\": \"\\u001b[2J\\u0007", 1);
    let said = run_with_input(&["convert", "-"], hostile.as_bytes());
    assert!(said.contains("␛[2J␇932-") && !said.contains('\u{1b}') && !said.contains('\u{7}'), "{said}");
    let deep = "[".repeat(100_000);
    let said = run_with_input(&["convert", "-"], format!("{{\"schema\": {deep}").as_bytes());
    assert!(said.starts_with("status: 2\n") && said.len() < 500, "{said}");
}

/// A report from anywhere, cut and changed at any place, is read or refused, and written in every form.
#[test]
fn no_saved_report_makes_a_panic() {
    let saved = fs::read("tests/data/saved/three-files.json").expect("the report is in the repository");
    let bytes = [b'"', b'{', b'}', b',', b'9', b'-', b'\\', b'e', 0, 0xc3];
    let mut read = 0;
    for at in (0..saved.len()).step_by(3) {
        let mut changed = saved.clone();
        changed[at] = bytes[at % bytes.len()];
        for text in [String::from_utf8_lossy(&changed), String::from_utf8_lossy(&saved[..at])] {
            if let Ok(document) = read::read(&text) {
                read += 1;
                every_form(&document);
            }
        }
    }
    assert!(read > 200, "{read} changed reports could be read");
}

/// Writes a document in every form.
fn every_form(document: &Document<'_>) {
    let (catalogue, remedies) = (Catalogue::built_in(), Remedies::Saved(&document.remedies));
    let begun = "a vector takes everything";
    let mut outs: [Vec<u8>; 6] = Default::default();
    let [json, sarif, junit, csv, github, html] = &mut outs;
    let reports: [Box<dyn Report>; 6] = [
        Box::new(json::Writer::begin(Box::new(json), None, remedies, json::Layout::Document).expect(begun)),
        Box::new(sarif::Writer::begin(Box::new(sarif), catalogue, remedies).expect(begun)),
        Box::new(junit::Writer::begin(Box::new(junit), Some(Severity::Note)).expect(begun)),
        Box::new(csv::Writer::new(Box::new(csv))),
        Box::new(github::Writer::new(Box::new(github))),
        Box::new(html::Writer::new(Box::new(html), catalogue, remedies)),
    ];
    for mut report in reports {
        document.subjects.iter().try_for_each(|entry| report.entry(entry)).expect(begun);
        report.end(&document.summary).expect(begun);
    }
    assert!(outs.iter().all(|out| !out.is_empty() || document.subjects.is_empty()));
}

#[test]
fn commands_that_judge_nothing_have_no_findings_to_carry() {
    insta::assert_snapshot!("refused_explain", run(&["explain", "Q180399", "--format", "sarif"]));
    for command in [&["rules", "list"][..], &["rules", "check"], &["rules", "show", "cd-key-10"], &["man"]] {
        for format in ["sarif", "junit", "csv", "html", "github"] {
            let said = run(&[command, &["--format", format]].concat());
            assert!(said.starts_with("status: 2\n") && said.contains(&format!("{format} carries findings")), "{said}");
        }
    }
}

/// Shells read what is printed; the script of each names every command.
#[test]
fn completions_and_manual_name_every_command() {
    let commands = ["check", "addpack", "explain", "rules", "convert", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell], b"");
        assert!(commands.iter().all(|command| script.contains(command)), "{shell}");
    }
    let manual = printed(&["man"], b"");
    assert!(manual.contains(".TH jewelcase 1") && commands.iter().all(|command| manual.contains(command)), "{manual}");
    let folder = std::env::temp_dir().join(format!("jewelcase-man-{}", std::process::id()));
    printed(&["man", "--dir", folder.to_str().expect("UTF-8")], b"");
    for command in commands {
        let page = fs::read_to_string(folder.join(format!("jewelcase-{command}.1"))).expect("a page per command");
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH \"EXIT STATUS\""), "{command}");
    }
    fs::remove_dir_all(&folder).expect("the folder was made by this test");
}
