//! Bad input is normal input: one finding with its place, the rest is looked at, exit code 2, and nothing is changed.

use crate::program::moment::run_in;
use jewelcase::internals::{
    catalogue::UnknownId,
    scan::{
        Event, InputKind, ReportFilter, Request, Totals,
        columns::{Column, Columns},
        encoding::Encoding,
        scan,
    },
    wire::mask::{Keys, label},
};
use jewelcase::{Catalogue, Situation, judge};
use proptest::prelude::*;
use std::{fs, io::Write, path::Path};
use tempfile::tempdir;

/// What is found in a file of these bytes: every line of the report that names a place, and the exit code before them.
fn said(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempdir().expect("a folder can be made");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("the file can be written");
    let said = run_in(folder.path(), &["scan", name], b"");
    assert!(fs::read(path).expect("the file is still there") == bytes, "{name} was changed");
    places(&said, name)
}

fn places(said: &str, name: &str) -> Vec<String> {
    let (status, said) = said.split_once("\n--- stdout\n").expect("the frame has a standard output");
    assert!(said.ends_with("--- stderr\n"), "{said}");
    let places = said.lines().map(str::trim_start).filter(|line| line.starts_with(&format!("{name}:")));
    let places = places.filter(|line| *line != format!("{name}: undecided"));
    std::iter::once(status).chain(places).map(str::to_owned).collect()
}

const BAD: &str = ": 111-*******: rejected as cd-key-10";

#[test]
fn a_long_line_is_passed_over() {
    let list = [b"111-1111112\n".to_vec(), vec![b'1'; 5 << 20], b"\n111-1111112\n".to_vec()].concat();
    let expected = [
        "status: 2",
        &format!("list.txt:1:1{BAD}"),
        "list.txt:2:1: error[input/truncated]: the line is longer than 1048576 bytes, so it was skipped (independent)",
        &format!("list.txt:3:1{BAD}"),
    ];
    assert_eq!(said("list.txt", &list), expected);
    // So it is in other kinds of input.
    let table = [b"machine,CD key\n\"".to_vec(), vec![b'a'; 5 << 20], b"\",x\nb,111-1111112\n".to_vec()].concat();
    assert_eq!(
        said("table.csv", &table)[1..],
        [
            "table.csv:2:1: error[input/truncated]: the line is longer than 1048576 bytes, so it was skipped (independent)",
            &format!("table.csv:3:3{BAD}"),
        ]
    );
    let text = [b"About\n".to_vec(), vec![b'a'; 5 << 20], b"\nCD key 111-1111112\n".to_vec()].concat();
    assert_eq!(said("a.txt", &text).last(), Some(&format!("a.txt:3:8{BAD}")));
}

/// What a run that may take no more than so many KB of memory says of standard input, which `feed` writes.
#[cfg(target_os = "linux")]
fn said_within(kilobytes: u32, options: &str, feed: impl FnOnce(&mut std::process::ChildStdin) + Send) -> String {
    use std::process::{Command, Stdio};
    let limited =
        format!("ulimit -v {kilobytes} && exec \"{}\" scan - --jobs 2 {options}", env!("CARGO_BIN_EXE_jewelcase"));
    let mut child = Command::new("sh")
        .args(["-c", &limited])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("there is a shell");
    let mut input = child.stdin.take().expect("the input is piped");
    let output = std::thread::scope(|scope| {
        scope.spawn(move || feed(&mut input));
        child.wait_with_output().expect("the program ends by itself")
    });
    let said = String::from_utf8(output.stdout).expect("reports are UTF-8");
    format!("status: {}\n{said}", output.status.code().unwrap_or(-1))
}

/// A line of 100 MB is never in memory; `ulimit` would kill the program if it did.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded() {
    let said = said_within(400_000, "", |input| {
        input.write_all(b"111-1111112\n").expect("the program reads");
        for _ in 0..500 {
            input.write_all(&[b'1'; 1 << 20]).expect("the program reads on");
        }
        input.write_all(b"\n333-1111112\n").expect("the program reads to the end");
    });
    assert!(said.starts_with("status: 2\n"), "{said}");
    assert!(said.contains("-:2:1: error[input/truncated]") && said.contains("-:3:1: 333-*******"), "{said}");
}

