//! Registry files of Windows 95 to Me and of Windows NT, made here: what `scan` finds in them, and what it survives.

pub mod hive;

use crate::{image, program::moment::run_in};
use hive::Key;
use jewelcase::internals::registry;
use std::{fs, path::Path};

const OEM: &str = "11195-OEM-1111111-11111";
const DATED: &str = "00195-OEM-0000007-00000";
const RETAIL: &str = "11195-111-1111111-11111";

/// The registry of Windows 95, 98 or Me with these values, and a secret.
fn windows(values: &[(&str, &str)]) -> Vec<u8> {
    let current = Key::new("CurrentVersion", &[&[("RegisteredOwner", "222-2222222")], values].concat());
    let mail = Key::new("Microsoft Mail", &[("ServerPassword", "111-1111111"), ("ServerPath", "M:\\MAILDATA")]);
    let tree = Key::new("SOFTWARE", &[])
        .with(Key::new("Microsoft", &[]).with(mail).with(Key::new("Windows", &[]).with(current)));
    hive::creg(&tree)
}

/// The registry of Windows NT with these values in both places where it keeps its number.
fn windows_nt(version: &str) -> Vec<u8> {
    let current = Key::new("CurrentVersion", &[("CurrentVersion", version), ("ProductId", RETAIL)]);
    let repeated = Key::new("CurrentVersion", &[("ProductId", RETAIL)]);
    let microsoft = Key::new("Microsoft", &[])
        .with(Key::new("Windows", &[]).with(repeated))
        .with(Key::new("Windows NT", &[]).with(current));
    hive::regf(&Key::new("$$$PROTO.HIV", &[]).with(microsoft), 3)
}

/// The number, product and registry value of each installed product that `scan` finds in a folder with these files.
fn found(files: &[(&str, Vec<u8>)], path: &str) -> Vec<(String, String, String)> {
    let folder = tempfile::tempdir().expect("a folder for this test");
    files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).expect("the folder is writable"));
    let said = run_in(folder.path(), &["scan", path, "--format", "json", "--show-keys"], b"");
    let (_, json) = said.split_once("--- stdout\n").expect("the frame has a standard output");
    let (json, _) = json.split_once("--- stderr").expect("the frame has a standard error");
    let report: serde_json::Value = serde_json::from_str(json).expect("the report is JSON");
    let subjects =
        report["subjects"].as_array().expect("a list").iter().filter(|subject| subject["kind"] == "installed-id");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    subjects
        .map(|subject| (text(&subject["label"]), text(&subject["product"]), text(&subject["properties"]["value"])))
        .collect()
}

#[test]
fn windows_tells_its_product_id_and_where_it_is() {
    let value = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\ProductId";
    for (number, name, version, product) in [
        (DATED, "Microsoft Windows 95", "4.00.1111", "windows-95"),
        (RETAIL, "Microsoft Windows 95", "4.00.950", "windows-95"),
        (OEM, "Microsoft Windows ME", "4.90.3000", "windows-me"),
        (OEM, "Microsoft Windows 98", "4.10.1998", "windows-98"),
        (OEM, "A name of nothing", "4.00.950", "windows-95"),
    ] {
        let bytes = windows(&[("ProductName", name), ("VersionNumber", version), ("ProductId", number)]);
        let expected = [(number.to_owned(), product.to_owned(), value.to_owned())];
        assert_eq!(found(&[("SYSTEM.DAT", bytes.clone())], "SYSTEM.DAT"), expected, "{name}");
        assert_eq!(found(&[("SYSTEM.DA0", bytes.clone())], "."), expected, "{name} in a folder");
        let disk = image::small_floppy(&[("WINDOWS/SYSTEM.DAT", bytes.as_slice())]);
        assert_eq!(found(&[("disk.img", disk)], "disk.img"), expected, "{name} on a disk");
    }
}

#[test]
fn windows_nt_tells_its_product_id_in_both_places() {
    for (version, product) in [("3.51", "windows-nt-3.51"), ("4.0", "windows-nt-4.0"), ("5.1", "-")] {
        let place = |key: &str| {
            let value = format!("Microsoft\\{key}\\CurrentVersion\\ProductId");
            (RETAIL.to_owned(), product.to_owned(), value)
        };
        let expected = [place("Windows"), place("Windows NT")];
        assert_eq!(found(&[("software", windows_nt(version))], "software"), expected, "{version}");
        assert_eq!(found(&[("software.gz", image::gzip(&windows_nt(version)))], "."), expected, "{version} in gzip");
    }
}

