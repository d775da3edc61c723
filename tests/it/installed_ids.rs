//! The numbers that products show after Setup: recognised wherever people keep them, refused only where Setup would be handed one.

use crate::program::moment::run_in;
use jewelcase::{Catalogue, Purpose, Situation, Verdict, entries::KeyKind, judge};
use std::path::Path;

const FOLDER: &str = "tests/data/installed";

/// Each key of a scan: its place, and what is said of it.
fn found(arguments: &[&str], input: &[u8]) -> Vec<String> {
    let said = run_in(Path::new(FOLDER), &[&["scan", "--all"], arguments].concat(), input);
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let lines = said.lines().filter(|line| !line.starts_with(' ') && line.contains("*: "));
    lines.map(str::to_owned).collect()
}

fn said(text: &str, product: Option<&str>, purpose: Purpose) -> (Verdict, KeyKind, Vec<String>) {
    let situation = Situation { product, purpose, ..Situation::default() };
    let subject = judge(Catalogue::built_in(), text, &situation).expect("the product is in the catalogue");
    let rules = subject.findings.iter().map(|finding| format!("{} {}", finding.severity.id(), finding.rule)).collect();
    (subject.verdict, subject.kind, rules)
}

/// An inventory of what is installed accuses nobody; a CD key in it is still judged.
#[test]
fn an_inventory_of_installed_products_holds_no_error() {
    assert_eq!(
        found(&["inventory.csv"], b""),
        [
            "inventory.csv:2:21: 50370-111-*******-*****: well formed as product-id-20 at windows-nt-4.0",
            "inventory.csv:3:16: 53491-111-*******-*****: well formed as product-id-20 at office-97",
            "inventory.csv:4:17: 51873-OEM-*******-*****: well formed as oem-product-id at windows-95",
            "inventory.csv:5:17: 36506-111-*******: well formed as product-id-15 at outlook-97",
            "inventory.csv:6:21: X2Y23-*****-*****-*****-*****: undecided as product-key-25 at windows-nt-4.0",
            "inventory.csv:7:21: 36506-111-*******: well formed as product-id-15 at sql-server-6.5",
            "inventory.csv:8:21: 111-*******: rejected as cd-key-10 at windows-nt-4.0",
        ]
    );
}

#[test]
fn about_boxes_registries_and_viewers_hold_no_error() {
    for (file, count) in [("nt4.reg", 1), ("about.txt", 1), ("viewer.txt", 2), ("wmic.txt", 1)] {
        let found = found(&[file], b"");
        assert_eq!(found.len(), count, "{file}: {found:?}");
        assert!(found.iter().all(|line| line.contains(": well formed as ")), "{file}: {found:?}");
    }
    let both = found(&["note.txt"], b"");
    assert!(both[0].contains("50370-111-*******-*****: well formed as product-id-20"), "{both:?}");
    assert!(both[1].contains("333-*******: rejected as cd-key-10 at windows-nt-4.0"), "{both:?}");
}

/// The product that the user names for a whole scan is no prompt either; where Setup is handed the number it is refused.
#[test]
fn only_what_is_handed_to_setup_is_refused() {
    let number = "50370-111-1111111-11111";
    let list = format!("{number}\n");
    assert!(found(&["-", "--product", "windows-95", "--as", "list"], list.as_bytes())[0].contains("well formed"));
    let handed = [
        ("unattend.txt", format!("[Unattended]\nNtUpgrade=no\n[UserData]\nProductID = \"{number}\"\n")),
        ("setup.bat", format!("d:\\setup.exe /k \"{number}\"\n")),
    ];
    for (name, text) in handed {
        let folder = tempfile::tempdir().expect("a folder for this test");
        std::fs::write(folder.path().join(name), &text).expect("the folder is writable");
        let options: &[&str] = if name == "setup.bat" { &["--product", "office-95"] } else { &[] };
        let said = run_in(folder.path(), &[&["scan", name], options].concat(), b"");
        assert!(said.starts_with("status: 1\n") && said.contains("error[key/wrong-form]"), "{name}: {said}");
    }
    let said = run_in(Path::new("."), &["check", number, "--product", "windows-95"], b"");
    assert!(said.starts_with("status: 1\n") && said.contains("key/wrong-form"), "{said}");
    assert!(said.contains("the number that Windows 95 shows once it is installed"), "{said}");
}

