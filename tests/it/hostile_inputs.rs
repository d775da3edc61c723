//! More than two hundred inputs that are wrong in one place, in 512 MiB: no abort, no hang, the right exit code, and a finding for each.

use crate::image::{fat12_floppy, gzip, iso, zip};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

const BAD: &[u8] = b"111-1111112\n";
const LIMIT: &str = "ulimit -v 524288; exec \"$0\" \"$@\"";

/// A run of the program: the name of the input, the folder that it is run in, its arguments, and what has to be in what it says.
struct Case {
    name: String,
    folder: PathBuf,
    arguments: Vec<String>,
    statuses: &'static [i32],
    expected: &'static [&'static str],
}

/// What says that something is wrong with an input, or with a key in it.
const FINDING: &[&str] = &["[input/", "[key/", "jewelcase: "];

/// The cases of one test, and the folder that has their inputs.
struct Cases {
    root: tempfile::TempDir,
    all: Vec<Case>,
}

impl Cases {
    fn new() -> Self {
        Self { root: tempfile::tempdir().expect("a folder can be made"), all: Vec::new() }
    }

    /// A folder for an input.
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.root.path().join(self.all.len().to_string() + "-" + name);
        fs::create_dir_all(&folder).expect("a folder can be made");
        folder
    }

    fn add(&mut self, name: &str, folder: PathBuf, arguments: &[&str], statuses: &'static [i32]) {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        self.all.push(Case { name: name.to_owned(), folder, arguments, statuses, expected: FINDING });
    }

    /// A file that is named.
    fn file(&mut self, name: &str, bytes: &[u8]) {
        let folder = self.folder("file");
        fs::write(folder.join("input"), bytes).expect("a file can be written");
        self.add(name, folder, &["scan", "input"], &[1, 2]);
    }

    /// Every byte of a stretch, changed.
    fn bytes(&mut self, name: &str, bytes: &[u8], stretch: std::ops::Range<usize>) {
        for at in stretch {
            let mut changed = bytes.to_vec();
            changed[at] = if changed[at] == 0xFF { 0 } else { 0xFF };
            self.file(&format!("{name}, byte {at:#x}"), &changed);
        }
    }

    /// Runs all, and tells those that are wrong.
    fn run(self) -> usize {
        let faults: Vec<String> = thread::scope(|scope| {
            let parts = self.all.chunks(self.all.len().div_ceil(4));
            let running: Vec<_> = parts.map(|part| scope.spawn(|| part.iter().filter_map(fault).collect())).collect();
            running.into_iter().flat_map(|part| -> Vec<String> { part.join().expect("it ends") }).collect()
        });
        assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), self.all.len(), faults.join("\n"));
        self.all.len()
    }
}

/// What is wrong with a run.
fn fault(case: &Case) -> Option<String> {
    let begun = Instant::now();
    let mut command = Command::new("sh");
    command.args(["-c", LIMIT, env!("CARGO_BIN_EXE_jewelcase")]).args(&case.arguments).args(["--jobs", "2"]);
    if case.arguments.first().is_some_and(|command| command == "rules") {
        command = Command::new("sh");
        command.args(["-c", LIMIT, env!("CARGO_BIN_EXE_jewelcase")]).args(&case.arguments);
    }
    let output = command.current_dir(&case.folder).output().expect("the system has a shell");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    let status = output.status.code().unwrap_or(-1);
    let is_right = case.statuses.contains(&status)
        && case.expected.iter().any(|expected| said.contains(expected))
        && !said.contains("panicked")
        && begun.elapsed() < Duration::from_secs(10);
    let said: String = said.chars().take(300).collect();
    (!is_right)
        .then(|| format!("{} {:?}: status {status} after {:?}: {said}", case.name, case.arguments, begun.elapsed()))
}

fn position(bytes: &[u8], mark: &[u8]) -> usize {
    bytes.windows(mark.len()).rposition(|window| window == mark).expect("it is there")
}

/// Every byte of the records of an archive, and of what is before and after the content of a gzip file.
#[test]
fn archives() {
    let mut cases = Cases::new();
    let archive = zip(&[("k.txt", BAD)]);
    let (list, end) = (position(&archive, b"PK\x01\x02"), position(&archive, b"PK\x05\x06"));
    cases.bytes("the record of a file", &archive, 0..35);
    cases.bytes("the list of files", &archive, list..list + 51);
    cases.bytes("the end of an archive", &archive, end..archive.len());
    let packed = gzip(BAD);
    cases.bytes("a gzip file", &packed, 3..10);
    cases.bytes("the end of a gzip file", &packed, packed.len() - 8..packed.len());
    for length in [10, 20, archive.len() - 30, archive.len() - 1] {
        cases.file(&format!("an archive of {length} bytes"), &archive[..length]);
    }
    assert!(cases.run() >= 120);
}

