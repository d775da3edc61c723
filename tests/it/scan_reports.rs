//! Which files a scan looks at, and what it says of many keys together.

use crate::program::moment::run_in;
use std::{fmt::Write as _, fs, io::Write as _, path::Path};
use tempfile::{TempDir, tempdir};

const DATA: &str = "tests/data/scan";

/// Two keys with something to say of them, and one without.
const LIST: &str = "111-1111112\n100-1111111\n333-1111112\n";

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempdir().expect("a folder can be made");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
    folder
}

/// Standard output of `scan`.
fn scan(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let said = run_in(folder, &[&["scan"], arguments].concat(), input);
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let (said, errors) = said.rsplit_once("--- stderr\n").expect("the frame has a standard error");
    assert_eq!(errors, "", "{arguments:?}");
    said.to_owned()
}

/// The place of each key.
fn places(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let said = scan(folder, arguments, b"");
    let lines = said.lines().filter(|line| !line.starts_with(' ') && line.contains("*******: "));
    lines.map(|line| line.split(": ").next().unwrap_or_default().to_owned()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        if name.ends_with('/') {
            writer.add_directory(*name, options).expect("a vector takes everything");
        } else {
            writer.start_file(*name, options).expect("a vector takes everything");
            writer.write_all(bytes).expect("a vector takes everything");
        }
    }
    writer.finish().expect("a vector takes everything").into_inner()
}

#[test]
fn compressed_files_and_members_of_archives_are_looked_at() {
    let (list, twice) = (LIST.as_bytes(), [gzip(b"111-1111112\n"), gzip(b"333-1111112\n")].concat());
    let ini = b"[Dogs]\r\nPid=111-1111112\r\n";
    let archive =
        zip(&[("keys/", b""), ("keys/list.txt", list), ("keys\\old\\MSDOGS.INI", ini), ("setup.exe", &[0; 99])]);
    let folder = folder(&[("a.gz", &gzip(list)), ("b.gz", &twice), ("c.zip", &archive)]);
    assert_eq!(
        places(folder.path(), &["."]),
        [
            "a.gz:1:1",
            "a.gz:3:1",
            "b.gz:1:1",
            "b.gz:2:1",
            "c.zip/keys/list.txt:1:1",
            "c.zip/keys/list.txt:3:1",
            "c.zip/keys/old/MSDOGS.INI:2:5"
        ]
    );
    let said = scan(folder.path(), &[".", "--summary"], b"");
    assert!(said.contains("\n5 files looked at, 1 file skipped as binary\n"), "{said}");
}

/// A large file is read chunk by chunk, small ones several together: each key keeps its line, and the files their order.
#[test]
fn large_files_keep_their_place_among_small_ones() {
    let filled = |first: &str, line: &str, last: &str| [first, &line.repeat(40_000), last].concat().into_bytes();
    let announced = "The CD key is 111-1111112.\n";
    let list = filled("111-1111112\n", "100-1111111\n", "333-1111112\n").repeat(2);
    let text = filled(announced, "A line of words that say nothing.\n", announced);
    let table = filled("machine,CD key\nfirst,111-1111112\n", "other,100-1111111\n", "last,333-1111112\n");
    let small = b"111-1111112\n".as_slice();
    let folder = folder(&[
        ("a", small),
        ("b", small),
        ("c", &text),
        ("d", small),
        ("e.csv", &table),
        ("f", &list),
        ("g", small),
    ]);
    let expected =
        "a:1:1 b:1:1 c:1:15 c:40002:15 d:1:1 e.csv:2:7 e.csv:40003:6 f:1:1 f:40002:1 f:40003:1 f:80004:1 g:1:1";
    for jobs in ["1", "2", "5"] {
        assert_eq!(places(folder.path(), &[".", "--jobs", jobs]).join(" "), expected, "{jobs} threads");
    }
    let counted = scan(folder.path(), &[".", "--summary"], b"");
    assert!(counted.contains("\n7 files looked at\n120012 in all: "), "{counted}");
}