/// What is said of a key takes two hundred times the room of the key; of these it would take more than there is.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_file_of_many_keys_is_told_little_by_little() {
    const KEYS: usize = 120_000;
    let said = said_within(220_000, "--as answers --format csv", |input| {
        input.write_all(b"[Product ID]\ncdkey=111-1111111\n").expect("the program reads");
        for key in 0..KEYS {
            writeln!(input, "Pid=333-{key:07}").expect("the program reads on");
        }
    });
    assert!(said.starts_with("status: 1\n"), "{}", &said[..said.len().min(1000)]);
    let lines: Vec<usize> = said.lines().filter_map(|row| row.split(',').nth(1)?.parse().ok()).collect();
    assert_eq!(lines.first(), Some(&1), "the answer file itself");
    let keys = lines.iter().filter(|line| **line > 2).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(keys.len(), KEYS, "every key has a row");
    assert!(lines[1..].is_sorted(), "in the order of the input");
}

/// Each key is in two places, which are written one by one.
#[cfg(target_os = "linux")]
#[test]
fn many_duplicates_are_told_one_by_one() {
    const KEYS: usize = 150_000;
    let said = said_within(150_000, "--duplicates --summary --format json", |input| {
        for key in (0..KEYS).chain(0..KEYS) {
            writeln!(input, "333-{key:07}").expect("the program reads on");
        }
    });
    assert!(said.starts_with("status: 1\n"), "{}", &said[..said.len().min(1000)]);
    assert_eq!(said.matches("\"places\": [").count(), KEYS);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

/// A list that gzip cannot make small, with a bad key on its first line and on no other.
fn list() -> String {
    let keys = (0..9000_u32).map(|number| format!("{:03}-1111111\n", 112 + (number * 7919) % 200));
    std::iter::once("111-1111112\n".to_owned()).chain(keys).collect()
}

#[test]
fn a_truncated_gzip_is_read_as_far_as_it_goes() {
    let whole = gzip(list().as_bytes());
    for length in [whole.len() - 1, whole.len() - 9, whole.len() / 2] {
        let said = said("list.gz", &whole[..length]);
        assert_eq!(said[..2], ["status: 2", &format!("list.gz:1:1{BAD}")], "{length}");
        assert!(said.len() == 3 && said[2].contains(":1: error[input/truncated]: reading stopped here: "), "{said:?}");
    }
    let said = said("list.gz", &whole[..12]);
    assert!(said.len() == 2 && said[1].starts_with("list.gz:1:1: error[input/truncated]: "), "{said:?}");
}

/// What was read of a record before the failure could pass for a whole one.
#[test]
fn a_record_that_is_cut_is_not_judged() {
    let stored = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        encoder.write_all(b"100-1111111\n111-1111111\n").expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    };
    // Eight bytes of checksum and length, and two of the last line.
    let said = said("list.gz", &stored[..stored.len() - 10]);
    assert!(said.len() == 2 && said[1].starts_with("list.gz:2:1: error[input/truncated]: "), "{said:?}");
}

fn zip() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b.txt"] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a vector takes everything");
        writer.write_all(list().as_bytes()).expect("a vector takes everything");
    }
    writer.finish().expect("a vector takes everything").into_inner()
}

#[test]
fn members_that_cannot_be_read_do_not_hide_the_others() {
    let whole = zip();
    let second = memchr::memmem::rfind(&whole, b"PK\x03\x04").expect("the archive has two members");
    let directory = memchr::memmem::find(&whole, b"PK\x01\x02").expect("the archive has a directory");
    // The bit that says that the first member is encrypted, in both of its headers.
    let mut encrypted = whole.clone();
    encrypted[6] |= 1;
    encrypted[directory + 8] |= 1;
    for (what, bytes, message) in [
        ("encrypted", encrypted, ": this file is encrypted"),
        (
            "damaged",
            {
                let mut damaged = whole.clone();
                damaged[second / 2..second / 2 + 40].fill(0xFF);
                damaged
            },
            "reading stopped here: ",
        ),
    ] {
        let folder = tempdir().expect("a folder can be made");
        fs::write(folder.path().join("keys.zip"), bytes).expect("the file can be written");
        let said = run_in(folder.path(), &["scan", "keys.zip"], b"");
        assert!(said.starts_with("status: 2\n"), "{what}: {said}");
        let faults: Vec<_> = said.lines().filter(|line| line.contains("error[input/")).collect();
        assert!(
            faults.len() == 1 && faults[0].starts_with("  keys.zip/a.txt:") && faults[0].contains(message),
            "{what}: {said}"
        );
        assert!(said.contains(&format!("\nkeys.zip/b.txt:1:1{BAD}\n")), "{what}: {said}");
    }
    let broken = said("keys.zip", &whole[..whole.len() / 2]);
    assert!(broken.len() == 2 && broken[1].starts_with("keys.zip:1:1: error[input/truncated]: "), "{broken:?}");
    assert_eq!(broken[0], "status: 2");
}