/// A text, the product beside it, where it was met, and what must be said of it.
type Case<'a> = (&'a str, Option<&'a str>, Purpose, Verdict, KeyKind, &'a [&'a str]);

#[test]
fn every_form_of_an_installed_number_at_every_place() {
    use Purpose::{Record, Setup};
    let (good, bad) = (Verdict::WellFormed, Verdict::Rejected);
    let (key, installed) = (KeyKind::Key, KeyKind::InstalledId);
    let cases: [Case<'_>; 14] = [
        ("53491-111-1111111-11111", None, Setup, good, installed, &["note key/installed-id"]),
        ("53491 111 1111111 11111", None, Setup, good, installed, &["note key/installed-id"]),
        ("53491-111-1111111-11111", None, Record, good, installed, &["note key/installed-id"]),
        (
            "53491-111-1111111-11111",
            Some("office-97"),
            Setup,
            bad,
            installed,
            &["error key/wrong-form", "note key/installed-id"],
        ),
        ("53491-111-1111111-11111", Some("office-97"), Record, good, installed, &["note key/installed-id"]),
        // The sum of an installed number is only an inference.
        (
            "53491-111-1111112-11111",
            Some("office-97"),
            Record,
            good,
            installed,
            &["warning key/digit-sum", "note key/installed-id"],
        ),
        ("36506-111-1111111", None, Setup, good, key, &["note key/installed-id"]),
        ("36506-111-1111111", None, Record, good, key, &[]),
        ("36506-111-1111111", Some("windows-95"), Record, good, installed, &["note key/installed-id"]),
        ("36506-111-1111111", Some("sql-server-6.5"), Record, good, key, &[]),
        ("36506-111-1111111", Some("sql-server-6.5"), Setup, good, key, &[]),
        ("51873-OEM-0000007-00000", Some("windows-95"), Record, good, installed, &["note key/installed-id"]),
        ("00195-OEM-0000007-00000", Some("windows-95"), Record, good, key, &[]),
        ("53491-111-111111O-11111", Some("office-97"), Record, bad, installed, &["error key/unexpected-character"]),
    ];
    for (text, product, purpose, verdict, kind, rules) in cases {
        let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
        assert_eq!(said(text, product, purpose), (verdict, kind, rules), "{text} {product:?} {purpose:?}");
    }
}

/// What an OEM's customer should look for helps nobody who typed something else.
#[test]
fn remedies_for_oem_copies_are_for_oem_forms() {
    let offers = |text: &str, sku: &[&str]| {
        let said = run_in(Path::new("."), &[&["check", text, "--product", "windows-95"], sku].concat(), b"");
        said.contains("remedy Q162453")
    };
    for text in ["12345-111-1111111-12345", "9323-9619111", "111", "# comment", "36506-442-2873026", "REPLACE_ME"] {
        assert!(!offers(text, &[]), "{text}");
    }
    assert!(offers("37963-OEM-1208613-83643", &[]));
    assert!(offers("00095-OEM-0000007-00000", &["--sku", "oem"]));
    assert!(offers("00195-OEM-0000007", &["--sku", "oem"]), "a group is missing of a number that an OEM copy asks for");
}

/// One line says what it is and where the key is.
#[test]
fn check_says_what_an_installed_number_is() {
    insta::assert_snapshot!(run_in(Path::new("."), &["check", "12345-111-1111111-12345"], b""));
    insta::assert_snapshot!("fifteen_digits", run_in(Path::new("."), &["check", "36506-111-1111111"], b""));
    let json = run_in(Path::new("."), &["check", "12345-111-1111111-12345", "--format", "json"], b"");
    assert!(json.contains("\"kind\": \"installed-id\",\n      \"label\": \"12345-111-*******-*****\""), "{json}");
}
