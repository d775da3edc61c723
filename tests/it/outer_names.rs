//! Values named `default` or `value` are what the line that opens their block says.

use crate::program::moment::run_in;
use std::fs;

/// The report of `scan --all` of a file of this name and text.
fn scanned(name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), text).expect("a file can be written");
    run_in(folder.path(), &["scan", name, "--all", "--show-keys"], b"")
}

#[test]
fn the_block_says_that_its_value_is_a_key() {
    for (name, text, place) in [
        ("packer.hcl", "variable \"product_key\" {\n  default = \"222-2222222\"\n}\n", "2:14"),
        ("nt4.pkr.hcl", "variable \"cd_key\" {\n  type    = string\n  default = \"222-2222222\"\n}\n", "3:14"),
        ("vars.tf", "variable \"nt4_product_id\" {\n\ttype = string\n\n\tdefault = \"222-2222222\"\n}\n", "4:13"),
        ("inputs.yml", "inputs:\n  product_key:\n    description: typed at Setup\n    default: 222-2222222\n", "4:14"),
        ("vars.yml", "cdkey:\n  value: '222-2222222'\n", "2:11"),
        ("settings.js", "const productKey = {\n  value: '222-2222222',\n};\n", "2:11"),
        ("azure.bicep", "  \"CD key\": {\n    \"defaultValue\": \"222-2222222\"\n  }\n", "2:22"),
    ] {
        let said = scanned(name, text);
        assert!(said.contains(&format!("{name}:{place}: 222-2222222: well formed")), "{name}: {said}");
    }
}

/// What another block says is not a key, and a block that was closed says nothing.
#[test]
fn another_block_does_not() {
    for (name, text) in [
        ("phone.hcl", "variable \"phone_number\" {\n  default = \"222-2222222\"\n}\n"),
        ("order.yml", "order_number:\n  value: 222-2222222\n"),
        ("count.tf", "variable \"count\" {\n  default = \"222-2222222\"\n}\n"),
        ("after.tf", "variable \"phone\" {\n  default = \"222-2222222\"\n}\n# product_key\n"),
    ] {
        let said = scanned(name, text);
        assert!(said.contains("0 in all"), "{name}: {said}");
    }
}
