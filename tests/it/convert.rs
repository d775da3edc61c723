//! A converted report equals the direct one: every command, every format that it offers, many inputs.

use crate::{postoffice::Postoffice, program::moment::run_in};
use jewelcase::Catalogue;
use std::{fs, path::Path};
use tempfile::TempDir;

/// The formats that a command offers, as the program names them.
fn formats() -> Vec<String> {
    let said = run_in(Path::new("."), &["check", "1", "--format", "no such format"], b"");
    let (_, values) = said.split_once("[possible values: ").expect("the formats are named");
    let (values, _) = values.split_once(']').expect("the list has an end");
    let formats: Vec<_> = values.split(", ").map(str::to_owned).collect();
    assert!(formats.len() >= 8, "{formats:?}");
    formats
}

/// Standard output of a command.
fn printed(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let said = run_in(folder, arguments, input);
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    said.rsplit_once("--- stderr\n").expect("the frame has a standard error").0.to_owned()
}

/// The first 18 columns of a CSV report: the other columns of scanned tables are in no document.
fn without_carried(report: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(report.as_bytes());
    let rows = reader.records().map(|row| row.expect("every row has all columns"));
    rows.map(|row| row.iter().take(18).map(str::to_owned).collect()).collect()
}

/// Converts what a command saves into every format, and compares it with what the command writes itself.
fn assert_converts(folder: &Path, command: &[&str], input: &[u8], formats: &[String]) {
    let written = |options: &[&str]| printed(folder, &[command, options].concat(), input);
    let direct: Vec<_> = formats.iter().map(|format| written(&["--format", format])).collect();
    let also: &[&str] = if command.contains(&"--show-suppressed") { &["--show-suppressed"] } else { &[] };
    for saved in ["json", "ndjson"].into_iter().filter(|saved| command[0] != "explain" || *saved == "json") {
        let masked = written(&["--format", saved]);
        // Whoever types a key sees it.
        let shown = if command[0] == "check" { written(&["--format", saved, "--show-keys"]) } else { masked.clone() };
        for (format, direct) in formats.iter().zip(&direct) {
            let document = if format == "human" { &shown } else { &masked };
            let convert = [&["convert", "-", "--no-config", "--format", format.as_str()], also].concat();
            let converted = printed(folder, &convert, document.as_bytes());
            if format == "csv" && command[0] == "scan" {
                assert_eq!(without_carried(&converted), without_carried(direct), "{command:?} as {saved}");
            } else {
                assert!(converted == *direct, "{command:?} as {saved} to {format}:\n{converted}\n--- is not\n{direct}");
            }
        }
    }
}

/// Texts of examples, of every family that has some, a line each.
fn fixtures() -> String {
    let catalogue = Catalogue::built_in();
    let examples = catalogue.forms.iter().flat_map(|(_, entry)| &entry.examples);
    let examples = examples.chain(catalogue.products.iter().flat_map(|(_, entry)| &entry.examples));
    let examples = examples.chain(catalogue.rules.iter().flat_map(|(_, entry)| &entry.examples));
    let texts =
        examples.filter_map(|example| example.text.as_deref()).filter(|text| !text.contains(['\r', '\n'])).step_by(6);
    texts.map(|text| format!("{text}\n")).collect::<String>()
        + &"7".repeat(300)
        + "\n\x07bell\u{e9} <b>\n  /k \"040-0048126\" \n"
}

#[test]
fn checked_keys() {
    let (here, formats, list) = (Path::new("."), formats(), fixtures());
    let situations: [&[&str]; 4] = [
        &[],
        &["--product", "outlook-97", "--from", "backoffice-server-4.0", "--sku", "nfr"],
        &["--product", "windows-95"],
        &["--product", "mail-3.5"],
    ];
    for situation in situations {
        assert_converts(here, &[&["check", "-"], situation].concat(), list.as_bytes(), &formats);
    }
    for keys in [&["932-9619111"][..], &["", "   ", "nonsense", "1111"], &["--no-key", "--product", "windows-nt-3.51"]]
    {
        assert_converts(here, &[&["check"], keys].concat(), b"", &formats);
    }
}

