//! Names of products as people write them: at an option, in a column, in a sentence and in the API.

use crate::program::moment::run_in;
use jewelcase::{Catalogue, Sku};
use serde_json::Value;
use std::path::Path;

/// Everyday names, each with the id that is meant.
const NAMES: [(&str, &str); 48] = [
    ("win95", "windows-95"),
    ("Windows 95", "windows-95"),
    ("WIN 95", "windows-95"),
    ("Microsoft Windows 95", "windows-95"),
    ("Windows 95 OSR2", "windows-95"),
    ("Windows'95", "windows-95"),
    ("NT4", "windows-nt-4.0"),
    ("NT 4", "windows-nt-4.0"),
    ("nt 4.0", "windows-nt-4.0"),
    ("WinNT 4.0", "windows-nt-4.0"),
    ("NT 4.0 Workstation", "windows-nt-4.0"),
    ("Windows NT Server 4.0", "windows-nt-4.0"),
    ("Windows NT Workstation 4", "windows-nt-4.0"),
    ("Windows NT 3.51", "windows-nt-3.51"),
    ("NT351", "windows-nt-3.51"),
    ("Exchange 5.5", "exchange-server-5.5"),
    ("exchange server 5.5", "exchange-server-5.5"),
    ("MS Exchange 5.0", "exchange-server-5.0"),
    ("SBS 4.5", "small-business-server-4.5"),
    ("SBS4.0a", "small-business-server-4.0a"),
    ("BackOffice 4.5", "backoffice-server-4.5"),
    ("BackOffice Server 4.5", "backoffice-server-4.5"),
    ("MS Mail", "mail-3.5"),
    ("Microsoft Mail 3.2", "mail-3.5"),
    ("SQL 7", "sql-server-7.0"),
    ("SQL Server 6.5", "sql-server-6.5"),
    ("sql65", "sql-server-6.5"),
    ("SMS 2.0", "sms-2.0"),
    ("Office Pro 97", "office-97"),
    ("Office97", "office-97"),
    ("MSOffice 97", "office-97"),
    ("Office 97 Professional", "office-97"),
    ("Office for Windows 95", "office-95"),
    ("Outlook 97", "outlook-97"),
    ("Word for Windows 95", "word-95"),
    ("Excel 7.0", "excel-95"),
    ("VB4", "visual-basic-4.0"),
    ("Visual Basic 4.0", "visual-basic-4.0"),
    ("VC++ 5", "visual-cpp-5.0"),
    ("Visual C++ 4.2", "visual-cpp-4.0"),
    ("Plus! for Windows 95", "plus-95"),
    ("Plus 95", "plus-95"),
    ("Works 95", "works-4.0"),
    ("Publisher 95", "publisher-3.0"),
    ("FS98", "flight-simulator-98"),
    ("Bookshelf '95", "bookshelf-95"),
    ("WfW 3.1", "windows-for-workgroups-3.1"),
    ("Win2k", "windows-2000"),
];

/// Names that several products have, each with some of them.
const SHARED: [(&str, &[&str]); 5] = [
    ("NT", &["windows-nt-3.5", "windows-nt-3.51", "windows-nt-4.0"]),
    ("exchange", &["exchange-server-4.0", "exchange-server-5.0", "exchange-server-5.5"]),
    ("Microsoft Office", &["office-95", "office-97"]),
    ("sbs", &["small-business-server-4.0", "small-business-server-4.5"]),
    ("SQL Server", &["sql-server-6.5", "sql-server-7.0"]),
];

fn here(arguments: &[&str], input: &str) -> String {
    run_in(Path::new("tests/data"), arguments, input.as_bytes())
}

/// The products of the subjects that a scan of an input reports.
fn scanned(input: &str) -> Vec<Value> {
    let said = here(&["scan", "-", "--all", "--format", "ndjson", "--no-config"], input);
    let (_, out) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let lines = out.lines().take_while(|line| *line != "--- stderr");
    let subjects = lines.map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    subjects.filter(|subject| subject["kind"] == "key").map(|subject| subject["product"].clone()).collect()
}

#[test]
fn an_option_takes_them() {
    for (name, id) in NAMES {
        let said = here(&["check", "123-4567890", "--product", name, "--format", "json"], "");
        assert!(said.contains(&format!("\"product\": \"{id}\"")), "{name}: {said}");
    }
    for (name, ids) in SHARED {
        let said = here(&["check", "123-4567890", "--product", name], "");
        assert!(said.contains("exit: 2") || said.contains('2'), "{name}: {said}");
        assert!(said.contains(&format!("`{name}` is the name of several products: ")), "{name}: {said}");
        ids.iter().for_each(|id| assert!(said.contains(&format!("`{id}`")), "{name}: {said}"));
    }
}

#[test]
fn a_column_takes_them() {
    let rows = NAMES.iter().map(|(name, _)| format!("\"{name}\",123-4567890\n")).collect::<String>();
    let ids = NAMES.map(|(_, id)| Value::from(id));
    assert_eq!(scanned(&format!("product,cd key\n{rows}")), ids);
    let rows = SHARED.iter().map(|(name, _)| format!("{name},123-4567890\n")).collect::<String>();
    assert_eq!(scanned(&format!("product,cd key\n{rows}")), SHARED.map(|_| Value::Null));
}

#[test]
fn a_record_takes_them() {
    let record = |name: &str| format!("{}\n", serde_json::json!({ "product": name, "cdkey": "123-4567890" }));
    assert_eq!(scanned(&NAMES.iter().map(|(name, _)| record(name)).collect::<String>()), NAMES.map(|(_, id)| id));
    assert_eq!(scanned(&SHARED.iter().map(|(name, _)| record(name)).collect::<String>()), SHARED.map(|_| Value::Null));
}

