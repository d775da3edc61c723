//! What is found in inputs of every kind, and exactly where. The inputs are in `tests/data/scan`.

use crate::program::moment::run_in;
use std::{fs, path::Path};

const FOLDER: &str = "tests/data/scan";

/// Status and output of `scan` in the folder of the inputs.
fn scan(arguments: &[&str], input: &[u8]) -> String {
    run_in(Path::new(FOLDER), &[&["scan"], arguments].concat(), input)
}

/// A report without what to do, which grows with every article that answers a rule.
fn without_remedies(said: &str) -> String {
    said.lines().filter(|line| !line.starts_with("    ")).flat_map(|line| [line, "\n"]).collect()
}

/// The line of each key and file in the human report: `list.txt:1:1: 111-*******: well formed as cd-key-10`.
fn found(arguments: &[&str], input: &[u8]) -> Vec<String> {
    lines_of(&scan(arguments, input))
}

fn lines_of(said: &str) -> Vec<String> {
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let (said, errors) = said.rsplit_once("--- stderr\n").expect("the frame has a standard error");
    assert_eq!(errors, "");
    let lines = said.lines().filter(|line| !line.starts_with(' ') && !line.is_empty());
    lines.filter(|line| !line.contains(" in all") && !line.contains(" looked at")).map(str::to_owned).collect()
}

/// Every key, in whatever file.
fn all(path: &str) -> Vec<String> {
    found(&["--all", path], b"")
}

/// The six keys of `list.txt`, whose third line is blank, fourth indented by two blanks and fifth by a tab.
const OF_LIST: [&str; 6] = [
    "1:1: 111-*******: well formed as cd-key-10",
    "3:1: 333-*******: rejected as cd-key-10",
    "4:3: 932-*******: well formed as cd-key-10",
    "5:2: 0799-99992: undecided as postoffice-serial",
    "6:1: 1234-*******: well formed as cd-key-11",
    "7:1: 111-*******: rejected as cd-key-10",
];

fn of_list(label: &str) -> Vec<String> {
    OF_LIST.iter().map(|line| format!("{label}:{line}")).collect()
}

#[test]
fn a_list() {
    insta::assert_snapshot!(without_remedies(&scan(&["list.txt"], b"")));
}

#[test]
fn a_list_is_the_same_with_any_line_ends_and_without_the_last() {
    let list = fs::read(format!("{FOLDER}/list.txt")).expect("the input is in the repository");
    let crlf = fs::read(format!("{FOLDER}/list-crlf.txt")).expect("the input is in the repository");
    assert!(crlf.windows(2).any(|pair| pair == b"\r\n") && !crlf.ends_with(b"\n") && !list.contains(&b'\r'));
    assert_eq!(all("list.txt"), of_list("list.txt"));
    assert_eq!(all("list-crlf.txt"), of_list("list-crlf.txt"));
    assert_eq!(found(&["--all", "-"], &list), of_list("-"));
    assert_eq!(found(&["-", "--all", "--as", "list"], &crlf), of_list("-"));
}

#[test]
fn only_findings_are_reported_unless_all_are_asked_for() {
    let list = b"100-1111111\n111-1111112\n";
    assert_eq!(found(&["-"], list), ["-:2:1: 111-*******: rejected as cd-key-10"]);
    assert_eq!(found(&["-", "--all"], list)[0], "-:1:1: 100-*******: well formed as cd-key-10");
    assert_eq!(found(&["-", "--all"], list).len(), 2);
    assert!(scan(&["-"], list).contains("\n2 in all: 1 well formed, 1 rejected\n"));
}

/// Rows name products by title and channels by name; one product is not in the catalogue.
#[test]
fn a_table_with_products() {
    insta::assert_snapshot!(without_remedies(&scan(&["header.csv"], b"")));
}

#[test]
fn tables_of_every_kind() {
    assert_eq!(
        all("no-header.csv"),
        [
            "no-header.csv:1:8: 111-*******: well formed as cd-key-10",
            "no-header.csv:2:8: 111-*******: rejected as cd-key-10",
            "no-header.csv:3:8: 932-*******: well formed as cd-key-10",
        ]
    );
    assert_eq!(
        all("table.tsv"),
        ["table.tsv:2:11: 333-*******: rejected as cd-key-10", "table.tsv:4:11: 040-*******: well formed as cd-key-10",]
    );
    // The first value is on the second line of its row, after a quoted line end; the second after its quote.
    assert_eq!(
        all("semicolon.csv"),
        [
            "semicolon.csv:3:19: 0799-99992: undecided as postoffice-serial",
            "semicolon.csv:4:14: 32-64537: well formed as postoffice-serial",
        ]
    );
}

