//! What people hand to `check` and `audit` by slip: two keys at once, lists in another encoding, files, stickers read in part, the wrong folder.

use crate::program::moment::run_in;
use std::fs;

fn check(arguments: &[&str], input: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("keys.txt"), "111-1111111\n").expect("a file can be written");
    run_in(folder.path(), &[&["check"], arguments].concat(), input)
}

/// The labels of the keys that were judged.
fn labels(arguments: &[&str], input: &[u8]) -> Vec<String> {
    let said = check(&[arguments, &["--format", "ndjson", "--show-keys"]].concat(), input);
    let subjects = said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    subjects.filter_map(|subject| subject["label"].as_str().map(str::to_owned)).collect()
}

#[test]
fn two_keys_in_one_argument_are_two_keys() {
    for text in [
        "111-1111111 333-1111111",
        "111-1111111,333-1111111",
        "111-1111111, 333-1111111",
        "111-1111111\n333-1111111",
        "111-1111111;333-1111111\r\n",
    ] {
        assert_eq!(labels(&[text], b""), ["111-1111111", "333-1111111"], "{text:?}");
    }
    assert_eq!(labels(&["1111111111,3331111111"], b""), ["1111111111", "3331111111"]);
}

#[test]
fn one_number_in_groups_stays_one() {
    for text in [
        "111 1111111",
        "12345 111 1111111 12345",
        "12345 OEM 0000007 12345",
        "0123456789 0123456789",
        "01234 56789 01234 56789",
        "/k \"111-1111111\"",
    ] {
        assert_eq!(labels(&[text], b""), [text]);
    }
}

/// `check -` reads what `scan --as list` reads.
#[test]
fn a_list_has_remarks_and_any_encoding() {
    let list = "# ours\n111-1111111\r\n; more\n// and\n\n333-1111111\n";
    let utf16 = |mark: &str| [mark, list].concat().encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    for input in [list.as_bytes().to_vec(), ["\u{FEFF}", list].concat().into_bytes(), utf16("\u{FEFF}"), utf16("")] {
        assert_eq!(labels(&["-"], &input), ["111-1111111", "333-1111111"]);
    }
}

#[test]
fn a_file_is_for_scan() {
    let said = check(&["keys.txt"], b"");
    assert!(said.starts_with("status: 2\n"), "{said}");
    assert!(said.contains("keys.txt is a file or folder, not a key: `jewelcase scan keys.txt` reads the keys in it"));
}

#[test]
fn full_width_digits_are_named_as_such() {
    let said = check(&["\u{FF11}\u{FF11}\u{FF11}-\u{FF11}\u{FF11}\u{FF11}\u{FF11}\u{FF11}\u{FF11}\u{FF11}"], b"");
    assert!(said.contains("a full-width digit where a digit is expected"), "{said}");
    assert!(!said.contains("no known form"), "{said}");
}

#[test]
fn a_sticker_without_its_first_group_is_one_finding() {
    for (arguments, status) in [
        (&["OEM-0000007-12345"][..], "status: 1"),
        (&["oem 0000007 12345"], "status: 1"),
        (&["OEM-0000007-12345", "--product", "windows-95"], "status: 1"),
    ] {
        let said = check(arguments, b"");
        assert!(said.starts_with(status) && said.matches("error[").count() == 1, "{said}");
        assert!(said.contains("this is a Windows OEM key without its first group; the five digits before OEM are"));
    }
}

#[test]
fn a_folder_without_a_postoffice_is_two_lines() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir_all(folder.path().join("mail/GLB")).expect("a folder can be made");
    fs::create_dir(folder.path().join("empty")).expect("a folder can be made");
    fs::write(folder.path().join("mail/GLB/master.glb"), "").expect("a file can be written");
    for (path, found) in [
        ("empty", "no folder GLB contains MASTER.GLB"),
        ("mail/GLB", "MASTER.GLB is in this folder itself, so the postoffice is the folder above it"),
    ] {
        let said = run_in(folder.path(), &["audit", path], b"");
        assert!(said.starts_with("status: 1\n"), "{said}");
        let line = format!("{path}: error[postoffice/not-found]: no postoffice was found here: {found}\n");
        assert!(said.contains(&line), "{said}");
        let (_, out) = said.split_once("--- stdout\n").expect("the frame has a standard output");
        let (out, _) = out.split_once("--- stderr\n").expect("the frame has a standard error");
        assert_eq!(out.lines().count(), 2, "{said}");
    }
}
