//! No key is shown by accident: in any spelling, in any field, in any format.

use crate::program::moment::run_in;
use jewelcase::Catalogue;
use jewelcase::Situation;
use jewelcase::internals::{
    judge::judge,
    report::{
        Output, Report, csv, github, html,
        json::{self, Layout},
        junit, sarif,
        text::{self, Accepted},
    },
    wire::{
        Command, Entry, Field, Located, Location, Properties, Remedies,
        mask::{self, Keys},
        summary::Summary,
    },
};
use std::{borrow::Cow, fs};

/// A key of every form, none of them real, and how many of its first digits are shown.
const KEYS: [(&str, usize); 10] = [
    ("123-4567890", 3),
    ("1234-5678901", 4),
    ("12345-OEM-6789067-80976", 5),
    ("12345-678-9067896", 5),
    ("12345-G78-9067896", 5),
    ("12345-678-9067896-09876", 5),
    ("12345-G78-9067896-09876", 5),
    ("12345678906789067890", 5),
    ("12345-678-90", 5),
    ("A1B2C3D4E5F6G", 3),
];

/// Sixty ways to write it.
fn spellings(key: &str) -> Vec<String> {
    const SEPARATORS: [&str; 36] = [
        "-", " ", "", ".", "/", "_", ":", ",", ";", "+", "*", "|", "~", "=", "\\", "\t", "\n", "  ", " - ", "--",
        "\u{2013}", "\u{2014}", "\u{2011}", "\u{2010}", "\u{2212}", "\u{A0}", "\u{200B}", "\u{2009}", "\u{AD}",
        "\u{30FB}", "&#45;", "&nbsp;", "&ndash;", "%2D", "\\u002d", ") (",
    ];
    let mut all: Vec<String> = SEPARATORS.iter().map(|separator| key.replace('-', separator)).collect();
    let digits = |zero: u32| -> String {
        key.chars().map(|c| c.to_digit(10).and_then(|digit| char::from_u32(zero + digit)).unwrap_or(c)).collect()
    };
    all.extend([0xFF10, 0x0660, 0x06F0, 0x0966, 0x0E50, 0x1D7CE, 0x09E6].map(digits));
    let (head, tail) = key.split_at(3);
    all.extend([
        format!("({head}){tail}"),
        format!("[{key}]"),
        format!("\"{key}\""),
        format!("key{key}"),
        format!("{key}x"),
        format!("No.{key}"),
        format!("CD:{key};"),
        format!("({})", key.replace('-', ")(")),
        format!("{key}1"),
        format!("1{key}"),
        key[1..].to_owned(),
        key[..key.len() - 1].to_owned(),
        key.replacen('0', "O", 1),
        key.replacen('1', "l", 1),
        key.to_lowercase(),
        key.replace('-', "\u{2060}-"),
        key.replace('-', "-\u{301}"),
    ]);
    assert_eq!(all.len(), 60);
    all
}

/// What is around it.
const REMARKS: [(&str, &str); 4] =
    [("", ""), ("was ", " before"), ("old key: ", ", see Q180399"), ("(", ") on the box of lab 12")];

/// The digits of any script as ASCII, one after the other where nothing but marks is between them.
fn plain(text: &str) -> String {
    const ZEROS: [u32; 7] = [0xFF10, 0x0660, 0x06F0, 0x0966, 0x0E50, 0x1D7CE, 0x09E6];
    text.chars()
        .map(|c| {
            let digit = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|digit| *digit < 10));
            digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
        })
        .collect()
}

/// Every four digits in a row of the part of a key that is masked.
fn hidden(key: &str, shown: usize) -> Vec<String> {
    let digits: Vec<char> = key.chars().filter(char::is_ascii_digit).collect();
    let masked = digits.get(shown..).unwrap_or_default();
    masked.windows(4).map(|four| four.iter().collect()).collect()
}

