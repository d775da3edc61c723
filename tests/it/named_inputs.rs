//! What a person names, and what becomes of it: globs in any case, folders that lead to nothing, paths that are not there, faults that a
//! project accepts, reports that nobody reads to their end.

use crate::program::moment::run_in;
use flate2::{Compression, write::GzEncoder};
use std::{
    fs,
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder for this test");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder is writable");
        fs::write(path, bytes).expect("the folder is writable");
    }
    folder
}

/// The exit code, the report and the messages.
fn parts(said: &str) -> (&str, &str, &str) {
    let (status, rest) = said.split_once("\n--- stdout\n").expect("the frame has a standard output");
    let (report, errors) = rest.rsplit_once("--- stderr\n").expect("the frame has a standard error");
    (status, report, errors)
}

/// The labels of the findings in a human report.
fn places(report: &str) -> Vec<&str> {
    report.lines().filter(|line| line.contains(": rejected")).filter_map(|line| line.split(": ").next()).collect()
}

const BAD: &[u8] = b"CD key: 111-1111112\n";

/// The media of the 1990s write UNATTEND.TXT; a person writes `*.txt`.
#[test]
fn globs_match_in_any_case() {
    let files = ["UNATTEND.TXT", "lower.txt", "Sub/DEEP.Txt", "Sub/MSBATCH.INF", "sub2/other.inf"];
    let root = folder(&files.map(|name| (name, BAD)));
    let cases: [(&[&str], &[&str]); 8] = [
        (&["*.txt"], &["./Sub/DEEP.Txt", "./UNATTEND.TXT", "./lower.txt"]),
        (&["*.TXT"], &["./Sub/DEEP.Txt", "./UNATTEND.TXT", "./lower.txt"]),
        (&["unattend.txt"], &["./UNATTEND.TXT"]),
        (&["msbatch.*"], &["./Sub/MSBATCH.INF"]),
        (&["SUB/*.inf"], &["./Sub/MSBATCH.INF"]),
        (&["sub/**"], &["./Sub/DEEP.Txt", "./Sub/MSBATCH.INF"]),
        (&["!*.TXT"], &["./Sub/MSBATCH.INF", "./sub2/other.inf"]),
        (&["*.INF", "!SUB2/**"], &["./Sub/MSBATCH.INF"]),
    ];
    for (globs, expected) in cases {
        let options: Vec<&str> = globs.iter().flat_map(|glob| ["--glob", glob]).collect();
        let said = run_in(root.path(), &[&["scan", "."], &options[..]].concat(), b"");
        let (status, report, errors) = parts(&said);
        let mut found: Vec<_> = places(report).iter().map(|place| format!("./{place}")).collect();
        found.iter_mut().for_each(|place| *place = place.rsplit(':').nth(2).unwrap_or_default().to_owned());
        found.sort();
        assert_eq!((found, status, errors), (expected.iter().map(ToString::to_string).collect(), "status: 1", ""));
    }
}

/// With a slash a glob is a path below the folder that was named, wherever the program runs.
#[test]
fn a_glob_with_a_slash_begins_at_the_named_folder() {
    let root = folder(&[("box/disks/KEY.TXT", BAD), ("box/KEY.TXT", BAD), ("KEY.TXT", BAD)]);
    for (glob, count) in [("disks/*.txt", 1), ("/key.txt", 1), ("box/*.txt", 0), ("key.txt", 2), ("**/disks/*", 1)] {
        let said = run_in(root.path(), &["scan", "box", "--glob", glob], b"");
        let (status, report, errors) = parts(&said);
        assert_eq!(places(report).len(), count, "{glob}: {report}");
        let expected = if count == 0 {
            ("status: 2", "jewelcase: box: no file matched --glob 'box/*.txt'\n")
        } else {
            ("status: 1", "")
        };
        assert_eq!((status, errors), expected, "{glob}");
    }
}

