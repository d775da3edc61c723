//! The rule files: every example of every file, the breadth that was promised, and the schemas.

use jewelcase::Catalogue;
use jewelcase::internals::{
    catalogue::{Family, NAMED_RULES},
    model::{product::Asks, severity::Severity, source::Basis},
    selftest::run_examples,
};
use std::{collections::BTreeSet, fs, path::Path};

/// The rule ids of the public contract whose families exist in this version.
const CONTRACT: &[&str] = &[
    "addpack/already-used",
    "addpack/applied",
    "addpack/convert-first",
    "addpack/converted",
    "addpack/defective",
    "addpack/not-for-resale",
    "addpack/not-sbs",
    "addpack/other-server",
    "addpack/out-of-order",
    "addpack/over-limit",
    "addpack/restart",
    "addpack/restored",
    "addpack/tried-too-early",
    "addpack/write-protected",
    "addpack/wrong-version",
    "answer/angle-brackets",
    "answer/blank-in-switch",
    "answer/display-setting",
    "answer/entry-ignored",
    "answer/hyphen-in-switch",
    "answer/hyphen-missing",
    "answer/key-not-taken",
    "answer/left-behind",
    "answer/letter-case",
    "answer/missing-entry",
    "answer/missing-id",
    "answer/missing-section",
    "answer/missing-switch",
    "answer/nested-quotes",
    "answer/no-equals-sign",
    "answer/no-header",
    "answer/per-server",
    "answer/relative-path",
    "answer/repeated-name",
    "answer/switch-conflict",
    "answer/switch-order",
    "answer/switch-unsupported",
    "answer/unquoted",
    "answer/upgrade-unattended",
    "answer/variable-not-replaced",
    "config/expired-suppression",
    "config/unclear-suppression",
    "config/unused-suppression",
    "input/corrupt-image",
    "input/truncated",
    "input/unreadable",
    "input/unsupported-image",
    "key/blocked-prefix",
    "key/check-digit",
    "key/digit-sum",
    "key/empty",
    "key/extra-digit",
    "key/installed-id",
    "key/last-digit",
    "key/look-alike",
    "key/misprint",
    "key/not-in-package",
    "key/not-needed",
    "key/not-validated",
    "key/oem-date",
    "key/oem-zero",
    "key/out-of-era",
    "key/placeholder",
    "key/published",
    "key/template",
    "key/unexpected-character",
    "key/wrong-form",
    "key/wrong-grouping",
    "key/wrong-length",
    "media/channel-not-told",
    "media/evaluation",
    "media/other-product",
    "media/unknown",
    "postoffice/access-mismatch",
    "postoffice/address-without-mailbag",
    "postoffice/admin-twin",
    "postoffice/bad-copy",
    "postoffice/bucket-misplaced",
    "postoffice/calendar-name",
    "postoffice/counter-behind",
    "postoffice/dates-differ",
    "postoffice/directory-is-file",
    "postoffice/directory-missing",
    "postoffice/dirsync-residue",
    "postoffice/duplicate-network",
    "postoffice/duplicate-postoffice",
    "postoffice/file-missing",
    "postoffice/file-size",
    "postoffice/folder-counter",
    "postoffice/folder-file-missing",
    "postoffice/folder-index-missing",
    "postoffice/gateway-mismatch",
    "postoffice/gateway-names-empty",
    "postoffice/groups-reset",
    "postoffice/hub-counter",
    "postoffice/key-without-mbg",
    "postoffice/mbg-full",
    "postoffice/mbg-nearly-full",
    "postoffice/mbg-without-key",
    "postoffice/mem-too-large",
    "postoffice/name-invalid",
    "postoffice/name-reserved",
    "postoffice/nested-workgroup",
    "postoffice/network-list-long",
    "postoffice/not-found",
    "postoffice/orphan-folder",
    "postoffice/orphan-header",
    "postoffice/owner-count",
    "postoffice/queue-missing",
    "postoffice/rebuild-residue",
    "postoffice/record-size",
    "postoffice/root-name",
    "postoffice/schedule-key-missing",
    "postoffice/schedule-two-versions",
    "postoffice/stranded-mail",
    "postoffice/template-missing",
    "postoffice/xtn-missing",
    "serial/appletalk",
    "serial/connector",
    "serial/connector-backbone",
    "serial/duplicate",
    "serial/malformed",
    "serial/not-read",
    "serial/placeholder",
    "serial/same-postoffice-twice",
    "serial/workgroup",
    "serial/x400-range",
];

