//! Archives that a stranger has made: what is in them is read, or a finding says that it was not.

use crate::{
    image::{gzip, zip},
    program::moment::run_in,
};
use std::{fs, io::Write};

/// A key that is refused, and one that is not.
const BAD: &[u8] = b"111-1111112\n";
const GOOD: &[u8] = b"111-1111111\n";

/// What a scan and an audit of one file say.
struct Said {
    scan: String,
    audit: String,
}

fn said(name: &str, bytes: &[u8]) -> Said {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), bytes).expect("a file can be written");
    let scan = run_in(folder.path(), &["scan", name], b"");
    // It is met, or comes through a pipe: the same is said.
    let lines = |said: &str| said.lines().filter(|line| line.contains("key/")).count();
    // What begins like a text is one where it was not named.
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\x1F") {
        let met = run_in(folder.path(), &["scan", "."], b"");
        assert_eq!(lines(&met), lines(&scan), "{met}\n{scan}");
        let piped = run_in(folder.path(), &["scan", "-"], bytes);
        assert_eq!(lines(&piped), lines(&scan), "{piped}\n{scan}");
    }
    Said { scan, audit: run_in(folder.path(), &["audit", name], b"") }
}

/// An archive of stored members, into whose records anything can be written.
#[derive(Default)]
struct Raw {
    members: Vec<(String, Vec<u8>)>,
    /// Attributes of UNIX for the member of this number.
    mode: Option<(usize, u32)>,
}

impl Raw {
    fn of(members: &[(&str, &[u8])]) -> Self {
        let members = members.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())).collect();
        Self { members, mode: None }
    }

    /// The members, the list of them, and the end, which `lie` may change: the number of files, the length and the place of the list.
    fn parts(&self) -> (Vec<u8>, Vec<Vec<u8>>) {
        let (mut bytes, mut list) = (Vec::new(), Vec::new());
        for (number, (name, content)) in self.members.iter().enumerate() {
            let (place, length) = (bytes.len() as u32, (content.len() as u32).to_le_bytes());
            let mut checksum = flate2::Crc::new();
            checksum.update(content);
            let fields = [
                &[0; 8][..],
                &checksum.sum().to_le_bytes(),
                &length,
                &length,
                &(name.len() as u16).to_le_bytes(),
                &[0; 2],
            ]
            .concat();
            bytes.extend([b"PK\x03\x04\x14\0", &fields[..], name.as_bytes(), content].concat());
            let mode = self.mode.filter(|(member, _)| *member == number).map_or(0, |(_, mode)| mode << 16);
            let made_by = if mode == 0 { [20, 0] } else { [20, 3] };
            let record = [
                b"PK\x01\x02",
                &made_by[..],
                &[20, 0],
                &fields,
                &[0; 6],
                &mode.to_le_bytes(),
                &place.to_le_bytes(),
                name.as_bytes(),
            ];
            list.push(record.concat());
        }
        (bytes, list)
    }

    fn bytes(&self) -> Vec<u8> {
        let (members, list) = self.parts();
        let (place, length) = (members.len() as u32, list.concat().len() as u32);
        [members, list.concat(), end(list.len() as u16, length, place)].concat()
    }
}

/// The record that ends an archive.
fn end(files: u16, length: u32, place: u32) -> Vec<u8> {
    let files = files.to_le_bytes();
    [&b"PK\x05\x06\0\0\0\0"[..], &files, &files, &length.to_le_bytes(), &place.to_le_bytes(), &[0; 2]].concat()
}

/// The first key of a scan, refused.
fn assert_found(said: &str) {
    assert!(said.starts_with("status: 1\n") && said.contains("error[key/digit-sum]"), "{said}");
}

/// What could not be read is an error, and the exit code says so.
fn assert_unread(said: &str, message: &str) {
    assert!(said.starts_with("status: 2\n") && said.contains(message), "{message}: {said}");
}

#[test]
fn every_member_of_a_name_is_read() {
    for order in [[BAD, GOOD], [GOOD, BAD]] {
        let scan = said("a.zip", &Raw::of(&[("k.txt", order[0]), ("k.txt", order[1])]).bytes()).scan;
        assert_found(&scan);
        assert!(scan.contains("a.zip/k.txt:1:1: note[input/corrupt-image]: several files have this name"), "{scan}");
        assert!(scan.contains("2 in all: 1 well formed, 1 rejected"), "{scan}");
    }
    // More of them than are listed at a time.
    let many: Vec<_> = (0..5000).map(|at| ("k.txt", if at == 4500 { BAD } else { &b"none\n"[..] })).collect();
    assert_found(&said("a.zip", &Raw::of(&many).bytes()).scan);
    for order in [[("d", BAD), ("d/x.txt", GOOD)], [("d/x.txt", GOOD), ("d", BAD)]] {
        let scan = said("a.zip", &Raw::of(&order).bytes()).scan;
        assert_found(&scan);
        assert!(scan.contains("a.zip/d:1:1: note[input/corrupt-image]: a file and a folder have this name"), "{scan}");
        assert!(scan.contains("2 in all"), "{scan}");
    }
}