/// A configuration is for people too, and its globs name the same files.
#[test]
fn globs_of_the_configuration_match_in_any_case() {
    let areas = "[[paths]]\nglob = 'machines/*.txt'\nproduct = 'windows-95'\n[[suppress]]\nrule = 'key/digit-sum'\npath = 'LAB/*.TXT'\nreason = 'samples'\n";
    let root = folder(&[
        ("jewelcase.toml", areas.as_bytes()),
        ("machines/LIST.TXT", b"CD key: 333-1111111\n"),
        ("lab/list.txt", BAD),
    ]);
    let said = run_in(root.path(), &["scan", "."], b"");
    let (status, report, _) = parts(&said);
    assert_eq!(
        (status, places(report)),
        ("status: 1", vec!["machines/LIST.TXT:1:9", "lab/list.txt:1:9"].into_iter().rev().collect())
    );
    assert!(
        report.contains("at windows-95") && report.contains("1 suppressed") && !report.contains("unused"),
        "{report}"
    );
}

/// Silence about a file that was not looked at lets a build pass.
#[test]
fn what_leads_to_no_file_is_said_and_is_exit_2() {
    let root = folder(&[("up/UNATTEND.TXT", BAD), ("other/a.inf", b"nothing\n")]);
    fs::create_dir(root.path().join("empty")).expect("the folder is writable");
    let cases: [(&[&str], &str); 6] = [
        (&["up", "-g", "*.sif"], "jewelcase: up: no file matched --glob '*.sif'\n"),
        (&["up", "-g", "*.sif", "-g", "*.udf"], "jewelcase: up: no file matched --glob '*.sif' --glob '*.udf'\n"),
        (&["up", "-g", "*.txt", "-g", "*.udf"], "jewelcase: --glob '*.udf': no file matched\n"),
        (&["other", "up", "-g", "*.inf"], "jewelcase: up: no file matched --glob '*.inf'\n"),
        (&["empty"], "jewelcase: empty: no file to read in this folder\n"),
        (&["up", "empty", "-q"], "jewelcase: empty: no file to read in this folder\n"),
    ];
    for (arguments, expected) in cases {
        let said = run_in(root.path(), &[&["scan"], arguments].concat(), b"");
        let (status, _, errors) = parts(&said);
        assert_eq!((status, errors), ("status: 2", expected), "{arguments:?}");
    }
    let said = run_in(root.path(), &["scan", "other", "up", "-g", "*.inf", "-g", "*.txt"], b"");
    let (_, _, errors) = parts(&said);
    assert_eq!(errors, "", "each glob matched somewhere, each folder has a file");
}

#[test]
fn a_path_that_is_not_there_is_one_plain_line() {
    let root = folder(&[("a.txt", BAD)]);
    for command in ["scan", "audit"] {
        for format in ["human", "json", "csv"] {
            for quiet in [&[][..], &["-q"]] {
                let said = run_in(root.path(), &[&[command, "nosuch", "--format", format], quiet].concat(), b"");
                assert_eq!(
                    said, "status: 2\n--- stdout\n--- stderr\njewelcase: nosuch: not found\n",
                    "{command} {format}"
                );
            }
        }
        let said = run_in(root.path(), &[command, "nosuch", "never/there"], b"");
        let lines = "jewelcase: nosuch: not found\njewelcase: never/there: not found\n";
        assert_eq!(parts(&said), ("status: 2", "", lines));
    }
    let said = run_in(root.path(), &["scan", "nosuch", "a.txt"], b"");
    let (status, report, errors) = parts(&said);
    assert_eq!((status, places(report), errors), ("status: 2", vec!["a.txt:1:9"], "jewelcase: nosuch: not found\n"));
}

/// `-q` silences reports, never errors.
#[test]
fn quiet_keeps_errors() {
    let root = folder(&[("a.txt", BAD), ("cut.gz", &cut())]);
    let cases: [(&[&str], &str); 6] = [
        (&["check", "1", "--product", "zz", "-q"], "unknown product"),
        (&["scan", "a.txt", "--glob", "[", "-q"], "--glob"),
        (&["scan", "cut.gz", "-q"], "cut.gz:"),
        (&["explain", "x", "--format", "csv", "-q"], "expected --format"),
        (&["scan", "a.txt", "-q", "--baseline", "nosuch.json"], "nosuch.json"),
        (&["convert", "nosuch.json", "-q"], "nosuch.json"),
    ];
    for (arguments, expected) in cases {
        let said = run_in(root.path(), arguments, b"");
        let (status, report, errors) = parts(&said);
        assert_eq!((status, report), ("status: 2", ""), "{arguments:?}");
        assert!(errors.contains(expected) && errors.starts_with("jewelcase: "), "{arguments:?}: {errors}");
    }
    assert_eq!(parts(&run_in(root.path(), &["scan", "a.txt", "-q"], b"")), ("status: 1", "", ""));
}

