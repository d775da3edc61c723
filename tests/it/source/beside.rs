//! Images that are more than one file: cue sheets with their CDs, and descriptions of virtual disks with theirs.

use crate::image::{Grains, iso, raw_cd, small_floppy, stored, vmdk_description, vmdk_with};
use crate::postoffice::scratch;
use crate::source::{
    FILES,
    tree::{Tree, told},
};
use jewelcase::internals::source::{Fault, Opened, open};
use std::{fs, path::Path};

/// Writes files into an empty folder, and opens one of them.
fn opened(name: &str, files: &[(&str, &[u8])], path: &str) -> Result<Opened, Fault> {
    let folder = scratch(name);
    for (name, content) in files {
        fs::write(folder.join(name), content).expect("the file can be written");
    }
    open(&folder.join(path))
}

fn tree(opened: Result<Opened, Fault>) -> Tree {
    let opened = opened.unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(opened.faults, []);
    Tree::of(opened.volumes[0].volume.as_ref())
}

fn refused(opened: Result<Opened, Fault>) -> String {
    match opened {
        Ok(opened) => panic!("opened, with {:?}", opened.faults),
        Err(fault) => format!("{}: {fault}", fault.rule),
    }
}

fn sheet(file: &str, tracks: &[(&str, &str)]) -> String {
    let mut text = format!("FILE \"{file}\" BINARY\r\n");
    for (number, (mode, time)) in tracks.iter().enumerate() {
        text += &format!("  TRACK {:02} {mode}\r\n    INDEX 01 {time}\r\n", number + 1);
    }
    text
}

#[test]
fn a_cue_sheet_leads_to_its_cd() {
    let bin = raw_cd(&iso(&FILES), 1, 2352);
    let cue = sheet("C:\\CDs\\Image.BIN", &[("MODE1/2352", "00:00:00")]);
    let expected = Tree::expected(&FILES);
    for path in ["image.cue", "image.bin"] {
        assert_eq!(tree(opened("sheet", &[("image.bin", &bin), ("image.cue", cue.as_bytes())], path)), expected);
    }
    // Renamed, and with a wrong length of its sectors.
    let cue = sheet("OLDNAME.BIN", &[("MODE1/2048", "00:00:00")]);
    for path in ["image.cue", "image.bin"] {
        assert_eq!(tree(opened("renamed", &[("image.bin", &bin), ("image.cue", cue.as_bytes())], path)), expected);
    }
    // Of another image.
    let cue = sheet("image.bin", &[("AUDIO", "00:00:00"), ("MODE1/2352", "10:00:00")]);
    assert_eq!(tree(opened("other", &[("image.bin", &bin), ("image.cue", cue.as_bytes())], "image.bin")), expected);
    assert_eq!(
        refused(opened(
            "missing",
            &[("image.cue", sheet("a/b.bin", &[("MODE1/2352", "00:00:00")]).as_bytes())],
            "image.cue"
        )),
        "input/unreadable: expected the file `b.bin` beside its cue sheet; found none"
    );
    assert_eq!(
        refused(opened("sound", &[("image.cue", sheet("a.bin", &[("AUDIO", "00:00:00")]).as_bytes())], "image.cue")),
        "input/unsupported-image: expected a CD with files; found one with sound only"
    );
}

#[test]
fn files_after_sound_are_found_by_the_cue_sheet() {
    let cd = iso(&FILES);
    let sound = vec![0x11; 75 * 2352];
    let bin = [sound.clone(), raw_cd(&cd, 1, 2352)].concat();
    let cue = sheet("cd.bin", &[("AUDIO", "00:00:00"), ("MODE1/2352", "00:01:00")]);
    for path in ["cd.cue", "cd.bin"] {
        let files: [(&str, &[u8]); 2] = [("cd.bin", &bin), ("cd.cue", cue.as_bytes())];
        assert_eq!(tree(opened("after", &files, path)), Tree::expected(&FILES));
    }
    // Sectors of another length follow.
    let bin = [sound, raw_cd(&cd, 2, 2336), vec![0x11; 2352 * 3]].concat();
    let sectors = 75 + cd.len() / 2048;
    let end = format!("00:{:02}:{:02}", sectors / 75, sectors % 75);
    let cue = sheet("cd.bin", &[("AUDIO", "00:00:00"), ("MODE2/2336", "00:01:00"), ("AUDIO", &end)]);
    let files: [(&str, &[u8]); 2] = [("cd.bin", &bin), ("cd.cue", cue.as_bytes())];
    assert_eq!(tree(opened("lengths", &files, "cd.cue")), Tree::expected(&FILES));
    // A file of the same name and a length that sectors can have.
    let cue = sheet("cd.bin", &[("AUDIO", "00:00:00"), ("MODE1/2352", "00:01:00")]);
    let files: [(&str, &[u8]); 3] = [("cd.txt", &[b'a'; 2352]), ("cd.bin", &bin), ("cd.cue", cue.as_bytes())];
    assert!(refused(opened("text", &files, "cd.txt")).ends_with("found no mark of any"));
    // A track that is not there.
    let cue = sheet("cd.bin", &[("AUDIO", "00:00:00"), ("MODE1/2352", "50:00:00")]);
    let files: [(&str, &[u8]); 2] = [("cd.bin", &bin), ("cd.cue", cue.as_bytes())];
    assert!(refused(opened("beyond", &files, "cd.cue")).starts_with("input/truncated"));
}