/// What is read by ranges, by several threads, and what is read from a pipe, by one, come to the same.
#[test]
fn a_file_and_a_pipe_say_the_same() {
    let announced = "The CD key is 111-1111112.\n";
    let words = "A line of words that say nothing.\n".repeat(20_000);
    let long = "x".repeat((1 << 20) + 9);
    let inputs = [
        ("text", format!("{announced}{words}{announced}")),
        ("long-line", format!("{announced}{words}{long}\n{announced}{words}{announced}")),
        ("long-label", format!("{announced}{words}{long} CD key:\n111-1111113\n{announced}")),
        ("list", format!("111-1111112\n{}333-1111112", "100-1111111\n".repeat(60_000))),
        ("marked", format!("\u{FEFF}{announced}{words}{announced}")),
        ("answers", format!("[Unattended]\n{}[UserData]\nProductID=111-1111112", "; words\n".repeat(200_000))),
        ("ndjson", format!("{}{{\"key\":\"111-1111112\"}}\n", "{\"key\":\"100-1111111\"}\n".repeat(40_000))),
    ];
    for (name, text) in inputs {
        let folder = folder(&[(name, text.as_bytes())]);
        let of_file = run_in(folder.path(), &["scan", name, "--jobs", "3"], b"");
        let of_pipe = run_in(folder.path(), &["scan", "-"], text.as_bytes());
        assert!(of_file.contains("*******: "), "{name}: {of_file}");
        assert_eq!(of_file.replace(&format!("{name}:"), "-:"), of_pipe, "{name}");
    }
}

/// A small file can unpack to more than is kept at once; it is reported in order, and what is beside it, too.
#[test]
fn small_packed_files_say_all_that_is_in_them() {
    let list = (0..6_000).map(|key| format!("333-{key:07}\n")).collect::<String>();
    let (packed, archive) = (gzip(list.as_bytes()), zip(&[("x", list.as_bytes()), ("y", b"333-1111111\n")]));
    let folder = folder(&[("a", list.as_bytes()), ("b.gz", &packed), ("c", b"333-1111111\n"), ("d.zip", &archive)]);
    let of_files = [("a", 6_000), ("b.gz", 6_000), ("c", 1), ("d.zip/x", 6_000), ("d.zip/y", 1)];
    let expected: Vec<String> =
        of_files.iter().flat_map(|(name, lines)| (1..=*lines).map(move |line| format!("{name}:{line}:1"))).collect();
    for jobs in ["1", "2", "5"] {
        assert!(places(folder.path(), &[".", "--jobs", jobs]) == expected, "{jobs} threads");
    }
}

/// What is too long to be kept is read in pieces. A later one is no answer file by itself; commands are commands everywhere.
#[test]
fn a_long_answer_file_is_read_in_pieces() {
    let comments = |mark| format!("{mark} a comment that goes on\n").repeat(1 << 15);
    let ini = format!("[Product ID]\ncdkey=111-1111111\n{}[Product ID]\ncdkey=333-1111112\n", comments(';'));
    let batch = format!("setup /k 111-1111111\n{}setup /k 111-1111111\n", comments(':'));
    let of_ini = [
        // Nothing is said to be missing: it may come after the beginning.
        "1,1,answer-file,input/truncated",
        "2,7,key,key/placeholder",
        "32772,11,key,key/digit-sum",
        "32772,7,key,key/blocked-prefix",
    ];
    let of_batch = [
        "1,10,answer-file,answer/unquoted",
        "1,13,answer-file,answer/hyphen-in-switch",
        "1,10,key,key/placeholder",
        "32770,10,answer-file,answer/unquoted",
        "32770,13,answer-file,answer/hyphen-in-switch",
        "32770,10,key,key/placeholder",
    ];
    for (name, text, expected) in [("setup.ini", ini, &of_ini[..]), ("office.bat", batch, &of_batch)] {
        let folder = folder(&[(name, text.as_bytes())]);
        let file = scan(folder.path(), &[name, "--format", "csv"], b"");
        let pipe = scan(folder.path(), &["-", "--as", "answers", "--format", "csv"], text.as_bytes());
        for said in [file, pipe] {
            let row = |row: &str| [1, 2, 3, 10].map(|column| row.split(',').nth(column).unwrap_or_default()).join(",");
            let rows: Vec<_> = said.lines().skip(1).map(row).collect();
            assert_eq!(rows, expected);
        }
    }
}

