//! Every rule over every fixture: one line per text and per group of products, so that a changed rule shows all that it changes.
//!
//! Products are those of [`PRODUCTS`], each another set of prompts: a new product changes nothing here, and is tested by its own examples.

use jewelcase::{Catalogue, Situation, Verdict, judge};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// Products that ask in different ways, or that know values of their own; most of the others ask as one of these.
#[rustfmt::skip]
const PRODUCTS: [&str; 26] = [
    "backoffice-server-4.0", "backoffice-server-4.5", "client-add-pack", "excel-95", "exchange-mail-connector", "exchange-server-5.0",
    "exchange-server-5.5", "isa-server-2000", "mail-3.5", "mail-workgroup", "mastering-access-1.0", "money-5.0", "office-97", "outlook-97",
    "outlook-98", "small-business-server-4.5", "sms-1.2", "sms-2.0", "sql-server-6.5", "visual-basic-6.0-deluxe", "visual-cpp-5.0",
    "windows-2000", "windows-95", "windows-nt-3.5", "windows-nt-3.51", "windows-nt-4.0",
];

/// The strings that Microsoft printed: article, string, form, product, context, whether the sum passes.
fn corpus() -> impl Iterator<Item = Vec<String>> {
    let mut reader = csv::Reader::from_reader(include_str!("../data/kb-strings.csv").as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("the corpus is CSV")).collect();
    rows.into_iter().map(|row| row.iter().map(str::to_owned).collect())
}

#[test]
fn every_rule_over_every_fixture() {
    let catalogue = Catalogue::built_in();
    let examples = catalogue.forms.iter().flat_map(|(_, form)| &form.examples);
    let examples = examples.chain(catalogue.rules.iter().flat_map(|(_, rule)| &rule.examples));
    let mut texts: BTreeSet<String> = examples.filter_map(|example| example.text.clone()).collect();
    texts.extend(corpus().map(|row| row[1].clone()));
    let mut table = String::new();
    for text in texts {
        writeln!(table, "{text:?}").expect("a string takes everything");
        let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for product in std::iter::once(None).chain(PRODUCTS.map(Some)) {
            let situation = Situation { product, ..Situation::default() };
            let subject = judge(catalogue, &text, &situation).expect("the product is in the catalogue");
            let mut rules: Vec<_> = subject.findings.iter().map(|finding| finding.rule.as_str()).collect();
            rules.extend(subject.unanswered.iter().map(|unanswered| unanswered.rule.as_str()));
            rules.dedup();
            let said =
                format!("{} {} {}", subject.verdict.id(), subject.form.as_deref().unwrap_or("-"), rules.join(" "));
            groups.entry(said).or_default().push(product.unwrap_or("(no product)"));
        }
        for (said, products) in groups {
            writeln!(table, "  {said}: {}", products.join(" ")).expect("a string takes everything");
        }
    }
    insta::assert_snapshot!(table);
}

/// What the corpus says of the arithmetic, by an independent count, is what the catalogue finds.
#[test]
fn the_corpus_agrees_about_the_digit_sum() {
    let mut seen = 0;
    for row in corpus() {
        let [_, text, form, _, _, passes] = row.as_slice() else { panic!("six columns: {row:?}") };
        let whole = text.chars().all(|c| c.is_ascii_digit() || c == '-' || "OEM".contains(c));
        if !whole || !["yes", "no"].contains(&passes.as_str()) {
            continue;
        }
        let subject = judge(Catalogue::built_in(), text, &Situation::default()).expect("no product is named");
        let fails = subject.findings.iter().any(|finding| finding.rule == "key/digit-sum");
        assert_eq!(fails, passes == "no", "{text} ({form})");
        seen += 1;
    }
    assert!(seen >= 20, "{seen} strings of the corpus were compared");
}

/// Calling a good key bad is the worst fault: no key or Product ID that Microsoft printed as working is rejected.
#[test]
fn nothing_that_microsoft_issued_is_rejected() {
    let published = &Catalogue::built_in().rules.get("key/published").expect("the rule is in the catalogue").values;
    assert!(published.len() >= 9, "{} values", published.len());
    for value in published {
        let alone = judge(Catalogue::built_in(), &value.text, &Situation::default()).expect("no product is named");
        // Serials of SourceSafe and of AppleTalk servers are recognised at their products only, and a sample leaves open what else they can be.
        let (expected, at_product) = match alone.form {
            Some(_) => (Verdict::WellFormed, Verdict::WellFormed),
            None => (Verdict::Unrecognized, Verdict::Undecided),
        };
        assert_eq!(alone.verdict, expected, "{}", value.text);
        for product in &value.products {
            let situation = Situation { product: Some(product), ..Situation::default() };
            let there = judge(Catalogue::built_in(), &value.text, &situation).expect("the product is in the catalogue");
            assert_eq!(there.verdict, at_product, "{} at {product}", value.text);
        }
    }
}
