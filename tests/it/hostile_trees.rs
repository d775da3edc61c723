//! A tree that a stranger has made: nothing in it harms, hangs or blinds the program.

use crate::program::moment::run_in;
use serde_json::Value;
use std::{fs, os::unix::fs::symlink, path::Path, process::Command, time::Instant};
use tempfile::TempDir;

const LIST: &str = "111-1111112\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    folder
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("the system has mkfifo").success());
}

/// Whatever an ignore file is, the list beside it is read, and the file is a warning with its name.
#[test]
fn ignore_files_are_read_with_a_bound_and_only_in_the_tree() {
    let outside = folder(&[("rules", "*\n")]);
    for name in [".gitignore", ".ignore", ".git/info/exclude"] {
        for kind in ["zero", "fifo", "outside", "folder", "long", "nowhere", "loop"] {
            let folder = folder(&[("list.txt", LIST), (".git/info/x", ""), (".git/config", "")]);
            let path = folder.path().join(name);
            match kind {
                "zero" => symlink("/dev/zero", &path).expect("links can be made"),
                "fifo" => fifo(&path),
                "outside" => symlink(outside.path().join("rules"), &path).expect("links can be made"),
                "folder" => fs::create_dir(&path).expect("a folder can be made"),
                "long" => fs::write(&path, "*\n".repeat(1 << 20)).expect("a file can be written"),
                "nowhere" => symlink("nothing", &path).expect("links can be made"),
                _ => symlink(&path, &path).expect("links can be made"),
            }
            let begun = Instant::now();
            let said = run_in(folder.path(), &["scan", "."], b"");
            assert!(begun.elapsed().as_secs() < 10, "{name} {kind}");
            assert!(said.starts_with("status: 1\n") && said.contains("list.txt:1:1: 111-"), "{name} {kind}: {said}");
            assert!(
                said.contains(&format!("{name}:1:1: warning[input/unreadable]: its rules are not followed")),
                "{name} {kind}: {said}"
            );
        }
    }
    // A link within the tree is followed.
    let folder = folder(&[("list.txt", LIST), ("a/rules", "list.txt\n")]);
    symlink("a/rules", folder.path().join(".ignore")).expect("links can be made");
    let said = run_in(folder.path(), &["scan", "."], b"");
    assert!(said.contains("kept out by .ignore:1 list.txt: 1 file\n"), "{said}");
}

/// What rules keep out is counted, by rule, in every report that has counts.
#[test]
fn what_ignore_rules_keep_out_is_reported() {
    let tree = folder(&[
        ("up/.ignore", "b.txt\n"),
        ("up/tree/.ignore", "# lists\n*.bak\n!keep.bak\nold/\n{9619111\n"),
        ("up/tree/a.bak", LIST),
        ("up/tree/keep.bak", LIST),
        ("up/tree/b.txt", LIST),
        ("up/tree/c.txt", LIST),
        ("up/tree/old/d.txt", LIST),
        ("up/tree/old/deep/e.txt", LIST),
    ]);
    let run = |arguments: &[&str]| run_in(&tree.path().join("up/tree"), &[&["scan", "."], arguments].concat(), b"");
    let parent = tree.path().canonicalize().expect("it is there").join("up/.ignore").display().to_string();
    let hidden = format!(
        "kept out by .ignore:2 *.bak: 1 file\nkept out by .ignore:4 old/: 2 files\nkept out by {parent}:1 b.txt: 1 file\n"
    );
    let ordered = |said: &str| {
        let mut lines: Vec<_> =
            said.lines().filter(|line| line.starts_with("kept out by")).map(str::to_owned).collect();
        lines.sort();
        lines
    };
    for arguments in [&[][..], &["--summary"], &["--all"]] {
        let said = run(arguments);
        let mut expected: Vec<_> = hidden.lines().map(str::to_owned).collect();
        expected.sort();
        assert_eq!(ordered(&said), expected, "{said}");
        assert!(!said.contains("9619111"), "{said}");
    }
    let said = run(&["--format", "json"]);
    let json = said.split("--- stdout\n").nth(1).and_then(|rest| rest.split("--- stderr").next()).expect("a report");
    let json: Value = serde_json::from_str(json).expect("it is JSON");
    let rules = json["totals"]["kept_out"].as_array().expect("a list");
    let files: u64 = rules.iter().map(|rule| rule["files"].as_u64().expect("a number")).sum();
    assert_eq!((rules.len(), files), (3, 4), "{json}");
    // Only what is hidden from within makes the exit code 2.
    let strict = run(&["--strict", "--fail-on", "never"]);
    assert!(strict.starts_with("status: 2\n") && strict.contains("jewelcase: --strict: "), "{strict}");
    fs::remove_file(tree.path().join("up/tree/.ignore")).expect("it is there");
    assert!(run(&["--strict", "--fail-on", "never"]).starts_with("status: 0\n"));
    assert!(ordered(&run(&["--no-ignore"])).is_empty());
}

