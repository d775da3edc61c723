//! The byte dumps that Microsoft printed, read by the parsers of postoffice files and of lists.

use jewelcase::internals::model::serial_location::Encoding;
use jewelcase::internals::{
    model::postoffice::{Control, Master, SerialNumber, SerialSource},
    parse::{
        inventory,
        postoffice::{FolderKind, control, externals, folder_counter, folder_kind, headers, master, networks, owners},
        serial::number,
        serial_location::{SerialPosition, places},
    },
};
use proptest::prelude::*;

/// Bytes as DEBUG prints them.
fn bytes(dump: &str) -> Vec<u8> {
    dump.split([' ', '-', '\n'])
        .filter(|pair| !pair.is_empty())
        .map(|pair| u8::from_str_radix(pair, 16).expect("two digits"))
        .collect()
}

/// Q122852: three weekly copies of the second counter.
#[test]
fn counters_of_messages() {
    for (dump, letters) in [("4D 3C 2B 1A", 439_041_101), ("C8 2C 2C 1A", 439_102_664), ("29 21 2D 1A", 439_165_225)] {
        let file = bytes(&format!("05 00 00 00 {dump}"));
        assert_eq!(control(&file), Some(Control { mailbags: 5, letters }));
    }
    assert_eq!(control(&[0; 7]), None);
    assert_eq!(control(&[0; 9]), None);
}

/// Q113149: beyond the range of the Windows client.
#[test]
fn counter_of_folders() {
    assert_eq!(folder_counter(&bytes("3C 56 4F 4D")), Some(0x4D4F_563C));
    assert_eq!(folder_counter(&[]), None);
}

/// Q148666: the byte 71 at DEBUG address 193; Q104586: the next one.
#[test]
fn published_bytes_of_master() {
    let mut file = [0; 176];
    (file[0x93], file[0x94]) = (0x71, 1);
    assert_eq!(master(&file), Some(Master { gateways: 0x71, security: 1 }));
    assert_eq!(master(&file[..0x94]), None);
}

/// Q148666: record 12 of a file of 5B8 bytes, and the size of 45 records.
#[test]
fn record_of_a_gateway() {
    let mut file = vec![0; 0x5B8];
    file[0x53E..0x53E + 2].copy_from_slice(&[1, 0x10]);
    file[0x540..0x546].copy_from_slice(b"MSMAIL");
    file[0x55F..0x567].copy_from_slice(b"0000002E");
    let records = networks(&file);
    assert_eq!(records.len(), 12);
    let gateway = &records[11];
    assert!(gateway.active);
    assert_eq!((gateway.kind, gateway.name.as_str()), (0x10, "MSMAIL"));
    assert_eq!((gateway.definition.as_str(), gateway.queue.as_str()), ("", "0000002E"));
    file[0x53E] = 0;
    assert!(!networks(&file)[11].active, "00 is a deleted record");
    assert_eq!(networks(&vec![0; 5490]).len(), 45);
}

/// Q86625: the addresses of the first twenty records, as DEBUG shows them; Q128243: 3015 bytes hold four records.
#[test]
fn records_of_other_postoffices() {
    let table = "100 389 3BA 643 674 8FD 92E BB7 BE8 E71 EA2 112B 115C 13E5 1416 169F 16D0 1959 198A 1C13 1C44 1ECD 1EFE 2187 \
                 21B8 2441 2472 26FB 272C 29B5 29E6 2C6F 2CA0 2F29 2F5A 31E3 3214 349D 34CE 3757";
    let addresses: Vec<_> = table
        .split_whitespace()
        .map(|address| usize::from_str_radix(address, 16).expect("hexadecimal") - 0x100)
        .collect();
    let mut file = vec![0; 20 * 698];
    for (index, pair) in addresses.chunks(2).enumerate() {
        file[pair[0]] = 1;
        file[pair[0] + 1..pair[0] + 3].copy_from_slice(format!("{index:02}").as_bytes());
        file[pair[0] + 0x0C..pair[0] + 0x14].copy_from_slice(format!("{index:08X}").as_bytes());
        file[pair[1]..pair[1] + 2].copy_from_slice(&(index as u16 + 0x100).to_le_bytes());
    }
    let records = externals("00000009", &file);
    for (index, record) in records.iter().enumerate() {
        assert_eq!(
            (record.name.as_str(), record.queue.as_str()),
            (format!("{index:02}").as_str(), format!("{index:08X}").as_str())
        );
        assert_eq!((record.active, record.indirect), (true, index as u16 + 0x100));
    }
    assert_eq!((records.len(), externals("00000009", &vec![0; 3015]).len()), (20, 4));
}

