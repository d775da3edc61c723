//! The audit of images that are huge, cut off or damaged.

use crate::image::{Counting, fat16_disk, huge_fat16_disk, small_floppy, zip};
use crate::postoffice::{Postoffice, borrowed};
use jewelcase::Catalogue;
use jewelcase::internals::{
    postoffice::survey::{Origin, Survey},
    source::{CodePage, open_reader},
};
use proptest::prelude::*;
use std::{io::Cursor, sync::atomic::Ordering};

/// A postoffice that fits a small floppy: the core, a user, a message.
fn small() -> Postoffice {
    Postoffice::fresh()
        .without(&["HLP", "TPL", "GLB/DS_MSG.GLB", "GLB/ERRORADM.GLB", "GLB/ENGMAI.GLB", "GLB/ENGMON.GLB"])
        .without(&[
            "GLB/X25.MDM",
            "GLB/V42SERIE.MDM",
            "GLB/USRHST.MDM",
            "GLB/USGNERIC.MDM",
            "GLB/ULTRA96.MDM",
            "GLB/TELEBIT.MDM",
        ])
        .without(&["GLB/MULTITEC.MDM", "GLB/MICROCOM.MDM", "GLB/IBM5853.MDM", "GLB/HAYES24.MDM", "GLB/HAYES12.MDM"])
        .without(&["GLB/DEFAULT.MDM", "GLB/CREDCARD.MDM", "GLB/VSERIES.MDM", "GLB/NULLMODM.MDM", "ATT", "CAL"])
        .without_empty_directories()
        .master(0x20, b"32-64001")
}

/// Looks at whatever an image holds, to the end.
fn survive(image: Vec<u8>) {
    let Ok(opened) = open_reader(Cursor::new(image), CodePage::default()) else { return };
    let mut survey = Survey::new(Catalogue::built_in());
    for part in &opened.volumes {
        survey.volume(Origin { path: "image", identity: "image" }, part, &|| ());
    }
    for audit in survey.finish() {
        assert!(!audit.findings.is_empty() || !audit.unanswered.is_empty() || audit.serial.is_some());
    }
}

/// Ten postoffices on a disk of nearly 2 GB: less than a thousandth of it is read.
#[test]
fn a_huge_image_is_read_only_where_it_must_be() {
    let mut files = Vec::new();
    for number in 0..10 {
        let postoffice = small().with("MBG/00000000.MBG", &[0; 116 * 40]);
        files.extend(postoffice.below(&format!("SERVER/PO{number}")));
    }
    let (reader, count) = Counting::new(huge_fat16_disk(&borrowed(&files)));
    let opened = open_reader(reader, CodePage::default()).expect("the image is known");
    let mut survey = Survey::new(Catalogue::built_in());
    let found = survey.volume(Origin { path: "image", identity: "image" }, &opened.volumes[0], &|| ());
    assert_eq!((found, survey.finish().len()), (10, 10));
    let read = count.load(Ordering::Relaxed);
    assert!(read < (2_000 << 20) / 1_000, "{read} bytes were read");
}

/// Cut off after every sector of the tables and after some of the rest.
#[test]
fn every_truncation_is_survived() {
    let files = small().below("PO");
    let floppy = small_floppy(&borrowed(&files));
    let archive = zip(&borrowed(&files));
    for image in [floppy, archive] {
        for length in (0..image.len()).step_by(1021).chain((0..3000).step_by(61)) {
            survive(image[..length.min(image.len())].to_vec());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Any few bytes of an image changed: the tables at its beginning more often than the rest.
    #[test]
    fn flipped_bytes_are_survived(flips in proptest::collection::vec((0..20_000_usize, any::<u8>()), 1..12), kind in 0..3) {
        let files = small().below("PO");
        let mut image = match kind {
            0 => small_floppy(&borrowed(&files)),
            1 => fat16_disk(&borrowed(&files)),
            _ => zip(&borrowed(&files)),
        };
        for (at, byte) in flips {
            let at = at % image.len();
            image[at] = byte;
        }
        survive(image);
    }
}