#[test]
fn the_column_is_found_by_name_or_number() {
    let named = found(&["two-keys.csv", "--all"], b"");
    assert_eq!(named[0], "two-keys.csv:2:20: 932-*******: well formed as cd-key-10");
    let spare = [
        "two-keys.csv:2:8: 111-*******: rejected as cd-key-10",
        "two-keys.csv:3:8: 111-*******: rejected as cd-key-10",
    ];
    for column in ["spare", "SPARE", "2"] {
        assert_eq!(found(&["two-keys.csv", "--column", column], b""), spare, "{column}");
    }
    let said = scan(&["two-keys.csv", "--as", "csv", "--column", "colour"], b"");
    assert!(said.starts_with("status: 2\n") && said.contains("error[input/unreadable]: "), "{said}");
}

#[test]
fn rows_without_a_key_do_not_hide_the_others() {
    let table = format!("machine,CD key\n{}desk-1,111-1111112\n", "spare,\n".repeat(40));
    let expected = ["42:8: 111-*******: rejected as cd-key-10"];
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("inventory.csv"), &table).expect("the file can be written");
    let said = run_in(folder.path(), &["scan", "inventory.csv"], b"");
    assert_eq!(lines_of(&said), expected.map(|line| format!("inventory.csv:{line}")));
    assert_eq!(found(&["-", "--as", "csv"], table.as_bytes()), expected.map(|line| format!("-:{line}")));
}

#[test]
fn values_stand_where_they_stand() {
    let cases: [(&str, &str); 6] = [
        ("machine,CD key\na,111-1111112\n", "2:3"),
        ("machine,CD key\na,  111-1111112\n", "2:5"),
        ("machine,CD key\n\"a,b\",\"111-1111112\"\n", "2:8"),
        ("machine,CD key\n\"a \"\"111-1111112\"\" b\",111-1111112\n", "2:23"),
        ("machine,product,CD key\n\"a\n\nb\",\"Windows\n95\",111-1111112\n", "5:5"),
        ("machine,product,CD key\n\u{e9},Windows 95,111-1111112\n", "2:14"),
    ];
    for (table, place) in cases {
        let found = found(&["-", "--as", "csv"], table.as_bytes());
        assert!(found.len() == 1 && found[0].starts_with(&format!("-:{place}: 111-*******")), "{table:?} {found:?}");
    }
    // One byte of Windows 1252 is one character.
    let found = found(&["-"], b"machine,product,CD key\n\xe9\xe8,Windows 95,111-1111112\n");
    assert_eq!(found, ["-:2:15: 111-*******: rejected as cd-key-10 at windows-95"]);
}

#[test]
fn records() {
    insta::assert_snapshot!(without_remedies(&scan(&["records.ndjson", "--all"], b"")));
}

/// The note holds the same digits as the key after it, and a number is read by its digits.
#[test]
fn keys_of_records_stand_behind_their_names() {
    let records = b"{\"note\":\"111-1111112\",\"key\":\"111-1111112\"}\n{\"CD key\":1111111112}\n";
    assert_eq!(
        found(&["-"], records),
        ["-:1:30: 111-*******: rejected as cd-key-10", "-:2:11: 111*******: rejected as cd-key-10"]
    );
}

#[test]
fn answer_files_and_scripts() {
    insta::assert_snapshot!(without_remedies(&scan(&["answers", "--all"], b"")));
}

#[test]
fn running_text() {
    insta::assert_snapshot!(without_remedies(&scan(&["text", "--all"], b"")));
}

/// The word that announces a form of the corpus.
fn word(form: &str) -> Option<&'static str> {
    match form.split(' ').next().unwrap_or_default() {
        "CD10" | "CD11" | "PID" => Some("CD key"),
        "PID15" | "PID20" | "OEM20" | "SQL15" => Some("Product ID"),
        "COA20" => Some("Certificate of Authenticity"),
        "MS" => Some("postoffice serial number"),
        _ => None,
    }
}