#[test]
fn scanned_files() {
    let (data, formats) = (Path::new("tests/data/scan"), formats());
    for options in [
        &[][..],
        &["--all"],
        &["--summary"],
        &["--duplicates"],
        &["--all", "--duplicates"],
        &["--product", "windows-95", "--all"],
    ] {
        assert_converts(data, &[&["scan", "."], options].concat(), b"", &formats);
    }
    assert_converts(data, &["scan", "-", "--as", "list", "--all"], fixtures().as_bytes(), &formats);
}

#[test]
fn audited_postoffices() {
    let folder = TempDir::new().expect("a folder can be made");
    let formats = formats();
    Postoffice::workgroup().master(0x20, b"799-99992").write(&folder.path().join("WGPO"));
    Postoffice::fresh()
        .master(0x20, b"22-28798")
        .without(&["GLB/ACCESS.GLB", "XTN"])
        .write(&folder.path().join("maildata"));
    let list = fs::canonicalize("tests/data/audit/serials.csv").expect("the list is in the repository");
    fs::copy(list, folder.path().join("serials.csv")).expect("the list can be copied");
    fs::write(folder.path().join("nothing.img"), [7; 99]).expect("the file can be written");
    for paths in [&["."][..], &["serials.csv"], &["serials.csv", ".", "nothing.img"]] {
        assert_converts(folder.path(), &[&["audit"], paths].concat(), b"", &formats);
    }
}

#[test]
fn plans_of_add_packs() {
    let (here, formats) = (Path::new("."), formats());
    let disks = ["4.0x5", "4.5x20:used=5-25", "4.0x5:protected", "4.5x5:other-server"];
    for server in [
        &["--server", "4.5", "--licenses", "5"][..],
        &["--server", "4.0", "--licenses", "25", "--reinstalled", "--edition", "nfr"],
        &["--server", "nt4", "--licenses", "5"],
    ] {
        for suggest in [&[][..], &["--suggest"]] {
            assert_converts(here, &[&["addpack"], server, suggest, &disks].concat(), b"", &formats);
        }
    }
}

#[test]
fn explained_topics() {
    let (here, formats) = (Path::new("."), ["human", "json", "ndjson"].map(str::to_owned));
    for topic in [
        "Q180399",
        "Q180399/nfr",
        "key/digit-sum",
        "outlook-97",
        "cd-key-10",
        "backoffice-server-4.0",
        "This is an invalid CD key value",
        "xyzzy",
    ] {
        assert_converts(here, &["explain", topic], b"", &formats);
    }
    let said = run_in(
        here,
        &["convert", "-", "--format", "sarif"],
        printed(here, &["explain", "Q180399", "--format", "json"], b"").as_bytes(),
    );
    assert!(said.starts_with("status: 2\n") && said.contains("sarif carries findings"), "{said}");
}

/// What a project accepts is hidden, or shown, in the same way.
#[test]
fn projects_with_suppressions_and_baselines() {
    let (folder, formats) = (TempDir::new().expect("a folder can be made"), formats());
    let path = folder.path();
    let config = "[[suppress]]\nrule = 'key/digit-sum'\nsubject = '111-*******'\nreason = 'samples'\n\n[[suppress]]\nrule = 'key/template'\nreason = 'old'\nexpires = 2020-01-01\n";
    fs::write(path.join("jewelcase.toml"), config).expect("the file can be written");
    fs::write(path.join("a.txt"), "111-1111112\n123-4567890\n").expect("the file can be written");
    for shown in [&[][..], &["--show-suppressed"]] {
        assert_converts(path, &[&["check", "111-1111112", "123-4567890"], shown].concat(), b"", &formats);
        assert_converts(path, &[&["scan", "."], shown].concat(), b"", &formats);
        assert_converts(path, &[&["scan", ".", "--summary"], shown].concat(), b"", &formats);
    }
}

/// A masked document stays masked.
#[test]
fn a_masked_report_stays_masked() {
    let document = printed(Path::new("."), &["check", "932-9619111", "--format", "json"], b"");
    for format in formats() {
        let converted = printed(Path::new("."), &["convert", "-", "--format", &format], document.as_bytes());
        assert!(converted.contains("932-*******") && !converted.contains("9619111"), "{format}: {converted}");
    }
}
