//! What a run writes never touches what it reads.

use crate::program::moment::run_in;
use std::{fs, path::Path};
use tempfile::TempDir;

const LIST: &str = "111-1111112\n333-1111111\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    folder
}

fn content(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The names of a folder: nothing half written stays.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("it is a folder")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Every way to name an input, as every output: refused, and not a byte changes.
#[test]
fn no_input_is_ever_an_output() {
    let serial = "NETWORK/PO 32-64537\n";
    let plan = "server = \"4.0\"\nlicenses = 5\npacks = [\"4.0x5\"]\n";
    let cases: [(&[&str], &str); 15] = [
        (&["scan", "list.txt", "--output", "list.txt"], "list.txt"),
        (&["scan", "list.txt", "--output", "./sub/../list.txt"], "list.txt"),
        (&["scan", "list.txt", "--write-baseline", "list.txt"], "list.txt"),
        (&["scan", "list.txt", "--output", "hard.txt"], "list.txt"),
        (&["scan", "hard.txt", "--output", "list.txt"], "list.txt"),
        (&["scan", "soft.txt", "--output", "list.txt"], "list.txt"),
        (&["scan", "list.txt", "--output", "soft.txt"], "list.txt"),
        (&["scan", ".", "--output", "list.txt"], "list.txt"),
        (&["scan", ".", "--output", "hard.txt"], "list.txt"),
        (&["audit", "serials.txt", "--output", "serials.txt"], "serials.txt"),
        (&["audit", "sub", "--inventory", "serials.txt", "--output", "serials.txt"], "serials.txt"),
        (&["addpack", "plan.toml", "--output", "plan.toml"], "plan.toml"),
        (&["check", "111-1111111", "--baseline", "known.json", "--output", "known.json"], "known.json"),
        (&["check", "111-1111111", "--output", "jewelcase.toml"], "jewelcase.toml"),
        (&["scan", "sub", "--output", ".gitignore"], ".gitignore"),
    ];
    let files = [
        ("list.txt", LIST),
        ("serials.txt", serial),
        ("plan.toml", plan),
        ("known.json", "{\"schema\": \"jewelcase-baseline/1\", \"findings\": []}"),
        ("jewelcase.toml", "[severity]\n"),
        (".gitignore", "*.log\n"),
        ("sub/a.txt", LIST),
    ];
    for (arguments, input) in cases {
        let folder = folder(&files);
        fs::hard_link(folder.path().join("list.txt"), folder.path().join("hard.txt")).expect("links can be made");
        #[cfg(unix)]
        std::os::unix::fs::symlink("list.txt", folder.path().join("soft.txt")).expect("links can be made");
        let before = (content(&folder, input), names(folder.path()));
        let said = run_in(folder.path(), arguments, b"");
        assert!(said.starts_with("status: 2\n--- stdout\n--- stderr\njewelcase: "), "{arguments:?}: {said}");
        assert!(said.contains("(--output)\n") || said.contains("(--write-baseline)\n"), "{arguments:?}: {said}");
        assert_eq!((content(&folder, input), names(folder.path())), before, "{arguments:?}");
    }
}

/// A folder in which `scan . --output report` writes a new file each time, which is never read: what CI does.
#[test]
fn a_report_in_the_folder_that_is_read_is_new_or_our_own() {
    for format in ["human", "json", "ndjson", "sarif", "junit", "csv", "html", "github"] {
        let folder = folder(&[("list.txt", LIST)]);
        let arguments = ["scan", ".", "--format", format, "--output", "report.txt"];
        let first = run_in(folder.path(), &arguments, b"");
        let written = content(&folder, "report.txt");
        let again = run_in(folder.path(), &arguments, b"");
        assert!(first.starts_with("status: 1\n"), "{format}: {first}");
        assert_eq!(first, again, "{format}");
        assert_eq!(content(&folder, "report.txt"), written, "{format}: the old report was not read");
        assert_eq!(names(folder.path()), ["list.txt", "report.txt"], "{format}");
    }
}

#[test]
fn a_baseline_is_renewed_in_its_place() {
    let folder = folder(&[("list.txt", LIST)]);
    let run = |arguments: &[&str]| run_in(folder.path(), arguments, b"");
    assert!(run(&["scan", ".", "--quiet", "--write-baseline", "known.json"]).starts_with("status: 0\n"));
    let first = content(&folder, "known.json");
    let renew = ["scan", ".", "--quiet", "--baseline", "known.json", "--write-baseline", "known.json"];
    assert!(run(&renew).starts_with("status: 0\n"));
    assert_eq!(content(&folder, "known.json"), first);
    let both = run(&["scan", ".", "--output", "new.json", "--write-baseline", "new.json"]);
    assert!(both.starts_with("status: 2\n") && both.contains("another option"), "{both}");
}

/// Nothing is written to what is looked at, and a new file is something, too.
#[test]
fn nothing_is_written_inside_a_postoffice() {
    let folder = folder(&[("PO/glb/Master.glb", "x"), ("PO/MBG/a.mbg", "x")]);
    for output in ["PO/report.json", "PO/MBG/report.json", "PO/glb/Master.glb"] {
        let said = run_in(folder.path(), &["audit", ".", "--format", "json", "--output", output], b"");
        assert!(said.starts_with("status: 2\n") && said.contains("inside the postoffice"), "{output}: {said}");
    }
    assert_eq!(names(&folder.path().join("PO")), ["MBG", "glb"]);
    let said = run_in(folder.path(), &["audit", ".", "--format", "json", "--output", "report.json"], b"");
    assert!(!said.contains("inside the postoffice"), "{said}");
    assert!(folder.path().join("report.json").exists());
}

/// A run that fails leaves the report of the last one.
#[test]
fn a_failure_leaves_the_old_report() {
    let folder = folder(&[("report.txt", "the old one"), ("broken.json", "{")]);
    let said = run_in(folder.path(), &["convert", "broken.json", "--output", "report.txt"], b"");
    assert!(said.starts_with("status: 2\n"), "{said}");
    assert_eq!(content(&folder, "report.txt"), "the old one");
    let said = run_in(folder.path(), &["check", "111-1111111", "--output", "no/such/report"], b"");
    assert!(said.starts_with("status: 2\n"), "{said}");
    assert_eq!(names(folder.path()), ["broken.json", "report.txt"]);
    assert!(run_in(folder.path(), &["check", "111-1111111", "--output", "report.txt"], b"").starts_with("status: 0\n"));
    assert!(content(&folder, "report.txt").contains("well formed"));
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_devices_are_written_as_they_are() {
    let folder = folder(&[("victim", "precious")]);
    std::os::unix::fs::symlink("victim", folder.path().join("to-file")).expect("links can be made");
    std::os::unix::fs::symlink("missing", folder.path().join("to-nothing")).expect("links can be made");
    for link in ["to-file", "to-nothing"] {
        for option in ["--output", "--write-baseline"] {
            let said = run_in(folder.path(), &["check", "111-1111111", option, link], b"");
            assert!(said.starts_with("status: 2\n") && said.contains("symbolic link"), "{said}");
        }
    }
    assert_eq!(content(&folder, "victim"), "precious");
    assert_eq!(names(folder.path()), ["to-file", "to-nothing", "victim"]);
    let plain = run_in(folder.path(), &["check", "111-1111111", "--format", "json"], b"");
    for device in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let said = run_in(folder.path(), &["check", "111-1111111", "--format", "json", "--output", device], b"");
        assert_eq!(said, plain, "{device}");
    }
    let said = run_in(folder.path(), &["check", "111-1111111", "--output", "/dev/null"], b"");
    assert_eq!(said, "status: 0\n--- stdout\n--- stderr\n");
}

/// A shell can redirect a stream from or to a file that a name leads to, too.
#[cfg(unix)]
#[test]
fn redirected_streams_count() {
    let folder = folder(&[("list.txt", LIST)]);
    let program = env!("CARGO_BIN_EXE_jewelcase");
    let shell = |script: &str| {
        let script = script.replace("jewelcase", program);
        let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output();
        let output = output.expect("the system has a shell");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for script in [
        "jewelcase scan - --output list.txt <list.txt",
        "jewelcase check - --output list.txt <list.txt",
        "jewelcase scan list.txt --output /dev/stdout >>list.txt",
        "jewelcase scan list.txt >>list.txt",
        "jewelcase scan list.txt --output /dev/fd/7 7>>list.txt",
    ] {
        let (status, said) = shell(script);
        assert_eq!((status, content(&folder, "list.txt").as_str()), (Some(2), LIST), "{script}: {said}");
    }
    let (status, said) = shell("echo before >out.txt; jewelcase scan list.txt --output /dev/stdout >>out.txt");
    assert_eq!(status, Some(1), "{said}");
    assert!(content(&folder, "out.txt").starts_with("before\nlist.txt:1:"));
    // The file that standard output goes to is in the folder, and is not read.
    let (status, said) = shell("jewelcase scan . >all.txt");
    assert_eq!(status, Some(1), "{said}");
    assert!(!content(&folder, "all.txt").contains("all.txt"));
}

/// Who reads only the first line of a report does not change what was found.
#[cfg(unix)]
#[test]
fn a_reader_that_ends_does_not_change_the_exit_code() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let keys: String = (0..5000).map(|_| "111-1111112\n").collect();
    std::fs::write(folder.path().join("bad.txt"), &keys).expect("a file can be written");
    std::fs::write(folder.path().join("good.txt"), keys.replace('2', "1")).expect("a file can be written");
    for (file, expected) in [("bad.txt", "1"), ("good.txt", "0")] {
        for format in ["human", "json", "csv", "sarif"] {
            let script = "{ \"$0\" scan \"$1\" --all --format \"$2\"; echo $? >status; } | head -n 1";
            let status = std::process::Command::new("sh")
                .args(["-c", script, env!("CARGO_BIN_EXE_jewelcase"), file, format])
                .current_dir(folder.path())
                .stdout(std::process::Stdio::null())
                .status();
            assert!(status.expect("the system has a shell").success());
            let status = std::fs::read_to_string(folder.path().join("status")).expect("it was written");
            assert_eq!(status.trim(), expected, "{file} {format}");
        }
    }
}

/// `-` is standard input, and a file of this name is not skipped in silence.
#[test]
fn a_file_with_the_name_of_standard_input_is_not_skipped() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("-"), "111-1111112\n").expect("a file can be written");
    let run = |arguments: &[&str]| crate::program::moment::run_in(folder.path(), arguments, b"");
    for command in ["scan", "audit"] {
        let said = run(&[command, "--", "-"]);
        assert!(said.starts_with("status: 2\n") && said.contains("name that as `./-`"), "{said}");
    }
    assert!(run(&["scan", "--", "./-"]).contains("error[key/digit-sum]"));
}
