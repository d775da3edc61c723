//! What is no key is none in a walked folder: columns and lists of other numbers, hardware, contacts; and what is a key beside them is found.

use crate::program::moment::run_in;
use std::fs;

/// What a scan of a folder with just this file says of its keys: line, column and verdict of each.
fn keys(name: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), text).expect("a file can be written");
    let said = run_in(folder.path(), &["scan", ".", "--all", "--no-config"], b"");
    let of = |line: &str| {
        let (place, said) = line.split_once(": ")?;
        let verdict = said.split_once(": ")?.1.split_whitespace().next()?;
        Some(format!("{} {verdict}", place.split_once(':')?.1))
    };
    let (_, said) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    said.lines().filter(|line| line.starts_with(name)).filter_map(of).collect()
}

#[test]
fn columns_of_other_numbers_are_no_keys() {
    for (name, text) in [
        ("contacts.csv", "name,phone\nA,2025551234\nB,4155551234\nC,3125551234\n"),
        ("people.csv", "name,Telephone\nA,0755-1234567\nB,0755-1234568\n"),
        ("users.csv", "First,Phone,Note\nA,895-137-2034,\nB,,x\nC,198-980-1723,\n"),
        ("staff.tsv", "name\tfax no\nA\t030-0074321\nB\t030-0074322\n"),
        ("temps.csv", "timestamp,temp\n1700000000,1\n1700000060,2\n1700000120,3\n"),
        ("books.csv", "title;isbn\nA;9781556158\nB;0131103628\nC;0201633612\n"),
        ("map.csv", "osm_id,name\n1234567890,A\n1234567891,B\n12345678901,C\n"),
        ("doctors.csv", "npi,name\n1234567893,A\n1003000126,B\n"),
        ("shop.csv", "order_number,total\n1234567890,5\n1234567891,6\n"),
        ("shop2.csv", "product_id,price\n7524153098,5\n7524153099,6\n7524153120,7\n"),
        ("items.csv", "ean,price\n40123456789,5\n40123456790,6\n"),
        ("assets.csv", "Asset Tag,Model\n1403561234,1111111112\n1403561235,1111111113\n"),
        ("licences.csv", "item,serial number,order number\nx,4c2713a1-5b73-4ecb-b2e9-62bf0ff57165,749317252-8\n"),
        ("numbers.csv", "Region ; Type ; Number\nBR ; FIXED ; \"1123456789\"\nBR ; MOBILE ; \"11961234567\"\n"),
        ("measures.csv", "name,a\nx,-1808447797\ny,-1771031112\nz,-1111111111\n"),
        ("bare.csv", "x,1234567890\ny,1234567891\nz,1234567892\n"),
        ("state.json", "[2111111112, 2111111113, 2111111112,\n 2111111113, 2111111112, 2111111113]\n"),
        ("list.json", "2111111112\n2111111113\n2111111114\n"),
        ("test-data.txt", "A chunk of data\n123456789ABCDEF\n123456789ABCDEF\n123456789ABCDEF\n123456789ABCDEF\n"),
        ("data.txt", "<list>\n2111111112\n2111111113\n2111111114\n2111111115\n</list>\n"),
        ("ids.txt", "2111111112\n2111111113\n2111111114\n"),
        ("phones.txt", "755-1234567\n755-1234568\n755-1234569\n"),
        ("numbers.txt", "2025551234\n4155551234\n3125551234\n"),
    ] {
        assert!(keys(name, text).is_empty(), "{name}: {:?}", keys(name, text));
    }
}

#[test]
fn a_mere_hint_makes_no_error() {
    for (name, text) in [
        ("assets.csv", "asset,serial number,warranty\nPC-1,CN0123456789,2020-01-01\nPC-2,5CG1111AAA,2020-01-01\n"),
        ("printers.csv", "asset,Serial\nP1,123-4567891\nP2,123-4567892\nP3,123-4567893\n"),
        ("hp.md", "| Printer | Serial Number |\n|---|---|\n| HP LaserJet | 123-4567891 |\n"),
        ("a.txt", "Printer serial number: 123-4567891\n"),
        ("b.txt", "Key contact 030-0074321\n"),
        ("c.txt", "Please e-mail the serial number 123-45678 of your printer to support.\n"),
        ("d.txt", "The Dell notebook has the serial no. 123-4567891.\n"),
        ("e.txt", "Serial number of the monitor: 123-4567891\n"),
        ("f.txt", "Serial: 123-4567891\n"),
        ("g.txt", "S/N 123-4567891 (router)\n"),
        ("h.txt", "The key person is at 030-0074321.\n"),
        ("i.txt", "For the key, phone 030-0074321.\n"),
    ] {
        assert!(
            !keys(name, text).iter().any(|key| key.ends_with("rejected") || key.ends_with("unrecognized")),
            "{name}"
        );
    }
}

#[test]
fn keys_beside_other_numbers_are_found() {
    for (name, text, expected) in [
        ("a.csv", "phone,cd key\n2025551234,111-1111111\n4155551234,111-1111112\n", "2:12 well 3:12 rejected"),
        ("b.csv", "order number,serial,product\n7493172528,111-1111112,Windows 95\n", "2:12 rejected"),
        ("c.csv", "machine,key\nA,111-1111112\nB,111-1111113\n", "2:3 rejected 3:3 rejected"),
        ("d.csv", "machine,serial number\nA,111-1111111\nB,111-1111112\n", "2:3 well 3:3 rejected"),
        ("e.csv", "PC-1,111-1111111\nPC-2,111-1111112\n", "1:6 well 2:6 rejected"),
        ("keys.txt", "1111111111\n1111111112\n", "1:1 well 2:1 rejected"),
        ("list.txt", "# of the lab\n111-1111111\n111-1111112\n", "2:1 well 3:1 rejected"),
        ("f.txt", "Serial: 111-1111111\n", "1:9 well"),
        ("g.txt", "Serial number for Windows 95: 111-1111112\n", "1:31 rejected"),
    ] {
        assert_eq!(keys(name, text).join(" "), expected, "{name}");
    }
}
