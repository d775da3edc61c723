//! Names that stand where a key belongs: one word for each, an error at Setup, a note in a template.

use crate::program::moment::run_in;
use jewelcase::{Catalogue, Purpose, Severity, Situation, Verdict, judge};
use std::{fs, path::Path};

const NAMES: [&str; 16] = [
    "KVM_TEST_CDKEY",
    "REPLACE_ME",
    "PRODUCTKEY",
    "__PRODUCT_ID__",
    "your-product-id",
    "INSERT_KEY_HERE",
    "#{key}",
    "~KEY~",
    "TBD",
    "none",
    "see the sticker",
    "__PID95__",
    "{{ nt4_key }}",
    "WIN95_PRODUCT_ID",
    "[your key]",
    "CLE-PRODUIT",
];

/// What is no key at all has neither a wrong length nor wrong letters.
#[test]
fn a_name_is_a_template_and_nothing_else() {
    for name in NAMES {
        for product in [None, Some("windows-nt-4.0"), Some("office-97"), Some("exchange-server-5.5"), Some("mail-3.5")]
        {
            for (purpose, severity) in [(Purpose::Setup, Severity::Error), (Purpose::Record, Severity::Note)] {
                let situation = Situation { product, purpose, ..Situation::default() };
                let subject = judge(Catalogue::built_in(), name, &situation).expect("the product is in the catalogue");
                let found: Vec<_> = subject.findings.iter().map(|one| (one.rule.as_str(), one.severity)).collect();
                assert_eq!(found, [("key/template", severity)], "{name} at {product:?}");
                let refused = product.is_some() && purpose == Purpose::Setup;
                let expected = if refused { Verdict::Rejected } else { subject.verdict };
                assert_eq!(subject.verdict, expected, "{name} at {product:?}");
                assert_ne!(subject.verdict, Verdict::WellFormed, "{name} at {product:?}");
            }
        }
    }
}

/// A key that was read wrongly is no name, and a pattern shows its form.
#[test]
fn slips_and_patterns_stay_what_they_are() {
    let rules = |text: &str| {
        let situation = Situation { product: Some("windows-95"), ..Situation::default() };
        let subject = judge(Catalogue::built_in(), text, &situation).expect("the product is in the catalogue");
        subject.findings.iter().map(|finding| finding.rule.clone()).collect::<Vec<_>>()
    };
    for slip in ["1O1-l11111S", "lll-lllllll", "III-OOOOOOO", "111-111111x1", "11a-1111111"] {
        assert!(!rules(slip).contains(&"key/template".to_owned()), "{slip}");
    }
    for pattern in ["xxx-xxxxxxx", "NNN-NNNNNNN", "<xxx-xxxxxxx>", "xxxyy-OEM-0000016-zzzzz", "###-#######"] {
        assert!(rules(pattern).contains(&"key/template".to_owned()), "{pattern}");
    }
}

/// What `scan` says of the key in an answer file: the verdict and every finding by its severity.
fn of_file(name: &str, text: &str) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder for this test");
    fs::write(folder.path().join(name), text).expect("the folder is writable");
    let said = run_in(folder.path(), &["scan", name], b"");
    let findings = said.lines().filter_map(|line| {
        Some(
            line.trim_start()
                .split_once("]: ")?
                .0
                .rsplit_once(' ')
                .map_or(line.trim_start().split("]: ").next()?.to_owned(), |(_, last)| last.to_owned()),
        )
    });
    (said.lines().next().unwrap_or_default().to_owned(), findings.map(|one| format!("{one}]")).collect())
}

fn unattend(value: &str, other: &str) -> String {
    format!("[Unattended]\nNtUpgrade = no\n[UserData]\n{other}\nProductId = {value}\n")
}

/// An answer file with a name in the place of its key will be refused: an error, once, without a word on quotes or hyphens.
#[test]
fn a_name_in_an_answer_file_is_one_error() {
    for name in ["KVM_TEST_CDKEY", "REPLACE_ME", "PRODUCTKEY", "your-product-id", "TBD", "INSERT_KEY_HERE"] {
        for value in [name.to_owned(), format!("\"{name}\"")] {
            let (status, findings) = of_file("unattend.txt", &unattend(&value, "FullName = \"User\""));
            assert_eq!((status.as_str(), findings), ("status: 1", vec!["error[key/template]".to_owned()]), "{value}");
        }
    }
}

/// Nobody hands a template to Setup before it is filled in: a note at most.
#[test]
fn a_name_in_a_plain_template_is_a_note() {
    let file = |name: &str, value: &str, other: &str| of_file(name, &unattend(value, other));
    let note = ("status: 0".to_owned(), vec!["note[key/template]".to_owned()]);
    for name in [
        "unattend.txt.in",
        "unattend.txt.example",
        "winnt.sif.erb",
        "unattend.template.txt",
        "nt4-template.sif",
        "unattend.txt.j2",
    ] {
        assert_eq!(file(name, "REPLACE_ME", "FullName = \"User\""), note, "{name}");
    }
    for other in [
        "ComputerName = %MACHINENAME%",
        "FullName = \"__FULL_NAME__\"",
        "OrgName = ${org}",
        "FullName = {{ user }}",
        "OrgName = \"@ORG@\"",
    ] {
        assert_eq!(file("unattend.txt", "\"REPLACE_ME\"", other), note, "{other}");
    }
    for value in ["\"__PRODUCT_ID__\"", "\"#{key}\"", "~KEY~"] {
        assert_eq!(file("unattend.txt", value, "FullName = \"User\""), note, "{value}");
    }
    // What every Windows fills in for itself makes no template.
    assert_eq!(file("unattend.txt", "REPLACE_ME", "TargetPath = %SystemRoot%").0, "status: 1");
    assert_eq!(file("sample.txt", "REPLACE_ME", "FullName = \"User\"").0, "status: 1");
}

/// Variables are filled in, and no word is lost about them.
#[test]
fn variables_are_silent() {
    for value in ["%CDKEY%", "${KEY}", "$(KEY)", "{{ key }}", "<%= @key %>", "@KEY@", "!KEY!", "%1"] {
        assert_eq!(
            of_file("unattend.txt", &unattend(value, "FullName = \"User\"")),
            ("status: 0".to_owned(), vec![]),
            "{value}"
        );
    }
}

/// In a list or table a name is a place to be filled in.
#[test]
fn a_name_in_a_table_is_a_note() {
    let table = b"host,product,CD key\na,Windows 95,TBD\nb,Office 97,none\nc,Windows NT 4.0,REPLACE_ME\nd,Windows 95,xxx-xxxxxxx\ne,Windows 95,111-1111111\n";
    let said = run_in(Path::new("."), &["scan", "-", "--as", "csv"], table);
    assert!(said.starts_with("status: 0\n"), "{said}");
    assert_eq!(said.matches("note[key/template]").count(), 4, "{said}");
    assert!(!said.contains("error[") && !said.contains("key/wrong-length"), "{said}");
}
