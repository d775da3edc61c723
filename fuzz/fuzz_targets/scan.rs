//! Any bytes as an input of every kind and encoding, which the first byte chooses: `cargo fuzz run scan`.

#![no_main]

use jewelcase::internals::scan::{Event, ReportFilter, InputKind, Request, encoding::Encoding, scan};
use jewelcase::{Catalogue, UnknownId};
use libfuzzer_sys::fuzz_target;
use std::fs;

const KINDS: [Option<InputKind>; 7] = [
    None,
    Some(InputKind::List),
    Some(InputKind::Table { delimiter: b',' }),
    Some(InputKind::Table { delimiter: b'\t' }),
    Some(InputKind::Ndjson),
    Some(InputKind::Answers),
    Some(InputKind::Text),
];

const ENCODINGS: [Option<Encoding>; 5] =
    [None, Some(Encoding::Utf8), Some(Encoding::Utf16Le), Some(Encoding::Windows1252), Some(Encoding::Cp437)];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let path = std::env::temp_dir().join(format!("jewelcase-fuzz-{}", std::process::id()));
    fs::write(&path, bytes).expect("the file can be written");
    let request = Request { kind: KINDS[usize::from(*choice) % KINDS.len()], encoding: ENCODINGS[usize::from(*choice) / KINDS.len() % ENCODINGS.len()], filter: ReportFilter::All, duplicates: true, carry: true, ..Request::new(Catalogue::built_in(), vec![path]) };
    let mut keys = 0;
    let totals = scan::<UnknownId>(&request, |event| {
        if let Event::Key(key, _) = event {
            keys += 1;
            assert!(key.location.is_some_and(|place| place.line >= 1 && place.column >= 1));
        }
        Ok(())
    });
    let totals = totals.expect("the situation names nothing");
    assert_eq!(totals.tally.keys(), keys);
    let counts = Request { filter: ReportFilter::Counts, duplicates: false, carry: false, ..request };
    let counts = scan::<UnknownId>(&counts, |_| Ok(())).expect("the situation names nothing");
    assert_eq!(counts.tally, totals.tally);
});