/// Large texts are cut into chunks, and what announces a key can be in the chunk before.
#[test]
fn a_text_says_the_same_wherever_it_is_cut() {
    let words = "Some words of a line that say nothing of what follows.\n".repeat(9);
    let list = (0..12).map(|key| format!("100-{:07}\n", 1_111_111 + key)).collect::<String>();
    let rows = (0..20).map(|key| format!("| machine {key} | 200-{:07} |\n", 1_111_111 + key)).collect::<String>();
    let block = format!(
        "{words}\nThe CD key is\n300-1111111\n\nWe have these CD keys:\n{list}\n{words}\n\
        | name | CD key |\n{rows}\nThe telephone number is\n\n400-1111111\n"
    );
    let keys = 1 + 12 + 20;
    let of_all = |said: &str| said.lines().find(|line| line.contains(" in all: ")).map(str::to_owned);
    let folder = folder(&[("block", block.as_bytes())]);
    let said = of_all(&scan(folder.path(), &["block", "--summary"], b"")).expect("the keys are counted");
    assert!(said.starts_with(&format!("{keys} in all: ")), "{said}");
    let (blocks, mut cut_apart) = (400, Vec::new());
    for shift in [0, 307, 613, 919, 1223] {
        let text = format!("{}\n{}", "x".repeat(shift), block.repeat(blocks));
        std::fs::write(folder.path().join("text"), &text).expect("the folder can be written");
        for (arguments, input) in [(["text", "--jobs", "3"], ""), (["-", "--jobs", "2"], text.as_str())] {
            let arguments = [&arguments[..], &["--as", "text", "--summary"]].concat();
            let said = of_all(&scan(folder.path(), &arguments, input.as_bytes())).unwrap_or_default();
            cut_apart.extend((!said.starts_with(&format!("{} in all: ", blocks * keys))).then_some((shift, said)));
        }
    }
    assert!(cut_apart.is_empty(), "{cut_apart:?}");
    // One word announces a list that is longer than any chunk.
    let list = (0..60_000).map(|key| format!("100-{key:07}\n")).collect::<String>();
    let text = format!("{}We have these CD keys:\n{list}\n{words}", words.repeat(500));
    for jobs in ["1", "3"] {
        let said = scan(folder.path(), &["-", "--as", "text", "--summary", "--jobs", jobs], text.as_bytes());
        assert!(said.contains("\n60000 in all: "), "{said}");
    }
}

/// As the shell hands over what another program prints: `scan <(program)`.
#[cfg(target_os = "linux")]
#[test]
fn a_pipe_with_a_name_is_read() {
    let folder = folder(&[]);
    let large = [LIST, &"100-1111111\n".repeat(60_000)].concat();
    for input in [LIST.as_bytes(), &gzip(LIST.as_bytes()), large.as_bytes()] {
        let said = scan(folder.path(), &["/dev/stdin"], input);
        assert!(said.starts_with("/dev/stdin:1:1: 111-*******: rejected"), "{said}");
    }
    let said = scan(folder.path(), &["/dev/stdin"], &zip(&[("list.txt", LIST.as_bytes())]));
    assert!(said.starts_with("/dev/stdin/list.txt:1:1: 111-*******: rejected"), "{said}");
}

