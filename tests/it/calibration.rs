//! Where MASTER.GLB keeps the serial: known values, places that a run learns, and places that are proven and written down.
//!
//! The true place is published nowhere; the places here are the tests' own.

use crate::image::zip;
use crate::postoffice::{Postoffice, audited, borrowed, scratch};
use crate::program::moment::run_in;
use jewelcase::Catalogue;
use jewelcase::internals::{
    model::{postoffice::SerialNumber, serial_location::Encoding},
    parse::{
        serial,
        serial_location::{SerialPosition, places},
    },
    postoffice::{
        calibrate::{Calibrated, Sample},
        number::{Calibration, Master, SerialLookup},
    },
};
use proptest::prelude::*;
use std::fs;

fn master(offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut master = vec![0; 176];
    master[offset..offset + bytes.len()].copy_from_slice(bytes);
    master
}

fn read(master: &[u8]) -> SerialLookup {
    Calibration::default().read(&Master::of(master.to_vec()))
}

fn number(found: &SerialLookup) -> Option<SerialNumber> {
    match found {
        SerialLookup::Serial(_, number) => Some(*number),
        SerialLookup::Nothing(_) => None,
    }
}

#[test]
fn known_values_are_read_wherever_they_stand() {
    let written: [&[u8]; 9] = [
        b"799-99992",
        b"0799-99992",
        b"\x09799-99992",
        b"79999992\0",
        &[0x1F, 0x03, 0x98, 0x86, 0x01, 0x00],
        &[0x98, 0x86, 0x01, 0x00, 0x1F, 0x03],
        &[0x03, 0x1F, 0x00, 0x01, 0x86, 0x98],
        &[0xF8, 0xB3, 0xC4, 0x04],
        &[0x07, 0x99, 0x09, 0x99, 0x92],
    ];
    for bytes in written {
        assert_eq!(number(&read(&master(0x31, bytes))), Some(SerialNumber::PLACEHOLDER), "{bytes:02X?}");
    }
    let hidden: Vec<u8> = b"22-28798".iter().map(|byte| byte ^ 0x5A).collect();
    assert_eq!(number(&read(&master(0, &hidden))), Some(SerialNumber::CONNECTOR));
}

#[test]
fn what_is_no_known_value_is_not_read() {
    let cases: [(&str, Vec<u8>); 6] = [
        ("nothing", master(0, &[])),
        ("another serial", master(9, b"32-64537")),
        ("digits in front make another number", master(9, b"1799-99992")),
        ("digits behind make another number", master(9, b"799-999925")),
        (
            "both known values",
            [master(9, b"799-99992")[..100].to_vec(), master(24, b"22-28798")[..76].to_vec()].concat(),
        ),
        ("four bytes under an unknown exclusive or", master(9, &[0xF8 ^ 1, 0xB3 ^ 1, 0xC4 ^ 1, 0x04 ^ 1])),
    ];
    for (name, master) in cases {
        assert_eq!(number(&read(&master)), None, "{name}");
    }
    assert!(matches!(read(&[0; 175]), SerialLookup::Nothing(reason) if reason.contains("175 bytes")));
}

/// A workgroup postoffice and a connector in one run tell the place for all others of it.
#[test]
fn both_known_values_at_one_place_calibrate_the_run() {
    let place = 0x44;
    let of = |bytes: &[u8], folder: &str| Postoffice::fresh().without(&["HLP"]).master(place, bytes).below(folder);
    let little = |prefix: u16, suffix: u32| [prefix.to_le_bytes().as_slice(), &suffix.to_le_bytes()].concat();
    let mut files = of(&little(799, 99992), "A");
    files.extend(of(&little(32, 64001), "C"));
    let serials = |files: &[(String, Vec<u8>)]| {
        let audits = audited(zip(&borrowed(files)));
        audits.into_iter().map(|audit| audit.serial.map(|serial| (serial.text, serial.source.id()))).collect::<Vec<_>>()
    };
    let told = |text: &str, source: &'static str| Some((text.to_owned(), source));
    assert_eq!(serials(&files), [told("799-99992", "known-value"), None], "one known value alone tells no place");
    files.extend(of(&little(22, 28798), "B"));
    let all = [told("799-99992", "known-value"), told("22-28798", "known-value"), told("32-64001", "locator")];
    assert_eq!(serials(&files), all);
}

/// A MASTER.GLB with nothing at the place has no serial, and shares none with another such file.
#[test]
fn nothing_is_read_from_an_empty_place() {
    let little = |prefix: u16, suffix: u32| [prefix.to_le_bytes().as_slice(), &suffix.to_le_bytes()].concat();
    let masters = [little(799, 99992), little(22, 28798)].map(|bytes| Master::of(master(0x44, &bytes)));
    let mut calibration = Calibration::default();
    calibration.learn(masters.iter());
    assert_eq!(number(&calibration.read(&Master::of(master(0x44, &little(32, 64001))))), serial::number("32-64001"));
    let empty = calibration.read(&Master::of(master(0, &[])));
    assert!(matches!(empty, SerialLookup::Nothing(reason) if reason.contains("no serial at the calibrated location")));
}