/// Every string of the corpus with its form and what it is.
fn corpus() -> Vec<(String, String, String)> {
    let text = include_str!("../data/kb-strings.csv");
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(|row| row.expect("the corpus is CSV"));
    let rows = rows.map(|row| (row[1].to_owned(), row[2].to_owned(), row[4].to_owned()));
    rows.map(|(string, form, what)| (string.split(" (").next().unwrap_or_default().to_owned(), form, what)).collect()
}

#[test]
fn every_key_that_microsoft_printed_is_found_in_a_sentence_that_names_it() {
    let mut looked_for = 0;
    for (string, form, what) in corpus() {
        let Some(word) = word(&form) else { continue };
        // What could be any number has to follow the word.
        let between = if string.contains('-') { "of the old machine is" } else { "is" };
        let sentence = format!("Setup asks.\nThe {word} {between} \"{string}\", says the label.\n");
        let found = found(&["-", "--all", "--as", "text"], sentence.as_bytes());
        let is_key = string.bytes().all(|byte| byte.is_ascii_digit() || b"-OEM".contains(&byte));
        let place = format!("-:2:{}: ", format!("The {word} {between} \"").len() + 1);
        assert_eq!(found.len(), usize::from(is_key), "{string} ({what}): {found:?}");
        assert!(found.iter().all(|line| line.starts_with(&place)), "{string}: {found:?}");
        looked_for += usize::from(is_key);
    }
    assert!(looked_for >= 25, "{looked_for} keys were looked for");
}

/// But for those of four groups, which nothing else has.
#[test]
fn no_key_of_the_corpus_is_found_where_no_word_says_so() {
    for (string, ..) in corpus().into_iter().filter(|(string, ..)| string.split('-').count() != 4) {
        for sentence in [format!("{string}\n"), format!("The machine bears {string} on its back.\n")] {
            let found = found(&["-", "--all", "--as", "text"], sentence.as_bytes());
            assert!(found.is_empty(), "{sentence:?}: {found:?}");
        }
    }
}

#[test]
fn look_alikes_are_not_found() {
    let look_alikes = [
        "The CD key is on the sleeve. Call 206-5551234 if it is not.",
        "To get another CD key, call 0800-1234567.",
        "For a CD key: telephone 206-5551234, fax 425-5551235.",
        "A CD key, or Product ID, is not ISBN 9781556158964 or 1-55615-896-3.",
        "CD key of 12.10.1997, 1997-10-12 and 1997-10-12T10:12:00.",
        "The serial port 5631, the postoffice at 12345 and the build 1381 of 0799.",
        "CD key or label 097-0001533",
        "CD key in http://example.org/123-4567890 and C:\\KEYS\\1234567890.TXT",
        "CD key hash 1111111111abcdef, address 1111111111@example.org",
        "The mailbox 12-34567 has a long name.",
        "The postoffice is in 12-34567.",
        "CD key 3.1415926535, Product ID $1111111111, pid 11111-11111",
        "1111111111 bytes were copied from the CD.",
        "A CD key was asked for.\n\nThe invoice of the year before is 111-1111111.",
        "The CD key is on the sleeve.\nPhone: 206-5551234\n",
        "The CD key is on the sleeve.\n\n  206-5551234\n",
        "pid:[4026531836], serial number 1234567890, key 1234567890, sn 0123456789",
        "Ask for CD key, phone number 123-4567890, or case 111-1111111.",
        "Product keys\n\nThe box has the number 932-9619112.",
    ];
    for text in look_alikes {
        let found = found(&["-", "--all", "--as", "text"], text.as_bytes());
        assert!(found.is_empty(), "{text:?}: {found:?}");
    }
}

