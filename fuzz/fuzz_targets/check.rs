//! Any bytes as a key, at a product that the first byte chooses: `cargo fuzz run check`.

#![no_main]

use jewelcase::internals::wire::mask::{Keys, label};
use jewelcase::{Catalogue, Situation, judge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_first() else { return };
    let catalogue = Catalogue::built_in();
    let products: Vec<_> = std::iter::once(None).chain(catalogue.products.ids().map(Some)).collect();
    let situation = Situation { product: products[usize::from(*choice) % products.len()], ..Situation::default() };
    let text = String::from_utf8_lossy(text);
    let subject = judge(catalogue, &text, &situation).expect("the product is in the catalogue");
    for finding in &subject.findings {
        if let Some(span) = &finding.span {
            assert!(text.get(span.clone()).is_some(), "{finding:?}");
        }
    }
    assert_eq!(label(&subject, Keys::Shown).text.len(), label(&subject, Keys::Masked).text.len());
});