/// The forms of the public contract.
const FORMS: [&str; 16] = [
    "appletalk-serial",
    "cd-key-10",
    "cd-key-11",
    "coa-20",
    "exchange-oem-13",
    "nt-3.5",
    "oem-key",
    "oem-product-id",
    "postoffice-serial",
    "product-id-15",
    "product-id-15-letter",
    "product-id-20",
    "product-id-20-letter",
    "product-key-25",
    "sms-select",
    "sourcesafe-serial",
];

#[test]
fn every_example_of_every_file_comes_out_as_it_says() {
    let tested = run_examples(Path::new("keyrules")).unwrap_or_else(|faults| panic!("{faults}"));
    let files = |folder: &str| {
        let entries = fs::read_dir(Path::new("keyrules").join(folder)).into_iter().flatten();
        entries
            .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "toml")))
            .count()
    };
    let all: usize = Family::all_folders().map(|(_, folder)| files(folder.name)).sum();
    assert_eq!(tested.files, all, "no file is skipped");
}

#[test]
fn the_embedded_catalogue_is_the_folder() {
    let (embedded, folder) =
        (Catalogue::built_in(), Catalogue::from_folder(Path::new("keyrules")).expect("proved above"));
    for &family in Family::ALL {
        let ids: Vec<_> = embedded.ids(family);
        assert_eq!(ids, folder.ids(family));
        for id in ids {
            assert_eq!(embedded.json(family, id), folder.json(family, id), "{id}");
        }
    }
}

#[test]
fn rule_and_form_ids_are_those_of_the_contract() {
    let catalogue = Catalogue::built_in();
    assert_eq!(catalogue.rules.ids().collect::<Vec<_>>(), CONTRACT);
    assert_eq!(catalogue.forms.ids().collect::<Vec<_>>(), FORMS);
}

#[test]
fn the_catalogue_is_as_broad_as_promised() {
    let catalogue = Catalogue::built_in();
    assert!(catalogue.products.len() >= 35, "{} products", catalogue.products.len());
    assert!(catalogue.articles.len() >= 45, "{} articles", catalogue.articles.len());
    let prompts: usize = catalogue.products.iter().map(|(_, product)| product.prompts.len()).sum();
    assert!(prompts >= 45, "{prompts} prompts");
}

/// Every form that a Setup asks for is asked for by some product, and every rule of a check can be explained.
#[test]
fn nothing_in_the_catalogue_is_unreachable() {
    let catalogue = Catalogue::built_in();
    let asked: BTreeSet<_> = catalogue
        .products
        .iter()
        .flat_map(|(_, product)| &product.prompts)
        .filter(|prompt| matches!(prompt.asks, Asks::Key | Asks::Optional))
        .flat_map(|prompt| prompt.forms.iter().map(String::as_str))
        .collect();
    // Installed Product IDs are recognised, but no Setup asks for them.
    let unasked: Vec<_> = catalogue.forms.ids().filter(|form| !asked.contains(form)).collect();
    assert_eq!(
        unasked,
        [
            "appletalk-serial",
            "oem-product-id",
            "product-id-15-letter",
            "product-id-20",
            "product-id-20-letter",
            "sourcesafe-serial"
        ]
    );
}