/// Archives are opened within archives, but not without end.
#[test]
fn archives_within_archives() {
    let bad: &[u8] = b"111-1111112\n";
    let second = zip(&[("list.txt", bad), ("list.txt.gz", &gzip(bad))]);
    // Six archives within a.zip, and one within the sixth.
    let sixth = zip(&[("8.zip", &zip(&[("list.txt", bad)])), ("list.txt", bad)]);
    let deep = (3..=7).rev().fold(sixth, |inner, number| zip(&[(format!("{number}.zip").as_str(), &inner)]));
    let archive = zip(&[("1.zip", &second), ("2.zip", &deep)]);
    let folder = folder(&[("a.zip", &archive)]);
    let deep = "a.zip/2.zip/3.zip/4.zip/5.zip/6.zip/7.zip";
    let found = ["a.zip/1.zip/list.txt:1:1", "a.zip/1.zip/list.txt.gz:1:1", &format!("{deep}/list.txt:1:1")];
    assert_eq!(places(folder.path(), &["."])[..2], found[..2]);
    let fault = format!(
        "\n  {deep}/8.zip:1:1: error[input/truncated]: is in more than 6 archives or images within each other, and was not opened"
    );
    for (path, input) in [(".", &b""[..]), ("-", &archive)] {
        let said = run_in(folder.path(), &["scan", path], input).replace("-/", "a.zip/");
        assert!(said.starts_with("status: 2\n") && said.contains(&fault), "{said}");
        assert!(found.iter().all(|place| said.contains(&format!("\n{place}: 111-*******: rejected"))), "{said}");
    }
    let said = run_in(folder.path(), &["scan", "-"], &gzip(bad));
    assert!(said.contains("\n-:1:1: 111-*******: rejected"), "{said}");
}

#[test]
fn a_large_file_without_text_is_counted_too() {
    let folder = folder(&[("large.bin", &vec![0; 1 << 20]), ("small.bin", &[0; 9]), ("list.txt", LIST.as_bytes())]);
    let said = scan(folder.path(), &[".", "--summary"], b"");
    assert!(said.contains("\n3 files looked at, 2 files skipped as binary\n"), "{said}");
}

#[test]
fn ignored_and_hidden_files_are_passed_over_unless_they_are_asked_for() {
    let list: &[u8] = b"111-1111112\n";
    let folder = folder(&[
        (".git/config", b"[core]\n"),
        (".gitignore", b"old/\n"),
        (".hidden.txt", list),
        (".ignore", b"*.bak\n"),
        ("a.txt", list),
        ("b.bak", list),
        ("lab/c.txt", list),
        ("old/d.txt", list),
    ]);
    let look = |arguments: &[&str]| places(folder.path(), &[&["."], arguments].concat()).join(" ");
    assert_eq!(look(&[]), "a.txt:1:1 lab/c.txt:1:1");
    assert_eq!(look(&["--hidden"]), ".hidden.txt:1:1 a.txt:1:1 lab/c.txt:1:1");
    assert_eq!(look(&["--no-ignore"]), "a.txt:1:1 b.bak:1:1 lab/c.txt:1:1 old/d.txt:1:1");
    assert_eq!(look(&["--glob", "lab/**"]), "lab/c.txt:1:1");
    assert_eq!(look(&["-g", "!lab/**", "-g", "!*.md"]), "a.txt:1:1");
    // A glob chooses among these; it brings nothing back.
    let said = run_in(folder.path(), &["scan", ".", "-g", "*.txt", "-g", "*.bak"], b"");
    assert!(said.ends_with("--- stderr\njewelcase: --glob '*.bak': no file matched\n"), "{said}");
    assert!(said.contains("\n2 in all: 2 rejected\n"), "{said}");
    assert_eq!(look(&["-g", "*.txt", "--hidden"]), ".hidden.txt:1:1 a.txt:1:1 lab/c.txt:1:1");
    // What is named is looked at, whatever the ignore files say.
    assert_eq!(
        places(folder.path(), &["old/d.txt", "b.bak", ".hidden.txt"]),
        ["old/d.txt:1:1", "b.bak:1:1", ".hidden.txt:1:1"]
    );
    let said = run_in(folder.path(), &["scan", ".", "-g", "{"], b"");
    assert!(said.starts_with("status: 2\n") && said.contains("--glob: "), "{said}");
}

/// Of a path that leads back to itself, nothing is read twice.
#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = folder(&[("a/list.txt", b"111-1111112\n")]);
    std::os::unix::fs::symlink("..", folder.path().join("a/loop")).expect("a link can be made");
    assert_eq!(places(folder.path(), &["."]), ["a/list.txt:1:1"]);
    assert_eq!(places(folder.path(), &["a/loop/a"]), ["a/loop/a/list.txt:1:1"]);
}

