//! Discs tell what they are: as folders, images and lists of files, whole and with files missing, alone and together.

use crate::{
    image::{fat16_disk, iso, joliet},
    program::run,
};
use jewelcase::{
    Catalogue, CodePage,
    internals::{
        media::{VolumeContents, recognise, specimen::recognition},
        model::{disc_specimen::DiscSpecimen, recognition::Recognition},
        parse::file_list,
        source::{open, open_reader},
    },
};
use std::{collections::BTreeSet, fs, io::Cursor};

/// The discs of all examples that are recognised.
fn specimens() -> Vec<DiscSpecimen> {
    let discs = Catalogue::built_in().discs.iter();
    let specimens = discs.flat_map(|(_, disc)| &disc.examples).filter_map(|example| example.disc.clone());
    let known: Vec<_> = specimens.filter(|disc| !disc.products.is_empty()).collect();
    assert!(known.len() > 40, "{} discs", known.len());
    known
}

/// The files of a disc, with contents of the sizes that it names.
fn files(disc: &DiscSpecimen) -> Vec<(String, Vec<u8>)> {
    let named = disc.files.iter().map(|path| (path.clone(), b"x".to_vec()));
    let sized = disc.sizes.iter().map(|(path, size)| (path.clone(), vec![0; *size as usize]));
    let texts = disc.texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    named.chain(sized).chain(texts).collect()
}

fn products(found: &[Recognition]) -> BTreeSet<String> {
    found.iter().flat_map(|disc| disc.products.clone()).collect()
}

#[test]
fn every_disc_is_recognised_as_a_folder_and_as_an_image() {
    let catalogue = Catalogue::built_in();
    // Labels and dates are not those of the disc in these images.
    for disc in specimens().iter().filter(|disc| disc.label.is_none() && disc.dates.is_empty()) {
        let owned = files(disc);
        let borrowed: Vec<_> = owned.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        let expected: BTreeSet<_> = disc.products.iter().cloned().collect();
        for (kind, image) in [("ISO", iso(&borrowed)), ("Joliet", joliet(&borrowed)), ("FAT", fat16_disk(&borrowed))] {
            let opened = open_reader(Cursor::new(image), CodePage::default()).expect("it is an image");
            let found = recognise(catalogue, "disc", &VolumeContents::new(&opened.volumes[0]));
            assert_eq!(products(&found), expected, "{kind}: {disc:?}");
            assert_eq!(found[0].sku, disc.sku, "{kind}: {disc:?}");
        }
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (path, bytes) in &owned {
            let path = folder.path().join(path.to_lowercase());
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
        let opened = open(folder.path()).expect("it is a folder");
        let found = recognise(catalogue, "disc", &VolumeContents::new(&opened.volumes[0]));
        assert_eq!(products(&found), expected, "in lower case: {disc:?}");
    }
}

#[test]
fn two_discs_in_one_folder_are_no_third() {
    let catalogue = Catalogue::built_in();
    let specimens = specimens();
    for one in &specimens {
        for other in &specimens {
            let mut both = one.clone();
            both.files.extend(other.files.iter().cloned());
            both.sizes.extend(other.sizes.clone());
            both.dates.extend(other.dates.clone());
            both.texts.extend(other.texts.clone());
            let found = products(&recognition(catalogue, &both));
            let expected: BTreeSet<_> = one.products.iter().chain(&other.products).cloned().collect();
            assert!(found.is_subset(&expected), "{found:?} of {one:?} and {other:?}");
            assert!(!found.is_empty(), "{one:?} and {other:?}");
        }
    }
}

#[test]
fn a_disc_with_a_file_missing_is_not_another_product() {
    let catalogue = Catalogue::built_in();
    for disc in specimens() {
        let expected: BTreeSet<_> = disc.products.iter().cloned().collect();
        for missing in disc.files.iter().chain(disc.sizes.keys()).chain(disc.dates.keys()).chain(disc.texts.keys()) {
            let mut rest = disc.clone();
            rest.files.retain(|path| path != missing);
            rest.sizes.remove(missing);
            rest.dates.remove(missing);
            rest.texts.remove(missing);
            rest.files.push("SP1/UPDATE.EXE".to_owned());
            let found = products(&recognition(catalogue, &rest));
            // One of several is as honest as none, but never another one.
            let is_honest = found.is_subset(&expected) || expected.is_subset(&found);
            assert!(is_honest, "{found:?} without {missing} of {disc:?}");
        }
    }
}

#[test]
fn lists_of_the_knowledge_base_are_recognised() {
    let discs = [
        ("windows-95-retail", "windows-95", None, Some("July 1995")),
        ("windows-95-osr2", "windows-95", None, Some("OSR2")),
        ("plus-95", "plus-95", None, None),
        ("powerpoint-95-retail", "powerpoint-95", Some("retail"), None),
        ("powerpoint-95-upgrade", "powerpoint-95", Some("upgrade"), None),
        ("windows-nt-3.1", "windows-nt-3.1", None, Some("3.1")),
        ("mail-3.5-utilities", "mail-3.5", None, Some("3.5")),
    ];
    for (name, product, sku, version) in discs {
        let text = fs::read_to_string(format!("tests/data/media/{name}.txt")).expect("the list can be read");
        let list = file_list::read(&text).expect("it is a list");
        let found = recognise(Catalogue::built_in(), name, &list);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].product(), Some(product), "{name}");
        assert_eq!(found[0].sku.map(|sku| sku.id()), sku, "{name}");
        assert_eq!(found[0].version.as_deref(), version, "{name}");
    }
}