/// Words can introduce a number from above, head its column, or stand further off if Microsoft printed it.
#[test]
fn numbers_are_found_by_the_words_of_their_layout() {
    let cases: [(&str, &[&str]); 17] = [
        ("CD keys of the lab\nOutlook 97: 1111-1111111\n\nThe CD key is on the box.\nFax: 111-1111112\n", &["2:13"]),
        ("Type this CD key code to complete the\ninstallation:\n\n  111-1111112\n", &["4:3"]),
        ("When asked, enter the CD-key:\n\n  \" 111-1111112 \"\n", &["3:5"]),
        ("Your CD keys:\n\n 1. 111-1111112\n 2. 111-1111113\n", &["3:5", "4:5"]),
        ("CD keys:\n111-1111112\n111-1111113, 111-1111114\n", &["2:1", "3:1", "3:14"]),
        ("Product ID of this box\n\n11111-OEM-1111111-11111\n", &["3:1"]),
        ("Version          CD Key to input\n----------------------------\n\nServer           111-1111112\n", &["4:18"]),
        ("| Box | CD key |\n|---|---|\n| a | 111-1111112 |\n| b | 111-1111113 |\n", &["3:7", "4:7"]),
        ("The CD key is \u{201C}111-1111112\u{201D}.", &["1:16"]),
        ("CD key:\u{A0}111\u{2013}1111112", &["1:9"]),
        ("szCDKey=111-1111112\ninstall.product_key: 111-1111113", &["1:9", "2:22"]),
        ("Serial: 111-1111111, S/N 100-1111111, key 111-1111114", &["1:9", "1:26", "1:43"]),
        ("The CD key was wrong. It never said 111-1111112, but 932-9619111.", &["1:54"]),
        ("Mail said that the serial number is wrong. It was 799-99992.", &["1:51"]),
        ("<p>CD Key:</p><b>111-1111112</b>", &["1:18"]),
        ("\"ProductId\"=\"11111-OEM-1111112-11111\"", &["1:14"]),
        ("111-1111112 (CD key of the lab), 111-1111113 (fax: none)", &["1:1"]),
    ];
    for (text, places) in cases {
        let found = found(&["-", "--all", "--as", "text"], text.as_bytes());
        let at = |line: &String| line.strip_prefix("-:").and_then(|line| line.split(": ").next()).map(str::to_owned);
        let found: Vec<_> = found.iter().filter_map(at).collect();
        assert_eq!(found, places, "{text:?}");
    }
}

/// A comment is no command, but a key in it is a key in the file.
#[test]
fn a_script_is_read_as_text_too() {
    let script =
        b"@echo off\r\nrem CD key \xFC 111-1111112\r\nsetup /k \"111-1111113\"\r\nrem its CD key is 111-1111113\r\n";
    let found = found(&["-", "--all"], script);
    let places: Vec<_> = found.iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["-", "-:2:14", "-:3:11", "-:4:19"], "{found:?}");
}

/// Code, shop tables and logs are full of numbers.
#[test]
fn what_only_looks_like_a_list_or_table_of_keys_is_text() {
    let texts = [
        "\"\\u0441\\u0443\\u0431\\u043e\"\\\n".repeat(8),
        "0]08Am[10710\n".repeat(8),
        "1:{\"tf\":1.4142135623730951},2:3\n".repeat(8),
        "Product ID,Product,Price\n1001,Lamp,9.99\n1002,Desk,19.99\n".to_owned(),
        "key;value\nhello;Hallo\nbye;Ade\n".to_owned(),
        "{\"pid\":1234,\"key\":\"started\"}\n{\"pid\":1235,\"key\":\"ended\"}\n".to_owned(),
    ];
    for text in texts {
        let found = found(&["-", "--all"], text.as_bytes());
        assert!(found.is_empty(), "{text:?}: {found:?}");
    }
    // A number of the row is beside the key, and a log speaks of one.
    let rows = "Number,Product,CD key\n1,Windows 95,333-1111111\n2,Windows 95,\n";
    assert_eq!(found(&["-"], rows.as_bytes()), ["-:2:14: 333-*******: rejected as cd-key-10 at windows-95"]);
    let log = "{\"pid\":1234,\"msg\":\"Setup took the CD key 111-1111112\"}\n";
    assert_eq!(found(&["-"], log.as_bytes()), ["-:1:42: 111-*******: rejected as cd-key-10"]);
    // Who says that it is a table is believed.
    assert_eq!(found(&["-", "--as", "csv"], b"key,value\nhello,Hallo\n"), ["-:2:1: hel**: unrecognized"]);
}

/// Beside a network and a postoffice a serial is one, even if it is none.
#[test]
fn a_table_of_postoffices() {
    let table = "Network;PostOffice;SERIAL\nNET;PO1;32-64537\nNET;PO2;none\n";
    let found = found(&["-"], table.as_bytes());
    assert_eq!(found, ["-:2:9: 32-64537: well formed as postoffice-serial", "-:3:9: non*: unrecognized"]);
}

