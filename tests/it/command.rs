//! What a person sees: status, standard output and standard error of whole commands.

use crate::program::{run, run_with_input};
use jewelcase::internals::catalogue::Family;
use jewelcase::{Catalogue, Situation, judge};

/// Every row of the table of promises in the issue that founded this program, and the edges around it.
#[test]
fn wrong_key_from_the_same_box() {
    insta::assert_snapshot!(run(&[
        "check",
        "932-9619111",
        "--product",
        "outlook-97",
        "--from",
        "backoffice-server-4.0",
        "--sku",
        "nfr"
    ]));
}

#[test]
fn the_remedy_follows_the_channel() {
    let check = ["check", "932-9619111", "--product", "outlook-97", "--from", "backoffice-server-4.0"];
    insta::assert_snapshot!("channel_retail", run(&[&check[..], &["--sku", "retail"]].concat()));
    insta::assert_snapshot!("channel_fpp", run(&[&check[..], &["--sku", "fpp"]].concat()));
    insta::assert_snapshot!("channel_not_given", run(&check));
}

#[test]
fn published_key() {
    insta::assert_snapshot!(run(&["check", "9323-9619111", "--product", "outlook-97"]));
}

#[test]
fn misprinted_key() {
    insta::assert_snapshot!(run(&[
        "check",
        "000-0000000",
        "--product",
        "outlook-97",
        "--from",
        "exchange-server-5.0-evaluation"
    ]));
}

#[test]
fn placeholder_serial_of_a_full_postoffice() {
    insta::assert_snapshot!(run(&["check", "0799-99992", "--product", "mail-3.5", "--from", "backoffice-server-1.5"]));
}

/// A report without the rows about every product, which grow with the catalogue.
fn without_products(said: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut within = false;
    for line in said.lines() {
        within = line.starts_with(PRODUCTS) || within && line.starts_with(' ');
        if !within || line.starts_with(PRODUCTS) {
            lines.push(if within { PRODUCTS } else { line });
        }
    }
    lines.join("\n") + "\n"
}

/// How the head of the table of products begins.
const PRODUCTS: &str = " At this Setup";

#[test]
fn known_serials_without_a_product() {
    insta::assert_snapshot!(without_products(&run(&["check", "799-99992", "22-28798"])));
}

/// Every product that asks for a form that the key fits is in the table.
#[test]
fn every_product_that_could_ask_is_named() {
    let key = "123-4567890";
    let said = run(&["check", key]);
    let (_, table) = said.split_once(PRODUCTS).expect("there is a table of products");
    let width = PRODUCTS.len() + table.find("it is").expect("its second column is the verdict");
    let rows = table.lines().skip(1).take_while(|line| line.starts_with(' '));
    let named = rows.map(|row| row.chars().take(width).collect::<String>()).collect::<Vec<_>>();
    let named = named.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join(" ");
    let subject = judge(Catalogue::built_in(), key, &Situation::default()).expect("no product is named");
    assert!(subject.products.len() > 20, "{:?}", subject.products);
    for row in &subject.products {
        let title = &Catalogue::built_in().products.get(&row.product).expect("it is in the catalogue").title;
        let title = row.sku.map_or(title.clone(), |sku| format!("{title} ({})", sku.name()));
        let ends = |after: &str| after.starts_with([',', ' ']) && !after.starts_with(" (");
        let mut found = named.match_indices(&title);
        assert!(found.any(|(at, _)| ends(&named[at + title.len()..])), "{title} in {named}");
    }
}

#[test]
fn serial_above_the_range_of_the_gateway() {
    insta::assert_snapshot!(run(&["check", "32-64537", "--product", "mail-3.5"]));
}

#[test]
fn eleven_digits_at_a_prompt_of_ten() {
    insta::assert_snapshot!(
        "extra_digit_visual_basic",
        run(&["check", "1234-5678907", "--product", "visual-basic-6.0-deluxe"])
    );
    let partner = ["--product", "backoffice-server-4.5", "--from", "backoffice-server-4.5-partner-1999-05"];
    insta::assert_snapshot!("extra_digit_backoffice", run(&[&["check", "1234-5678907"], &partner[..]].concat()));
}

#[test]
fn placeholder_without_a_product() {
    insta::assert_snapshot!(without_products(&run(&["check", "123-4567890"])));
}

#[test]
fn blocked_prefix_is_a_matter_of_the_product() {
    insta::assert_snapshot!("blocked_prefix_windows_95", run(&["check", "333-1111111", "--product", "windows-95"]));
    insta::assert_snapshot!("blocked_prefix_office_95", run(&["check", "333-1111111", "--product", "office-95"]));
}

#[test]
fn oem_product_id_is_not_held_against_the_date_rule() {
    insta::assert_snapshot!(without_products(&run(&["check", "37963-OEM-1208613-83643"])));
}

#[test]
fn literal_before_arithmetic() {
    insta::assert_snapshot!(run(&["check", "32345-270-99", "--product", "sms-2.0", "--sku", "select"]));
}

