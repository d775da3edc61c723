//! Replays the stored corpus of the fuzz targets (`fuzz/corpus`), so that what a fuzzer once found stays mended.

use jewelcase::internals::{
    addpack, answer,
    bulk::{Counter, Matcher, Tally},
    parse::pack::pack,
    scan::{Event, InputKind, ReportFilter, Request, encoding::Encoding, scan},
    source::{CodePage, Discovery, EntryKind, InputFile, open_reader, read_whole},
    wire::mask::{Keys, label},
};
use jewelcase::{Catalogue, Situation, UnknownId, explain, judge};
use std::{fs, io::Cursor, path::Path};

fn inputs(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new("fuzz/corpus").join(target);
    let mut inputs: Vec<_> = fs::read_dir(folder)
        .expect("the corpus is in the repository")
        .map(|entry| fs::read(entry.expect("the folder can be read").path()).expect("the file can be read"))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 10, "{target}: {} inputs", inputs.len());
    inputs
}

#[test]
fn check() {
    let catalogue = Catalogue::built_in();
    for input in inputs("check") {
        let text = String::from_utf8_lossy(&input);
        for product in std::iter::once(None).chain(catalogue.products.ids().map(Some)) {
            let situation = Situation { product, ..Situation::default() };
            let subject = judge(catalogue, &text, &situation).expect("the product is in the catalogue");
            for finding in &subject.findings {
                assert!(
                    finding.span.as_ref().is_none_or(|span| text.get(span.clone()).is_some()),
                    "{text:?} {finding:?}"
                );
            }
            assert_eq!(label(&subject, Keys::Shown).text.len(), label(&subject, Keys::Masked).text.len());
        }
    }
}

#[test]
fn planned() {
    let catalogue = Catalogue::built_in();
    for input in inputs("addpack") {
        let text = String::from_utf8_lossy(&input);
        for line in text.lines() {
            if let Err(error) = pack(line) {
                assert!(line.get(error.span.clone()).is_some(), "{error:?}");
            }
        }
        let Ok(plan) = addpack::read(&text) else { continue };
        let (Ok(forecast), Ok(suggested)) = (addpack::simulate(catalogue, &plan), addpack::suggest(catalogue, &plan))
        else {
            continue;
        };
        assert!(forecast.end >= forecast.start && suggested.end >= suggested.start);
        assert!(forecast.ceiling.is_none_or(|ceiling| forecast.end <= ceiling && suggested.end <= ceiling));
    }
}

#[test]
fn answered() {
    let catalogue = Catalogue::built_in();
    for input in inputs("answer") {
        let text = String::from_utf8_lossy(&input[1..]);
        for product in std::iter::once(None).chain(catalogue.products.ids().map(Some)) {
            let situation = Situation { product, ..Situation::default() };
            for name in ["setup.ini", "setup.bat", "$winnt$.inf", "scsetup.inf"] {
                let answers = answer::read(catalogue, name, &text, None, &situation);
                let mut spans = answers.findings.iter().filter_map(|finding| finding.span.as_ref());
                assert!(spans.all(|span| text.get(span.clone()).is_some()), "{text:?} {answers:?}");
                assert!(
                    answers.keys.iter().all(|key| text.get(key.span.clone()).is_some_and(|key| !key.is_empty())),
                    "{text:?} {answers:?}"
                );
            }
        }
    }
}

