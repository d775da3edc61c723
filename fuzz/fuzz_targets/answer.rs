//! Any text as an answer file or a script, for a product and under a name that the first byte chooses: `cargo fuzz run answer`.

#![no_main]

use jewelcase::internals::answer::read;
use jewelcase::{Catalogue, Situation};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_first() else { return };
    let catalogue = Catalogue::built_in();
    let products: Vec<_> = std::iter::once(None).chain(catalogue.products.ids().map(Some)).collect();
    let situation = Situation { product: products[usize::from(*choice) % products.len()], ..Situation::default() };
    let name = ["setup.ini", "setup.bat", "$winnt$.inf", "scsetup.inf"][usize::from(*choice) % 4];
    let text = String::from_utf8_lossy(text);
    let answers = read(catalogue, name, &text, None, &situation);
    for span in answers.findings.iter().filter_map(|finding| finding.span.as_ref()) {
        assert!(text.get(span.clone()).is_some(), "{span:?}");
    }
    for key in &answers.keys {
        assert!(text.get(key.span.clone()).is_some_and(|key| !key.is_empty()), "{key:?}");
    }
});
