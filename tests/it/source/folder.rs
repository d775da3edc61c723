//! Folders of the machine.

use crate::image::{self, Files};
use crate::source::{
    FILES,
    tree::{Tree, find},
};
use jewelcase::internals::source::{EntryKind, Timestamp, Volume, VolumeKind, open, read_whole};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

/// A folder for one test, which goes when the test ends.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jewelcase-volume-{name}-{}", std::process::id()));
        // What a test of the same number left behind, if it was killed.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("there is room for a folder");
        Self(path)
    }

    fn with(name: &str, files: &Files) -> Self {
        let place = Self::new(name);
        for (path, content) in files {
            let path = place.0.join(path);
            let folder = if content.is_empty() && path.extension().is_none() { &path } else { path.parent().unwrap() };
            fs::create_dir_all(folder).expect("there is room for a folder");
            if folder != path {
                fs::write(&path, content).expect("there is room for a file");
            }
        }
        place
    }

    fn open(&self) -> Arc<dyn Volume> {
        let mut opened = open(&self.0).expect("the folder is there");
        assert_eq!((opened.volumes.len(), opened.faults.len()), (1, 0));
        opened.volumes.remove(0).volume
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Every file and folder below a path with its content and its times, but for the one of reading.
fn state(path: &Path) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let mut state = Vec::new();
    let mut paths = vec![path.to_owned()];
    while let Some(path) = paths.pop() {
        let modified = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("it is there");
        if path.is_dir() {
            paths.extend(fs::read_dir(&path).expect("it is there").map(|entry| entry.expect("it is there").path()));
            state.push((path, Vec::new(), modified));
        } else {
            let content = fs::read(&path).expect("it is there");
            state.push((path, content, modified));
        }
    }
    state.sort();
    state
}

#[test]
fn a_folder_is_a_volume() {
    let place = Place::with("plain", &FILES);
    let moment = UNIX_EPOCH + Duration::from_secs(805_041_060);
    let file = fs::File::options().write(true).open(place.0.join("GLB/MASTER.GLB")).expect("it is there");
    file.set_modified(moment).expect("it is ours");
    let volume = place.open();
    assert_eq!(volume.kind(), VolumeKind::Folder);
    assert_eq!(Tree::of(volume.as_ref()), Tree::expected(&FILES));
    let master = find(volume.as_ref(), "GLB/MASTER.GLB");
    let expected = Timestamp { year: 1995, month: 7, day: 6, hour: 14, minute: 31, second: 0 };
    assert_eq!((master.modified, master.attributes, master.short.clone()), (Some(expected), None, None));
    let mut middle = [0; 100];
    assert_eq!(volume.read(&master, 170, &mut middle), Ok(6));
    assert_eq!(volume.read(&master, 500, &mut middle), Ok(0));
}

#[test]
fn nothing_is_written() {
    let floppy = image::fat12_floppy(&FILES);
    let (zip, iso) = (image::zip(&FILES), image::iso(&FILES));
    let files: [(&str, &[u8]); 4] =
        [("A.IMG", &floppy), ("B.ZIP", &zip), ("C.ISO", &iso), ("PO/GLB/MASTER.GLB", &[7; 176])];
    let place = Place::with("written", &files);
    let before = state(&place.0);
    for name in ["A.IMG", "B.ZIP", "C.ISO"] {
        let opened = open(&place.0.join(name)).expect("it is good");
        assert_eq!(Tree::of(opened.volumes[0].volume.as_ref()), Tree::expected(&FILES));
    }
    Tree::of(place.open().as_ref());
    assert_eq!(state(&place.0), before);
}