/// Q108027: two headers, whose messages are 00000062 and 00000063.
#[test]
fn headers_of_a_mailbag() {
    let dump = "
00 00 4D 61 72 74 69 61-6E 00 00 00 00 54 68 69 73 20 69 73 20 74 68 65-20 73 75 62 6A 65 63 74
00 00 00 00 00 00 00 00-00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00-19 00 10 00 08 00 0A 00
C9 07 00 30 30 30 30 30-30 36 32 00 00 00 28 02 00 00 00 00 00 00 00 00-18 00 00 00 00 00 00 00
00 00 00 00 00 00 00 00-00 00 00 00 98 C9 5B 00 00 00 00 00 00 00 4D 61-72 74 69 61 6E 00 00 00
00 54 68 69 73 20 69 73-20 74 68 65 20 6E 65 78 74 20 73 75 62 6A 65 63-74 00 00 00 00 00 00 00
00 00 00 00 00 00 00 00-00 00 00 00 1A 00 10 00 08 00 0A 00 C9 07 00 30-30 30 30 30 30 36 33 00
00 00 2A 02 00 00 00 00-00 00 00 00 18 00 00 00 00 00 00 00 00 00 00 00-00 00 00 00 00 00 00 00
82 54 6B 00 00 00 00 00-D4 4A 7F 4D 8A 4D 95 4D A0 4D AB 4D B6 4D C1 4D-00 00 CC 4D D7 4D E2 4D";
    let file = bytes(dump);
    assert_eq!(file.len(), 256);
    assert_eq!(headers(&file), [0x62, 0x63]);
    // Q146113: 5452 bytes are 47 headers, 812 are 7.
    assert_eq!((5452 / 116, 5452 % 116, 812 / 116, 812 % 116), (47, 0, 7, 0));
}

/// Q104423: the count of 0000013D.MAI, and the examples beside it.
#[test]
fn owners_of_a_message() {
    for (dump, count) in [("2C 01", 300), ("05 00", 5), ("FF 00", 255), ("00 01", 256), ("F4 01", 500)] {
        let file = [vec![0; 0x0B], bytes(dump)].concat();
        assert_eq!(owners(&file), Some(count));
        assert_eq!(owners(&file[..0x0C]), None);
    }
}

/// Q95975: DEBUG shows 02 at 131.
#[test]
fn kinds_of_folders() {
    let file = |kind| [vec![0; 0x31], vec![kind]].concat();
    assert_eq!(folder_kind(&file(2)), Some(FolderKind::Group));
    assert_eq!(folder_kind(&file(3)), Some(FolderKind::Shared));
    assert_eq!(folder_kind(&file(9)), Some(FolderKind::Other(9)));
    assert_eq!(folder_kind(&[0; 0x31]), None);
}

/// The bytes of both known serials, as the notes have them, in every encoding.
#[test]
fn known_serials_in_bytes() {
    let all: [(&str, SerialNumber, Encoding); 8] = [
        ("1F 03 98 86 01 00", SerialNumber::PLACEHOLDER, Encoding::Prefix16Suffix32Le),
        ("16 00 7E 70 00 00", SerialNumber::CONNECTOR, Encoding::Prefix16Suffix32Le),
        ("F8 B3 C4 04", SerialNumber::PLACEHOLDER, Encoding::CombinedLe),
        ("3E 02 22 00", SerialNumber::CONNECTOR, Encoding::CombinedLe),
        ("30 37 39 39 2D 39 39 39 39 32", SerialNumber::PLACEHOLDER, Encoding::TextHyphen),
        ("09 37 39 39 2D 39 39 39 39 32", SerialNumber::PLACEHOLDER, Encoding::LengthTextHyphen),
        ("07 99 09 99 92", SerialNumber::PLACEHOLDER, Encoding::BcdSplit),
        ("00 79 99 99 92", SerialNumber::PLACEHOLDER, Encoding::Bcd),
    ];
    for (dump, serial, encoding) in all {
        for xor in [0, 0xFF, 0x5A] {
            let file: Vec<u8> =
                [vec![0xAA; 0x20], bytes(dump).iter().map(|byte| byte ^ xor).collect(), vec![0xAA; 9]].concat();
            let place = SerialPosition { offset: 0x20, encoding, xor };
            assert!(places(&file, serial).contains(&place), "{dump} {xor}: {:?}", places(&file, serial));
        }
    }
}

#[test]
fn look_alikes_are_no_serials() {
    for text in ["1B61-1104", "111-1111111", "555-1234", "32-645370", "32345-64537", "-64537", "32-", "", "3 2-64537"] {
        assert_eq!(number(text), None, "{text}");
    }
    for text in ["0032-64537", "32 - 64537", " [32-64537] ", "32-\n64537"] {
        assert_eq!(number(text), number("32-64537"), "{text}");
    }
}

/// Event 4188 as Q151228 prints it: broken over lines, with a blank in the number.
#[test]
fn event_text() {
    let text = "The Event log will contain the following entries:\n\n  Event ID: 4188\n  Description:\n  The postoffice NET/PO on \\\\computername\\sharename and the postoffice NET1/PO1\n  on \\\\computername1\\sharename1 have the same postoffice serial number\n  [22- 28798].\n";
    let inventory = inventory::read(text).expect("an event");
    let [one, other] = inventory.rows.as_slice() else { panic!("{inventory:?}") };
    assert_eq!((one.network.as_deref(), one.postoffice.as_deref()), (Some("NET"), Some("PO")));
    assert_eq!((other.path.as_deref(), other.line, other.column), (Some("\\\\computername1\\sharename1"), 5, 72));
    assert_eq!(one.serial.as_deref().and_then(number), Some(SerialNumber::CONNECTOR));
    assert_eq!((one.source, one.complaint), (SerialSource::Event, other.complaint));
}

