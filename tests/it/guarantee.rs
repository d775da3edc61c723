//! The program reads and judges keys and composes none: nothing that it prints holds a key that it was not given.

use crate::program::{run, run_with_input};
use jewelcase::internals::{
    model::form::KeyKind,
    parse::written::written,
    report::{
        Output, Report, csv, github, html,
        json::{self, Layout},
        junit, sarif,
        text::{self, Accepted},
    },
    wire::{Command, Entry, Located, Remedies, mask::Keys, summary::Summary, topic::Explained},
};
use jewelcase::{Catalogue, Situation, explain, internals::identify::identify, judge};
use std::collections::BTreeSet;

/// Every text of every example, and every string of the Knowledge Base corpus.
fn fixtures() -> BTreeSet<String> {
    let catalogue = Catalogue::built_in();
    let examples = catalogue.forms.iter().flat_map(|(_, entry)| &entry.examples);
    let examples = examples.chain(catalogue.products.iter().flat_map(|(_, entry)| &entry.examples));
    let examples = examples.chain(catalogue.packages.iter().flat_map(|(_, entry)| &entry.examples));
    let examples = examples.chain(catalogue.articles.iter().flat_map(|(_, entry)| &entry.examples));
    let examples = examples.chain(catalogue.rules.iter().flat_map(|(_, entry)| &entry.examples));
    let mut texts: BTreeSet<_> = examples.filter_map(|example| example.text.clone()).collect();
    texts.extend(
        include_str!("../data/kb-strings.csv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').nth(1).map(str::to_owned)),
    );
    texts
}

/// Every way of judging a text: without a product, and at each.
fn situations() -> impl Iterator<Item = Situation<'static>> {
    let products = Catalogue::built_in().products.ids().map(Some);
    std::iter::once(None).chain(products).map(|product| Situation { product, ..Situation::default() })
}

/// Runs of digits, hyphens and the letters OEM that could be a key or a serial: at least seven digits.
fn key_like(text: &str) -> Vec<String> {
    // A channel of letters, or of a letter and digits, joins the groups around it.
    let joined = text.replace("-OEM-", "--").replace("-G90-", "-90-");
    let runs = joined.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    // A letter in front makes it a code, such as Q180399 or the error c1032695; two years make it a span of time.
    let code = |run: &&str| {
        run.starts_with(|c: char| c.is_ascii_alphabetic()) && run[1..].starts_with(|c: char| c.is_ascii_digit())
    };
    let years = |run: &&str| run.len() == 9 && run.split('-').all(|year| year.len() == 4 && year.starts_with("19"));
    let tokens = runs.filter(|run| !code(run) && !years(run));
    let runs = tokens.flat_map(|token| token.split(|c: char| c.is_ascii_alphabetic()));
    runs.map(digits).filter(|digits| digits.len() >= 7).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn human_report(located: &Located) -> String {
    let (catalogue, settings) =
        (Catalogue::built_in(), text::Settings { command: Some(Command::Check), accepted: Accepted::Shown });
    let remedies = Remedies::Catalogue(catalogue);
    written_by(located, Keys::Shown, |out| Box::new(text::Writer::new(out, catalogue, remedies, settings)))
}

fn json_report(located: &Located, keys: Keys) -> String {
    let remedies = Remedies::Catalogue(Catalogue::built_in());
    written_by(located, keys, |out| {
        Box::new(
            json::Writer::begin(out, Some(Command::Check), remedies, Layout::Document)
                .expect("a vector takes everything"),
        )
    })
}

/// The masked report in every other form, one after the other.
fn other_reports(located: &Located) -> String {
    let (catalogue, begun) = (Catalogue::built_in(), "a vector takes everything");
    let remedies = Remedies::Catalogue(catalogue);
    let masked = |begin: &dyn for<'o> Fn(Output<'o>) -> Box<dyn Report + 'o>| {
        written_by(located, Keys::Masked, |out| begin(out))
    };
    [
        masked(&|out| Box::new(sarif::Writer::begin(out, catalogue, remedies).expect(begun))),
        masked(&|out| Box::new(junit::Writer::begin(out, None).expect(begun))),
        masked(&|out| Box::new(csv::Writer::new(out))),
        masked(&|out| Box::new(github::Writer::new(out))),
        // The style sheet is the same in every page.
        masked(&|out| Box::new(html::Writer::new(out, catalogue, remedies))).split("<body>").skip(1).collect(),
    ]
    .concat()
}

