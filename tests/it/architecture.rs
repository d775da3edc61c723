//! The house stays in order: who may use whom, and which crates and files are at home where.

use jewelcase::internals::catalogue::Family;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The rooms, from the ground up. A room uses those before it, never those after it.
#[rustfmt::skip]
const ROOMS: &[&str] = &[
    "model",
    "small_file",
    "catalogue",
    "parallel",
    "parse",
    "identify",
    "source",
    "registry",
    "judge",
    "bulk",
    "postoffice",
    "addpack",
    "answer",
    "media",
    "explain",
    "wire",
    "report",
    "selftest",
    "evidence",
    "config",
    "scan",
    "serve",
    "cli",
];

/// Crates and standard modules that live in few rooms, and nowhere else.
const AT_HOME: &[(&str, &[&str])] = &[
    ("nom::", &["parse"]),
    ("axum::", &["serve"]),
    ("hyper::", &["serve/connection", "serve/guard", "serve/unread"]),
    ("open::", &["cli/serve"]),
    ("tokio::", &["serve"]),
    ("clap::", &["cli"]),
    ("clap_complete::", &["cli/manual"]),
    ("clap_mangen::", &["cli/manual"]),
    ("fearless_simd::", &["bulk/sieve", "bulk/template"]),
    ("anstream::", &["cli"]),
    ("anstyle::", &["report/text"]),
    ("annotate_snippets::", &["report/text/key", "report/text/notation"]),
    ("comfy_table::", &["report/text"]),
    // In `cli/format` it is the report of that name.
    ("csv::", &["report/csv", "cli/format", "parse/inventory"]),
    ("csv_core::", &["scan/extract/fields"]),
    ("encoding_rs::", &["source/encoding"]),
    (
        "flate2::",
        &["scan/magic", "scan/work", "source/archive", "source/container/inflate", "source/inflate", "source/unpacked"],
    ),
    ("ignore::", &["source/ignored", "source/walk"]),
    ("libc::", &["small_file"]),
    ("miniz_oxide::", &["source/inflate"]),
    ("indicatif::", &["cli/audit", "cli/progress"]),
    ("rayon::", &["postoffice/walk", "cli/audit"]),
    ("yore::", &["source/encoding", "source/name"]),
    ("zip::", &["source/archive"]),
    ("globset::", &["config"]),
    ("maud::", &["report/html", "serve/page"]),
    ("quick_xml::", &["report/junit"]),
    ("toml::", &["catalogue/folder", "catalogue/toml_entry", "addpack/file", "config"]),
    (
        "fs::",
        &[
            "catalogue/folder",
            "source/folder",
            "source/file",
            "cli/manual",
            "cli/input",
            "cli/destination",
            "cli/protection",
            "source/identity",
            "source/ignored",
            "small_file",
            "evidence/text",
            "source/plain_file",
            "source/ranges",
        ],
    ),
    ("stdin(", &["cli/check", "cli/input", "cli/protection", "source/file", "source/input"]),
];

/// Every source file with its path below `src` and without its ending.
pub(crate) fn files() -> BTreeMap<String, String> {
    fn add(folder: &Path, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("the sources are in the repository") {
            let path: PathBuf = entry.expect("the folder can be read").path();
            if path.is_dir() {
                add(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix("src").expect("below src").with_extension("");
                files
                    .insert(name.to_string_lossy().into_owned(), fs::read_to_string(&path).expect("sources are UTF-8"));
            }
        }
    }
    let mut files = BTreeMap::new();
    add(Path::new("src"), &mut files);
    files
}

/// The lines of code, without comments and without what follows the tests.
pub(crate) fn code(source: &str) -> impl Iterator<Item = &str> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    source.lines().map(str::trim).filter(|line| !line.starts_with("//"))
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file)
}