/// What an object says of the product holds for the objects inside it; keys that read the same have each its own place.
#[test]
fn records_within_records() {
    let record = r#"{"note":"333-1111111","product":"windows-95","a":{"keys":["333-1111111","333-1111111"]},"b":[{"title":"Outlook 97","cdKey":"932-9619111"}]}"#;
    let found = found(&["-"], record.as_bytes());
    let expected = [
        "-:1:60: 333-*******: rejected as cd-key-10 at windows-95",
        "-:1:74: 333-*******: rejected as cd-key-10 at windows-95",
        "-:1:125: 932-*******: undecided as cd-key-10 at outlook-97",
    ];
    assert_eq!(found, expected);
}

/// Rows with quotes are taken apart in another way than those without.
#[test]
fn a_table_says_the_same_with_quotes_and_without() {
    let products = ["Windows 95", "outlook-97", " Office 97 ", "Deluxe Paint", "", "windows-nt-4.0", "123-4567890"];
    let channels = ["retail", "OEM", "", "nobody's"];
    let keys = ["111-1111111", "111-1111112", "1234-1111111", " 100-1111111 ", "", "no key"];
    let mut plain = String::from("name,CD key,product,sku,serial\n");
    let mut rows = 0;
    for product in products {
        for channel in channels {
            for key in keys {
                rows += 1;
                let serial = if rows % 3 == 0 { "0799-99992" } else { "" };
                match rows % 5 {
                    0 => plain += &format!("pc{rows},{key}\n"),
                    1 => plain += &format!("pc{rows},{key},{product}\r\n"),
                    2 => plain += &format!("pc{rows},{key},{product},{channel},{serial},and more\n"),
                    _ => plain += &format!("pc{rows},{key},{product},{channel},{serial}\n"),
                }
            }
        }
    }
    let quoted = plain.lines().map(|row| format!("\"{}\"\n", row.replace(',', "\",\""))).collect::<String>();
    let counted = |table: &str| without_remedies(&scan(&["-", "--summary", "--as", "csv"], table.as_bytes()));
    assert_eq!(counted(&plain), counted(&quoted));
    let json = |table: &str| scan(&["-", "--all", "--as", "csv", "--format", "json"], table.as_bytes());
    let without_columns =
        |said: String| said.lines().filter(|line| !line.contains("\"column\"")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without_columns(json(&plain)), without_columns(json(&quoted)));
}