/// A configuration, a plan and a rule file are regular files of a page or two.
#[test]
fn what_decides_is_a_regular_file() {
    for kind in ["zero", "fifo", "outside"] {
        let make = |path: &Path| match kind {
            "zero" => symlink("/dev/zero", path).expect("links can be made"),
            "fifo" => fifo(path),
            _ => symlink("/etc/hostname", path).expect("links can be made"),
        };
        let folder = folder(&[("list.txt", LIST), ("rules/forms/x", "")]);
        make(&folder.path().join("jewelcase.toml"));
        let said = run_in(folder.path(), &["scan", "list.txt"], b"");
        assert!(
            said.starts_with("status: 2\n") && said.contains("jewelcase.toml: input/unreadable: "),
            "{kind}: {said}"
        );
        assert!(run_in(folder.path(), &["scan", "list.txt", "--no-config"], b"").starts_with("status: 1\n"));
        if kind != "outside" {
            make(&folder.path().join("plan.toml"));
            let said = run_in(folder.path(), &["addpack", "plan.toml", "--no-config"], b"");
            assert!(said.starts_with("status: 2\n") && said.contains("regular file"), "{kind}: {said}");
            make(&folder.path().join("rules/forms/mine.toml"));
            for arguments in
                [&["rules", "check", "rules"][..], &["check", "111-1111111", "--no-config", "--rules", "rules"]]
            {
                let said = run_in(folder.path(), arguments, b"");
                assert!(said.starts_with("status: 2\n") && said.contains("regular file"), "{kind}: {said}");
            }
        }
    }
}

#[test]
fn a_configuration_above_is_named() {
    let folder = folder(&[("jewelcase.toml", "[severity]\n"), ("sub/list.txt", LIST)]);
    let used = "jewelcase: jewelcase.toml is used (--no-config skips it)\n";
    assert!(run_in(folder.path(), &["scan", "sub"], b"").ends_with(used));
    assert!(run_in(folder.path(), &["scan", "sub/list.txt"], b"").ends_with(used));
    assert!(!run_in(folder.path(), &["scan", "."], b"").contains("is used"));
    assert!(!run_in(folder.path(), &["scan", "sub", "--no-config"], b"").contains("is used"));
}

/// A file whose name is an option, or a hyphen, is a file.
#[test]
fn names_that_look_like_options_are_files() {
    let folder = folder(&[("--fail-on=never", LIST), ("-", LIST)]);
    let said = run_in(folder.path(), &["scan", "--", "--fail-on=never", "./-"], b"333-1111111\n");
    assert!(said.starts_with("status: 1\n") && said.contains("\n./-:1:1: 111-") && !said.contains("333"), "{said}");
    let hook = fs::read_to_string(".pre-commit-hooks.yaml").expect("it is in the repository");
    assert!(hook.contains("entry: jewelcase scan\n") && hook.contains("args: [\"--\"]\n"), "{hook}");
}