/// A compressed text that ends in the middle.
fn cut() -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&b"Setup asks for a key. ".repeat(2000)).expect("memory is writable");
    let mut bytes = gzip.finish().expect("memory is writable");
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// What a project has accepted once makes no build fail, and no exit code 2 either.
#[test]
fn accepted_faults_of_inputs_do_not_make_exit_2() {
    let status = |configuration: &str, options: &[&str]| {
        let root = folder(&[("jewelcase.toml", configuration.as_bytes()), ("data/cut.gz", &cut())]);
        run_in(root.path(), &["scan", ".", "--write-baseline", "known.json", "-q"], b"");
        let said = run_in(root.path(), &[&["scan", "."], options].concat(), b"");
        said.lines().next().unwrap_or_default().to_owned()
    };
    let suppress =
        |path: &str| format!("[[suppress]]\nrule = 'input/truncated'\npath = '{path}'\nreason = 'cut on purpose'\n");
    assert_eq!(status("", &[]), "status: 2");
    assert_eq!(status("", &["--baseline", "known.json"]), "status: 0");
    assert_eq!(status(&suppress("**/*.gz"), &[]), "status: 0");
    assert_eq!(status(&suppress("DATA/CUT.GZ"), &["--format", "json"]), "status: 0");
    assert_eq!(status(&suppress("other/**"), &[]), "status: 2");
    assert_eq!(status("[severity]\n'input/truncated' = 'note'\n", &[]), "status: 0");
    assert_eq!(status("[severity]\n'input/truncated' = 'warning'\n", &["--fail-on", "warning"]), "status: 1");
    assert_eq!(status("[severity]\n'input/unreadable' = 'note'\n", &["--summary"]), "status: 2");
}

/// The same for what an audit cannot read.
#[test]
fn accepted_faults_of_audits_do_not_make_exit_2() {
    let configuration = b"[[suppress]]\nrule = 'input/unsupported-image'\npath = 'letter.txt'\nreason = 'a letter'\n";
    let root = folder(&[
        ("jewelcase.toml", configuration),
        ("letter.txt", b"Dear postmaster,\n"),
        ("other.txt", b"Dear Sir,\n"),
    ]);
    let status = |path: &str, options: &[&str]| run_in(root.path(), &[&["audit", path], options].concat(), b"");
    assert!(status("letter.txt", &[]).starts_with("status: 0\n"));
    assert!(status("other.txt", &[]).starts_with("status: 2\n"));
    assert!(status("letter.txt", &["--no-config"]).starts_with("status: 2\n"));
}

/// A reader that closes the pipe has read enough, in every format. The exit code is that of the whole input, whose keys
/// are wrong: it does not depend on how much of the report was read.
#[test]
fn a_closed_pipe_ends_a_report_quietly() {
    let root = folder(&[("list.txt", &b"111-1111112\n".repeat(4_000))]);
    for format in ["human", "json", "ndjson", "sarif", "junit", "csv", "github"] {
        let arguments = ["scan", "list.txt", "--format", format, "--no-progress"];
        let (status, errors) = first_bytes(root.path(), &arguments);
        assert_eq!((status, errors.as_str()), (Some(1), ""), "{format}");
    }
}

/// Reads the beginning of a report and closes the pipe.
fn first_bytes(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jewelcase"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built with the tests");
    let mut stdout = child.stdout.take().expect("the output is piped");
    stdout.read_exact(&mut [0; 16]).expect("there is a report");
    drop(stdout);
    let mut errors = String::new();
    child.stderr.take().expect("the messages are piped").read_to_string(&mut errors).expect("messages are UTF-8");
    (child.wait().expect("the program ends by itself").code(), errors)
}