#[test]
fn every_way_of_writing_a_key() {
    let ways = [
        "932-9619111",
        " 932 9619111 ",
        "9329619111",
        "\u{201C}932\u{2013}9619111\u{201D}",
        "/k \"932-9619111\"",
        "setup.exe /K\"9329619111\"",
        "\u{FEFF}932-9619111\r",
    ];
    for way in ways {
        let said = run(&["check", way, "--product", "exchange-server-5.0"]);
        assert!(
            said.contains("well formed: passes what Exchange Server 5.0 Setup is known to check"),
            "{way:?}: {said}"
        );
        assert!(said.starts_with("status: 0\n"), "{way:?}: {said}");
    }
}

#[test]
fn slips_are_pointed_at_and_never_mended() {
    let slips = ["check", "1O1-l11111S", "11\u{e9}-111111", "１１１-1111111", "932.9619111"];
    insta::assert_snapshot!(without_products(&run(&slips)));
}

#[test]
fn every_failing_part_in_one_pass() {
    insta::assert_snapshot!(run(&["check", "00095-OEM-7000001-000X0", "--product", "windows-95", "--sku", "oem"]));
}

#[test]
fn templates() {
    let templates = ["check", "xxx-xxxxxxx", "<123-4567890>", "xxxyy-OEM-0000016-zzzzz"];
    insta::assert_snapshot!(without_products(&run(&templates)));
}

#[test]
fn no_key_in_the_box() {
    insta::assert_snapshot!(
        "no_key_any_channel",
        run(&["check", "--no-key", "--product", "outlook-97", "--from", "backoffice-server-4.0"])
    );
    insta::assert_snapshot!(
        "no_key_partner",
        run(&["check", "--no-key", "--product", "outlook-97", "--from", "exchange-server-5.5-partner-1997-12"])
    );
    insta::assert_snapshot!("no_key_not_needed", run(&["check", "--no-key", "--product", "windows-nt-3.51"]));
    insta::assert_snapshot!(
        "no_key_evaluation",
        run(&["check", "--no-key", "--product", "sql-server-6.5", "--from", "sql-server-6.5-training"])
    );
    insta::assert_snapshot!(
        "no_key_greyed_out",
        run(&["check", "--no-key", "--product", "visual-j-plus-plus-1.0-publishers", "--from", "learn-java-now"])
    );
    insta::assert_snapshot!(
        "no_key_select",
        run(&["check", "--no-key", "--product", "exchange-server-5.5", "--sku", "select"])
    );
    insta::assert_snapshot!("no_key_unknown", run(&["check", "--no-key", "--product", "office-97"]));
}

#[test]
fn nothing_and_junk() {
    insta::assert_snapshot!("nothing", run(&["check", ""]));
    insta::assert_snapshot!(
        "nul_bytes_and_controls",
        without_products(&run_with_input(&["check", "-"], b"11\x001-1111111\n\x1b[31m111-1111111\x1b[0m\n"))
    );
    insta::assert_snapshot!("no_text", run_with_input(&["check", "-"], b"\xff\xfe1\x001\x001\x00\n"));
    insta::assert_snapshot!(
        "a_long_line",
        without_products(&run_with_input(
            &["check", "-"],
            &[b"?!".repeat(500_000), b"\n111-1111111\n".to_vec()].concat()
        ))
    );
    insta::assert_snapshot!(
        "too_long_a_line",
        run_with_input(
            &["check", "-", "--format", "ndjson", "--product", "windows-95"],
            &[vec![b'7'; 3 << 20], b"\n111-1111111\n".to_vec()].concat()
        )
    );
    insta::assert_snapshot!("no_line", run_with_input(&["check", "-"], b"\n \n"));
}

#[test]
fn unknown_ids_name_the_nearest() {
    insta::assert_snapshot!("unknown_product", run(&["check", "111-1111111", "--product", "outlok-97"]));
    insta::assert_snapshot!(
        "unknown_package",
        run(&["check", "111-1111111", "--product", "outlook-97", "--from", "backofice-server-4.0"])
    );
    insta::assert_snapshot!("unknown_sku", run(&["check", "111-1111111", "--sku", "retial"]));
    insta::assert_snapshot!("unknown_rule", run(&["rules", "show", "key/digitsum"]));
}

#[test]
fn bad_usage() {
    insta::assert_snapshot!("usage_no_key_without_product", run(&["check", "--no-key"]));
    insta::assert_snapshot!("usage_nothing_to_check", run(&["check"]));
}

#[test]
fn many_keys_from_standard_input() {
    let list = b"\xEF\xBB\xBF932-9619111\r\n\r\n  9323-9619111\r\n0799-99992\r\nhello\r\n";
    insta::assert_snapshot!("list_human", run_with_input(&["check", "-", "--product", "outlook-97"], list));
    insta::assert_snapshot!(
        "list_json",
        run_with_input(&["check", "-", "--product", "outlook-97", "--format", "json"], list)
    );
    insta::assert_snapshot!(
        "list_ndjson",
        run_with_input(&["check", "-", "--product", "outlook-97", "--format", "ndjson"], list)
    );
    insta::assert_snapshot!(
        "list_shown",
        run_with_input(&["check", "-", "--product", "outlook-97", "--format", "ndjson", "--show-keys"], list)
    );
}

