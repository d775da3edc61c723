//! What is in a folder is found the same in every archive, image and container, named or met in a folder.

use crate::image::{self, Files, fat12_floppy, fat16_disk, gzip, iso, joliet, partitioned, raw_cd, small_floppy, zip};
use crate::postoffice::{Postoffice, borrowed};
use crate::program::moment::run_in;
use crate::source::containers;
use jewelcase::internals::scan::{Event, ReportFilter, Request, scan};
use jewelcase::{Catalogue, UnknownId};
use serde_json::Value;
use std::{fs, path::Path};

/// A name, the path of what was wrapped, and the bytes.
type Wrapped = (String, String, Vec<u8>);

/// The files in everything that is opened, and in some of it within each other.
pub fn wrapped(files: &Files) -> Vec<Wrapped> {
    let floppy = fat12_floppy(files);
    let mut all = vec![
        ("f.img", "f.img", floppy.clone()),
        ("disk.img", "disk.img", fat16_disk(files)),
        ("part.img", "part.img", partitioned(&[(1, &floppy)])),
        ("parts.img", "parts.img/partition 2", partitioned(&[(1, &small_floppy(&[])), (1, &floppy)])),
        ("cd.iso", "cd.iso", iso(files)),
        ("joliet.iso", "joliet.iso", joliet(files)),
        ("raw.bin", "raw.bin", raw_cd(&iso(files), 1, 2352)),
        ("form.bin", "form.bin", raw_cd(&iso(files), 2, 2352)),
        ("a.zip", "a.zip", zip(files)),
        ("f.img.gz", "f.img.gz", gzip(&floppy)),
        ("cd.iso.gz", "cd.iso.gz", gzip(&iso(files))),
        ("a.zip.gz", "a.zip.gz", gzip(&zip(files))),
        ("cd.zip", "cd.zip/deep/cd.iso", zip(&[("deep/cd.iso", &iso(files))])),
        ("f.zip", "f.zip/f.img.gz", zip(&[("f.img.gz", &gzip(&floppy))])),
        ("zips.iso", "zips.iso/A.ZIP", iso(&[("A.ZIP", &zip(files))])),
        ("images.img", "images.img/F.IMG", fat16_disk(&[("F.IMG", &floppy)])),
        ("deep.zip", "deep.zip/a.zip/b.zip/cd.iso", {
            let inner = zip(&[("b.zip", &zip(&[("cd.iso", &iso(files))]))]);
            zip(&[("a.zip", &inner)])
        }),
    ]
    .into_iter()
    .map(|(name, inner, bytes)| (name.to_owned(), inner.to_owned(), bytes))
    .collect::<Vec<_>>();
    for (number, bytes) in containers(&floppy).into_iter().enumerate() {
        let name = format!("container{number}");
        all.push((name.clone(), name, bytes));
    }
    all
}

/// The report of a command in JSON, and its status.
fn report(folder: &Path, arguments: &[&str], input: &[u8]) -> (String, Value) {
    let said = run_in(folder, &[arguments, &["--format", "json"]].concat(), input);
    let (status, said) = said.split_once("\n--- stdout\n").expect("the frame has a standard output");
    let (said, errors) = said.rsplit_once("--- stderr\n").expect("the frame has a standard error");
    assert_eq!(errors, "", "{arguments:?}");
    (status.to_owned(), serde_json::from_str(said).unwrap_or_else(|error| panic!("{error}: {said}")))
}