#[test]
fn lists_in_other_formats() {
    let lists = [
        (
            " Datenträger in Laufwerk D: ist NTWKS40A\n Verzeichnis von D:\\\n\n14.10.1996  01:38                 2 CDROM_W.40\n",
            "nt",
            Some("NTWKS40A"),
        ),
        (
            " Volume in drive D has no label.\n Directory of D:\\\n\n10/14/96  01:38a    <DIR>          I386\n10/14/96  01:38a                 2 CDROM_W.40\n",
            "nt",
            None,
        ),
        ("D:\\I386\nD:\\CDROM_W.40\n", "nt", None),
        ("./I386/WINNT.EXE\n./CDROM_W.40\n", "nt", None),
        ("/mnt/cdrom/CDROM_W.40\n/mnt/cdrom/I386\n", "nt", None),
        (
            ".:\ntotal 4\ndr-xr-xr-x 2 root root 2048 Oct 14 1996 I386\n-r-xr-xr-x 1 root root 2 Oct 14 1996 CDROM_W.40\n",
            "nt",
            None,
        ),
        (
            "Directory listing of /\n----------   0    0    0               2 Oct 14 1996 [    104 00]  CDROM_W.40;1 \n",
            "nt",
            None,
        ),
        (
            "  Length      Date    Time    Name\n---------  ---------- -----   ----\n        2  1996-10-14 01:38   CDROM_W.40\n",
            "nt",
            None,
        ),
        ("I386\nCDROM_W.40\n", "nt", None),
    ];
    for (text, _, label) in lists {
        let list = file_list::read(text).expect("it is a list");
        assert_eq!(list.label.as_deref(), label, "{text}");
        let found = recognise(Catalogue::built_in(), "list", &list);
        assert_eq!(found[0].product(), Some("windows-nt-4.0"), "{text}\n{list:?}");
        assert_eq!(found[0].sku.is_some(), label.is_some(), "{text}");
    }
    assert_eq!(file_list::read("Dear Sir,\n\nthe disc does not work.\n"), None);
    assert_eq!(file_list::read(""), None);
}

#[test]
fn a_label_of_an_image_tells_the_channel() {
    let mut image = iso(&[("CDROM_W.40", b"x\n".as_slice())]);
    let descriptor = 16 * 2048;
    image[descriptor + 40..descriptor + 72].copy_from_slice(format!("{:32}", "NTWKS40A").as_bytes());
    let opened = open_reader(Cursor::new(image), CodePage::default()).expect("it is an image");
    let found = recognise(Catalogue::built_in(), "disc", &VolumeContents::new(&opened.volumes[0]));
    assert_eq!(found[0].label.as_deref(), Some("NTWKS40A"));
    assert_eq!(found[0].sku.map(|sku| sku.id()), Some("retail"));
}

#[test]
fn a_key_is_judged_for_the_disc() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("outlook.stf"), "").expect("a file can be written");
    let disc = folder.path().to_str().expect("the path is text");
    let said = run(&["check", "932-9619111", "--media", disc]);
    assert!(said.contains("932-9619111: rejected by"), "{said}");
    assert!(said.contains("key/wrong-form") && said.contains("Q180399"), "{said}");
    let said = run(&["check", "111-1111111", "--media", disc, "--product", "windows-95"]);
    assert!(said.contains("media/other-product"), "{said}");
    let said =
        run(&["check", "111-1111111", "--media", "tests/data/media/powerpoint-95-upgrade.txt", "--format", "json"]);
    assert!(said.contains("\"product\": \"powerpoint-95\"") && said.contains("\"sku\": \"upgrade\""), "{said}");
}

#[test]
fn unknown_and_unreadable_discs() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let disc = folder.path().to_str().expect("the path is text");
    let said = run(&["media", disc]);
    assert!(said.contains("media/unknown"), "{said}");
    let said = run(&["media", "LICENSE-MIT"]);
    assert!(said.contains("input/unsupported-image"), "{said}");
}