/// A key in clear is masked, and of what is beside it nothing is shown, not even if it has the form of a key.
#[test]
fn secrets_stay_in_the_registry() {
    let values = [("ProductName", "Microsoft Windows ME"), ("ProductType", "115"), ("ProductId", OEM)];
    let key = [("ProductKey", "AAAAA-BBBBB-CCCCC-DDDDD-22222")];
    let folder = tempfile::tempdir().expect("a folder for this test");
    let bytes = windows(&[&values[..], &key].concat());
    fs::write(folder.path().join("SYSTEM.DAT"), bytes).expect("the folder is writable");
    let said = run_in(folder.path(), &["scan", "--all", "."], b"");
    insta::assert_snapshot!(said);
    for secret in ["BBBBB", "1111111", "2222222", "MAILDATA"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
    let json = run_in(folder.path(), &["scan", "--all", ".", "--format", "json"], b"");
    assert!(json.contains("\"sku\": \"oem\"") && !json.contains("1111111"), "{json}");
}

/// What is cut, or of another version, is a finding, and what was read is kept.
#[test]
fn a_registry_that_cannot_be_read_is_a_finding() {
    let (nt, old) = (windows_nt("4.0"), windows(&[("ProductId", OEM), ("ProductName", "Microsoft Windows 95")]));
    let mut early = nt.clone();
    early[24] = 1;
    let cases: [(&[u8], usize, &str); 5] = [
        (&nt[..nt.len() - 0x100], 2, "input/truncated"),
        (&nt[..0x1000], 0, "input/truncated"),
        (&early, 0, "input/unsupported-image"),
        (&old[..old.len() - 0x10], 1, "input/truncated"),
        (&old[..0x40], 0, "input/truncated"),
    ];
    for (bytes, count, rule) in cases {
        let read = registry::read(bytes);
        assert_eq!(read.installed.len(), count, "{:?}", read.faults);
        assert!(read.faults.iter().any(|fault| fault.rule == rule), "{:?}", read.faults);
    }
    let said = run_in(Path::new("."), &["scan", "-"], &early);
    assert!(said.starts_with("status: 2\n") && said.contains("version 1.1"), "{said}");
}

/// Ten thousand changes of either kind of file: nothing panics, every walk ends, and a loop is no way to find a number twice.
#[test]
fn changed_bytes_are_survived() {
    let (old, nt) = (windows(&[("ProductName", "Microsoft Windows 95"), ("ProductId", OEM)]), windows_nt("4.0"));
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound as u64).expect("the bound is small")
    };
    let start = std::time::Instant::now();
    for (file, numbers) in [(&old, 1), (&nt, 2)] {
        let used: Vec<_> = (0..file.len()).filter(|at| file[*at] != 0).collect();
        for _ in 0..10_000 {
            let mut bytes = file.clone();
            for _ in 0..=next(4) {
                let near = used[next(used.len())] + next(5);
                if let Some(byte) = bytes.get_mut(near) {
                    *byte = [0, 1, 0x7F, 0x80, 0xFF, 0x20][next(6)];
                }
            }
            if next(4) == 0 {
                bytes.truncate(next(bytes.len()));
            }
            let read = registry::read(&bytes);
            assert!(read.installed.len() <= numbers && read.faults.len() <= 4, "{read:?}");
        }
    }
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

/// A key that is its own child, or its own neighbour, is read once.
#[test]
fn a_loop_ends() {
    let file = windows(&[("ProductName", "Microsoft Windows 95"), ("ProductId", OEM)]);
    for field in [16, 20] {
        let mut bytes = file.clone();
        // The second entry of the tree: the key SOFTWARE.
        let at = 0x20 + 0x20 + 28;
        bytes[at + field..at + field + 4].copy_from_slice(&(0x20_u32 + 28).to_le_bytes());
        let read = registry::read(&bytes);
        assert!(read.installed.len() <= 1 && !read.faults.is_empty(), "{read:?}");
    }
}