fn written(begin: impl for<'o> FnOnce(Output<'o>) -> Box<dyn Report + 'o>, entries: &[Entry<'_>]) -> String {
    let mut out = Vec::new();
    let mut report = begin(Box::new(&mut out));
    entries.iter().for_each(|entry| report.entry(entry).expect("a vector takes everything"));
    report.end(&Summary::of(entries)).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

#[test]
fn no_spelling_of_any_key_leaves_four_digits_of_it_in_any_field_of_any_format() {
    let catalogue = Catalogue::built_in();
    let remedies = Remedies::Catalogue(catalogue);
    let subject = judge(catalogue, "111-1111112", &Situation::default()).expect("no product is named");
    let located = Located { subject, location: Some(Location { path: "a".into(), line: 1, column: 1 }) };
    let mut combinations = 0;
    for (before, after) in REMARKS {
        for (key, shown) in KEYS {
            let forbidden = hidden(key, shown.max(3));
            let mut entries = Vec::new();
            for spelling in spellings(key) {
                let raw = format!("{before}{spelling}{after}");
                let masked = mask::text(catalogue, &raw, Keys::Masked).into_owned();
                let leak = forbidden.iter().find(|four| {
                    let digits: String = plain(&masked).chars().filter(char::is_ascii_digit).collect();
                    digits.contains(*four)
                });
                assert_eq!(leak, None, "{raw:?} is shown as {masked:?}");
                let record = vec![
                    Field { name: masked.clone().into(), value: "x".into() },
                    Field { name: "remark".into(), value: masked.clone().into() },
                ];
                let mut entry = Entry::of_key(&located, Keys::Masked);
                if let Properties::Key(key) = &mut entry.properties {
                    (key.record, key.products) = (Some(Cow::Owned(record)), None);
                }
                let location = || Some(Location { path: format!("{masked}.zip/{masked}").into(), line: 2, column: 3 });
                entry.location = location();
                entry.findings.iter_mut().for_each(|finding| finding.location = location());
                entries.push(entry);
            }
            let settings = text::Settings { command: Some(Command::Scan), accepted: Accepted::Shown };
            let reports = [
                written(|out| Box::new(text::Writer::new(out, catalogue, remedies, settings)), &entries),
                written(
                    |out| Box::new(json::Writer::begin(out, None, remedies, Layout::Document).expect("it begins")),
                    &entries,
                ),
                written(
                    |out| Box::new(json::Writer::begin(out, None, remedies, Layout::Lines).expect("it begins")),
                    &entries,
                ),
                written(|out| Box::new(sarif::Writer::begin(out, catalogue, remedies).expect("it begins")), &entries),
                written(|out| Box::new(junit::Writer::begin(out, None).expect("it begins")), &entries),
                written(|out| Box::new(csv::Writer::new(out)), &entries),
                written(|out| Box::new(github::Writer::new(out)), &entries),
                written(|out| Box::new(html::Writer::new(out, catalogue, remedies)), &entries),
            ];
            for report in reports {
                // Of a page, what follows the style sheet; of a log, not its fingerprints, which are made of the path and the rule.
                let report = plain(report.split("<body>").last().unwrap_or_default());
                let mut pieces = report.split("\"partialFingerprints\":{");
                let first = pieces.next().unwrap_or_default().to_owned();
                let report = pieces.fold(first, |all, piece| all + piece.split_once('}').map_or("", |(_, rest)| rest));
                // The escapes of an address have digits of their own.
                let report: String = report
                    .split('%')
                    .enumerate()
                    .map(|(at, piece)| match at {
                        0 => piece,
                        _ => piece.get(2..).unwrap_or_default(),
                    })
                    .collect::<Vec<_>>()
                    .join("%");
                let leak = forbidden.iter().find(|four| report.contains(*four));
                assert_eq!(leak, None, "{key}");
                // Heading, column, path, member name, and the places of findings.
                combinations += entries.len() * 6;
            }
        }
    }
    assert!(combinations >= 100_000, "{combinations}");
}

/// The 25 letters and digits of a later key, with what is usual between its groups.
#[test]
fn product_keys_are_masked() {
    for separator in ["-", " ", "", ".", "_", "&#45;", "&nbsp;", "%2D", "\u{2011}"] {
        let key = "AB1CD-2EF3G-H4JK5-6LM7N-P8QR9".replace('-', separator);
        let masked = mask::text(Catalogue::built_in(), &key, Keys::Masked).into_owned();
        assert!(masked.starts_with("AB1") && !masked.contains("LM7N") && !masked.contains("P8QR9"), "{masked}");
    }
}

/// Groups of any length, brackets and markup do not show it, nor does a letter too many or too few.
#[test]
fn product_keys_are_masked_however_they_are_split() {
    for key in [
        "(AB1)CD-2EF3G-H4JK5-6LM7N-P8QR9",
        "AB1 CD2 EF3G-H4 JK5-6LM7N-P8QR9",
        "AB1CD2-EF3GH-4JK56-LM7NP-8QR9",
        "AB1CD2EF3GH4\nJK56LM7NP8QR9",
        "<b>AB1CD</b>-2EF3G-<i class=\"k\">H4JK5</i>-6LM7N-P8QR9",
        "AB1CD | 2EF3G | H4JK5 | 6LM7N | P8QR9 is the key",
        "KEY: [AB][1CD2][EF3GH4]JK56[LM7NP8QR9]X",
    ] {
        let masked = mask::text(Catalogue::built_in(), key, Keys::Masked).into_owned();
        assert!(!masked.contains("LM7N") && !masked.contains("QR9") && !masked.contains("JK56"), "{masked}");
    }
}

/// Markup, escapes and line breaks between the digits.
#[test]
fn keys_within_markup_and_escapes_are_masked() {
    for key in [
        "<b>745</b>-8316294",
        "<td>745</td><td>8316294</td>",
        "<span class=\"part one\">745</span>-<span class=\"part two\">8316294</span>",
        "<a href=\"x?key=745-8316294\">the key</a>",
        "745-\n8316294",
        "745-\r\n  > 8316294",
        "745%2D8316294",
        "%37%34%35-%38%33%31%36%32%39%34",
        "http://server/keys/745-8316294?all=1",
        "http://server/745/8316294/",
        "C:\\keys\\745-8316294\\setup.exe",
        "{\"key\":\"745\\u002d8316294\"}",
        "745\\x2d8316294",
        "745&#x2d;8316294",
        "745-83162",
        "745-831629",
        "745-83162945",
    ] {
        let masked = mask::text(Catalogue::built_in(), key, Keys::Masked).into_owned();
        for four in ["8316", "3162", "1629", "6294", "%31%36%32"] {
            assert!(!masked.contains(four), "{key:?} is shown as {masked:?}");
        }
    }
}

/// A number that is a serial by its form can be a key that was cut short, unless a product is named that asks for serials.
#[test]
fn a_key_that_was_cut_short_is_masked_where_it_was_found() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    write("a.csv", "machine,CD key,product\nm1,745-83162,\nm2,7458-31629,\nm3,745-83162,Office 97\nm4,(745)83162,\n");
    write("unattend.txt", "[UserData]\nProductID = \"745-83162\"\n");
    write("list.txt", "745-83162\n745 83162\n111-1111111\n");
    for format in ["human", "json", "ndjson", "sarif", "junit", "csv", "html", "github"] {
        let said = run_in(folder.path(), &["scan", ".", "--all", "--format", format], b"");
        assert!(!said.contains("83162") && !said.contains("31629"), "{format}: {said}");
    }
    write(
        "mail.csv",
        "postoffice,serial,product\nm1,745-83162,Mail 3.5\nm2,799-99992,Mail 3.5\nm3,32-64537,Mail 3.5\n",
    );
    let said = run_in(folder.path(), &["scan", "mail.csv", "--all"], b"");
    assert!(["745-83162", "799-99992", "32-64537"].iter().all(|serial| said.contains(serial)), "{said}");
}

