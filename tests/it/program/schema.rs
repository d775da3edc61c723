//! Holds every JSON report that any test sees against the published schemas.

use serde_json::Value;
use std::{fs, sync::OnceLock};

/// The schemas of what the commands that judge print: a report as JSON, and a log as SARIF.
struct Schemas {
    schemas: boon::Schemas,
    report: boon::SchemaIndex,
    sarif: boon::SchemaIndex,
}

/// Fails the test where a report is not as its schema says.
///
/// What is no report is skipped: no output, a configuration that is shown, what commands print that judge nothing.
pub fn assert_report(arguments: &[&str], stdout: &str) {
    let judges = ["check", "scan", "audit", "addpack", "convert"];
    let is_report = arguments.first().is_some_and(|command| judges.contains(command))
        && !["--show-config", "--calibrate", "--help"].iter().any(|option| arguments.contains(option));
    let format = arguments.iter().skip_while(|argument| **argument != "--format").nth(1);
    let Some(format) = format.filter(|format| is_report && ["json", "sarif"].contains(format)) else { return };
    if stdout.is_empty() {
        return;
    }
    static SCHEMAS: OnceLock<Schemas> = OnceLock::new();
    let Schemas { schemas, report, sarif } = SCHEMAS.get_or_init(compile);
    let value: Value = serde_json::from_str(stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {stdout}"));
    // What `explain` found has no schema of its own.
    if value.get("topic").is_some() {
        return;
    }
    let index = if *format == "json" { *report } else { *sarif };
    if let Err(error) = schemas.validate(&value, index) {
        panic!("{arguments:?}: {error}");
    }
}

fn compile() -> Schemas {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let mut add = |name: &str, path: &str| {
        let text = fs::read_to_string(format!("{root}/{path}")).expect("the schema is in the repository");
        let schema = serde_json::from_str(&text).expect("schemas are JSON");
        compiler.add_resource(name, schema).expect("the resource has a name of its own");
        compiler.compile(name, &mut schemas).expect("schemas are valid")
    };
    let report = add("report.json", "keyrules/schema/report.json");
    let sarif = add("sarif.json", "tests/data/sarif/sarif-schema-2.1.0.json");
    Schemas { schemas, report, sarif }
}