/// Fingerprints are hexadecimal, so that some have digits in a row. They are made of the rule and the path alone.
fn without_fingerprints(report: &str) -> String {
    let mut pieces = report.split("\"primaryLocationLineHash\":\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |report, piece| report + piece.split_once('"').map_or("", |(_, rest)| rest))
}

fn written_by(located: &Located, keys: Keys, begin: impl for<'o> FnOnce(Output<'o>) -> Box<dyn Report + 'o>) -> String {
    let mut out = Vec::new();
    let mut report = begin(Box::new(&mut out));
    report.entry(&Entry::of_key(located, keys)).expect("a vector takes everything");
    report.end(&Summary::default()).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

#[test]
fn no_report_of_check_holds_a_key_that_it_was_not_given() {
    for text in fixtures() {
        let given = digits(&text);
        for situation in situations() {
            let subject = judge(Catalogue::built_in(), &text, &situation).expect("every product is in the catalogue");
            let located = Located { subject, location: None };
            for report in [
                human_report(&located),
                json_report(&located, Keys::Shown),
                json_report(&located, Keys::Masked),
                // The other forms are made of the same entry, and slow to make in every situation.
                if situation.product.is_none() {
                    without_fingerprints(&other_reports(&located))
                } else {
                    String::new()
                },
            ] {
                for run in key_like(&report) {
                    // What SARIF explains of a rule may name the serials that it is about.
                    let known = given.contains(&run) || KNOWN_SERIALS.contains(&run.as_str());
                    assert!(known, "{text:?} {situation:?}: {run} in {report}");
                }
            }
        }
    }
}

/// A masked report shows the site and no other digit of the key, wherever it is in the document.
#[test]
fn no_masked_report_holds_the_serial_of_a_key() {
    let mut seen = 0;
    for text in fixtures() {
        for situation in situations() {
            let subject = judge(Catalogue::built_in(), &text, &situation).expect("every product is in the catalogue");
            let Some(form) = subject.form.clone() else { continue };
            let readings = identify(Catalogue::built_in(), &written(&text));
            let Some(reading) = readings.of(&form).filter(|reading| reading.form.kind == KeyKind::Key) else {
                continue;
            };
            let shapes = reading.form.groups.iter().flat_map(|group| &group.parts);
            let hidden = shapes.filter(|shape| !shape.shown).filter_map(|shape| reading.part(&shape.name));
            // A tail of two digits is in many a number of the document, and a part can repeat one that is shown.
            let shown: String = reading
                .form
                .groups
                .iter()
                .flat_map(|group| &group.parts)
                .filter(|shape| shape.shown)
                .filter_map(|shape| reading.part(&shape.name))
                .map(|part| part.text.to_string() + " ")
                .collect();
            let telling = |text: &str| text.len() > 2 && !shown.contains(text);
            let hidden: Vec<_> =
                hidden.filter(|part| part.clean && telling(&part.text)).map(|part| part.text.to_string()).collect();
            let located = Located { subject, location: None };
            let report = json_report(&located, Keys::Masked) + &other_reports(&located);
            for part in hidden {
                seen += 1;
                assert!(!report.contains(&part), "{text:?} {situation:?}: {part} in {report}");
            }
        }
    }
    assert!(seen > 1000, "{seen} hidden parts were looked for");
}

/// A second key in front of a switch is no key that is judged, but it is a secret all the same.
#[test]
fn nothing_in_front_of_the_key_is_leaked() {
    let text = "932-9619111 /k \"111-1111111\"";
    let subject = judge(Catalogue::built_in(), text, &Situation::default()).expect("no product is named");
    let located = Located { subject, location: None };
    let report = json_report(&located, Keys::Masked) + &other_reports(&located);
    assert!(!report.contains("932") && !report.contains("9619111"), "{report}");
}

/// The two postoffice serials that Microsoft printed, in their spellings. A serial is no secret.
const KNOWN_SERIALS: [&str; 3] = ["79999992", "079999992", "2228798"];

/// `explain` may print a key only where it quotes the article that prints it.
#[test]
fn explain_prints_only_what_the_quoted_article_prints() {
    let catalogue = Catalogue::built_in();
    let values: Vec<_> = catalogue.rules.iter().flat_map(|(_, rule)| &rule.values).collect();
    let topics = catalogue.articles.ids().chain(catalogue.rules.ids()).chain(catalogue.products.ids());
    for topic in
        topics.chain(catalogue.forms.ids()).chain(catalogue.packages.ids()).chain(catalogue.answer_sources.ids())
    {
        let matches = explain(catalogue, topic, None);
        let mut out = Vec::new();
        text::catalogue::matches(&mut out, catalogue, &matches).expect("a vector takes everything");
        json::value(&mut out, &Explained::new(catalogue, topic, &matches)).expect("a vector takes everything");
        let report = String::from_utf8(out).expect("reports are UTF-8");
        for run in key_like(&report) {
            let quoted = values.iter().filter(|value| report.contains(&value.article));
            let printed = quoted.map(|value| digits(&value.text)).any(|value| value == run);
            let serial = KNOWN_SERIALS.contains(&run.as_str());
            // A number on a screen, such as that of a STOP, where the report names the article that prints the screen.
            let on_screen = catalogue
                .articles
                .iter()
                .filter(|(number, _)| report.contains(*number))
                .any(|(_, article)| article.messages.iter().any(|message| key_like(&message.text).contains(&run)));
            assert!(printed || serial || on_screen, "{topic}: {run}");
        }
    }
}

/// The sentences of the arithmetic do not depend on the digits that fail, so they cannot tell the right ones.
#[test]
fn failing_keys_of_a_form_get_one_sentence_per_rule() {
    let catalogue = Catalogue::built_in();
    for (rule, keys) in [
        ("key/digit-sum", (0..10_000).map(|serial| format!("111-{serial:07}")).collect::<Vec<_>>()),
        ("key/last-digit", (0..1000).map(|serial| format!("111-{serial:07}")).collect()),
        ("key/oem-date", (367..1000).map(|day| format!("{day:03}95-OEM-0000007-00000")).collect()),
        ("key/oem-zero", (1..10).map(|first| format!("00195-OEM-{first}000007-00000")).collect()),
    ] {
        let situation = match rule.contains("oem") {
            true => Situation { product: Some("windows-95"), sku: Some(jewelcase::Sku::Oem), ..Situation::default() },
            false => Situation::default(),
        };
        let mut sentences = BTreeSet::new();
        for key in keys {
            let subject = judge(catalogue, &key, &situation).expect("the product is in the catalogue");
            sentences.extend(
                subject.findings.into_iter().filter(|finding| finding.rule == rule).map(|finding| finding.message),
            );
        }
        assert_eq!(sentences.len(), 1, "{rule}: {sentences:?}");
    }
}

/// No error message and no completion of a wrong id or option repeats or makes a key.
#[test]
fn errors_hold_no_key_that_was_not_given() {
    let commands: [&[&str]; 6] = [
        &["check", "111-1111111", "--product", "111-1111112"],
        &["check", "111-1111111", "--from", "1234567890"],
        &["check", "111-1111111", "--sku", "9999999"],
        &["rules", "show", "932-961911"],
        &["explain", "932-961911"],
        &["explain", "9323"],
    ];
    for arguments in commands {
        let given = arguments.iter().map(|argument| digits(argument)).collect::<Vec<_>>();
        for run in key_like(&run(arguments)) {
            assert!(given.iter().any(|given| given.contains(&run)), "{arguments:?}: {run}");
        }
    }
    let said = run_with_input(&["check", "-"], b"111-111111?\n111-111111*\n111-111111x\n");
    assert_eq!(BTreeSet::from_iter(key_like(&said)), BTreeSet::from(["111111111".to_owned()]), "{said}");
}