/// What cannot be read is no postoffice, and so none that is there twice.
#[test]
fn an_archive_is_not_its_own_duplicate() {
    let audit = said("a.zip", &Raw::of(&[("k.txt", GOOD), ("k.txt", BAD)]).bytes()).audit;
    assert!(audit.contains("several files have this name; the last one counts"), "{audit}");
    assert!(!audit.contains("serial/same-postoffice-twice"), "{audit}");
}

#[test]
fn folders_with_content_and_links_are_read() {
    let scan = said("a.zip", &Raw::of(&[("keys.txt/", BAD), ("b/", b"")]).bytes()).scan;
    assert_found(&scan);
    assert!(scan.contains("a.zip/keys.txt:1:1: note[input/corrupt-image]: is a folder by its name"), "{scan}");
    let link = Raw { mode: Some((0, 0o120_777)), ..Raw::of(&[("link", BAD), ("b.txt", GOOD)]) };
    let scan = said("a.zip", &link.bytes()).scan;
    assert_found(&scan);
    assert!(
        scan.contains("a.zip/link:1:1: note[input/corrupt-image]: is a symbolic link, which is not followed"),
        "{scan}"
    );
}

/// The end of an archive says how many files there are, and where the list of them is.
#[test]
fn ends_that_lie_hide_nothing() {
    let raw = Raw::of(&[("a.txt", BAD), ("b.txt", GOOD)]);
    let (members, list) = raw.parts();
    let (place, length) = (members.len() as u32, list.concat().len() as u32);
    let with = |end: Vec<u8>| [members.clone(), list.concat(), end].concat();
    let scan = said("a.zip", &with(end(0, length, place))).scan;
    assert_unread(&scan, "expected 0 files, as the archive says; found 2");
    assert!(scan.contains("error[key/digit-sum]"), "{scan}");
    let unlisted = "the list of its files does not name `a.txt`, which begins here";
    let second = list[1].len() as u32;
    assert_unread(&said("a.zip", &with(end(1, second, place + second))).scan, unlisted);
    assert_unread(&said("a.zip", &with(end(1, second, place))).scan, unlisted);
    assert_unread(&said("a.zip", &with(end(0, 0, 0))).scan, unlisted);
    assert_unread(&said("a.zip", &with(end(0, 0, place))).scan, unlisted);
    // An end within the comment of the end: the archive that has the comment is read.
    let mut commented = end(2, length, place);
    commented[20] = 22;
    assert_found(&said("a.zip", &with([commented, end(0, 0, 0)].concat())).scan);
    // The last file of a list that is one too short.
    let shorter = [members.clone(), list[0].clone(), end(1, second, place)].concat();
    assert_unread(&said("a.zip", &shorter).scan, "does not name `b.txt`");
    // Nothing is said of an archive that does not lie.
    assert!(!said("a.zip", &raw.bytes()).scan.contains("input/"), "the list names all");
}

#[test]
fn lengths_that_lie_hide_nothing() {
    for (packed, size, message) in [
        (0, 0, "has 12 packed bytes that the list of files does not mention"),
        (12, 0, "has more than the 0 bytes that the archive gives"),
        (5, 5, "its content does not agree with its checksum"),
        (12, 400, "its content ends after 12"),
    ] {
        let (members, mut list) = Raw::of(&[("a.txt", BAD)]).parts();
        list[0][20..24].copy_from_slice(&u32::to_le_bytes(packed));
        list[0][24..28].copy_from_slice(&u32::to_le_bytes(size));
        let (place, length) = (members.len() as u32, list[0].len() as u32);
        assert_unread(&said("a.zip", &[members, list.concat(), end(1, length, place)].concat()).scan, message);
    }
    // What is packed to more than it claims.
    let mut packed = zip(&[("a.txt", BAD)]);
    let at = packed.windows(4).position(|mark| mark == b"PK\x01\x02").expect("there is a list");
    packed[at + 24..at + 28].fill(0);
    assert_unread(&said("a.zip", &packed).scan, "has more than the 0 bytes that the archive gives");
}