/// Takes a path away from the beginning of every text, and what a postoffice was read from.
fn unwrapped(value: &mut Value, path: &str) {
    match value {
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix(path) {
                *text = rest.to_owned();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| unwrapped(value, path)),
        Value::Object(fields) => {
            fields.remove("volume");
            fields.values_mut().for_each(|value| unwrapped(value, path));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Writes `name` and the same below a folder of that name, and gives what is to be looked at, with the path in front.
fn named_and_met(folder: &Path, (name, inner, bytes): &Wrapped) -> [(String, String); 2] {
    let below = format!("in {name}");
    fs::write(folder.join(name), bytes).expect("the file can be written");
    fs::create_dir(folder.join(&below)).expect("the folder can be made");
    fs::write(folder.join(&below).join(name), bytes).expect("the file can be written");
    let met = format!("{below}/{inner}");
    [(name.clone(), inner.clone()), (below, met)]
}

/// Writes files into a folder of the machine.
fn write(folder: &Path, files: &Files) {
    for (path, content) in files {
        let place = folder.join(path);
        if path.ends_with('/') {
            fs::create_dir_all(&place).expect("the folder can be made");
        } else {
            fs::create_dir_all(place.parent().expect("below the folder")).expect("the folder can be made");
            fs::write(&place, content).expect("the file can be written");
        }
    }
}

/// Holds what a command says of a folder against what it says of it in everything that can hold it.
fn same_as_folder(command: &str, files: &Files) -> Value {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let folder = folder.path();
    write(&folder.join("plain"), files);
    let (status, mut expected) = report(folder, &[command, "plain"], b"");
    unwrapped(&mut expected, "plain");
    for wrapping in wrapped(files) {
        for (path, inner) in named_and_met(folder, &wrapping) {
            let (found, mut said) = report(folder, &[command, &path], b"");
            unwrapped(&mut said, &inner);
            assert_eq!((&found, &said), (&status, &expected), "{path}");
        }
        let bytes = &wrapping.2;
        let (found, mut said) = report(folder, &[command, "-"], bytes);
        unwrapped(&mut said, &wrapping.1.replacen(&wrapping.0, "-", 1));
        assert_eq!((&found, &said), (&status, &expected), "{} on standard input", wrapping.0);
    }
    expected
}

#[test]
fn an_audit_says_the_same_of_a_postoffice() {
    let broken = Postoffice::fresh()
        .without(&["HLP/ENGMAI.HLP", "HLP/ADMIN.HLP", "P1", "KEY/INQUEUE.KEY", "GLB/TID.GLB"])
        .with("GLB/ACCESS.GLB", &[0; 587])
        .with("NME/ADMINSHD.NME", &[0; 90]);
    let said = same_as_folder("audit", &borrowed(&broken.below("MAILDATA")));
    assert_eq!(said["subjects"].as_array().map(Vec::len), Some(1));
    assert!(said["summary"]["errors"].as_u64() > Some(5), "{said}");
}

/// An answer file with a refused key of Windows NT 4.0, lists and tables in folders, text in UTF-16, and what is no text.
fn keys() -> Vec<(String, Vec<u8>)> {
    let unattend = b"[Unattended]\r\nOemPreinstall = no\r\n\r\n[UserData]\r\nProductID = \"111-1111112\"\r\n".to_vec();
    let list = "111-1111111\r\n111-1111112\r\n\r\n  333-1111111\r\n".repeat(9);
    let table = "machine,product,CD key\nA1,Windows 95,111-1111112\nA2,Office 97,1234-1111111\n";
    let note = "The CD key is 111-1111112.".encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        ("BIN/DATA.DAT".to_owned(), b"\0\x01CD key 111-1111112\n".repeat(400)),
        ("LISTS/DEEP/KEYS.TXT".to_owned(), list.clone().into_bytes()),
        ("LISTS/EMPTY.TXT".to_owned(), Vec::new()),
        ("LISTS/KEYS.CSV".to_owned(), table.as_bytes().to_vec()),
        ("LISTS/PACKED.GZ".to_owned(), gzip(list.as_bytes())),
        ("NOTE.TXT".to_owned(), [vec![0xFF, 0xFE], note.collect()].concat()),
        ("UNATTEND.TXT".to_owned(), unattend),
    ]
}

#[test]
fn a_scan_says_the_same_of_keys() {
    let said = same_as_folder("scan", &borrowed(&keys()));
    let subjects = said["subjects"].as_array().expect("there are subjects");
    let of = |path: &str| subjects.iter().filter(|subject| subject["location"]["path"] == path).count();
    assert_eq!((of("/LISTS/DEEP/KEYS.TXT"), of("/LISTS/PACKED.GZ"), of("/NOTE.TXT")), (27, 27, 1));
    let answer = subjects.iter().find(|subject| subject["location"]["path"] == "/UNATTEND.TXT").expect("it has a key");
    assert_eq!((&answer["product"], &answer["location"]["line"]), (&"windows-nt-4.0".into(), &5.into()));
    // A third of the keys of both lists, one of the table, one of the note, one of the answer file.
    assert_eq!(said["summary"]["rejected"].as_u64(), Some(9 + 9 + 1 + 1 + 1), "{}", said["summary"]);
}

/// More files in one folder of an archive than any listing holds at once; none of them is left out.
#[test]
fn an_archive_of_many_files_is_looked_through() {
    const FILES: usize = 140_000;
    let names: Vec<String> = (0..FILES).map(|number| format!("{number:06}.txt")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    files.push(("last.txt", b"111-1111112\n"));
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("many.zip"), zip(&files)).expect("the file can be written");
    let (status, said) = report(folder.path(), &["scan", "many.zip"], b"");
    assert_eq!(status, "status: 1");
    assert_eq!(said["subjects"][0]["location"]["path"], "many.zip/last.txt");
    assert_eq!(said["totals"]["files"].as_u64(), Some(FILES as u64 + 1), "{}", said["totals"]);
}

/// The rules that are told of keys, and those that are told of the input.
fn rules(folder: &Path, name: &str, bytes: &[u8]) -> (usize, usize) {
    fs::write(folder.join(name), bytes).expect("the file can be written");
    let request = Request { filter: ReportFilter::All, ..Request::new(Catalogue::built_in(), vec![folder.join(name)]) };
    let (mut keys, mut faults) = (0, 0);
    let totals = scan::<UnknownId>(&request, |event| {
        match event {
            Event::Key(..) => keys += 1,
            Event::File(entry) => {
                faults += entry.findings.iter().filter(|found| found.rule.starts_with("input/")).count()
            }
            _ => {}
        }
        Ok(())
    });
    totals.expect("no product is named");
    (keys, faults)
}

/// Small images and archives of two files, some within each other, and how many bytes show what they are.
fn small() -> Vec<(&'static str, usize, Vec<u8>)> {
    let keys: String = (0..2000).map(|number| format!("{:03}-1111111\n", 112 + number * 7919 % 200)).collect();
    let files: [(&str, &[u8]); 2] =
        [("UNATTEND.TXT", b"[UserData]\r\nProductID = 111-1111112\r\n"), ("Z.TXT", keys.as_bytes())];
    let (floppy, cd) = (small_floppy(&files), iso(&files));
    vec![
        ("f.img", 4096, floppy.clone()),
        ("part.img", 63 * 512 + 4096, partitioned(&[(1, &floppy)])),
        ("cd.iso", 36 << 10, cd.clone()),
        ("raw.bin", 48 << 10, raw_cd(&cd, 1, 2352)),
        ("a.zip", 4096, zip(&files)),
        ("f.img.gz", 64, gzip(&floppy)),
        ("cd.zip", 64, zip(&[("cd.iso", &cd)])),
        ("f.iso", 36 << 10, iso(&[("F.IMG", &floppy)])),
        ("z.img", 4096, small_floppy(&[("Z.ZIP", &zip(&files))])),
        ("f.vdi", 4096, image::vdi(&floppy, 4096)),
        ("f.vhd", 4096, image::dynamic_vhd(&floppy, 8192)),
        ("f.qcow2", 4096, image::qcow2(&floppy, 9, 3)),
        ("f.vmdk", 4096, image::vmdk(&floppy, 8, image::Grains::Packed)),
    ]
}

#[test]
fn what_is_cut_off_is_told() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, shown, bytes) in small() {
        let whole = rules(folder.path(), name, &bytes);
        assert_eq!(whole, (2001, 0), "{name}");
        for length in (shown..bytes.len()).step_by(4096.min(bytes.len() / 40 + 1)).chain([bytes.len() - 1]) {
            let (keys, faults) = rules(folder.path(), name, &bytes[..length]);
            assert!(
                keys == whole.0 || faults > 0,
                "{name}, {length} of {}: {keys} keys, and nothing is told",
                bytes.len()
            );
        }
    }
}

/// Every byte of the headers is changed in the tests of `source`; here, what a scan makes of some.
#[test]
fn changed_bytes_are_survived() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, _, bytes) in small() {
        for at in (0..512).step_by(23).chain((bytes.len().saturating_sub(600)..bytes.len()).step_by(61)) {
            let mut changed = bytes.clone();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= 0xFF;
                rules(folder.path(), name, &changed);
            }
        }
    }
}
