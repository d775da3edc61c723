//! Every error text of the project's notes on keys and add packs finds its article first, however it was copied.

use jewelcase::{Catalogue, explain};

/// The text as the notes quote it, and the articles that print it, any of which may come first.
const TEXTS: [(&str, &[&str]); 27] = [
    (
        "This is an invalid CD Key value. Check the identification number from your CD sticker.",
        &["Q180399", "Q139955", "Q145732", "Q150945", "Q138079"],
    ),
    ("Invalid Key Value.", &["Q136701"]),
    ("Invalid Product Identification Number", &["Q156825"]),
    ("INVALID PRODUCT IDENTIFICATION NUMBER", &["Q162453"]),
    ("CERTIFICATE OF AUTHENTICITY", &["Q162453"]),
    ("The Product Key you entered is invalid.", &["Q232142"]),
    ("The CD key you entered is not valid.", &["Q268119"]),
    ("a valid Product Identification (PID) number", &["Q234844"]),
    (
        "There is something wrong with the INI file. Make sure the command line specifies a full path to a valid INI file.",
        &["Q241809", "Q175115"],
    ),
    ("invalid serial number", &["Q123469"]),
    ("7059", &["Q186548"]),
    ("7060", &["Q186548"]),
    ("Invalid CD-Key", &["Q141647"]),
    ("c1032695", &["Q188672"]),
    ("Illegal Copy", &["Q162723"]),
    ("The Client Add Pack Disk May Be Damaged...", &["Q183855"]),
    ("Your computer is not running Microsoft BackOffice Small Business Server.", &["Q234929"]),
    (
        "Your computer is not running Microsoft BackOffice Small Business Server. You can only add licenses to a computer running Small Business Server.",
        &["Q264812"],
    ),
    (
        "This Microsoft Small Business Server Client Add Pack disk was already used to increase client licenses from 5 to 10. This disk can only be reused to restore licenses from 5 to 10 users.",
        &["Q177962"],
    ),
    ("maximum exceeded", &["Q177962"]),
    ("This version of the Microsoft Small Business Server cannot have additional client licenses added.", &["Q218144"]),
    ("cannot be upgraded to the full version on Windows NT Server.", &["Q218144"]),
    (
        "Not available in Microsoft BackOffice Small Business Server. To add client licenses, choose Manage Server from the Start Menu and select About Small Business Server.",
        &["Q218144"],
    ),
    (
        "The Microsoft Small Business Server Client Add Pack disk cannot be applied because your network adapter is inaccessible.",
        &["Q300892"],
    ),
    ("Unable to display this folder ... no additional Microsoft Exchange client licenses available", &["Q192712"]),
    ("event 201 LicenseService", &["Q192712"]),
    ("have the same postoffice serial number [22-28798]", &["Q151228"]),
];

fn first(text: &str, product: Option<&str>) -> String {
    explain(Catalogue::built_in(), text, product).first().map_or_else(String::new, |found| found.id.clone())
}

#[test]
fn every_text_finds_its_article_first() {
    for (text, articles) in TEXTS {
        assert!(articles.contains(&first(text, None).as_str()), "{text:?} finds {:?}", first(text, None));
    }
}

/// As it comes out of a screenshot, a chat or a telephone call: other case, wrapped, with a title or a sigh around it.
#[test]
fn case_line_breaks_and_words_around_do_not_matter() {
    for (text, articles) in TEXTS {
        let wrapped = text.replace(' ', "\r\n   ");
        let shouted = text.to_uppercase();
        let around = format!("[Setup] {text} [OK]");
        for other in [wrapped, format!("  \"{text}\"  "), around] {
            assert!(articles.contains(&first(&other, None).as_str()), "{other:?} finds {:?}", first(&other, None));
        }
        // Capitals alone tell two dialogs apart, so in capitals either may come first.
        let mut either = articles.to_vec();
        either.extend(["Q162453"].iter().filter(|_| articles.contains(&"Q156825")));
        assert!(either.contains(&first(&shouted, None).as_str()), "{shouted:?} finds {:?}", first(&shouted, None));
    }
}