#[test]
fn a_broken_promise_of_utf_8_is_told_once() {
    let bytes = b"\xEF\xBB\xBF111-1111112\n100-1111111 \xFF\n100-1111111\n\xFE\n";
    assert_eq!(
        said("list.txt", bytes),
        [
            "status: 2",
            &format!("list.txt:1:1{BAD}"),
            "list.txt:2:1: 100-******* \u{FFFD}: rejected as cd-key-10",
            "list.txt:4:1: \u{FFFD}: unrecognized",
            "list.txt:2:13: error[input/unreadable]: the byte 0xFF is not valid UTF-8, which the file claims to be (independent)",
        ]
    );
}

#[test]
fn empty_input_is_no_fault() {
    for bytes in [&b""[..], b"\n", b"\r\n\r\n", b"   ", b"\xEF\xBB\xBF", b"\xFF\xFE", &gzip(b"")] {
        assert_eq!(said("empty.txt", bytes), ["status: 0"], "{bytes:?}");
    }
    let said = run_in(Path::new("."), &["scan", "-", "--summary"], b"");
    assert!(said.contains("\n1 file looked at\n0 in all\n"), "{said}");
}

#[test]
fn nul_bytes_are_characters_of_a_file_that_was_named() {
    let said = said("list.txt", b"111-1111112\n\0\0\n111-1111112\n");
    assert_eq!(said[0], "status: 1");
    assert_eq!(said[1], format!("list.txt:1:1{BAD}"));
    assert_eq!(said.last(), Some(&format!("list.txt:3:1{BAD}")));
}

#[test]
fn what_is_not_there_does_not_hide_the_rest() {
    let folder = tempdir().expect("a folder can be made");
    fs::write(folder.path().join("list.txt"), "111-1111112\n").expect("the file can be written");
    let said = run_in(folder.path(), &["scan", "missing", "list.txt"], b"");
    assert!(said.starts_with("status: 2\n") && said.ends_with("\njewelcase: missing: not found\n"), "{said}");
    assert!(said.contains(&format!("\nlist.txt:1:1{BAD}\n")), "{said}");
}

/// A loop of links that is named leads nowhere; one in a folder is skipped.
#[cfg(unix)]
#[test]
fn loops_and_closed_files() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempdir().expect("a folder can be made");
    symlink("b", folder.path().join("a")).expect("a link can be made");
    symlink("a", folder.path().join("b")).expect("a link can be made");
    let said = run_in(folder.path(), &["scan", "a"], b"");
    assert!(said.starts_with("status: 2\n") && said.contains("a:1:1: error[input/unreadable]: "), "{said}");
    let said = run_in(folder.path(), &["scan", "."], b"");
    assert!(
        said.starts_with("status: 2\n") && said.ends_with("\njewelcase: .: no file to read in this folder\n"),
        "{said}"
    );
    let closed = folder.path().join("closed.txt");
    fs::write(&closed, "111-1111112\n").expect("the file can be written");
    fs::write(folder.path().join("open.txt"), "111-1111112\n").expect("the file can be written");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("the file is ours");
    if fs::read(&closed).is_ok() {
        eprintln!("SKIPPED: whoever runs this may read everything");
        return;
    }
    let said = run_in(folder.path(), &["scan", "."], b"");
    assert!(said.starts_with("status: 2\n") && said.contains("closed.txt:1:1: error[input/unreadable]: "), "{said}");
    assert!(said.contains(&format!("\nopen.txt:1:1{BAD}\n")), "{said}");
}

#[test]
fn ten_thousand_empty_files() {
    let folder = tempdir().expect("a folder can be made");
    for number in 0..10_000 {
        fs::write(folder.path().join(format!("{number}.txt")), "").expect("the file can be written");
    }
    let said = run_in(folder.path(), &["scan", ".", "--summary"], b"");
    assert!(said.starts_with("status: 0\n") && said.contains("\n10000 files looked at\n"), "{said}");
}

const KINDS: [Option<InputKind>; 7] = [
    None,
    Some(InputKind::List),
    Some(InputKind::Table { delimiter: b',' }),
    Some(InputKind::Table { delimiter: b'\t' }),
    Some(InputKind::Ndjson),
    Some(InputKind::Answers),
    Some(InputKind::Text),
];

/// Everything that a run through the library tells of a file.
fn run_of(
    path: &Path,
    kind: Option<InputKind>,
    encoding: Option<Encoding>,
    column: Column,
    filter: ReportFilter,
) -> (Vec<Event>, Totals) {
    let request = Request {
        kind,
        encoding,
        columns: Columns { key: column },
        filter,
        duplicates: filter == ReportFilter::All,
        carry: filter == ReportFilter::Findings,
        ..Request::new(Catalogue::built_in(), vec![path.to_owned()])
    };
    let mut events = Vec::new();
    let totals = scan::<UnknownId>(&request, |event| {
        events.push(event);
        Ok(())
    });
    (events, totals.expect("the situation names nothing"))
}