/// Images with one wrong byte where they say what they are, as they are and in containers, and cut ones.
#[test]
fn images() {
    let mut cases = Cases::new();
    let files: [(&str, &[u8]); 2] =
        [("UNATTEND.TXT", b"[UserData]\r\nProductID = \"111-1111112\"\r\n"), ("A/K.TXT", BAD)];
    let (floppy, disc) = (fat12_floppy(&files), iso(&files));
    for at in [0x0B, 0x0D, 0x0E, 0x10, 0x11, 0x13, 0x15, 0x16, 0x18, 0x1A, 0x200, 0x203] {
        let mut changed = floppy.clone();
        changed[at] = 0xFF;
        cases.file(&format!("a floppy, byte {at:#x}"), &changed);
        cases.file(&format!("a packed floppy, byte {at:#x}"), &gzip(&changed));
    }
    for at in [0x8000, 0x8001, 0x8080, 0x8084, 0x809C, 0x809E, 0x80A2, 0x80A6] {
        let mut changed = disc.clone();
        changed[at] = 0xFF;
        cases.file(&format!("a disc, byte {at:#x}"), &changed);
        // Without its mark it is no disc.
        if at != 0x8001 {
            cases.file(&format!("a disc in an archive, byte {at:#x}"), &zip(&[("disc.iso", &changed)]));
        }
    }
    for length in [floppy.len() / 50, floppy.len() / 2] {
        cases.file(&format!("a floppy of {length} bytes"), &floppy[..length]);
    }
    assert!(cases.run() >= 40);
}

/// Folders with what stops or blinds those who read them.
#[test]
fn trees() {
    let mut cases = Cases::new();
    type Make = fn(&Path);
    let make: [(&str, Make); 10] = [
        ("a loop of links", |folder| symlink(folder, folder.join("loop")).expect("links can be made")),
        ("a link to nothing", |folder| symlink("nothing", folder.join("link")).expect("links can be made")),
        ("a link to a device", |folder| symlink("/dev/zero", folder.join("zero.zip")).expect("links can be made")),
        ("a pipe", |folder| {
            assert!(Command::new("mkfifo").arg(folder.join("a.img")).status().expect("it runs").success())
        }),
        ("a file named -", |folder| fs::write(folder.join("-"), BAD).expect("it can be written")),
        ("a file named like an option", |folder| {
            fs::write(folder.join("--fail-on=never"), BAD).expect("it can be written");
        }),
        ("folders within each other", |folder| {
            fs::create_dir_all(folder.join("a/".repeat(300))).expect("folders can be made");
        }),
        ("names with line ends", |folder| fs::write(folder.join("a\n::error::b"), BAD).expect("it can be written")),
        ("an ignore file without end", |folder| {
            symlink("/dev/zero", folder.join(".gitignore")).expect("links can be made");
        }),
        ("a file full of braces", |folder| {
            fs::write(folder.join(".ignore"), "{".repeat(5000)).expect("it can be written")
        }),
    ];
    for (name, make) in make {
        let folder = cases.folder("tree");
        fs::write(folder.join("list.txt"), BAD).expect("a file can be written");
        make(&folder);
        cases.add(name, folder, &["scan", "."], &[1, 2]);
    }
    assert_eq!(cases.run(), 10);
}

/// Every line of a form, changed in four ways, and configurations that say what cannot be.
#[test]
fn rules_and_configurations() {
    let mut cases = Cases::new();
    let form = fs::read_to_string("keyrules/forms/cd-key-10.toml").expect("the form is in the repository");
    let lines: Vec<&str> = form.lines().collect();
    let named = lines.iter().enumerate().filter(|(_, line)| line.contains(" = ")).take(24);
    for (at, line) in named {
        let (name, _) = line.split_once(" = ").unwrap_or((line, ""));
        for wrong in ["[[[[", "99999999999999999999"] {
            let mut changed = lines.clone();
            let wrong = format!("{name} = {wrong}");
            changed[at] = &wrong;
            let folder = cases.folder("rules");
            fs::create_dir_all(folder.join("own/forms")).expect("a folder can be made");
            fs::write(folder.join("own/forms/cd-key-10.toml"), changed.join("\n")).expect("a file can be written");
            cases.add(&format!("a form with the line {wrong}"), folder, &["rules", "check", "own"], &[2]);
        }
    }
    for wrong in [
        "\0",
        "[[paths]]",
        "[severity]\n\"key/digit-sum\" = \"fatal\"",
        "[severity]\n\"\\u001b[2J\" = \"error\"",
        "[[suppress]]\nrule = \"key/none\"\nreason = \"x\"",
        "[[suppress]]\nrule = \"key/digit-sum\"",
        "[[paths]]\nglob = \"[\"",
        "[[paths]]\nglob = \"*\"\nproduct = \"windows-96\"",
        "a = 1",
        "= = =",
        "[[[[[[[[",
        "x = \"",
    ] {
        let folder = cases.folder("config");
        fs::write(folder.join("jewelcase.toml"), wrong).expect("a file can be written");
        fs::write(folder.join("list.txt"), BAD).expect("a file can be written");
        cases.add(&format!("a configuration {wrong:?}"), folder, &["scan", "list.txt"], &[2]);
    }
    assert!(cases.run() >= 40);
}