#[test]
fn tables_with_headings_in_any_order() {
    let tables = [
        "Serial#,PO,Network,Share\n32-64537,NORTH,SALES,\\\\srv\\mail\n",
        "\u{FEFF}network;postoffice;path;serial number\r\nSALES;NORTH;\\\\srv\\mail;32-64537\r\n",
        "POSTOFFICE\tNET\tType\tSERIAL\tPath\nNORTH\tSALES\tfull\t32-64537\t\\\\srv\\mail\n",
    ];
    for table in tables {
        let inventory = inventory::read(table).expect("a table");
        let [row] = inventory.rows.as_slice() else { panic!("{inventory:?}") };
        assert_eq!((row.network.as_deref(), row.postoffice.as_deref()), (Some("SALES"), Some("NORTH")));
        assert_eq!((row.serial.as_deref(), row.path.as_deref()), (Some("32-64537"), Some("\\\\srv\\mail")));
        assert_eq!(row.line, 2);
    }
}

#[test]
fn lines_and_screens() {
    let list = "# kept beside the diskettes\nSALES/NORTH 32-64537\nSALES,SOUTH,0799-99992\n\nSALES/WEST = 1B61-1104\nnonsense\n";
    let inventory = inventory::read(list).expect("a list");
    let serials: Vec<_> = inventory.rows.iter().map(|row| row.serial.as_deref()).collect();
    assert_eq!(serials, [Some("32-64537"), Some("0799-99992"), Some("1B61-1104")]);
    assert_eq!(inventory.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [6]);

    let screen = "        Dispatch Mail Postoffice Status\nNetwork    Postoffice Serial#    Status  R#  Sent Session MTD YTD\nSALES      NORTH      32-64537   OK       0     3       3  12  40\nSALES      SOUTH                 NO-REF   0     0       0   0   0\nSALES      WEST       0-0        START    0     0       0   0   0\nStatus: OK\n";
    let inventory = inventory::read(screen).expect("a screen");
    let rows: Vec<_> = inventory.rows.iter().map(|row| (row.postoffice.as_deref(), row.serial.as_deref())).collect();
    assert_eq!(rows, [(Some("NORTH"), Some("32-64537")), (Some("SOUTH"), None), (Some("WEST"), None)]);
}

/// A server report of Mail for AppleTalk Networks (Q140077) is refused.
#[test]
fn the_other_product_is_refused() {
    let report = "Postoffice Name\n---------------\n\n  Serial number : 12345678\n  Server version : 3.1\n  Site name : Local\n  Last seen : 1/1/96\n  Zone name : Zone\n";
    let refused = inventory::read(report).expect_err("another product");
    assert_eq!(refused.line, 4);
    assert!(refused.message.contains("AppleTalk"));
}

proptest! {
    /// Whatever a file holds, its parsers end and tell at most what it has room for.
    #[test]
    fn any_bytes(file in proptest::collection::vec(any::<u8>(), 0..3000)) {
        prop_assert!(networks(&file).len() == file.len() / 122);
        prop_assert!(externals("00000001", &file).len() == file.len() / 698);
        prop_assert!(headers(&file).len() <= file.len() / 116);
        let _ = (master(&file), control(&file), owners(&file), folder_kind(&file), folder_counter(&file));
        for serial in [SerialNumber::PLACEHOLDER, SerialNumber::CONNECTOR] {
            for place in places(&file, serial) {
                prop_assert_eq!(place.read(&file), Some(serial));
            }
        }
    }

    /// Every serial is found where it was put, in every encoding, and read back.
    #[test]
    fn any_serial_is_found_where_it_is(prefix in 0..10_000_u16, suffix in 0..100_000_u32, offset in 0..100_usize, xor: u8) {
        let serial = SerialNumber { prefix, suffix };
        prop_assert_eq!(number(&serial.to_string()), Some(serial));
        let plain = [prefix.to_le_bytes().as_slice(), &suffix.to_le_bytes()].concat();
        let mut file = vec![0xEE; 176];
        for (at, byte) in plain.iter().enumerate() {
            file[offset + at] = byte ^ xor;
        }
        let place = SerialPosition { offset, encoding: Encoding::Prefix16Suffix32Le, xor };
        prop_assert_eq!(place.read(&file), Some(serial));
        prop_assert!(places(&file, serial).contains(&place));
    }

    #[test]
    fn any_text_is_a_list_or_none(text in "[A-Z/,;\\t \\n0-9-]{0,200}|\\PC{0,200}|(The postoffice |have the same |[A-Z/\\n \\[\\]0-9-]){0,30}") {
        if let Ok(inventory) = inventory::read(&text) {
            let lines = text.lines().count() as u64;
            for row in &inventory.rows {
                prop_assert!(row.line >= 1 && row.line <= lines, "{:?}", row);
            }
        }
    }

    #[test]
    fn any_bytes_are_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = inventory::read(&inventory::text(&bytes));
    }
}