#[test]
fn a_summary_of_everything() {
    let said = run_in(Path::new(DATA), &["scan", ".", "--summary"], b"");
    // What to do grows with every article that answers a rule.
    let said: Vec<_> = said.lines().filter(|line| !line.starts_with("    ")).collect();
    insta::assert_snapshot!(said.join("\n"));
    insta::assert_snapshot!(
        "a_summary_as_json",
        run_in(Path::new(DATA), &["scan", "list.txt", "--summary", "--format", "json"], b"")
    );
}

/// Keys are the same however they are spelled, serials number by number.
#[test]
fn keys_in_several_places() {
    let folder = folder(&[
        ("a.txt", b"100-1111111\n0799-99992\n32-64537\n1001111111\n"),
        ("b.txt", b"\"100 1111111\"\n799-99992\n100-1111120\n"),
        ("c.ini", b"[Dogs]\nPid=100-1111111\n"),
        ("d.txt", b"no key\nno key\n"),
    ]);
    let said = scan(folder.path(), &[".", "--duplicates", "--summary"], b"");
    let groups: Vec<_> = said.split("\n\n").filter(|block| block.starts_with("the same key")).collect();
    assert_eq!(
        groups,
        [
            "the same key 4 times:\n  a.txt:1:1\n  a.txt:4:1\n  b.txt:1:1\n  c.ini:2:5",
            "the same key 2 times:\n  a.txt:2:1\n  b.txt:2:1"
        ]
    );
    // The serials draw findings whose remedies are none of this test's.
    let said = run_in(folder.path(), &["scan", ".", "--duplicates", "--format", "json"], b"");
    let (_, said) = said.split_once("  \"summary\": {").expect("a document ends with its counts");
    insta::assert_snapshot!("duplicates_as_json", said);
}

/// A name can hold what a terminal would take for an order.
#[cfg(unix)]
#[test]
fn names_of_files_are_shown_as_they_are_spelled() {
    let folder = folder(&[("a\u{1b}[2J.txt", b"100-1111111\n"), ("b.txt", b"100-1111111\n111-1111112\n")]);
    let said = scan(folder.path(), &[".", "--duplicates", "--all"], b"");
    assert!(!said.contains('\u{1b}'), "{said}");
    assert_eq!(said.matches("a\u{241b}[2J.txt:1:1").count(), 2, "{said}");
}

#[test]
fn every_form_of_report() {
    for format in ["ndjson", "csv", "sarif"] {
        let said = run_in(Path::new(DATA), &["scan", "header.csv", "two-keys.csv", "--format", format], b"");
        assert!(!said.contains("9619111") && !said.contains("1111112") && !said.contains("1111113"), "{format}");
        // What SARIF says of its rules is tested with the reports.
        let said = said.split("\"tool\": {").next().unwrap_or_default();
        insta::assert_snapshot!(format!("scan_as_{format}"), said);
    }
    // Asked for, keys are shown, also those of other columns.
    let said = run_in(Path::new(DATA), &["scan", "two-keys.csv", "--format", "csv", "--show-keys"], b"");
    assert!(said.contains(",932-9619111,") && said.contains(",111-1111112,"), "{said}");
}

/// Where columns are mixed up, and in remarks, a key is as secret as in its own column.
#[test]
fn keys_in_other_columns_are_masked() {
    let table = b"product,note,CD key\n932-9619111,was 1111111112 (or 111-1111113) before,100-1111111\n,room 1997,111-1111112\n";
    for format in ["human", "ndjson", "csv", "sarif", "junit", "github", "html"] {
        let said = scan(Path::new(DATA), &["-", "--all", "--format", format], table);
        for key in ["9619111", "1111112", "1111113"] {
            assert!(!said.contains(key), "{format}: {key} in {said}");
        }
    }
    let said = scan(Path::new(DATA), &["-", "--format", "csv"], table);
    assert!(said.contains(",was 111******* (or 111-*******) before,") && said.contains(",room 1997,"), "{said}");
}

