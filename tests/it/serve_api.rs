//! The JSON API: the documents of the command line, and problem details where there is none.

use crate::site::{Answer, api, get, post, site};
use boon::{Compiler, Schemas};
use jewelcase::internals::serve::openapi;
use serde_json::{Value, json};
use std::fs;

/// What the command line prints as JSON.
fn printed(arguments: &[&str]) -> Value {
    let said = crate::program::run(&[arguments, &["--format", "json"]].concat());
    let document = said.split("--- stdout\n").nth(1).and_then(|rest| rest.split("--- stderr\n").next());
    serde_json::from_str(document.expect("both streams are told")).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// Whether an answer is what the description promises at this path, method and status.
fn is_described(path: &str, method: &str, answer: &Answer) {
    let description: Value = serde_json::from_str(openapi::TEXT).expect("the description is JSON");
    let escaped = path.replace('/', "~1");
    let status = answer.status;
    let mut place = format!("/paths/{escaped}/{method}/responses/{status}");
    let response = description.pointer(&place).unwrap_or_else(|| panic!("{method} {path} {status} is not described"));
    if let Some(reference) = response["$ref"].as_str() {
        place = reference.trim_start_matches('#').to_owned();
    }
    let content_type = answer.header("content-type").expect("an answer has a content type");
    let schema = format!("{place}/content/{}/schema", content_type.replace('/', "~1"));
    assert!(description.pointer(&schema).is_some(), "{method} {path} {status}: {content_type}");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.set_default_draft(boon::Draft::V2020_12);
    compiler.add_resource("https://jewelcase.invalid/openapi.json", description).expect("the description is one");
    let fragment = schema.replace('{', "%7B").replace('+', "%2B");
    let index = compiler
        .compile(&format!("https://jewelcase.invalid/openapi.json#{fragment}"), &mut schemas)
        .unwrap_or_else(|error| panic!("{error:#}"));
    if let Err(error) = schemas.validate(&answer.json(), index) {
        panic!("{method} {path} {status}: {error:#}");
    }
}

fn ask(path: &str, body: &Value) -> Answer {
    let answer = api(site(), path, &body.to_string());
    is_described(path, "post", &answer);
    answer
}

#[test]
fn the_answers_are_the_documents_of_the_command_line() {
    let check = json!({
        "keys": ["932-9619111", "9323-9619111"], "product": "outlook-97", "sku": "nfr", "from": "backoffice-server-4.0",
        "no_key": false, "show_keys": false
    });
    let arguments = ["--product", "outlook-97", "--sku", "nfr", "--from", "backoffice-server-4.0"];
    let command = [&["check", "932-9619111", "9323-9619111"], &arguments[..]].concat();
    assert_eq!(ask("/api/v1/check", &check).json(), printed(&command));

    let everywhere = json!({ "keys": ["123-4567890", "799-99992", "nonsense", ""] });
    let command = ["check", "123-4567890", "799-99992", "nonsense", ""];
    assert_eq!(ask("/api/v1/check", &everywhere).json(), printed(&command));

    let shown = json!({ "keys": ["932-9619111"], "show_keys": true });
    assert_eq!(ask("/api/v1/check", &shown).json(), printed(&["check", "932-9619111", "--show-keys"]));

    let absent = json!({ "no_key": true, "product": "windows-nt-3.51" });
    assert_eq!(ask("/api/v1/check", &absent).json(), printed(&["check", "--no-key", "--product", "windows-nt-3.51"]));

    let topic = json!({ "topic": "this is an invalid cd key value", "product": "outlook-97" });
    let command = ["explain", "this is an invalid cd key value", "--product", "outlook-97"];
    assert_eq!(ask("/api/v1/explain", &topic).json(), printed(&command));
    assert_eq!(ask("/api/v1/explain", &json!({ "topic": "xyzzy" })).json()["matches"], json!([]));

    let plan = json!({ "server": "4.5", "licenses": 5, "packs": ["4.0x5", "4.5x20"] });
    let command = ["addpack", "--server", "4.5", "--licenses", "5", "4.0x5", "4.5x20"];
    assert_eq!(ask("/api/v1/addpack", &plan).json(), printed(&command));
    let command = [&command[..], &["--suggest"]].concat();
    assert_eq!(ask("/api/v1/addpack/suggest", &plan).json(), printed(&command));

    for (path, family) in [("products", "product"), ("rules", "rule"), ("articles", "article")] {
        let path = format!("/api/v1/{path}");
        let listed = get(site(), &path);
        is_described(&path, "get", &listed);
        assert_eq!(listed.json(), printed(&["rules", "list", "--family", family]));
    }
    let health = get(site(), "/healthz");
    is_described("/healthz", "get", &health);
    assert_eq!(health.json(), json!({ "status": "ok" }));
}

#[test]
fn keys_are_masked_unless_they_are_asked_for() {
    let masked = ask("/api/v1/check", &json!({ "keys": ["932-9619111"] }));
    assert!(masked.body.contains("932-*******") && !masked.body.contains("9619111"), "{}", masked.body);
    let shown = ask("/api/v1/check", &json!({ "keys": ["932-9619111"], "show_keys": true }));
    assert!(shown.body.contains("932-9619111"));
}

#[test]
fn what_cannot_be_answered_is_a_problem() {
    let mut told = String::new();
    for (path, body) in [
        ("check", r#"{"keys":["932-9619111"],"product":"outlok-97"}"#),
        ("check", r#"{"keys":["932-9619111"],"sku":"shareware"}"#),
        ("check", r#"{"keys":["932-9619111"],"from":"a box"}"#),
        ("check", r#"{"keys":[]}"#),
        ("check", r#"{"no_key":true}"#),
        ("check", r#"{"no_key":true,"product":"outlook-97","keys":["932-9619111"]}"#),
        ("check", r#"{"keys":"932-9619111"}"#),
        ("check", r#"{"keys":[9329619111]}"#),
        ("check", r#"{"keys":["932-9619111"],"932-9619111":true}"#),
        ("check", r#"{"keys":["932-9619111, expected 9619111"],"no_key":"9619111, expected 9619111"}"#),
        ("check", r#"{"keys":["932-9619111""#),
        ("check", ""),
        ("explain", r#"{"product":"outlook-97"}"#),
        ("explain", r#"{"topic":"x","product":"outlok-97"}"#),
        ("addpack", r#"{"server":"4.5","licences":5,"packs":["4.5x5"]}"#),
        ("addpack", r#"{"server":"4.5","licenses":5,"packs":["4.5x7"]}"#),
        ("addpack", r#"{"server":"4.5","licenses":5,"packs":[]}"#),
        ("addpack/suggest", r#"{"server":"9.9","licenses":5,"packs":["4.5x5"]}"#),
        ("addpack", r#"{"server":"4.5","licenses":-1,"packs":["4.5x5"]}"#),
    ] {
        let path = format!("/api/v1/{path}");
        let answer = api(site(), &path, body);
        is_described(&path, "post", &answer);
        assert!(!answer.body.contains("9619111"), "a problem repeats a key: {}", answer.body);
        told += &format!("{path} {body}\n  {}\n", answer.body);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_request_is_bounded() {
    let many = json!({ "keys": vec!["111-1111111"; 101] });
    assert_eq!(ask("/api/v1/check", &many).status, 422);
    let most = json!({ "keys": vec!["111-1111111"; 100] });
    assert_eq!(ask("/api/v1/check", &most).json()["summary"]["subjects"], 100);
    let long = json!({ "topic": "x".repeat(4001) });
    assert_eq!(ask("/api/v1/explain", &long).status, 422);
    let large = json!({ "topic": "x".repeat(64 * 1024) });
    assert_eq!(ask("/api/v1/explain", &large).status, 413);
    let deep = format!("{{\"keys\":{}", "[".repeat(30_000));
    assert_eq!(api(site(), "/api/v1/check", &deep).status, 400);
}

#[test]
fn other_methods_paths_and_content_types_are_problems() {
    let wrong = get(site(), "/api/v1/check");
    is_described("/api/v1/check", "post", &wrong);
    assert_eq!((wrong.status, wrong.header("allow")), (405, Some("POST")));
    let lost = get(site(), "/api/v1/nothing");
    assert_eq!((lost.status, lost.header("content-type")), (404, Some("application/problem+json")));
    // What a form or a script of another site can send without asking first.
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let refused = post(site(), "/api/v1/check", content_type, r#"{"keys":["111-1111111"]}"#);
        is_described("/api/v1/check", "post", &refused);
        assert_eq!(refused.status, 415, "{content_type}");
    }
    let parameters = post(site(), "/api/v1/check", "Application/JSON; charset=utf-8", r#"{"keys":["111-1111111"]}"#);
    assert_eq!(parameters.status, 200);
}

#[test]
fn the_server_gives_the_description_in_the_repository() {
    let stored = fs::read_to_string("docs/openapi.json").expect("the description is in the repository");
    let served = get(site(), "/api/v1/openapi.json");
    assert_eq!((served.status, served.header("content-type")), (200, Some("application/json")));
    assert!(served.body == stored, "the server gives another description");
}
