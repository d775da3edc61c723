//! Small domains, counted whole instead of sampled.

use jewelcase::internals::{judge::arithmetic::fires_alone, model::form::KeyCondition};
use jewelcase::{Catalogue, Situation, Verdict, judge};
use std::collections::BTreeSet;

/// Serials of seven digits.
const SERIALS: usize = 10_000_000;

/// The condition that a rule has on a part of a form, as the catalogue holds it.
fn condition(form: &str, rule: &str) -> KeyCondition {
    let form = Catalogue::built_in().forms.get(form).expect("the form is in the catalogue");
    form.checks.iter().find(|check| check.rule == rule).expect("the form has the check").fires_if.clone()
}

/// For every serial, whether a condition lets it pass.
fn passes(condition: &KeyCondition) -> Vec<bool> {
    let mut digits = *b"0000000";
    let mut passes = Vec::with_capacity(SERIALS);
    for _ in 0..SERIALS {
        let serial = std::str::from_utf8(&digits).expect("digits are ASCII");
        passes.push(fires_alone(condition, serial) == Some(false));
        for digit in digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                break;
            }
            *digit = b'0';
        }
    }
    passes
}

/// The counts that an independent program gave, and the weakness of the check that `explain key/digit-sum` reports. The three forms
/// have the very same conditions, so each serial is tried once.
#[test]
fn all_serials_of_every_form_that_has_the_arithmetic() {
    let [sum, last] = ["key/digit-sum", "key/last-digit"].map(|rule| {
        let shared = condition("cd-key-10", rule);
        for form in ["cd-key-11", "oem-key"] {
            assert_eq!(condition(form, rule), shared, "{form}: {rule}");
        }
        passes(&shared)
    });
    let both: Vec<bool> = sum.iter().zip(&last).map(|(sum, last)| *sum && *last).collect();
    let count = |passing: &[bool]| passing.iter().filter(|passes| **passes).count();
    assert_eq!(count(&sum), 1_428_654, "the digit sum alone");
    assert_eq!(count(&both), 1_000_000, "the digit sum and the last digit");
    let (slips, swaps) = unseen(&sum);
    assert_eq!((percent(slips), percent(swaps)), ("6.7".into(), "100.0".into()), "the sum alone");
    let (slips, swaps) = unseen(&both);
    assert_eq!((percent(slips), percent(swaps)), ("5.7".into(), "94.4".into()), "with the last digit");
}

/// Of all single-digit slips in, and swaps of different neighbours of, passing serials: how many pass again.
fn unseen(passing: &[bool]) -> ((u64, u64), (u64, u64)) {
    let (mut slips, mut swaps) = ((0, 0), (0, 0));
    for serial in (0..SERIALS).filter(|serial| passing[*serial]) {
        for place in 0..7 {
            let unit = 10_usize.pow(place);
            let digit = serial / unit % 10;
            for other in (0..10).filter(|other| *other != digit) {
                slips.0 += u64::from(passing[serial - digit * unit + other * unit]);
                slips.1 += 1;
            }
            let next = serial / (unit * 10) % 10;
            if place < 6 && next != digit {
                let swapped = serial - digit * unit - next * unit * 10 + next * unit + digit * unit * 10;
                swaps.0 += u64::from(passing[swapped]);
                swaps.1 += 1;
            }
        }
    }
    (slips, swaps)
}

fn percent((part, whole): (u64, u64)) -> String {
    format!("{:.1}", 100.0 * part as f64 / whole as f64)
}

/// For every site exactly two fourth digits pass, and the sentence does not tell which.
#[test]
fn the_fourth_digit_of_every_site() {
    let catalogue = Catalogue::built_in();
    let mut sentences = BTreeSet::new();
    for site in 0..1000 {
        let mut right = Vec::new();
        for check in 0..10 {
            let subject = judge(catalogue, &format!("{site:03}{check}-1111111"), &Situation::default())
                .expect("no product is named");
            match subject.findings.iter().find(|finding| finding.rule == "key/check-digit") {
                None => right.push(check),
                Some(finding) => {
                    sentences.insert(finding.message.clone());
                    assert_eq!(finding.span, Some(3..4));
                }
            }
        }
        let mut expected = [(site + 1) % 10, (site + 2) % 10];
        expected.sort_unstable();
        assert_eq!(right, expected, "site {site:03}");
    }
    assert_eq!(sentences.len(), 1, "{sentences:?}");
}

/// Every prefix, at a product that blocks some and at one that does not.
#[test]
fn every_site_at_windows_95_and_office_95() {
    let blocked = ["333", "444", "555", "666", "777", "888", "999"];
    for site in 0..1000 {
        let key = format!("{site:03}-1111111");
        let at = |product| {
            let situation = Situation { product: Some(product), ..Situation::default() };
            judge(Catalogue::built_in(), &key, &situation).expect("the product is in the catalogue").verdict
        };
        let expected = if blocked.contains(&&key[..3]) { Verdict::Rejected } else { Verdict::WellFormed };
        assert_eq!(at("windows-95"), expected, "{key}");
        assert_eq!(at("office-95"), Verdict::WellFormed, "{key}");
    }
}

/// Every day and year of an OEM key.
#[test]
fn every_day_and_year_of_an_oem_key() {
    let situation =
        Situation { product: Some("windows-nt-4.0"), sku: Some(jewelcase::Sku::Oem), ..Situation::default() };
    for day in 0..1000 {
        for year in 0..100 {
            let key = format!("{day:03}{year:02}-OEM-0000007-00000");
            let subject = judge(Catalogue::built_in(), &key, &situation).expect("the product is in the catalogue");
            let right = (1..=366).contains(&day) && (year >= 95 || year <= 3);
            assert_eq!(subject.verdict == Verdict::WellFormed, right, "{key}: {:?}", subject.findings);
        }
    }
}

/// Every serial number of a postoffice around the two known ones and the limit of the gateway.
#[test]
fn known_serials_are_compared_as_numbers() {
    for (text, rules) in [
        ("799-99992", vec!["serial/placeholder"]),
        ("0799-99992", vec!["serial/placeholder"]),
        ("[0799-99992]", vec!["serial/placeholder"]),
        ("22-28798", vec!["serial/connector"]),
        ("022-28798", vec!["serial/connector"]),
        ("0022- 28798", vec!["serial/connector"]),
        ("7990-99992", vec!["serial/x400-range"]),
        ("1-64537", vec!["serial/x400-range"]),
        ("1-64536", vec![]),
        ("9999-00000", vec![]),
    ] {
        let situation = Situation { product: Some("mail-3.5"), ..Situation::default() };
        let subject = judge(Catalogue::built_in(), text, &situation).expect("the product is in the catalogue");
        let mut found: Vec<_> = subject.findings.iter().map(|finding| finding.rule.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, rules, "{text}");
    }
}