/// Counts of verdicts and forms, from the tally and from the keys themselves.
fn is_counted_as_it_is_told(bytes: &[u8], kind: Option<InputKind>, encoding: Option<Encoding>) {
    let folder = tempdir().expect("a folder can be made");
    let path = folder.path().join("input");
    fs::write(&path, bytes).expect("the file can be written");
    let (all, totals) = run_of(&path, kind, encoding, Column::Any, ReportFilter::All);
    let (none, counts) = run_of(&path, kind, encoding, Column::Any, ReportFilter::Counts);
    assert_eq!(counts.tally, totals.tally);
    assert!(!none.iter().any(|event| matches!(event, Event::Key(..))));
    let (findings, _) = run_of(&path, kind, encoding, Column::Numbered(1), ReportFilter::Findings);
    assert!(findings.iter().all(|event| !matches!(event, Event::Key(key, _) if key.subject.findings.is_empty() && key.subject.unanswered.is_empty())));
    let keys: Vec<_> = all
        .iter()
        .filter_map(|event| match event {
            Event::Key(key, _) => Some(key),
            _ => None,
        })
        .collect();
    assert_eq!(totals.tally.keys(), keys.len() as u64);
    let mut told: Vec<_> = keys.iter().map(|key| (key.subject.verdict, key.subject.form.clone())).collect();
    let mut counted: Vec<_> = totals
        .tally
        .counts()
        .flat_map(|(outcome, count)| (0..count).map(|_| (outcome.verdict, outcome.form.clone())))
        .collect();
    told.sort();
    counted.sort();
    assert_eq!(told, counted);
    for key in keys {
        let place = key.location.as_ref().expect("a key stands somewhere");
        assert!(place.line >= 1 && place.column >= 1);
        assert_eq!(label(&key.subject, Keys::Masked).text.len(), label(&key.subject, Keys::Shown).text.len());
        // A row can name the product, whose Setup takes for a key what would be one of nobody else.
        let situation = Situation { product: key.subject.product.as_deref(), ..Situation::default() };
        let again = judge(Catalogue::built_in(), &key.subject.text, &situation);
        assert_eq!(again.expect("the product is known").form.is_some(), key.subject.form.is_some());
    }
}

/// Lines that are nearly what a kind of input asks for.
fn lines() -> impl Strategy<Value = String> {
    let key =
        "[0-9]{3}-[0-9]{7}|[0-9]{4}-[0-9]{7}|[0-9]{1,4}-[0-9]{5}|[0-9]{5}-OEM-0[0-9]{6}-[0-9]{5}|[0-9OEMl \"-]{0,20}";
    let line = prop_oneof![
        key.prop_map(|key| key),
        ("[a-z]{0,3}", "Windows 95|Encarta 96|\"Mail\\n3.5\"||outlook-97", key)
            .prop_map(|(a, b, c)| format!("{a},{b},{c}")),
        ("[a-z]{0,3}", key).prop_map(|(a, b)| format!("{{\"m\":\"{a}\",\"key\":\"{}\"}}", b.replace('"', ""))),
        key.prop_map(|key| format!("The CD key is {key}, says the label")),
        key.prop_map(|key| format!("setup /k \"{key}\"")),
        "machine,product,CD key".prop_map(|line| line),
        "\\[[A-Za-z ]{0,12}\\]|ProductID ?= ?[0-9-]{0,12}|\\{\"|[^\\n]{0,12}",
    ];
    (prop::collection::vec(line, 0..12), "\\n|\\r\\n").prop_map(|(lines, end)| lines.join(&end))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_counted_as_they_are_told(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0..KINDS.len()) {
        for encoding in [None, Some(Encoding::Utf8), Some(Encoding::Utf16Le), Some(Encoding::Cp437)] {
            is_counted_as_it_is_told(&bytes, KINDS[kind], encoding);
        }
    }

    /// Quotes that are not closed, doubled, or opened in the middle of a field.
    #[test]
    fn any_quotes_are_survived(rows in "[\",; \r\n1a-]{0,60}", header in "cd key,product|a,cd key,b|\"cd key\";a") {
        let table = format!("{header}\n{rows}");
        for delimiter in [b',', b';'] {
            is_counted_as_it_is_told(table.as_bytes(), Some(InputKind::Table { delimiter }), None);
        }
    }

    #[test]
    fn any_lines_are_counted_as_they_are_told(text in lines(), kind in 0..KINDS.len()) {
        is_counted_as_it_is_told(text.as_bytes(), KINDS[kind], None);
    }
}