/// The rooms that a file names: `crate::judge::…`, `crate::{judge, …}`, and the same over several lines.
fn used(source: &str) -> Vec<String> {
    let text: String = code(source).collect::<Vec<_>>().join(" ");
    let mut used = Vec::new();
    for after in text.split("crate::").skip(1) {
        let paths = match after.strip_prefix('{') {
            Some(list) => top_level(list),
            None => vec![after],
        };
        let first =
            |path: &str| path.trim().split(|c: char| !(c.is_alphanumeric() || c == '_')).next().map(str::to_owned);
        used.extend(paths.into_iter().filter_map(first));
    }
    used
}

/// The items of a brace list, without looking into inner lists.
fn top_level(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items
}

#[test]
fn every_room_is_known() {
    let rooms =
        files().into_keys().map(|file| room(&file).to_owned()).filter(|room| !["lib", "main"].contains(&room.as_str()));
    for room in rooms {
        assert!(
            ROOMS.contains(&room.as_str()),
            "src/{room} is no room of the house: name it in this test and in CONTRIBUTING.md"
        );
    }
}

#[test]
fn dependencies_point_down() {
    let floor = |room: &str| ROOMS.iter().position(|other| *other == room);
    for (file, source) in files() {
        let Some(own) = floor(room(&file)) else { continue };
        for used in used(&source) {
            // Re-exported types carry their own names; the modules that they stand for lie below.
            let Some(other) = floor(&used) else { continue };
            assert!(other <= own, "src/{file}.rs uses crate::{used}, which lies above it");
        }
    }
}

#[test]
fn libraries_stay_at_home() {
    for (file, source) in files() {
        for &(name, homes) in AT_HOME {
            let elsewhere = !homes.iter().any(|home| file == *home || file.starts_with(&format!("{home}/")));
            // A name counts only where a path begins: `fs::` but not `prefs::`, nor `report::csv::`.
            let found = code(&source).find(|line| {
                line.match_indices(name)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':')))
            });
            assert!(!(elsewhere && found.is_some()), "src/{file}.rs uses {name} away from home: {found:?}");
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    /// The aim is 250; beyond this a file is two rooms.
    const LONGEST: usize = 420;
    for (file, source) in files() {
        assert!(source.starts_with("//! "), "src/{file}.rs does not begin by saying what it is");
        assert!(source.lines().count() <= LONGEST, "src/{file}.rs has {} lines", source.lines().count());
        for name in ["utils", "helpers", "common", "types", "misc"] {
            assert!(!file.split('/').any(|part| part == name), "src/{file}.rs: a file is one noun or one verb");
        }
    }
}

#[test]
fn nothing_panics_by_habit() {
    for (file, source) in files() {
        for line in code(&source) {
            for habit in [".unwrap()", "panic!(", "todo!(", "unimplemented!(", "dbg!("] {
                assert!(!line.contains(habit), "src/{file}.rs: {line}");
            }
        }
    }
}

/// The families have one table; beside it only what is written of an entry, as text and as a page, names more than two thirds of them.
#[test]
fn the_families_are_spelled_in_one_table() {
    let words = |source: &str| -> BTreeSet<String> {
        let text: String = code(source).collect::<Vec<_>>().join("\n");
        let is_spelled = |family: &&Family| {
            let quoted = [family.id()].into_iter().chain(family.folders().iter().map(|folder| folder.name));
            let variant = format!("{family:?}");
            let mut variants = ["Family::", "AnyEntry::", "Self::"].iter().map(|of| format!("{of}{variant}"));
            let mut quoted = quoted.map(|word| format!("\"{word}\""));
            variants.any(|word| text.contains(&word)) || quoted.any(|word| text.contains(&word))
        };
        Family::ALL.iter().filter(is_spelled).map(|family| family.id().to_owned()).collect()
    };
    let mut sources = files();
    sources.insert("../build".to_owned(), fs::read_to_string("build.rs").expect("it is in the repository"));
    let spelling = sources.iter().filter(|(_, source)| 3 * words(source).len() > 2 * Family::ALL.len());
    let spelling: Vec<_> = spelling.map(|(file, _)| file.as_str()).collect();
    assert_eq!(spelling, ["catalogue/family", "report/text/catalogue", "serve/page/catalogue"]);
}