#[test]
fn a_sentence_takes_them() {
    let said = |name: &str| format!("Setup of {name} asks for the CD key: 123-4567890.\n\n");
    assert_eq!(scanned(&NAMES.iter().map(|(name, _)| said(name)).collect::<String>()), NAMES.map(|(_, id)| id));
    assert_eq!(scanned(&SHARED.iter().map(|(name, _)| said(name)).collect::<String>()), SHARED.map(|_| Value::Null));
}

#[cfg(feature = "serve")]
#[test]
fn the_api_takes_them() {
    use crate::site::{api, site};
    for (name, id) in NAMES {
        let body = serde_json::json!({ "keys": ["123-4567890"], "product": name, "sku": "Full Packaged Product" });
        let answer = api(site(), "/api/v1/check", &body.to_string()).json();
        assert_eq!(answer["subjects"][0]["product"], id, "{name}");
        assert_eq!(answer["subjects"][0]["sku"], "fpp", "{name}");
    }
    for (name, ids) in SHARED {
        let body = serde_json::json!({ "keys": ["123-4567890"], "product": name });
        let answer = api(site(), "/api/v1/check", &body.to_string());
        assert_eq!(answer.status, 422, "{name}");
        ids.iter().for_each(|id| assert!(answer.json()["nearest"].to_string().contains(id), "{name}"));
    }
}

#[test]
fn a_configuration_and_a_topic_take_them() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let config =
        "[[paths]]\nglob = \"**\"\nproduct = \"Office 97\"\nfrom = \"BackOffice 4.0\"\nsku = \"not for resale\"\n";
    std::fs::write(folder.path().join("jewelcase.toml"), config).expect("a file can be written");
    std::fs::write(folder.path().join("a.txt"), "CD key: 1112-1111111\n").expect("a file can be written");
    let said = run_in(folder.path(), &["scan", "a.txt", "--all", "--format", "ndjson"], b"");
    assert!(said.contains("\"product\":\"office-97\",\"sku\":\"nfr\",\"from\":\"backoffice-server-4.0\""), "{said}");
    assert!(here(&["explain", "NT4"], "").contains("windows-nt-4.0"));
    assert!(here(&["rules", "show", "Office Pro 97"], "").contains("Office 97"));
    assert!(here(&["rules", "list", "nt", "server"], "").contains("product  windows-nt-4.0"));
}

/// A name that the catalogue does not have stays unknown: another product must not take its place.
#[test]
fn another_product_is_not_taken_for_one() {
    let catalogue = Catalogue::built_in();
    for name in [
        "Office 2000",
        "FrontPage 98",
        "Exchange 2000",
        "Publisher",
        "mail",
        "95",
        "Windows 95/98",
        "",
        "Microsoft",
        "Office 97 Developer Edition",
        "Windows 95 Resource Kit",
        "SQL Server 2000",
        "Windows NT 4.0 Option Pack",
        "Visual Basic 6.0",
    ] {
        let unknown = catalogue.product(name).err().unwrap_or_else(|| panic!("{name:?} is taken for a product"));
        assert_eq!(unknown.id, name);
    }
    assert_eq!(
        catalogue.product("outlok 97").map_err(|unknown| unknown.nearest[0].clone()).err().as_deref(),
        Some("outlook-97")
    );
}

#[test]
fn every_entry_is_found_by_each_of_its_names() {
    let catalogue = Catalogue::built_in();
    for (id, product) in catalogue.products.iter() {
        for name in product.aliases.iter().chain([&product.title]) {
            for written in [name.clone(), name.to_uppercase(), format!("Microsoft {name}"), name.replace(' ', "-")] {
                assert_eq!(catalogue.product(&written).map(|(id, _)| id), Ok(id), "{written}");
            }
        }
    }
    for (id, package) in catalogue.packages.iter() {
        for name in package.aliases.iter().chain([&package.title]) {
            assert_eq!(catalogue.package(name).map(|(id, _)| id), Ok(id), "{name}");
        }
    }
    for sku in Sku::ALL {
        assert_eq!((Sku::named(sku.id()), Sku::named(sku.name())), (Some(sku), Some(sku)));
    }
}

/// `rules check` refuses an alias that is not a name of one product alone, and one that says nothing.
#[test]
fn an_alias_names_one_product() {
    let product = |aliases: &str| {
        format!(
            "title = \"Test 1.0\"\naliases = [{aliases}]\n[[prompts]]\nasks = \"unknown\"\nbasis = \"inferred\"\n[[sources]]\nwork = \"a test\"\nbasis = \"inferred\"\nsays = \"nothing\"\n[[examples]]\ntext = \"111-1111111\"\nwhy = \"nothing\"\n"
        )
    };
    let checked = |aliases: &str| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::create_dir(folder.path().join("products")).expect("a folder can be made");
        std::fs::write(folder.path().join("products/test-1.0.toml"), product(aliases)).expect("a file can be written");
        run_in(folder.path(), &["rules", "check", "."], b"")
    };
    assert!(checked("\"Tst\"").contains("1 file read"), "{}", checked("\"Tst\""));
    let other = checked("\"Tst\", \"ms WINDOWS-95\"");
    assert!(
        other.contains(
            "test-1.0.toml:2:19: expected a name of its own, found `ms WINDOWS-95`, which `windows-95` has, too"
        ),
        "{other}"
    );
    assert!(checked("\"NT 4\"").contains("which `windows-nt-4.0` has, too"));
    assert!(checked("\"Test 1\"").contains("found `Test 1` again"));
    assert!(checked("\"--\"").contains("expected letters or digits"));
}
