//! The pages: complete, short, plain, escaped, linked, and true to the library.

use crate::site::{answer, form, get, site, text};
use jewelcase::internals::model::example::Example;
use jewelcase::{Catalogue, Sku};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The longest page that an old machine should have to read, in bytes.
const LONGEST: usize = 20 * 1024;

/// What must hold of every page.
fn is_plain(path: &str, page: &crate::site::Answer) {
    assert_eq!(page.header("content-type"), Some("text/html"), "{path}");
    assert!(page.body.len() < LONGEST, "{path}: {} bytes", page.body.len());
    assert!(page.body.is_ascii(), "{path}");
    assert!(page.body.starts_with("<!DOCTYPE html><html lang=\"en\"><head><title>"), "{path}");
    assert!(page.body.contains("<h1>") && !page.body.contains("<style") && !page.body.contains(" style="), "{path}");
    // Every tag that has to be closed is closed, in order.
    assert_eq!(unclosed(&page.body), Vec::<String>::new(), "{path}");
}

/// The tags that are not closed in their order.
fn unclosed(page: &str) -> Vec<String> {
    const EMPTY: [&str; 7] = ["!DOCTYPE", "br", "hr", "input", "link", "meta", "img"];
    let mut open: Vec<String> = Vec::new();
    for tag in page.split('<').skip(1) {
        let tag = tag.split(['>', ' ']).next().unwrap_or_default();
        match tag.strip_prefix('/') {
            Some(name) if open.last().is_some_and(|last| last == name) => drop(open.pop()),
            Some(name) => return vec![format!("</{name}> after {open:?}")],
            None if EMPTY.contains(&tag) => {}
            None => open.push(tag.to_owned()),
        }
    }
    open
}

fn links(page: &str) -> impl Iterator<Item = String> {
    let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.map(|href| href.replace("&amp;", "&")).filter(|href| href.starts_with('/'))
}

#[test]
fn every_link_leads_somewhere_and_every_entry_is_reached() {
    let site = site();
    let mut pages: BTreeMap<String, crate::site::Answer> = BTreeMap::new();
    let mut anchors: BTreeSet<(String, String)> = BTreeSet::new();
    let mut queue = VecDeque::from(["/".to_owned()]);
    while let Some(path) = queue.pop_front() {
        if pages.contains_key(&path) {
            continue;
        }
        let page = get(site, &path);
        assert_eq!(page.status, 200, "{path}");
        if !path.contains('.') || path.starts_with("/catalogue/") || path.contains('?') {
            is_plain(&path, &page);
        }
        for link in links(&page.body) {
            let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
            if !anchor.is_empty() {
                anchors.insert((target.to_owned(), anchor.to_owned()));
            }
            queue.push_back(target.to_owned());
        }
        pages.insert(path, page);
    }
    for (path, anchor) in &anchors {
        let page = &pages[path].body;
        assert!(
            page.contains(&format!("name=\"{anchor}\"")) && page.contains(&format!("id=\"{anchor}\"")),
            "{path}#{anchor}"
        );
    }
    assert!(anchors.len() > 50, "{} links lead to remedies", anchors.len());
    let catalogue = Catalogue::built_in();
    let products = catalogue.products.ids().map(|id| format!("/catalogue/product/{id}"));
    let entries = products
        .chain(catalogue.packages.ids().map(|id| format!("/catalogue/package/{id}")))
        .chain(catalogue.forms.ids().map(|id| format!("/catalogue/form/{id}")))
        .chain(catalogue.rules.ids().map(|id| format!("/catalogue/rule/{id}")))
        .chain(catalogue.articles.ids().map(|id| format!("/catalogue/article/{id}")))
        .chain(catalogue.answer_sources.ids().map(|id| format!("/catalogue/carrier/{id}")))
        .chain(catalogue.servers.ids().map(|id| format!("/catalogue/server/{id}")));
    for entry in entries {
        assert!(pages.contains_key(&entry), "no page links {entry}");
    }
}