#[test]
fn the_exit_code_follows_fail_on() {
    let check = |key: &str, fail_on: &str| run(&["check", key, "--quiet", "--fail-on", fail_on]);
    // An error, a warning and a note, each at every threshold.
    for (key, statuses) in [
        ("123-4567890", [1, 1, 1, 0]),
        ("111-1111118", [0, 1, 1, 0]),
        ("333-1111111", [0, 0, 1, 0]),
        ("222-1111111", [0, 0, 0, 0]),
    ] {
        for (fail_on, status) in ["error", "warning", "note", "never"].into_iter().zip(statuses) {
            assert_eq!(check(key, fail_on), format!("status: {status}\n--- stdout\n--- stderr\n"), "{key} {fail_on}");
        }
    }
}

#[test]
fn explain_by_id() {
    for (name, topic) in [
        ("article", "Q180399"),
        ("article_with_printed_keys", "168715"),
        ("remedy", "q180399/FPP"),
        ("rule", "key/digit-sum"),
        ("product", "sms-2.0"),
        ("package", "backoffice-server-4.0"),
        ("form", "oem-key"),
        ("article_without_text", "KB 274532"),
    ] {
        let said = run(&["explain", topic]);
        // The articles about a product, which become more.
        let (whole, others) = said.split_once("also:\n").unwrap_or((&said, ""));
        insta::assert_snapshot!(format!("explain_{name}"), whole);
        let others = others.lines().take_while(|line| *line != "--- stderr");
        let about = others.filter(|line| line.ends_with(" (about Systems Management Server 2.0)")).count();
        assert!((name == "product") == (about >= 5), "{said}");
    }
}

#[test]
fn explain_by_screen() {
    insta::assert_snapshot!(
        "explain_screen_outlook",
        run(&["explain", "This is an invalid CD Key value", "--product", "outlook-97"])
    );
    insta::assert_snapshot!(
        "explain_screen_json",
        run(&["explain", "--format", "json", "DISK WAS ALREADY USED to increase\n client licenses from 10 to 30"])
    );
    insta::assert_snapshot!("explain_nothing", run(&["explain", "the cat sat on the mat"]));
}

#[test]
fn rules_list_and_show() {
    let all = run(&["rules", "list"]);
    for &family in Family::ALL {
        for id in Catalogue::built_in().ids(family) {
            let named = |line: &str| line.split_whitespace().take(2).eq([family.id(), id]);
            assert!(all.lines().any(named), "{} {id} is not listed", family.id());
        }
    }
    insta::assert_snapshot!("rules_list_forms_json", run(&["rules", "list", "--family", "form", "--format", "json"]));
    insta::assert_snapshot!("rules_show_json", run(&["rules", "show", "outlook-97", "--format", "json"]));
}

/// Output with `N` for its numbers, some of which change with every fact.
fn uncounted(said: &str) -> String {
    said.split_inclusive(|c: char| !c.is_ascii_digit())
        .map(|piece| match piece.trim_start_matches(|c: char| c.is_ascii_digit()) {
            rest if rest.len() < piece.len() => format!("N{rest}"),
            rest => rest.to_owned(),
        })
        .collect()
}

#[test]
fn rules_check_reads_and_proves_a_folder() {
    assert!(run(&["rules", "check"]).starts_with("status: 0\n"));
    insta::assert_snapshot!("rules_check", uncounted(&run(&["rules", "check", "keyrules"])));
    insta::assert_snapshot!("rules_check_built_in", uncounted(&run(&["rules", "check"])));
    insta::assert_snapshot!("rules_check_own", run(&["rules", "check", "tests/data/own-rules"]));
    insta::assert_snapshot!("rules_check_broken", run(&["rules", "check", "tests/data/broken-rules"]));
    insta::assert_snapshot!("rules_check_dangling", run(&["rules", "check", "tests/data/dangling-rules"]));
    insta::assert_snapshot!("rules_check_disproved", run(&["rules", "check", "tests/data/disproved-rules"]));
    insta::assert_snapshot!("rules_check_missing", run(&["rules", "check", "tests/data/no-such-folder"]));
}

#[test]
fn own_rules_add_and_override() {
    insta::assert_snapshot!(
        "own_rules_product",
        run(&["check", "111-1111118", "--product", "encarta-96", "--rules", "tests/data/own-rules"])
    );
    insta::assert_snapshot!("own_rules_broken", run(&["check", "111-1111111", "--rules", "tests/data/broken-rules"]));
}

#[test]
fn help() {
    insta::assert_snapshot!("help", run(&["--help"]));
    insta::assert_snapshot!("help_check", run(&["check", "--help"]));
}