#[test]
fn exit_codes() {
    let folder = folder(&[
        ("clean.txt", b"100-1111111\n"),
        ("note.txt", b"932-9619111\n"),
        ("warning.txt", b"111-1111111\n"),
        ("error.txt", b"111-1111112\n"),
    ]);
    for (file, fail_on, status) in [
        ("clean.txt", "note", 0),
        ("note.txt", "note", 1),
        ("note.txt", "warning", 0),
        ("warning.txt", "warning", 1),
        ("warning.txt", "error", 0),
        ("error.txt", "error", 1),
        ("error.txt", "never", 0),
        ("missing.txt", "never", 2),
    ] {
        for extent in [&["--all"][..], &["--summary"], &[]] {
            let said = run_in(folder.path(), &[&["scan", file, "--fail-on", fail_on], extent].concat(), b"");
            assert!(said.starts_with(&format!("status: {status}\n")), "{file} {fail_on} {extent:?}: {said}");
        }
    }
    let run = |arguments: &[&str]| run_in(Path::new("."), arguments, b"");
    assert!(run(&["scan"]).starts_with("status: 2\n"));
    assert!(run(&["scan", "-", "--all", "--summary"]).starts_with("status: 2\n"));
    assert!(run(&["scan", "-", "--product", "outlook-79"]).contains("outlook-97"));
}

/// A tree of lists, tables and texts, and one file that is read in many pieces.
fn tree() -> TempDir {
    let folder = tempdir().expect("a folder can be made");
    for number in 0..300_u32 {
        let path = folder.path().join(format!("{}/{}", number % 7, number % 11));
        fs::create_dir_all(&path).expect("the folder can be made");
        let mut text = match number % 3 {
            0 => String::new(),
            1 => "machine,product,CD key\n".to_owned(),
            _ => "About the machines\n".to_owned(),
        };
        for line in 0..number % 17 {
            let key = format!("{}-{:07}", 100 + line, (number * 7919 + line * 104_729) % 10_000_000);
            match number % 3 {
                0 => writeln!(text, "{key}"),
                1 => writeln!(text, "m{line},{},{key}", ["Windows 95", "", "Encarta 96"][line as usize % 3]),
                _ => writeln!(text, "The CD key of machine {line} is {key}.\n"),
            }
            .expect("a string takes everything");
        }
        fs::write(path.join(format!("{number}.txt")), text).expect("the file can be written");
    }
    let mut large = "100-1111111\n".repeat(45_000);
    for line in 0..300 {
        large.replace_range(line * 1200..line * 1200 + 11, &format!("{}-{:07}", 100 + line % 9, line * 33_331));
    }
    fs::write(folder.path().join("large.txt"), large).expect("the file can be written");
    folder
}

#[test]
fn the_output_does_not_depend_on_the_number_of_threads() {
    let tree = tree();
    for arguments in [
        &[".", "--format", "ndjson"][..],
        &[".", "--summary", "--duplicates"],
        &["6", "0", "3", "--all", "--format", "csv"],
    ] {
        let output = |jobs: &str| run_in(tree.path(), &[&["scan", "--jobs", jobs], arguments].concat(), b"");
        let one = output("1");
        assert!(one.starts_with("status: 1\n") && one.len() > 500, "{one}");
        for jobs in ["2", "3", "4"] {
            assert!(output(jobs) == one, "{arguments:?} differs with {jobs} threads");
        }
    }
}

/// A piece of a large file does not begin at line one.
#[test]
fn lines_of_large_files_are_counted_over_all_pieces() {
    let mut list = "100-1111111\n".repeat(99_999);
    list += "111-1111112\n";
    let mut table = "machine,CD key\n".to_owned();
    table += &"\"a\nb\",100-1111111\n".repeat(49_999);
    table += "c,111-1111112\n";
    let folder = folder(&[("list.txt", list.as_bytes()), ("table.csv", table.as_bytes())]);
    assert_eq!(places(folder.path(), &["list.txt", "table.csv"]), ["list.txt:100000:1", "table.csv:100000:3"]);
}
