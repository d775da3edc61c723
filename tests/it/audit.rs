//! `jewelcase audit` as a person and a script meet it: whole outputs, nothing written, the same whatever `--jobs` is.

use crate::image::{fat16_disk, partitioned, zip};
use crate::postoffice::{Postoffice, borrowed, scratch};
use crate::program::moment::run_in;
use std::{collections::BTreeMap, fs, path::Path};

/// The number of every workgroup postoffice, as text at a place of our choice: the true place is not known.
fn placeholder(postoffice: Postoffice) -> Postoffice {
    postoffice.master(0x20, b"799-99992")
}

fn connector() -> Postoffice {
    Postoffice::fresh().master(0x20, b"22-28798")
}

/// The output without the steps of remedies, which the rules' own tests show.
fn short(output: &str) -> String {
    let is_step = |line: &&str| {
        let line = line.trim_start();
        let number = line.split(". ").next().unwrap_or_default();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && line.contains(". ")
    };
    output
        .lines()
        .filter(|line| !is_step(line) && !line.starts_with("    for: "))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn audit(folder: &Path, arguments: &[&str]) -> String {
    run_in(folder, &[&["audit"], arguments].concat(), b"")
}

/// Every file of a tree with its content and time of change.
fn state(folder: &Path) -> BTreeMap<String, (Vec<u8>, std::time::SystemTime)> {
    let mut state = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            state.extend(self::state(&path));
        } else {
            let changed = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("files have a time");
            state.insert(path.display().to_string(), (fs::read(&path).expect("the file can be read"), changed));
        }
    }
    state
}

#[test]
fn a_new_postoffice_is_clean() {
    let folder = scratch("audit-fresh");
    Postoffice::fresh().write(&folder.join("maildata"));
    insta::assert_snapshot!("fresh", audit(&folder, &["maildata"]));
}

#[test]
fn a_workgroup_postoffice_is_clean_with_a_note() {
    let folder = scratch("audit-workgroup");
    placeholder(Postoffice::workgroup()).write(&folder.join("WINDOWS/WGPO"));
    insta::assert_snapshot!("workgroup", audit(&folder, &["."]));
}

#[test]
fn the_placeholder_on_a_full_postoffice_is_rejected() {
    let folder = scratch("audit-placeholder");
    placeholder(Postoffice::fresh()).write(&folder.join("MAILDATA"));
    let output = audit(&folder, &["MAILDATA"]);
    for remedy in ["Q142196/disk-2", "Q142196/test-platform", "Q143060"] {
        assert!(output.contains(&format!("remedy {remedy}: ")), "{remedy}");
    }
    insta::assert_snapshot!("placeholder", output);
}

#[test]
fn duplicates_are_told_apart() {
    let folder = scratch("audit-duplicates");
    let named = |names: &[u8]| Postoffice::fresh().master(0x60, names);
    named(b"SALES\0NORTH").write(&folder.join("north"));
    named(b"SALES\0NORTH").write(&folder.join("lab/north"));
    named(b"SALES\0SOUTH").write(&folder.join("south"));
    named(b"SALES\0WEST").write(&folder.join("west"));
    fs::write(
        folder.join("serials.csv"),
        "Path,Network,Postoffice,Serial\nnorth,SALES,NORTH,32-64001\nlab/north,SALES,NORTH,0032-64001\nsouth,SALES,SOUTH,32-64001\n,SALES,WEST,32-64002\n,SALES,EAST,32-64002\n",
    )
    .expect("the list can be written");
    let said = audit(&folder, &["lab", "south", "west", "south/../south", "--inventory", "serials.csv"]);
    insta::assert_snapshot!("duplicates", short(&said));
}

#[test]
fn connectors_are_a_backbone_only_behind_one_agent() {
    let folder = scratch("audit-connector");
    connector().write(&folder.join("exch1/Connect/Msmcon/Maildata"));
    insta::assert_snapshot!("connector", short(&audit(&folder, &["exch1"])));
    connector().write(&folder.join("exch2/Connect/Msmcon/Maildata"));
    insta::assert_snapshot!("connectors", short(&audit(&folder, &["exch1", "exch2"])));
}

/// Names are in no file of a postoffice that is known; an inventory has them.
#[test]
fn names_of_an_inventory_are_judged() {
    let folder = scratch("audit-names");
    fs::write(
        folder.join("serials.csv"),
        "Network,Postoffice,Serial,Type\nSMTP,NORTH,32-64001,full\nMSMAIL,SOUTH,32-64002,full\nSALES,NORTH_WEST,32-64003,full\nSALES,NORTHNORTHWEST,32-64004,full\nMY_GROUP,DESK,799-99992,workgroup\nSALES,SMTP,32-64005,full\n",
    )
    .expect("the list can be written");
    insta::assert_snapshot!("names", short(&audit(&folder, &["serials.csv"])));
}

