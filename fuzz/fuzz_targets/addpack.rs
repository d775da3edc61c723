//! Any text as a plan file, and every line of it as a pack: `cargo fuzz run addpack`.

#![no_main]

use jewelcase::internals::{addpack, parse::pack::pack};
use jewelcase::Catalogue;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for line in text.lines() {
        if let Err(error) = pack(line) {
            assert!(line.get(error.span.clone()).is_some(), "{error:?}");
        }
    }
    let Ok(plan) = addpack::read(text) else { return };
    let catalogue = Catalogue::built_in();
    let (Ok(forecast), Ok(suggested)) = (addpack::simulate(catalogue, &plan), addpack::suggest(catalogue, &plan)) else {
        return;
    };
    assert!(forecast.end >= forecast.start && suggested.end >= suggested.start);
    assert!(forecast.ceiling.is_none_or(|ceiling| forecast.end <= ceiling && suggested.end <= ceiling));
});