#[test]
fn a_place_is_proven_by_two_serials_and_written_down() {
    let folder = scratch("calibrate");
    let of = |text: &[u8]| Postoffice::fresh().without(&["HLP", "TPL"]).master(0x71, text);
    of(b"0032-64001").write(&folder.join("one"));
    of(b"0032-64001").write(&folder.join("copy"));
    of(b"7-00042").write(&folder.join("two"));
    of(b"1234-54321").write(&folder.join("three"));
    fs::create_dir_all(folder.join("rules/locators")).expect("the folder can be made");
    let run = |arguments: &[&str]| run_in(&folder, &[&["audit"], arguments].concat(), b"");

    insta::assert_snapshot!(
        "one_serial",
        run(&["--calibrate", "32-64001", "one", "copy", "--write", "rules/locators/mine.toml"])
    );
    assert!(!folder.join("rules/locators/mine.toml").exists(), "one serial proves nothing");
    insta::assert_snapshot!(
        "two_serials",
        run(&[
            "--calibrate",
            "32-64001",
            "one",
            "copy",
            "--calibrate",
            "7-00042",
            "two",
            "--write",
            "rules/locators/mine.toml"
        ])
    );
    insta::assert_snapshot!(
        "locator",
        fs::read_to_string(folder.join("rules/locators/mine.toml")).expect("it was written")
    );
    insta::assert_snapshot!("rules_with_a_locator", run_in(&folder, &["rules", "check", "rules"], b""));
    insta::assert_snapshot!("read_with_a_locator", run(&["three", "--rules", "rules"]));
    insta::assert_snapshot!(
        "written_twice",
        run(&["--calibrate", "32-64001", "one", "7-00042", "two", "--write", "rules/locators/mine.toml"])
    );
    insta::assert_snapshot!("no_agreement", run(&["--calibrate", "32-64001", "one", "7-00043", "two"]));
    insta::assert_snapshot!("as_json", run(&["--calibrate", "32-64001", "one", "7-00042", "two", "--format", "json"]));
    insta::assert_snapshot!("no_serial", run(&["--calibrate", "one", "two"]));
    insta::assert_snapshot!("no_path", run(&["--calibrate", "32-64001", "7-00042", "two"]));
}

/// A serial location that does not read what it says to have read is refused by `rules check`, and reads nothing.
#[test]
fn a_locator_that_proves_nothing_is_refused() {
    let folder = scratch("calibrate-refused");
    fs::create_dir_all(folder.join("rules/locators")).expect("the folder can be made");
    let file = "title = 'wrong'\noffset = 3\nencoding = 'text-hyphen'\n\n[[proofs]]\nserial = '32-64001'\nbytes = '3332 2D36 3430 3031'\n\n[[proofs]]\nserial = '7-00042'\nbytes = '382D 3030 3034 32'\n\n[[sources]]\nwork = 'a test'\nbasis = 'independent'\nsays = 'nothing'\n";
    fs::write(folder.join("rules/locators/wrong.toml"), file).expect("the file can be written");
    insta::assert_snapshot!("refused", run_in(&folder, &["rules", "check", "rules"], b""));
    let catalogue = Catalogue::with_folder(&folder.join("rules")).expect("the file is well formed");
    assert_eq!(Calibration::of(&catalogue), Calibration::default());
}

proptest! {
    /// Two samples with different serials leave the place at which both stand, in whatever encoding.
    #[test]
    fn the_place_survives(
        offset in 0..150_usize,
        encoding in proptest::sample::select(&[Encoding::Prefix16Suffix32Le, Encoding::Prefix32Suffix32Be, Encoding::TextHyphen, Encoding::BcdSplit][..]),
        one in 1..9999_u16,
        other in 0..99_999_u32,
    ) {
        let serials = [SerialNumber { prefix: one, suffix: 12_345 }, SerialNumber { prefix: 321, suffix: other }];
        prop_assume!(serials[0] != serials[1]);
        let bytes = |serial: SerialNumber| match encoding {
            Encoding::Prefix16Suffix32Le => [serial.prefix.to_le_bytes().as_slice(), &serial.suffix.to_le_bytes()].concat(),
            Encoding::Prefix32Suffix32Be => [u32::from(serial.prefix).to_be_bytes(), serial.suffix.to_be_bytes()].concat(),
            Encoding::TextHyphen => format!("{:04}-{:05}", serial.prefix, serial.suffix).into_bytes(),
            _ => format!("{:04}{:06}", serial.prefix, serial.suffix)
                .as_bytes()
                .chunks(2)
                .map(|pair| (pair[0] - b'0') << 4 | (pair[1] - b'0'))
                .collect(),
        };
        let samples = serials.map(|serial| Sample { path: String::new(), serial, master: master(offset, &bytes(serial)) });
        let calibrated = Calibrated::of(samples.to_vec());
        let place = SerialPosition { offset, encoding, xor: 0 };
        prop_assert!(calibrated.places.contains(&place), "{:?}", calibrated.places);
        prop_assert!(calibrated.serial_location().is_some());
        for sample in &samples {
            prop_assert!(places(&sample.master, sample.serial).contains(&place));
        }
    }
}
