//! Any text as a topic: `cargo fuzz run explain`.

#![no_main]

use jewelcase::{Catalogue, explain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let matches = explain(Catalogue::built_in(), text, None);
    assert!(matches.first().is_none_or(|found| found.best));
});
