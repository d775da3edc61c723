//! Any bytes as every file of a postoffice and as a list of postoffices: `cargo fuzz run postoffice`.

#![no_main]

use jewelcase::internals::{model::postoffice::SerialNumber, parse::{inventory, serial_location::places, postoffice as records}, postoffice::number::{Calibration, Master}};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = (records::master(bytes), records::control(bytes), records::folder_counter(bytes));
    let _ = (records::owners(bytes), records::folder_kind(bytes));
    assert_eq!(records::networks(bytes).len(), bytes.len() / records::NETWORK_RECORD);
    assert_eq!(records::externals("00000001", bytes).len(), bytes.len() / records::EXTERNAL_RECORD);
    assert!(records::headers(bytes).len() <= bytes.len() / records::HEADER_RECORD);
    for serial in [SerialNumber::PLACEHOLDER, SerialNumber::CONNECTOR] {
        for place in places(bytes, serial) {
            assert_eq!(place.read(bytes), Some(serial));
        }
    }
    let _ = Calibration::default().read(&Master::of(bytes.to_vec()));
    let text = inventory::text(bytes);
    if let Ok(list) = inventory::read(&text) {
        let lines = text.lines().count() as u64;
        assert!(list.rows.iter().all(|row| (1..=lines).contains(&row.line)));
    }
});