#[test]
fn archives_after_each_other_are_read() {
    let [bad, good] = [BAD, GOOD].map(|content| Raw::of(&[("k.txt", content)]).bytes());
    for parts in [[&bad, &good, &good], [&good, &bad, &good], [&good, &good, &bad]] {
        let scan = said("a.zip", &[&parts[0][..], parts[1], parts[2]].concat()).scan;
        assert_found(&scan);
        assert!(scan.contains("3 in all: 2 well formed, 1 rejected"), "{scan}");
        assert!(scan.contains("another archive is before the one that ends this file; both are read"), "{scan}");
    }
    // The second one has no end.
    let cut = &bad[..bad.len() - 22];
    assert_unread(&said("a.zip", &[&good, cut].concat()).scan, "another archive begins after its end");
}

#[test]
fn mere_bytes_are_a_note() {
    let archive = Raw::of(&[("k.txt", GOOD)]).bytes();
    for (bytes, message) in [
        ([&archive[..], b"and more"].concat(), "8 bytes after its end are not part of it, and were not read"),
        ([b"#!/bin/sh\nexit\n", &archive[..]].concat(), "15 bytes before the archive are not part of it"),
    ] {
        let scan = said("a.zip", &bytes).scan;
        assert!(scan.starts_with("status: 0\n") && scan.contains("1 in all: 1 well formed"), "{scan}");
        assert!(scan.contains("note[input/corrupt-image]: ") && scan.contains(message), "{message}: {scan}");
    }
    let packed = gzip(GOOD);
    let scan = said("k.gz", &[&packed[..], b"and more"].concat()).scan;
    assert!(
        scan.starts_with("status: 0\n") && scan.contains("note[input/corrupt-image]: the gzip file ends"),
        "{scan}"
    );
    // Blocks are filled up with zeros.
    assert!(!said("k.gz", &[&packed[..], &[0; 512]].concat()).scan.contains("input/"), "nothing is lost");
    let scan = said("k.gz", &[&packed[..], &archive].concat()).scan;
    assert_unread(&scan, "an archive follows the end of the gzip file");
}

/// What gzip has packed without making it smaller, so that it grows by a few bytes each time.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// However often gzip has packed something, it is opened, or a finding says that it was not.
#[test]
fn gzip_within_gzip_is_opened() {
    let times = |times: usize, bytes: &[u8]| (0..times).fold(bytes.to_vec(), |bytes, _| stored(&bytes));
    let archive = Raw::of(&[("k.txt", BAD)]).bytes();
    for depth in [1, 2, 5, 6] {
        assert_found(&said("k.gz", &times(depth, BAD)).scan);
        assert_found(&said("k.gz", &times(depth.min(5), &archive)).scan);
    }
    // The program once called itself for each of them, until its stack was full.
    for depth in [7, 8, 1000] {
        let deep = times(depth, BAD);
        assert_unread(&said("k.gz", &deep).scan, "is in more than 6 archives or images within each other");
        let within = Raw::of(&[("k.gz", &deep)]).bytes();
        assert_unread(&said("a.zip", &within).scan, "is in more than 6 archives or images within each other");
    }
    // The first of several packed files can be empty.
    assert_found(&said("k.gz", &[gzip(b""), gzip(&archive)].concat()).scan);
    assert_found(&said("k.gz", &[gzip(GOOD), gzip(BAD)].concat()).scan);
}

/// What is known and not read, in gzip or an archive, is not silent.
#[test]
fn other_archives_are_named() {
    let mut tar = vec![0; 1024];
    tar[257..262].copy_from_slice(b"ustar");
    let bzip2 = b"BZh91AY&SY and so on".to_vec();
    for (what, bytes) in [("a tar archive", tar), ("data packed by bzip2", bzip2)] {
        let message = format!("found {what}");
        assert_unread(&said("a", &bytes).scan, &message);
        assert_unread(&said("a.gz", &gzip(&bytes)).scan, &message);
        let within = said("a.zip", &Raw::of(&[("a.gz", &gzip(&bytes))]).bytes()).scan;
        assert!(within.contains("note[input/unsupported-image]") && within.contains(&message), "{within}");
    }
}

/// A path that leads out of an archive is in the message, not in a place that an editor or a server would resolve.
#[test]
fn places_do_not_lead_out() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("a.zip"), zip(&[("a/../../../etc/cron.d/x", BAD)])).expect("a file can be written");
    for command in ["scan", "audit"] {
        let said = run_in(folder.path(), &[command, "a.zip", "--format", "sarif"], b"");
        assert!(said.contains("a/../../../etc/cron.d/x") && said.contains("\"uri\":\"a.zip\""), "{said}");
        assert!(!said.contains("\"uri\":\"a.zip/a/.."), "{said}");
    }
}
