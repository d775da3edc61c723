//! Any lines on both paths, for a product that the first byte chooses: `cargo fuzz run equality`.

#![no_main]

use jewelcase::internals::{bulk::{Counter, Matcher, Tally}, judge::judgement, parse::remark::is_remark};
use jewelcase::{Catalogue, Situation};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

/// The kernels of every form, which take longer to compile than lines to count.
static MATCHER: OnceLock<Matcher<'static>> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, block)) = bytes.split_first() else { return };
    let catalogue = Catalogue::built_in();
    let products: Vec<_> = std::iter::once(None).chain(catalogue.products.ids().map(Some)).collect();
    let situation = Situation { product: products[usize::from(*choice) % products.len()], ..Situation::default() };
    let any = MATCHER.get_or_init(|| Matcher::new(catalogue, Situation::default()).expect("no product is named"));
    let matcher = any.at(situation).expect("the product is in the catalogue");
    let mut expected = Tally::default();
    for line in block.split(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches('\r');
        if !text.trim().is_empty() && !is_remark(text.as_bytes()) {
            expected.add(&judgement(catalogue, text, &situation).expect("the product is in the catalogue"), 1);
        }
    }
    let mut counter = Counter::new(&matcher);
    counter.lines(block);
    assert_eq!(counter.tally(), expected);
});