/// What people write every day stays readable.
#[test]
fn ordinary_words_and_numbers_stay() {
    for text in [
        "ordered by phone in May 95",
        "twentyfivelettersordigits",
        "see Q180399 and KB2918614",
        "backup/2024-01-15/lab 12/list.txt",
        "1995-08-24 12:30:00, 24.08.1995, 20240115",
        "192.168.100.200",
        "127.0.0.1:45123: Address already in use",
        "IMG_20201130_123456.jpg, 20201130T1234",
        "found 2097152 bytes of 1048576000 bytes",
        "Windows NT 4.0 SP6a build 1381, 16 MB",
        "serial 32-64537",
        "these seven words about eight small boxes",
        "lab-machines-of-the-third-floor",
        "WINDOWS NT 4.0 SP6A BUILD 1381 ON X86",
        "a < b, 5 > 4 and 16 <= 32",
        "LAB3-PC12-NT4",
        "2024-01-15T12:30:00.123+02:00",
        "<td>24.08.1995</td><td>12:30:00</td>",
        "MICROSOFT OFFICE 97 PROFESSIONAL, SR2",
    ] {
        assert_eq!(mask::text(Catalogue::built_in(), text, Keys::Masked), text);
    }
}

/// The program itself: columns, headings, paths, members, lists, configurations, errors and arguments.
#[test]
fn nothing_that_the_program_says_has_a_key_whole() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    let csv = "machine,CD key,was 745 8316294\nm1,333-1111112,old key: 745.8316294\nm2,333-1111112,key745-8316294 typo 745-831629\n";
    write("leak.csv", csv);
    write("745-8316294.txt", "111-1111112\n");
    write("inventory.csv", "network,postoffice,serial\nNET,PO,745-8316294\nNET,745-8316294,32-64537\n");
    write("jewelcase.toml", "[[suppress]]\nrule = \"key/digit-sum\"\nsubject = \"745-8316294\"\nreason = \"x\"\n");
    write("bad.toml", "745-8316294 = 1\n");
    let mut commands: Vec<Vec<&str>> = Vec::new();
    for format in ["human", "json", "ndjson", "sarif", "junit", "csv", "html", "github"] {
        commands.push(vec!["scan", ".", "--format", format, "--duplicates"]);
        commands.push(vec!["audit", "inventory.csv", "--format", format]);
    }
    commands.extend([
        vec!["scan", "745-8316294.txt", "--show-config"],
        vec!["scan", "745-8316295"],
        vec!["check", "111-1111111", "--product", "745-8316294"],
        vec!["check", "111-1111111", "--sku", "745-8316294"],
        vec!["--745-8316294"],
        vec!["rules", "list", "745-8316294"],
        vec!["explain", "745-8316294"],
        vec!["addpack", "745-8316294", "--server", "4.0", "--licenses", "1"],
        vec!["addpack", "bad.toml"],
    ]);
    for arguments in commands {
        let said = run_in(folder.path(), &arguments, b"");
        assert!(!said.contains("831629"), "{arguments:?}: {said}");
    }
}