#[test]
fn what_is_only_inferred_is_never_an_error() {
    for (id, form) in Catalogue::built_in().forms.iter() {
        for check in &form.checks {
            assert!(check.severity < Severity::Error || check.basis > Basis::Inferred, "{id} {}", check.rule);
        }
    }
    for (id, rule) in Catalogue::built_in().rules.iter() {
        assert!(rule.severity < Severity::Error || rule.basis > Basis::Inferred, "{id}");
    }
}

#[test]
fn no_text_says_what_must_not_be_said() {
    for (_, folder) in Family::all_folders() {
        for entry in fs::read_dir(Path::new("keyrules").join(folder.name)).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            let text = fs::read_to_string(&path).expect("rule files are UTF-8").to_lowercase();
            for word in ["genuine", "keygen", "crack", "should be 2", "must be 2"] {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
}

/// The schemas accept every file of the repository, and refuse what the program refuses.
#[test]
fn schemas_accept_the_files_and_refuse_the_broken_ones() {
    let compile = |family: Family| {
        let document = serde_json::from_str(family.schema()).expect("schemas are JSON");
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        compiler.add_resource("schema.json", document).expect("the resource has a name of its own");
        let index = compiler.compile("schema.json", &mut schemas).expect("schemas are valid");
        (schemas, index)
    };
    let value = |path: &Path| -> serde_json::Value {
        let table: toml::Table = toml::from_str(&fs::read_to_string(path).expect("readable")).expect("TOML");
        serde_json::to_value(table).expect("TOML tables are JSON objects")
    };
    for (family, folder) in Family::all_folders() {
        let (schemas, index) = compile(family);
        for entry in fs::read_dir(Path::new("keyrules").join(folder.name)).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            assert!(schemas.validate(&value(&path), index).is_ok(), "{}", path.display());
        }
    }
    let (schemas, index) = compile(Family::Product);
    assert!(schemas.validate(&value(Path::new("tests/data/broken-rules/products/encarta-96.toml")), index).is_err());
}

/// The sentences say "a" and "an" as the words are spoken.
#[test]
fn forms_are_named_as_they_are_spoken() {
    let forms = &Catalogue::built_in().forms;
    let said: Vec<_> = forms.iter().map(|(_, form)| form.with_article()).collect();
    let an: Vec<_> = said.iter().filter(|said| said.starts_with("an ")).collect();
    assert_eq!(an, ["an 11-digit CD key", "an 8-3 Product ID of Windows NT 3.5", "an OEM Product ID"]);
    assert_eq!(said.len(), an.len() + said.iter().filter(|said| said.starts_with("a ")).count());
}

/// A folder that lacks rules that the program names is refused with the name of each, before anything can miss one.
#[test]
fn a_folder_without_a_named_rule_is_refused_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(folder.path().join("config")).expect("a folder can be made");
    let only = "config/unused-suppression";
    let file = format!("{only}.toml");
    fs::copy(Path::new("keyrules").join(&file), folder.path().join(&file)).expect("the rule is in the repository");
    let error = Catalogue::from_folder(folder.path()).expect_err("it has one rule").to_string();
    for rule in NAMED_RULES {
        let named = error.contains(&format!("expected the rule `{rule}`, which the program names"));
        assert_eq!(named, *rule != only, "{rule}: {error}");
    }
}

/// Every rule id that is in the program is in the list that is checked.
#[test]
fn every_rule_in_the_program_is_named() {
    let known: BTreeSet<_> = Catalogue::built_in().rules.ids().collect();
    let mut found = BTreeSet::new();
    for (file, source) in crate::architecture::files() {
        let quoted = crate::architecture::code(&source).flat_map(|line| line.split('"').skip(1).step_by(2));
        for id in quoted.filter(|id| known.contains(id) && file != "catalogue/named") {
            assert!(NAMED_RULES.contains(&id), "src/{file}.rs names {id}; add it to NAMED_RULES");
            found.insert(id.to_owned());
        }
    }
    assert!(found.len() > 30, "{found:?}");
}