/// Every example of every file of the catalogue that judges a text or the lack of one, with the product or package of its file.
fn examples() -> Vec<Example> {
    let catalogue = Catalogue::built_in();
    let rules = catalogue.rules.iter().flat_map(|(_, entry)| entry.examples.clone());
    let articles = catalogue.articles.iter().flat_map(|(_, entry)| entry.examples.clone());
    let forms = catalogue.forms.iter().flat_map(|(_, entry)| entry.examples.clone());
    let products = catalogue.products.iter().flat_map(|(id, entry)| {
        let implied =
            |example: Example| Example { product: example.product.clone().or(Some(id.to_owned())), ..example };
        entry.examples.iter().cloned().map(implied).collect::<Vec<_>>()
    });
    let packages = catalogue.packages.iter().flat_map(|(id, entry)| {
        let implied = |example: Example| Example { from: example.from.clone().or(Some(id.to_owned())), ..example };
        entry.examples.iter().cloned().map(implied).collect::<Vec<_>>()
    });
    let all = rules.chain(articles).chain(forms).chain(products).chain(packages);
    all.filter(|example| example.text.is_some() || example.no_key).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Seven digits or more in a row, hyphens aside, that no letter begins.
fn key_like(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let runs = runs.filter(|run| !run.starts_with(|c: char| c.is_ascii_alphabetic()));
    let years = |run: &&str| run.len() == 9 && run.split('-').all(|year| year.len() == 4 && year.starts_with("19"));
    runs.filter(|run| !years(run))
        .flat_map(|run| run.split(|c: char| c.is_ascii_alphabetic()))
        .map(digits)
        .filter(|run| run.len() >= 7)
        .collect()
}

/// The verdict of the page is that of the example, the page is short, and it holds no key that was not sent.
#[test]
fn every_example_is_answered_as_promised() {
    let mut answered = 0;
    // Who fills in the form has a Setup before them.
    for example in examples().into_iter().filter(|example| example.purpose.is_setup()) {
        let product = example.product.clone().unwrap_or_default();
        let mut fields = vec![("product", product.as_str()), ("from", example.from.as_deref().unwrap_or_default())];
        fields.push(("sku", example.sku.map(Sku::id).unwrap_or_default()));
        fields.extend(example.text.as_deref().map(|text| ("key", text)));
        let path = if example.no_key { "/no-key" } else { "/" };
        let page = form(site(), path, &fields);
        assert_eq!(page.status, 200);
        is_plain(&format!("{path} {fields:?}"), &page);
        let answer = answer(&page.body);
        if let Some(verdict) = example.verdict {
            assert!(answer.contains(&format!("class=\"answer {}\"", verdict.id())), "{fields:?}: {}", text(answer));
        }
        for rule in &example.finds {
            assert!(answer.contains(&format!("/catalogue/rule/{rule}\"")), "{fields:?}: {rule} in {}", text(answer));
        }
        let given = digits(example.text.as_deref().unwrap_or_default());
        for run in key_like(&text(answer)) {
            assert!(given.contains(&run), "{fields:?}: {run}");
        }
        answered += 1;
    }
    assert!(answered > 200, "{answered} examples");
}

#[test]
fn the_key_is_shown_as_it_was_typed_with_its_failing_part_marked() {
    let page = form(site(), "/", &[("key", "1112-1111112"), ("product", "outlook-97")]);
    assert!(page.body.contains("1112-<b class=\"failing\">1111112</b>"), "{}", page.body);
    assert!(page.body.contains("value=\"1112-1111112\""), "the field keeps what was typed");
    assert!(page.body.contains("<option value=\"outlook-97\" selected>"), "the list keeps what was chosen");
}

#[test]
fn the_remedy_is_that_of_the_channel() {
    let sent = |sku| {
        let fields =
            [("key", "932-9619111"), ("product", "outlook-97"), ("from", "backoffice-server-4.0"), ("sku", sku)];
        text(answer(&form(site(), "/", &fields).body))
    };
    let (nfr, retail) = (sent("nfr"), sent("retail"));
    assert!(nfr.contains("Q180399/nfr") && !nfr.contains("Q180399/retail"), "{nfr}");
    assert!(retail.contains("Q180399/retail") && !retail.contains("Q180399/nfr"), "{retail}");
}

#[test]
fn a_message_is_explained() {
    let page = form(site(), "/explain", &[("topic", "THIS IS AN INVALID CD KEY VALUE"), ("product", "outlook-97")]);
    let said = text(answer(&page.body));
    assert!(said.starts_with("Q180399: "), "{said}");
    assert!(said.contains("Find the not-for-resale copy"), "{said}");
    let nothing = form(site(), "/explain", &[("topic", "xyzzy plugh"), ("product", "")]);
    assert!(text(answer(&nothing.body)).contains("Nothing in the catalogue matches"));
}

#[test]
fn add_packs_are_planned() {
    let server = [("server", "4.5"), ("licenses", "5"), ("edition", "retail")];
    let disks = [("pack1", "4.0x5"), ("pack3", "4.5x20")];
    let plan = |button| form(site(), "/add-packs", &[&server[..], &disks[..], &[(button, "yes")]].concat());
    let gone = text(answer(&plan("go").body));
    assert!(gone.contains("5 licences now, 25 in the end (at most 50)"), "{gone}");
    assert!(gone.contains("DO NOT INSERT") && gone.contains("Q236867/convert"), "{gone}");
    let best = text(answer(&plan("suggest").body));
    assert!(best.contains("5 licences now, 30 in the end") && best.contains("All disks will work"), "{best}");
}

#[test]
fn every_state_of_a_disk_can_be_told() {
    let server = [("server", "4.5"), ("licenses", "5"), ("reinstalled", "yes"), ("upgraded_from", "4.0")];
    let used = [("pack1", "4.0x5"), ("from1", "5"), ("to1", " 10 "), ("state1", "converted")];
    let tried = [("pack2", "4.0x5"), ("tried2", "4.5"), ("protected2", "yes"), ("other2", "yes")];
    let defective = [("pack3", "4.5x5"), ("state3", "defective")];
    let page = form(site(), "/add-packs", &[&server[..], &used, &tried, &defective].concat());
    let said = text(answer(&page.body));
    for disk in ["4.0x5:used=5-10:converted", "4.0x5:protected:other-server:tried-on-4.5", "4.5x5:defective"] {
        assert!(said.contains(disk), "{disk}: {said}");
    }
}

/// What a person gets wrong in a form is said on a page like any other.
#[test]
fn slips_are_told() {
    for (path, fields, expected) in [
        ("/", &[("key", "111-1111111"), ("product", "outlok-97")][..], "did you mean outlook-97"),
        ("/no-key", &[("from", ""), ("product", "")], "choose the product"),
        ("/explain", &[("topic", " ")], "type some words"),
        (
            "/add-packs",
            &[("server", "4.5"), ("licenses", "five"), ("pack1", "4.5x5")],
            "expected a number for licences",
        ),
        ("/add-packs", &[("server", "4.5")], "choose at least one disk"),
        ("/add-packs", &[("server", "9.9"), ("pack1", "4.5x5")], "unknown server"),
        (
            "/add-packs",
            &[("server", "4.5"), ("pack1", "4.5x5"), ("to1", "10")],
            "expected a number for the step of disk 1",
        ),
    ] {
        let page = form(site(), path, fields);
        assert_eq!(page.status, 200, "{path} {fields:?}");
        is_plain(path, &page);
        let said = text(answer(&page.body)).replace('`', "");
        assert!(said.starts_with("This cannot be answered: ") && said.contains(expected), "{path} {fields:?}: {said}");
    }
}

/// Whatever is typed is text, also where it looks like a part of the page.
#[test]
fn everything_typed_is_escaped() {
    let nasty = "\"><script>alert(1)</script><b x='&amp;\0\u{1b}\u{9b}\u{FF1C}b\u{FF1E}\u{1F600}";
    for path in ["/", "/no-key", "/serial", "/explain", "/add-packs"] {
        for name in [
            "key",
            "product",
            "from",
            "sku",
            "topic",
            "server",
            "licenses",
            "upgraded_from",
            "edition",
            "pack1",
            "from1",
            "tried1",
            "state1",
        ] {
            let mut fields = vec![
                ("key", ""),
                ("topic", ""),
                ("server", "4.5"),
                ("product", "outlook-97"),
                ("pack1", "4.5x5"),
                ("from", ""),
            ];
            fields.retain(|(other, _)| *other != name);
            fields.push((name, nasty));
            let page = form(site(), path, &fields);
            assert_eq!(page.status, 200, "{path} {name}");
            is_plain(&format!("{path} {name}"), &page);
            assert!(!page.body.contains("<script>alert") && !page.body.contains("<b x="), "{path} {name}");
        }
    }
    let lost = get(site(), "/%3Cscript%3Ealert(1)%3C/script%3E");
    assert_eq!(lost.status, 404);
    assert!(!lost.body.contains("<script>"));
}

/// However much is typed, the page stays short.
#[test]
fn a_page_does_not_repeat_what_is_too_long() {
    let long = "<".repeat(20_000);
    for (path, name) in [
        ("/", "key"),
        ("/", "product"),
        ("/", "from"),
        ("/serial", "key"),
        ("/no-key", "product"),
        ("/explain", "topic"),
        ("/explain", "product"),
        ("/add-packs", "server"),
        ("/add-packs", "licenses"),
        ("/add-packs", "pack1"),
        ("/add-packs", "from1"),
    ] {
        let mut fields = vec![
            ("key", "1"),
            ("topic", "key"),
            ("server", "4.5"),
            ("licenses", "5"),
            ("pack1", "4.5x5"),
            ("from", ""),
        ];
        fields.retain(|(other, _)| *other != name);
        fields.push((name, &long));
        let page = form(site(), path, &fields);
        assert_eq!(page.status, 200, "{path} {name}");
        assert!(page.body.contains("This cannot be answered: "), "{path} {name}: {}", text(answer(&page.body)));
        // A message may be long, and every character of it may need five.
        let longest = if name == "topic" { LONGEST + 5 * 4000 } else { LONGEST };
        assert!(page.body.len() < longest, "{path} {name}: {} bytes", page.body.len());
    }
    let page = form(site(), "/", &[("key", &"1".repeat(201))]);
    assert!(text(answer(&page.body)).contains("a key has at most 200 characters"));
    let page = form(site(), "/", &[("key", &"1".repeat(200))]);
    assert!(!page.body.contains("This cannot be answered"), "{}", text(answer(&page.body)));
}

/// A product with many articles has some of them on its page, and all of them on pages of their own.
#[test]
fn all_articles_about_a_product_are_listed() {
    let product = get(site(), "/catalogue/product/mail-3.5");
    assert!(product.body.len() < LONGEST * 3 / 4, "{} bytes", product.body.len());
    assert!(product.body.contains("href=\"/catalogue/article?product=mail-3.5\""));
    let about =
        |article: &jewelcase::internals::model::article::Article| article.products.iter().any(|id| id == "mail-3.5");
    let expected: BTreeSet<_> =
        Catalogue::built_in().articles.iter().filter(|(_, article)| about(article)).map(|(id, _)| id).collect();
    let mut listed = BTreeSet::new();
    let pages: Vec<_> = (1..=expected.len().div_ceil(60))
        .map(|page| get(site(), &format!("/catalogue/article?page={page}&product=mail-3.5")).body)
        .collect();
    for page in &pages {
        listed
            .extend(page.split("<dt><a href=\"/catalogue/article/").skip(1).filter_map(|rest| rest.split('"').next()));
    }
    assert!(expected.len() > 60);
    assert_eq!(listed, expected);
}

/// Whoever has a product, a program or a number on the screen finds the articles from the catalogue's first page.
#[test]
fn articles_are_found_by_product_program_and_number() {
    let first = get(site(), "/catalogue").body;
    for way in ["products", "programs", "messages"] {
        assert!(first.contains(&format!("href=\"/catalogue/{way}\"")), "{way}");
    }
    assert!(get(site(), "/catalogue/products").body.contains("href=\"/catalogue/article?product=outlook-97\""));
    assert!(get(site(), "/catalogue/programs").body.contains("href=\"/catalogue/programs/EXTERNAL.EXE\""));
    assert!(get(site(), "/catalogue/programs/external.exe").body.contains("href=\"/catalogue/article/Q117152\""));
    let notices = get(site(), "/catalogue/messages/notice").body;
    assert!(notices.contains("<dt>Notice 62</dt><dd><a href=\"/catalogue/article/Q119563\">"), "{notices}");
    for nothing in ["/catalogue/programs/NONE.EXE", "/catalogue/messages/status", "/catalogue/messages/notice?page=99"]
    {
        assert_eq!(get(site(), nothing).status, 404, "{nothing}");
    }
}

/// Browsers that know no `accept-charset` send the bytes of their own alphabet.
#[test]
fn an_old_alphabet_is_read() {
    let body = "key=%93932%969619111%94&product=exchange-server-5.0";
    let page = crate::site::post(site(), "/", "application/x-www-form-urlencoded", body);
    assert!(
        text(answer(&page.body)).starts_with("Well formed: passes what Exchange Server 5.0 Setup is known to check")
    );
}

#[test]
fn a_link_can_fill_in_the_form_and_a_query_is_answered() {
    let filled = get(site(), "/?product=outlook-97");
    assert!(filled.body.contains("<option value=\"outlook-97\" selected>") && answer(&filled.body).ends_with("</div><p>Type the key as it is on the sticker, before Setup asks for it. Without a product it is checked at every Setup that could ask for such a key.</p>"));
    let answered = get(site(), "/?key=932-9619111&product=outlook-97");
    assert!(text(answer(&answered.body)).starts_with("Rejected by Outlook 97 Setup"));
}

#[test]
fn what_does_not_exist_is_said_on_a_page() {
    for path in [
        "/nowhere",
        "/catalogue/nothing",
        "/catalogue/product/outlok-97",
        "/catalogue/article?page=99",
        "/catalogue/article?page=x",
        "/catalogue/remedy/Q180399",
        "/catalogue/article?product=outlok-97",
        "/catalogue/rule?product=outlook-97",
        "/catalogue/article/%FF",
        "/catalogue/%FF",
    ] {
        let page = get(site(), path);
        assert_eq!(page.status, 404, "{path}");
        is_plain(path, &page);
        assert!(text(&page.body).contains("there is nothing at this address"), "{path}");
    }
}