/// A terminal is not written to, a sheet does not calculate, and a CI server is given no commands.
#[test]
fn names_from_anywhere_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    for name in [
        "::add-mask::x",
        "##vso[task.complete]x",
        "a\u{202E}txt.b",
        "c\u{2028}d",
        "e\u{9B}f",
        "g\u{200B}h",
        "x;=1+1;y",
        "z; -1",
    ] {
        write(name, "111-1111112\n");
    }
    for format in ["human", "csv", "html", "github", "junit"] {
        let said = run_in(folder.path(), &["scan", ".", "--format", format], b"");
        for unseen in ['\u{202E}', '\u{2028}', '\u{9B}', '\u{200B}', '\u{1B}'] {
            assert!(!said.contains(unseen), "{format}: {unseen:?} in {said}");
        }
        assert!(said.contains("a\\u{202e}txt.b") && said.contains("c\\u{2028}d"), "{format}: {said}");
        if format != "github" {
            assert!(!said.lines().any(|line| line.starts_with("::")), "{format}: {said}");
        }
        if format == "human" {
            assert!(!said.contains("##vso["), "{said}");
        }
        if format == "csv" {
            assert!(said.contains("x;'=1+1;y,") && said.contains("z; '-1,"), "{said}");
        }
    }
    write("jewelcase.toml", "[severity]\n\"\\u001b]0;pwned\\u0007\\n::error::x\\u009b2J\\u202e\" = \"error\"\n");
    let said = run_in(folder.path(), &["scan", "."], b"");
    assert!(said.starts_with("status: 2\n") && !said.contains(['\u{1B}', '\u{7}', '\u{9B}', '\u{202E}']), "{said:?}");
    assert!(!said.lines().any(|line| line.starts_with("::")), "{said}");
}