/// The beginning or the end of a long text is enough.
#[test]
fn half_a_text_is_enough() {
    for (text, articles) in TEXTS.into_iter().filter(|(text, _)| text.split(' ').count() >= 10) {
        let words: Vec<_> = text.split(' ').collect();
        let (head, tail) = words.split_at(words.len() / 2);
        for half in [head.join(" "), tail.join(" ")] {
            let found = explain(Catalogue::built_in(), &half, None);
            let best: Vec<_> = found.iter().filter(|found| found.best).map(|found| found.id.as_str()).collect();
            assert!(best.iter().any(|id| articles.contains(id)), "{half:?} finds {best:?}");
        }
    }
}

/// One text, several articles: the product tells which is meant. Publisher has an article of its own beside the one that lists it.
#[test]
fn the_product_comes_first() {
    let text = "This is an invalid CD Key value";
    for (product, article) in [
        ("outlook-97", "Q180399"),
        ("backoffice-server-4.0", "Q180399"),
        ("plus-95", "Q139955"),
        ("visual-basic-4.0", "Q145732"),
        ("office-95", "Q138079"),
        ("publisher-3.0", "Q141647"),
    ] {
        assert_eq!(first(text, Some(product)), article, "{product}");
    }
}

#[test]
fn numbers_that_vary_match_any_number() {
    for (from, to) in [(5, 10), (10, 30), (45, 50)] {
        let text = format!("already used to increase client licenses from {from} to {to}");
        assert_eq!(first(&text, None), "Q177962");
    }
}

#[test]
fn what_is_no_message_matches_nothing() {
    for text in ["", "the", "hello world", "from 5", "12345", "{number}", "a b c d e f g"] {
        assert_eq!(first(text, None), "", "{text:?}");
    }
}

/// The first message of an article leads to it first. Where articles about the same product print the same message, nothing in it tells them apart:
/// each is among the best, and one of them is the first.
#[test]
fn the_first_message_of_every_article_leads_to_it() {
    let catalogue = Catalogue::built_in();
    let (mut all, mut not_first, mut missed) = (0, Vec::new(), Vec::new());
    for (number, article) in catalogue.articles.iter() {
        let Some(message) = article.messages.first() else { continue };
        all += 1;
        let text = message.text.replace("{number}", "12").replace("{text}", "SALES");
        let products = article.products.iter().map(|id| Some(id.as_str())).chain([None]);
        let found: Vec<_> = products.map(|product| explain(catalogue, &text, product)).collect();
        if !found.iter().any(|found| found.first().is_some_and(|first| first.id == number)) {
            not_first.push(number);
        }
        if !found.iter().flatten().any(|found| found.best && found.id == number) {
            missed.push(number);
        }
    }
    assert!(all > 150 && 20 * not_first.len() <= all, "{} of {all}: {not_first:?}", not_first.len());
    assert!(50 * missed.len() <= all, "{} of {all}: {missed:?}", missed.len());
}

/// Another number is another message, however alike the words are.
#[test]
fn another_number_rules_a_message_out() {
    for (text, article) in [
        ("Notice 9 Error file not accessible", "Q123437"),
        ("Notice 28 Error file not accessible", "Q124042"),
        ("Fatal 114 Failure to send mail to SALES/$SYSTEM", "Q130449"),
    ] {
        let found = explain(Catalogue::built_in(), text, None);
        assert!(found.iter().all(|found| found.id != article), "{text}: {found:?}");
    }
    assert_eq!(first("Notice 60", None), "Q141399");
    assert_eq!(first("Notice 162", None), "Q131423");
    assert_eq!(first("EBU12A caused a divide error in module EBU", None), "Q243287");
}

/// A slip says what may have been meant; nonsense says what was looked in.
#[test]
fn what_matches_nothing_says_so() {
    let said = |topic: &str| jewelcase::explain_nothing(Catalogue::built_in(), topic);
    assert!(said("key/digitsum").contains("did you mean `key/digit-sum`"), "{}", said("key/digitsum"));
    assert!(said("digit-sum").ends_with("did you mean `key/digit-sum`?"), "{}", said("digit-sum"));
    assert!(said("Q999999").starts_with("Q999999 is not among the "), "{}", said("Q999999"));
    assert!(said("the cat sat on the mat").contains("the messages and symptoms of"));
}
