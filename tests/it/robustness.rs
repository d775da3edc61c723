//! Any text at all: never a panic, and every place that is reported lies in the text.

use jewelcase::internals::wire::mask::{Keys, Label, label};
use jewelcase::{Catalogue, Situation, explain, judge};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What must hold of every judged text.
fn is_sound(text: &str, situation: &Situation<'_>) {
    let subject = judge(Catalogue::built_in(), text, situation).expect("the product is in the catalogue");
    for finding in &subject.findings {
        if let Some(span) = &finding.span {
            assert!(text.get(span.clone()).is_some(), "{text:?} {finding:?}");
        }
    }
    assert!(text.get(subject.body.clone()).is_some(), "{text:?} {:?}", subject.body);
    let shown = label(&subject, Keys::Shown).text;
    let Label { text: masked, start, .. } = label(&subject, Keys::Masked);
    assert_eq!(shown.len(), masked.len(), "{text:?}");
    assert!(text.is_char_boundary(start));
}

fn products() -> impl Iterator<Item = Situation<'static>> + Clone {
    let some =
        ["outlook-97", "windows-95", "mail-3.5", "visual-cpp-5.0", "exchange-server-5.5", "sms-2.0", "windows-2000"];
    std::iter::once(None).chain(some.map(Some)).map(|product| Situation { product, ..Situation::default() })
}

/// Every deletion, swap, repetition, insertion and substitution of one character in every example of the catalogue.
#[test]
fn all_single_edits_of_all_examples() {
    let catalogue = Catalogue::built_in();
    let forms = catalogue.forms.iter().flat_map(|(_, form)| &form.examples);
    let examples = forms.chain(catalogue.rules.iter().flat_map(|(_, rule)| &rule.examples));
    let texts: BTreeSet<&str> = examples.filter_map(|example| example.text.as_deref()).collect();
    let letters = ['0', '9', 'O', 'x', '-', ' ', '\0', 'é', '１', '"', '<', '\u{FEFF}', '\u{301}', '😀'];
    for text in texts {
        let characters: Vec<char> = text.chars().collect();
        let mut edits = Vec::new();
        for at in 0..=characters.len() {
            let (before, after) = characters.split_at(at);
            let (head, tail): (String, String) = (before.iter().collect(), after.iter().collect());
            edits.extend(letters.iter().map(|letter| format!("{head}{letter}{tail}")));
            if let [first, rest @ ..] = after {
                let rest: String = rest.iter().collect();
                edits.push(format!("{head}{rest}"));
                edits.push(format!("{head}{first}{first}{rest}"));
                edits.extend(letters.iter().map(|letter| format!("{head}{letter}{rest}")));
                if let [second, rest @ ..] = &after[1..] {
                    edits.push(format!("{head}{second}{first}{}", rest.iter().collect::<String>()));
                }
            }
        }
        // Each product has its turn at every text, not at every edit of it.
        for (edit, situation) in edits.iter().zip(products().cycle()) {
            is_sound(edit, &situation);
        }
    }
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,60}|[0-9OIl -]{0,30}|.{0,40}") {
        for situation in products() {
            is_sound(&text, &situation);
        }
        explain(Catalogue::built_in(), &text, None);
    }

    #[test]
    fn spelling_does_not_change_the_verdict(site in 0..1000_u32, serial in 0..10_000_000_u32) {
        let spellings = [
            format!("{site:03}-{serial:07}"),
            format!("{site:03}{serial:07}"),
            format!(" {site:03} {serial:07}\r\n"),
            format!("\u{201C}{site:03}\u{2013}{serial:07}\u{201D}"),
            format!("setup /k \"{site:03}{serial:07}\""),
        ];
        for situation in products() {
            let judged = spellings.each_ref().map(|text| {
                let subject = judge(Catalogue::built_in(), text, &situation).expect("the product is in the catalogue");
                let rules: Vec<_> = subject.findings.into_iter().map(|finding| finding.rule).collect();
                (subject.verdict, subject.form, rules)
            });
            for other in &judged[1..] {
                prop_assert_eq!(&judged[0], other);
            }
        }
    }
}