#[test]
fn files_that_change_meanwhile_are_told() {
    let place = Place::with("change", &[("A.GLB", &[1; 100]), ("B.GLB", &[1; 100]), ("C.GLB", &[1; 100])]);
    let volume = place.open();
    let entries = volume.list(&volume.root()).expect("it is there").entries;
    fs::write(place.0.join("A.GLB"), [1; 60]).expect("it is ours");
    fs::remove_file(place.0.join("B.GLB")).expect("it is ours");
    let told = |at: usize| {
        let fault = read_whole(volume.as_ref(), &entries[at], 1000).unwrap_err();
        format!("{}: {fault}", fault.rule)
    };
    assert_eq!(told(0), "input/unreadable: A.GLB: changed while it was read: 100 bytes when listed, 60 bytes now");
    assert!(told(1).starts_with("input/unreadable: B.GLB: "), "{}", told(1));
    assert_eq!(read_whole(volume.as_ref(), &entries[2], 1000), Ok(vec![1; 100]));
}

#[test]
fn what_is_not_there_is_told() {
    let fault = open(Path::new("tests/data/there is no such folder")).expect_err("it is not there");
    assert_eq!((fault.rule, fault.path.as_str()), ("input/unreadable", ""));
}

#[cfg(unix)]
#[test]
fn links_are_listed_and_not_followed() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let place = Place::with("links", &[("GLB/MASTER.GLB", &[7; 176])]);
    symlink(&place.0, place.0.join("GLB/loop")).expect("links can be made");
    symlink("MASTER.GLB", place.0.join("GLB/alias")).expect("links can be made");
    symlink("nowhere", place.0.join("GLB/broken")).expect("links can be made");
    let _socket = UnixListener::bind(place.0.join("socket")).expect("sockets can be made");
    let volume = place.open();
    assert_eq!(Tree::of(volume.as_ref()), Tree::expected(&[("GLB/MASTER.GLB", &[7; 176])]));
    for name in ["loop", "alias", "broken"] {
        let link = find(volume.as_ref(), &format!("GLB/{name}"));
        assert_eq!((link.kind, link.size), (EntryKind::Link, 0));
        assert_eq!(
            read_whole(volume.as_ref(), &link, 10).unwrap_err().to_string(),
            format!("GLB/{name}: expected a file of this volume; found something else")
        );
    }
    assert_eq!(find(volume.as_ref(), "socket").kind, EntryKind::Other);
    let fault = open(&place.0.join("socket")).expect_err("a socket holds no files");
    assert_eq!(
        (fault.rule, fault.to_string().as_str()),
        ("input/unsupported-image", "expected a folder, an archive or an image; found a device or a pipe")
    );
    // A link that a person names is meant.
    assert!(open(&place.0.join("GLB/loop")).is_ok());
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_can_be_read() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let place = Place::new("names");
    let folder = place.0.join(OsStr::from_bytes(b"M\x84RZ"));
    // Not every file system takes such names.
    if fs::create_dir(&folder).is_err() {
        return;
    }
    fs::write(folder.join(OsStr::from_bytes(b"\x9B.GLB")), b"x").expect("there is room for a file");
    fs::write(folder.join("MASTER.GLB"), b"y").expect("there is room for a file");
    let expected = Tree::expected(&[("M\u{FFFD}RZ/\u{FFFD}.GLB", b"x"), ("M\u{FFFD}RZ/MASTER.GLB", b"y")]);
    assert_eq!(Tree::of(place.open().as_ref()), expected);
}

#[test]
fn a_handle_belongs_to_its_volume() {
    let place = Place::with("handles", &[("A.GLB", b"a")]);
    let volumes = [
        place.open(),
        crate::source::tree::only(image::small_floppy(&[("A.GLB", b"a")])),
        crate::source::tree::only(image::zip(&[("A.GLB", b"a")])),
        crate::source::tree::only(image::iso(&[("A.GLB", b"a")])),
    ];
    for (at, volume) in volumes.iter().enumerate() {
        for (other_at, other) in volumes.iter().enumerate().filter(|(other_at, _)| *other_at != at) {
            let file = find(other.as_ref(), "A.GLB");
            let message = "A.GLB: expected a file of this volume; found something else";
            assert_eq!(read_whole(volume.as_ref(), &file, 1).unwrap_err().to_string(), message, "{at} {other_at}");
            assert!(volume.list(&other.root()).is_err(), "{at} {other_at}");
        }
    }
}