/// A list and its twin are written at once: a twin that is weeks older came from somewhere else (Q85647).
#[test]
fn the_days_of_twins_are_compared() {
    let folder = scratch("audit-days");
    let postoffice = folder.join("MAILDATA");
    Postoffice::fresh().with("NME/ADMINSHD.NME", &[0; 45]).write(&postoffice);
    let reported = || audit(&folder, &["MAILDATA"]).contains("postoffice/dates-differ");
    let written = |days: u64| {
        let twin = fs::File::options().write(true).open(postoffice.join("NME/ADMINSHD.NME")).expect("it is there");
        let moment = std::time::SystemTime::now() - std::time::Duration::from_secs(days * 86_400);
        twin.set_modified(moment).expect("its date can be set");
    };
    assert!(!reported());
    written(1);
    assert!(!reported());
    written(40);
    assert!(reported());
}

#[test]
fn an_inventory_alone() {
    let folder = scratch("audit-inventory");
    fs::write(
        folder.join("serials.csv"),
        "Network,Postoffice,Serial,Type\nSALES,NORTH,32-64001,full\nSALES,SOUTH,0799-99992,full\nHOME,DESK,799-99992,workgroup\nHOME,ATTIC,799-99992,\nMTA,EXCH1,22-28798,\nSALES,WEST,0032-64001,\nSALES,EAST,1B61-1104,full\nSALES,NEW,,\n",
    )
    .expect("the list can be written");
    insta::assert_snapshot!("inventory", short(&audit(&folder, &["serials.csv"])));
    insta::assert_snapshot!(
        "inventory_ndjson",
        audit(&folder, &["serials.csv", "--format", "ndjson", "--fail-on", "never"])
    );
}

/// The event as Q151228 prints it, with a blank in the number; logs repeat it, a report does not.
#[test]
fn event_4188() {
    let event = "The postoffice NET/PO on \\\\computername\\sharename and the postoffice NET1/PO1\non \\\\computername1\\sharename1 have the same postoffice serial number\n[22- 28798].\n";
    let log = [event, "\nMake sure you do not have two drives pointing to the same postoffice.\n\n", event].concat();
    let folder = scratch("audit-event");
    insta::assert_snapshot!("event", run_in(&folder, &["audit", "-"], log.as_bytes()));
    let same = "The postoffice SALES/NORTH on \\\\srv\\mail and the postoffice SALES/NORTH on \\\\SRV\\MAIL\\ have the same postoffice serial number [32-64001].";
    insta::assert_snapshot!("event_same_path", short(&run_in(&folder, &["audit", "-"], same.as_bytes())));
}

/// The event taken along tells of two postoffices on disk what it tells of them alone, however often the log repeats it.
#[test]
fn event_4188_beside_the_postoffices() {
    let folder = scratch("audit-event-inventory");
    Postoffice::fresh().master(0x60, b"SALES\0NORTH").write(&folder.join("north"));
    Postoffice::fresh().master(0x60, b"SALES\0SOUTH").write(&folder.join("south"));
    let event = "The postoffice SALES/NORTH on \\\\srv\\north and the postoffice SALES/SOUTH on \\\\srv\\south have the same postoffice serial number [32-\r\n 64001].\r\n";
    fs::write(folder.join("log.txt"), event.repeat(3)).expect("the log can be written");
    insta::assert_snapshot!("event_beside", short(&audit(&folder, &["north", "south", "--inventory", "log.txt"])));
    // Of the other one, only the event is known.
    insta::assert_snapshot!("event_beside_one", short(&audit(&folder, &["north", "--inventory", "log.txt"])));
}

/// A postoffice that two lists name is no duplicate of itself.
#[test]
fn one_postoffice_in_two_lists() {
    let folder = scratch("audit-two-lists");
    fs::write(folder.join("labels.txt"), "SALES/NORTH 32-64001\nSALES/SOUTH 32-64002\n").expect("it can be written");
    fs::write(
        folder.join("screen.csv"),
        "Serial,PO,Net,Path\n0032-64001,North,Sales,\n32-64002,SOUTH,SALES,m:\\south\n",
    )
    .expect("it can be written");
    insta::assert_snapshot!("two_lists", short(&audit(&folder, &["labels.txt", "screen.csv"])));
    Postoffice::fresh().master(0x60, b"SALES\0NORTH").write(&folder.join("north"));
    let both = audit(&folder, &["north", "--inventory", "labels.txt", "--inventory", "screen.csv"]);
    assert!(both.starts_with("status: 0\n") && !both.contains("serial/duplicate"), "{both}");
}

#[test]
fn a_copy_without_its_empty_directories() {
    let folder = scratch("audit-bad-copy");
    Postoffice::fresh().without_empty_directories().master(0x20, b"32-64001").write(&folder.join("copy"));
    insta::assert_snapshot!("bad_copy", short(&audit(&folder, &["copy"])));
}