#[test]
fn scanned() {
    let table = |delimiter| InputKind::Table { delimiter };
    let kinds = [InputKind::List, table(b','), table(b'\t'), InputKind::Ndjson, InputKind::Answers, InputKind::Text];
    let kinds: Vec<_> = std::iter::once(None).chain(kinds.map(Some)).collect();
    let encodings = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Windows1252, Encoding::Cp437];
    let encodings: Vec<_> = std::iter::once(None).chain(encodings.map(Some)).collect();
    let folder = tempfile::tempdir().expect("a folder can be made");
    for input in inputs("scan") {
        let (choice, bytes) = input.split_first().expect("the first byte chooses");
        let path = folder.path().join("input");
        fs::write(&path, bytes).expect("the file can be written");
        let request = Request {
            kind: kinds[usize::from(*choice) % kinds.len()],
            encoding: encodings[usize::from(*choice) / kinds.len() % encodings.len()],
            filter: ReportFilter::All,
            duplicates: true,
            carry: true,
            ..Request::new(Catalogue::built_in(), vec![path])
        };
        let mut keys = 0;
        let told = scan::<UnknownId>(&request, |event| {
            keys += u64::from(matches!(event, Event::Key(..)));
            Ok(())
        });
        let told = told.expect("the situation names nothing");
        let counts = Request { filter: ReportFilter::Counts, duplicates: false, carry: false, ..request };
        let counts = scan::<UnknownId>(&counts, |_| Ok(())).expect("the situation names nothing");
        assert_eq!((told.tally.keys(), &told.tally), (keys, &counts.tally), "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn counted() {
    let catalogue = Catalogue::built_in();
    let products: Vec<_> = std::iter::once(None).chain(catalogue.products.ids().map(Some)).collect();
    for input in inputs("equality") {
        let (choice, block) = input.split_first().expect("the first byte chooses");
        let product = products[usize::from(*choice) % products.len()];
        let situation = Situation { product, ..Situation::default() };
        let matcher = Matcher::new(catalogue, situation).expect("the product is in the catalogue");
        let mut expected = Tally::default();
        for line in block.split(|byte| *byte == b'\n') {
            let text = String::from_utf8_lossy(line);
            let text = text.trim_end_matches('\r');
            if !text.trim().is_empty() {
                expected.add(
                    &jewelcase::internals::judge::judgement(catalogue, text, &situation)
                        .expect("the product is in the catalogue"),
                    1,
                );
            }
        }
        let mut counter = Counter::new(&matcher);
        counter.lines(block);
        assert_eq!(counter.tally(), expected, "{:?}", String::from_utf8_lossy(block));
    }
}

#[test]
fn explained() {
    for input in inputs("explain") {
        let matches = explain(Catalogue::built_in(), &String::from_utf8_lossy(&input), None);
        assert!(matches.first().is_none_or(|found| found.best));
    }
}

/// Texts among the stored images describe what is in other files.
#[test]
fn described() {
    use jewelcase::internals::parse::{cue, vmdk};
    let (mut tracks, mut extents) = (0, 0);
    for input in inputs("source") {
        let text = String::from_utf8_lossy(&input);
        for track in cue::tracks(&text).iter().flatten() {
            assert!(text.contains(&track.file) && !track.file.is_empty());
            tracks += 1;
        }
        if let Ok(description) = vmdk::description(&text) {
            assert!(description.extents.len() <= text.lines().count());
            extents += description.extents.len();
        }
    }
    assert!(tracks >= 1 && extents >= 1, "{tracks} tracks, {extents} files");
}

/// Nearly all of the stored images can be opened, so that the fuzzer begins where there is something to read.
#[test]
fn walked() {
    let (mut opened, mut files, mut within) = (0, 0, 0);
    for input in inputs("source") {
        let Ok(image) = open_reader(Cursor::new(input), CodePage::Cp850) else { continue };
        opened += 1;
        for part in &image.volumes {
            let volume = part.volume.as_ref();
            let mut folders = vec![volume.root()];
            for _ in 0..500 {
                let Some(folder) = folders.pop() else { break };
                let Ok(listing) = volume.list(&folder) else { continue };
                for entry in listing.entries {
                    assert!(entry.node.path().ends_with(&entry.name) && !entry.name.contains('/'));
                    if entry.kind == EntryKind::Folder {
                        folders.push(entry.node);
                        continue;
                    }
                    if let Ok(content) = read_whole(volume, &entry, 1 << 16) {
                        assert_eq!(content.len() as u64, entry.size.min(1 << 16));
                        files += 1;
                    }
                    let file = InputFile::of_volume(part, &folder, &entry);
                    let found = file.and_then(|file| file.open(Discovery::Met));
                    within += usize::from(found.is_ok_and(|found| found.is_some()));
                }
            }
        }
    }
    assert!(opened >= 30 && files >= 70, "{opened} opened, {files} files read");
    // An ISO, a floppy packed by gzip and a ZIP, in a ZIP and on an ISO.
    assert_eq!(within, 4);
}

#[test]
#[cfg(feature = "audit")]
fn postoffices() {
    use jewelcase::internals::{
        model::postoffice::SerialNumber,
        parse::{inventory, postoffice, serial_location::places},
    };
    for input in inputs("postoffice") {
        assert_eq!(postoffice::networks(&input).len(), input.len() / postoffice::NETWORK_RECORD);
        assert_eq!(postoffice::externals("00000001", &input).len(), input.len() / postoffice::EXTERNAL_RECORD);
        assert!(postoffice::headers(&input).len() <= input.len() / postoffice::HEADER_RECORD);
        for serial in [SerialNumber::PLACEHOLDER, SerialNumber::CONNECTOR] {
            assert!(places(&input, serial).iter().all(|place| place.read(&input) == Some(serial)));
        }
        let text = inventory::text(&input);
        if let Ok(list) = inventory::read(&text) {
            let lines = text.lines().count() as u64;
            assert!(list.rows.iter().all(|row| (1..=lines).contains(&row.line)));
        }
    }
}
