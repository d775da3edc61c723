//! Rule files and configurations that a stranger has made: whatever numbers and patterns are in them, a run ends with the place of the fault.

use crate::program::moment::run_in;
use std::{fs, time::Instant};

/// The built-in form of 10-digit keys with one line changed.
fn form(from: &str, to: &str) -> String {
    let form = fs::read_to_string("keyrules/forms/cd-key-10.toml").expect("the form is in the repository");
    assert!(form.contains(from), "the form has no `{from}`");
    form.replace(from, to)
}

/// Numbers that no arithmetic can use, or that would take all memory, are faults of the file with line and column.
#[test]
fn impossible_numbers_of_forms() {
    let modulus = "sum-not-multiple-of = 7";
    let length = "name = \"serial\", length = 7";
    let cases = [
        (modulus, "sum-not-multiple-of = 0", "expected a number of at least 1 for sum-not-multiple-of"),
        (
            length,
            "name = \"serial\", length = 9223372036854775807",
            "expected at most 16 parts of at most 64 characters",
        ),
        (length, "name = \"serial\", length = 1000000000", "expected at most 16 parts of at most 64 characters"),
        (length, "name = \"serial\", length = 65", "expected at most 16 parts of at most 64 characters"),
        (length, "name = \"serial\", length = 0", "expected parts of at least one character"),
    ];
    for (from, to, expected) in cases {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir_all(folder.path().join("own/forms")).expect("a folder can be made");
        fs::write(folder.path().join("own/forms/cd-key-10.toml"), form(from, to)).expect("a file can be written");
        fs::write(folder.path().join("list.txt"), "111-1111111\n").expect("a file can be written");
        for command in [
            &["check", "111-1111111", "--rules", "own"][..],
            &["scan", "list.txt", "--rules", "own"],
            &["rules", "check", "own"],
        ] {
            let begun = Instant::now();
            let said = run_in(folder.path(), command, b"");
            assert!(said.starts_with("status: 2\n"), "{to} {command:?}: {said}");
            assert!(said.contains("own/forms/cd-key-10.toml:") && said.contains(expected), "{to} {command:?}: {said}");
            assert!(begun.elapsed().as_secs() < 10, "{to} {command:?}");
        }
    }
}

/// Globs that no matcher can be made of are faults of the configuration, wherever a glob is.
#[test]
fn impossible_globs() {
    let nested = format!("{}a{}", "{".repeat(260), "}".repeat(260));
    let long = "a".repeat(1025);
    for glob in [&*nested, &long, "[", "{a", "a{b,{c,d}", "[z-a]", "\\\\\\"] {
        for table in ["[[paths]]\nglob", "[[suppress]]\nrule = \"key/digit-sum\"\nreason = \"a reason\"\npath"] {
            let folder = tempfile::tempdir().expect("a folder can be made");
            fs::write(folder.path().join("jewelcase.toml"), format!("{table} = '{glob}'\n"))
                .expect("a file can be written");
            fs::write(folder.path().join("list.txt"), "111-1111111\n").expect("a file can be written");
            let begun = Instant::now();
            let said = run_in(folder.path(), &["scan", "list.txt"], b"");
            assert!(said.starts_with("status: 2\n") && said.contains("jewelcase.toml:"), "{table} {glob}: {said}");
            assert!(said.contains("expected a glob"), "{table} {glob}: {said}");
            assert!(begun.elapsed().as_secs() < 10, "{table} {glob}");
        }
    }
}