#[test]
fn a_disk_image_with_several() {
    let folder = scratch("audit-image");
    let mut files = placeholder(Postoffice::fresh()).below("MAILDATA");
    files.extend(placeholder(Postoffice::workgroup()).below("WINDOWS/WGPO"));
    files.extend(placeholder(Postoffice::workgroup()).below("WINDOWS/WGPO/WGPO"));
    let other = connector().below("EXCHSRVR/CONNECT/MSMCON/MAILDATA");
    let disk = partitioned(&[(6, &fat16_disk(&borrowed(&files))), (6, &fat16_disk(&borrowed(&other)))]);
    fs::write(folder.join("server.img"), disk).expect("the image can be written");
    insta::assert_snapshot!("image", short(&audit(&folder, &["server.img"])));
    insta::assert_snapshot!("image_json", audit(&folder, &["server.img", "--format", "json"]));
}

#[test]
fn faults_stand_with_their_files() {
    let folder = scratch("audit-faults");
    let broken = Postoffice::fresh()
        .without(&["P1", "MAI/MA3", "KEY/INQUEUE.KEY", "XTN/00000001.XTN", "GLB/TID.GLB"])
        .with("GLB/ACCESS.GLB", &[0; 1172])
        .with("GLB/CONTROL.GLB", &[0; 8])
        .with("MBG/00000000.MBG", &[0; 4097 * 116])
        .with("GLB/SORTLOCK.GLB", &[]);
    let files = broken.below("archive/PO");
    fs::write(folder.join("po.zip"), zip(&borrowed(&files))).expect("the archive can be written");
    insta::assert_snapshot!("faults", audit(&folder, &["po.zip"]));
}

/// What cannot be read is reported, the rest is done, and the exit code is 2.
#[test]
fn unreadable_parts_do_not_hide_the_others() {
    let folder = scratch("audit-unreadable");
    Postoffice::fresh().write(&folder.join("good"));
    Postoffice::fresh().with("GLB/NETWORK.GLB", &vec![0; 5 << 20]).write(&folder.join("huge"));
    fs::write(folder.join("noise.bin"), [0, 1, 2, 3].repeat(300)).expect("the file can be written");
    fs::write(folder.join("letter.txt"), "Dear postmaster,\n").expect("the file can be written");
    fs::write(folder.join("report.txt"), "Serial number : 12345678\nZone name : Zone\n")
        .expect("the file can be written");
    fs::write(folder.join("list.txt"), "SALES/NORTH 32-64001\nand so on\n").expect("the file can be written");
    fs::write(folder.join("empty"), "").expect("the file can be written");
    fs::create_dir(folder.join("nothing")).expect("the folder can be made");
    let paths = ["good", "huge", "noise.bin", "letter.txt", "report.txt", "list.txt", "empty", "nothing", "gone"];
    insta::assert_snapshot!("unreadable", short(&audit(&folder, &paths)));
}

#[test]
fn nothing_is_written_to_what_is_looked_at() {
    let folder = scratch("audit-untouched");
    Postoffice::fresh().without(&["P1"]).write(&folder.join("po"));
    let files = Postoffice::workgroup().below("WGPO");
    fs::write(folder.join("po.zip"), zip(&borrowed(&files))).expect("the archive can be written");
    fs::write(folder.join("po.img"), fat16_disk(&borrowed(&files))).expect("the image can be written");
    let before = state(&folder);
    for arguments in [
        ["po", "po.zip", "po.img", "--format", "json"].as_slice(),
        &["--calibrate", "32-64001", "po", "799-99992", "po.zip", "po.img"],
    ] {
        audit(&folder, arguments);
    }
    assert!(state(&folder) == before, "a file was changed, made or removed");
}

#[test]
fn the_same_whatever_the_number_of_threads() {
    let folder = scratch("audit-jobs");
    for number in 0..15 {
        let postoffice = Postoffice::fresh().without(&["HLP", "TPL"]);
        let postoffice = if number % 3 == 0 { placeholder(postoffice) } else { postoffice };
        postoffice
            .with("GLB/TID.GLB", &vec![0; number % 5])
            .write(&folder.join(format!("site{}/po{number}", number % 4)));
    }
    for format in ["human", "json", "ndjson"] {
        let one = audit(&folder, &[".", "--jobs", "1", "--format", format]);
        for jobs in ["2", "7"] {
            assert_eq!(audit(&folder, &[".", "--jobs", jobs, "--format", format]), one, "{format} with {jobs} threads");
        }
    }
}

#[test]
fn usage() {
    let folder = scratch("audit-usage");
    insta::assert_snapshot!("usage_nothing", audit(&folder, &[]));
    insta::assert_snapshot!("usage_code_page", audit(&folder, &["x", "--code-page", "1252"]));
    insta::assert_snapshot!("help", audit(&folder, &["--help"]));
}

/// What cannot be listed may be there: nothing in it is called missing, and nothing is called in order either.
#[test]
#[cfg(unix)]
fn what_lies_behind_a_link_is_not_called_missing() {
    let folder = scratch("audit-links");
    Postoffice::fresh().master(0x20, b"32-64001").write(&folder.join("po"));
    fs::rename(folder.join("po/MAI"), folder.join("elsewhere")).expect("the folder can be moved");
    std::os::unix::fs::symlink("../elsewhere", folder.join("po/MAI")).expect("the link can be made");
    insta::assert_snapshot!("links", short(&audit(&folder, &["po"])));
}