#[test]
fn a_description_leads_to_the_files_of_a_disk() {
    let expected = tree(opened("raw", &[("floppy.img", &stored("floppy.img"))], "floppy.img"));
    for (name, file) in [
        ("floppy-mono.vmdk", "floppy-mono-flat.vmdk"),
        ("floppy-split.vmdk", "floppy-split-f001.vmdk"),
        ("floppy-parts.vmdk", "floppy-parts-s001.vmdk"),
    ] {
        let files: [(&str, &[u8]); 2] = [(name, &stored(name)), (&file.to_uppercase(), &stored(file))];
        assert_eq!(tree(opened("stored", &files, name)), expected, "{name}");
        assert_eq!(
            refused(opened("alone", &files[..1], name)),
            format!("input/unreadable: expected the file `{file}` beside its description; found none")
        );
    }
    // Flat, sparse and of zeros, in one disk.
    let disk = small_floppy(&FILES);
    let (flat, sparse) = (&disk[..20 * 512], &disk[20 * 512..100 * 512]);
    assert!(disk[100 * 512..].iter().all(|byte| *byte == 0), "the rest of the floppy is empty");
    let text = vmdk_description("custom", &[(20, "FLAT", "a.vmdk"), (80, "SPARSE", "b.vmdk")])
        .replace("\n# The Disk", "RW 220 ZERO\n\n# The Disk");
    let sparse = vmdk_with(sparse, 8, Grains::Plain, "");
    let files: [(&str, &[u8]); 3] = [("d.vmdk", text.as_bytes()), ("a.vmdk", flat), ("b.vmdk", &sparse)];
    assert_eq!(tree(opened("mixed", &files, "d.vmdk")), Tree::expected(&FILES));
    let cut: [(&str, &[u8]); 3] = [files[0], ("a.vmdk", &flat[..19 * 512]), files[2]];
    let said = opened("cut", &cut, "d.vmdk").expect("the floppy is known");
    assert_eq!(told(&said)[0], "input/truncated: expected 10240 bytes in `a.vmdk`; found 9728");
}

#[test]
fn descriptions_that_name_what_cannot_be_are_refused() {
    let refused = |text: &str| {
        refused(opened("named", &[("d.vmdk", format!("# Disk DescriptorFile\n{text}").as_bytes())], "d.vmdk"))
    };
    let unsupported = "input/unsupported-image: ";
    assert_eq!(
        refused("parentCID=12345678\nRW 1 FLAT \"a\" 0"),
        format!("{unsupported}this virtual disk contains only the differences from another one")
    );
    assert_eq!(
        refused("RW 1 VMFSSPARSE \"a\""),
        format!("{unsupported}expected files of the kinds FLAT and SPARSE; found the kind VMFSSPARSE")
    );
    assert_eq!(refused("version=1"), "input/corrupt-image: expected a description that names files; found none");
    assert_eq!(
        refused("RW x FLAT \"a\" 0"),
        "input/corrupt-image: expected the length, the kind and the name of a file in line 2 of its description"
    );
    assert!(refused(&"RW 1 FLAT \"a\" 0\n".repeat(257)).contains("at most 256 files; found 257"));
    assert!(refused("RW 18446744073709551615 ZERO").contains("at most 70368744177664 bytes"));
    // Only what is beside it is opened, whatever the name.
    assert!(refused("RW 1 FLAT \"/etc/passwd\" 0").ends_with("the file `passwd` beside its description; found none"));
    assert!(refused("RW 1 FLAT \"../named/..\" 0").ends_with("the file `..` beside its description; found none"));
}

#[cfg(unix)]
#[test]
fn links_beside_a_description_are_not_followed() {
    let folder = scratch("linked");
    let text = vmdk_description("monolithicFlat", &[(320, "FLAT", "a.vmdk")]);
    fs::write(folder.join("d.vmdk"), text).expect("the file can be written");
    fs::write(folder.join("real"), small_floppy(&FILES)).expect("the file can be written");
    std::os::unix::fs::symlink(Path::new("real"), folder.join("a.vmdk")).expect("a link can be made");
    assert_eq!(
        refused(open(&folder.join("d.vmdk"))),
        "input/unreadable: `a.vmdk` beside it is not a file, and was not opened"
    );
}