/// A record can be longer than what is looked at to tell the kind, and all of its keys count.
#[test]
fn a_record_can_be_very_long() {
    const KEYS: usize = 20_000;
    let list = (0..KEYS).map(|key| format!("\"333-{key:07}\"")).collect::<Vec<_>>().join(",");
    let objects = (0..KEYS).map(|key| format!("{{\"CD key\":\"333-{key:07}\"}}")).collect::<Vec<_>>().join(",");
    // What is before the first key, in characters, and how far the next is.
    for (before, keys, step, first) in [(r#"{"ä":0,"cdkey":["#, list, 14, 18), (r#"{"ä":["#, objects, 25, 18)] {
        for end in ["]}", "]}\n{\"cdkey\":\"333-1111112\"}\n"] {
            let record = format!("{before}{keys}{end}");
            let found = found(&["-", "--all"], record.as_bytes());
            assert_eq!(found.len(), KEYS + end.lines().count() - 1);
            for (at, key) in found[..KEYS].iter().enumerate() {
                assert!(key.starts_with(&format!("-:1:{}: 333-", first + at * step)), "{key}");
            }
        }
    }
}

/// A name like `key` needs a row that holds one; it is after the header, however long this is.
#[test]
fn a_header_can_be_very_long() {
    for length in [1, 65_530, 65_536, 200_000] {
        let table = format!("key,{}\n111-1111112,x\n", "n".repeat(length));
        assert_eq!(found(&["-"], table.as_bytes()), ["-:2:1: 111-*******: rejected as cd-key-10"], "{length}");
    }
}

/// Each object costs room on the stack, which an input must not be able to use up.
#[test]
fn records_do_not_lie_within_each_other_without_end() {
    let key = r#"{"cdkey":"111-1111112"}"#;
    let nested = |depth: usize| format!("{}{key}{}\n", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    let records = [nested(126), nested(127), nested(100_000), format!("{key}\n")].concat();
    let said = scan(&["-", "--as", "ndjson"], records.as_bytes());
    assert!(said.starts_with("status: 2\n"), "{said}");
    let keys = ["-:1:641: 111-*******: rejected as cd-key-10", "-:4:11: 111-*******: rejected as cd-key-10"];
    let found: Vec<_> = lines_of(&said).into_iter().filter(|line| line.contains("cd-key")).collect();
    assert_eq!(found, keys);
    for line in [2, 3] {
        let fault = "error[input/unreadable]: too many JSON objects lie within each other here";
        assert!(said.contains(&format!("  -:{line}:636: {fault}")), "{said}");
    }
}

/// Old Macintoshes end lines with a carriage return alone.
#[test]
fn carriage_returns_alone_end_lines() {
    let list = fs::read_to_string(format!("{FOLDER}/list.txt")).expect("the input is in the repository");
    assert_eq!(found(&["-", "--all"], list.replace('\n', "\r").as_bytes()), of_list("-"));
    let marked = utf16(&list.replace('\n', "\r"), b"\xFE\xFF", u16::to_be_bytes);
    assert_eq!(found(&["-", "--all"], &marked), of_list("-"));
    let table = b"machine;CD key\ra;111-1111112\rb;111-1111111";
    assert_eq!(found(&["-", "--all"], table).len(), 2);
    let ini = b"[Product ID]\rcdkey=111-1111112\r[Licensing]\rPerServer=TRUE\r";
    assert!(scan(&["-"], ini).contains("  -:4:1: error[answer/per-server]: "));
}

#[test]
fn kinds_are_recognised_by_content_or_named() {
    let text = b"111-1111112 is the CD key\n";
    assert_eq!(found(&["-"], text), ["-:1:1: 111-*******: rejected as cd-key-10"]);
    // In a list the whole line is the key, and masked from its second word on.
    assert_eq!(found(&["-", "--as", "list"], b"the CD key\n"), ["-:1:1: the ** ***: unrecognized"]);
    assert!(found(&["-"], b"the CD key\n").is_empty());
    let tabs = b"a\t111-1111112\n";
    assert_eq!(found(&["-"], tabs), ["-:1:3: 111-*******: rejected as cd-key-10"]);
    assert_eq!(found(&["-", "--as", "tsv"], tabs), found(&["-"], tabs));
    let command = b"setup /k \"111-1111112\"\n";
    assert_eq!(found(&["-", "--as", "answers"], command).len(), 2, "the file, and the key in it");
    let record = b"{\"key\":\"111-1111112\"}";
    assert_eq!(found(&["-", "--as", "ndjson"], record), found(&["-"], record));
    assert_eq!(found(&["-"], record), ["-:1:9: 111-*******: rejected as cd-key-10"]);
}

/// UTF-16 as Windows NT 4.0 writes it.
fn utf16(text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
}

#[test]
fn encodings_are_recognised_or_named() {
    let list = fs::read_to_string(format!("{FOLDER}/list-crlf.txt")).expect("the input is in the repository");
    let marked = [b"\xEF\xBB\xBF", list.as_bytes()].concat();
    for (what, bytes) in [
        ("UTF-8 with a mark", marked),
        ("UTF-16LE", utf16(&list, b"\xFF\xFE", u16::to_le_bytes)),
        ("UTF-16BE", utf16(&list, b"\xFE\xFF", u16::to_be_bytes)),
        ("UTF-16LE without a mark", utf16(&list, b"", u16::to_le_bytes)),
        ("UTF-16BE without a mark", utf16(&list, b"", u16::to_be_bytes)),
    ] {
        assert_eq!(found(&["-", "--all"], &bytes), of_list("-"), "{what}");
    }
    // Every accented letter is one column, whichever byte it is.
    let cases: [(&[u8], &str, &str); 4] = [
        (b"Schl\x81ssel f\x81r M\x84rz\nF\x81r M\x84rz: CD key 111-1111112\n", "cp437", "2:18"),
        (b"Cl\xe9 d'\xe9t\xe9\nL'\xe9t\xe9: CD key 111-1111112\n", "windows-1252", "2:15"),
        ("Clé d'été\nL'été: CD key 111-1111112\n".as_bytes(), "utf-8", "2:15"),
        (b"\x93CD key\x94 111-1111112\n", "windows-1252", "1:10"),
    ];
    for (bytes, encoding, place) in cases {
        let expected = [format!("-:{place}: 111-*******: rejected as cd-key-10")];
        assert_eq!(found(&["-"], bytes), expected, "{encoding}");
        assert_eq!(found(&["-", "--encoding", encoding], bytes), expected, "{encoding}");
    }
}
