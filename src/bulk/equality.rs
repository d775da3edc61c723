//! Tests that the fast path judges every key as the explaining path does.
//!
//! The whole domain takes some minutes in an optimised build: `cargo test --release --lib --no-default-features -- --ignored`.

use super::{Counter, Matcher, Tally};
use crate::{Catalogue, Situation, judge, model::judgement::Judgement, parse::remark::is_remark};
use proptest::prelude::*;

/// The number of serials, which have seven digits.
const SERIALS: u32 = 10_000_000;

/// Sites of every class: ordinary ones, those that a rule or a literal names, and their neighbours.
fn sites() -> Vec<String> {
    let known = ["333", "444", "555", "666", "777", "888", "999", "097", "932", "900", "040", "123", "111", "000"];
    let others = ["334", "222", "098", "096", "500"];
    known.iter().chain(&others).map(|site| (*site).to_owned()).collect()
}

fn explained(text: &str, situation: &Situation<'_>) -> Judgement {
    judge::judgement(Catalogue::built_in(), text, situation).expect("the situation names what the catalogue has")
}

/// Counts the same keys on both paths.
fn compare(keys: impl Iterator<Item = String>, end: &str, situation: Situation<'static>, matcher: &Matcher<'_>) {
    let (mut lines, mut expected) = (String::new(), Tally::default());
    for key in keys {
        expected.add(&explained(&key, &situation), 1);
        lines += &key;
        lines += end;
    }
    let mut counter = Counter::new(matcher);
    counter.lines(lines.as_bytes());
    assert_eq!(counter.tally(), expected, "{:?}", lines.lines().next());
}

fn matcher(situation: Situation<'static>) -> Matcher<'static> {
    Matcher::new(Catalogue::built_in(), situation).expect("the situation names what the catalogue has")
}

/// Serials spread over the whole range, with every last digit and every sum.
fn some_serials(count: u32) -> impl Iterator<Item = u32> {
    (0..count).map(move |index| (index * 7_919_339 + index / 10) % SERIALS)
}

#[test]
fn every_site_and_fourth_digit_is_judged_the_same() {
    let situation = Situation::default();
    let matcher = matcher(situation);
    for site in 0..1000 {
        // Enough lines for whole blocks, with some left over.
        for end in ["\n", "\r\n"] {
            compare(some_serials(75).map(|serial| format!("{site:03}-{serial:07}")), end, situation, &matcher);
        }
        let fourth = |digit| some_serials(4).map(move |serial| format!("{site:03}{digit}-{serial:07}"));
        compare((0..10).flat_map(fourth), "\n", situation, &matcher);
    }
}

#[test]
fn every_day_and_year_of_an_oem_key_is_judged_the_same() {
    let situation = Situation::default();
    let matcher = matcher(situation);
    for day in (0..1000).step_by(7).chain([365, 366, 367]) {
        let year = |year| some_serials(2).map(move |serial| format!("{day:03}{year:02}-OEM-{serial:07}-12345"));
        compare((0..100).flat_map(year), "\n", situation, &matcher);
    }
}

/// A product gives the same checks other severities, and recognises other forms entered by mistake.
#[test]
fn every_product_is_judged_the_same() {
    let any = matcher(Situation::default());
    for product in Catalogue::built_in().products.ids() {
        let situation = Situation { product: Some(product), ..Situation::default() };
        let matcher = any.at(situation).expect("the product is in the catalogue");
        for site in sites() {
            let keys = some_serials(6).flat_map(|serial| {
                let (site, serial) = (&site, format!("{serial:07}"));
                [
                    format!("{site}-{serial}"),
                    format!("{site}{serial}"),
                    format!("{site}3-{serial}"),
                    format!("{site}3{serial}"),
                    format!("12345-{site}-{serial}-12345"),
                    format!("12345-{site}-{serial}"),
                    format!("{site}99-OEM-{serial}-12345"),
                    format!("{site}99OEM{serial}12345"),
                    format!("12345{site}{serial}12345"),
                    format!("12345-{site}-12"),
                ]
            });
            compare(keys, "\n", situation, &matcher);
        }
    }
}

/// Each literal that Microsoft printed, among keys that are not literals.
#[test]
fn literals_are_told_apart() {
    let situation = Situation::default();
    let matcher = matcher(situation);
    let values = Catalogue::built_in().rules.iter().flat_map(|(_, rule)| &rule.values);
    for value in values {
        let compact = value.text.replace('-', "");
        let row = ["100-1111111", "100-1111112", &value.text, "100-1111113", &compact, "100-1111114"];
        let row = row.iter().cycle().take(23).map(|key| (*key).to_owned());
        compare(row, "\n", situation, &matcher);
    }
}

/// Any text in a block of lines, at any position.
#[test]
fn a_line_that_is_different_is_seen_anywhere_in_a_block() {
    let situation = Situation::default();
    let matcher = matcher(situation);
    let plain: Vec<String> = some_serials(130).map(|serial| format!("100-{serial:07}")).collect();
    let others =
        ["932-9619111", "932-9619112", "097-1234567", "333-1111111", "1234-5678901", "100-111111x", "100 1111111", ""];
    for at in (0..70).chain([127, 128, 129]) {
        for other in others {
            let mut lines = plain.clone();
            other.clone_into(&mut lines[at]);
            if other.is_empty() {
                lines.remove(at);
            }
            compare(lines.into_iter(), "\n", situation, &matcher);
        }
    }
}

proptest! {
    /// Numbers of random digits in blocks, with one among them that is almost such a number.
    #[test]
    fn any_list_is_counted_the_same(lines in prop::collection::vec("[0-9]{3}-[0-9]{7}", 60..200), odd in "[0-9-]{10,12}", at in 0_usize..200) {
        let matcher = matcher(Situation::default());
        let mut lines = lines;
        let at = at % lines.len();
        lines.insert(at, odd);
        compare(lines.into_iter(), "\n", Situation::default(), &matcher);
    }

    /// Any bytes: lines that are almost keys, comments, other line ends, no line end.
    #[test]
    fn any_lines_are_counted_the_same(lines in prop::collection::vec("[0-9OEM /\"\\-]{0,24}|[0-9]{3}-[0-9]{7}|[0-9]{3}[0-9-][0-9]{7}\\r?", 0..40)) {
        let matcher = matcher(Situation::default());
        let text = lines.join("\n");
        let mut expected = Tally::default();
        let lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
        for line in lines.filter(|line| !line.trim().is_empty() && !is_remark(line.as_bytes())) {
            expected.add(&explained(line, &Situation::default()), 1);
        }
        let mut counter = Counter::new(&matcher);
        counter.lines(text.as_bytes());
        prop_assert_eq!(counter.tally(), expected);
    }
}

/// All ten million serials for every class of site, fourth digit and date, on two threads.
#[test]
#[ignore = "takes minutes, and hours where it is not optimised"]
fn every_serial_is_judged_the_same() {
    let tens = sites().into_iter().map(|site| format!("{site}-SSSSSSS"));
    let elevens = ["1002-", "1001-", "1003-", "9323-", "9320-", "1234-", "0008-", "3334-", "0978-"];
    let elevens = elevens.iter().map(|head| format!("{head}SSSSSSS"));
    let dates = ["00195", "36603", "00095", "36795", "12394", "12304"];
    let dates = dates.iter().map(|date| format!("{date}-OEM-SSSSSSS-12345"));
    let patterns: Vec<String> = tens.chain(elevens).chain(dates).collect();
    std::thread::scope(|scope| {
        for half in 0..2 {
            let patterns = patterns.iter().skip(half).step_by(2);
            scope.spawn(move || {
                let situation = Situation::default();
                let matcher = matcher(situation);
                for pattern in patterns {
                    for start in (0..SERIALS).step_by(100_000) {
                        let keys = start..start + 100_000;
                        let keys = keys.map(|serial| pattern.replace("SSSSSSS", &format!("{serial:07}")));
                        compare(keys, "\n", situation, &matcher);
                    }
                }
            });
        }
    });
}
