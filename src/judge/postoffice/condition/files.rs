//! Conditions on the existence of files and directories, and on their sizes.

use super::Hit;
use crate::model::{
    check::Counted,
    tree::{Item, Tree, is_like, number, stem},
    within::Within,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

/// The file of one byte that Setup leaves in every directory (Q135868).
const POPULATE: &str = "POPULATE.MSM";

pub(super) fn missing_directories(tree: &Tree, directories: &[String]) -> Vec<Hit> {
    gaps(tree, directories).map(|path| Hit::at(path)).collect()
}

pub(in crate::judge::postoffice) fn left_out(tree: &Tree, directories: &[String], empty: &[String]) -> Vec<Hit> {
    if !copied_without_empty(tree, directories, empty) {
        return Vec::new();
    }
    let missing: Vec<_> = gaps(tree, directories).map(String::as_str).collect();
    // Everything in a missing directory is missing anyway.
    let inside = |path: &str| path.rsplit_once('/').is_some_and(|(folder, _)| missing.contains(&folder));
    let missing: Vec<_> = missing.iter().copied().filter(|path| !inside(path)).collect();
    vec![Hit { path: None, found: missing.join(", "), expected: String::new() }]
}

fn gaps<'a>(tree: &'a Tree, directories: &'a [String]) -> impl Iterator<Item = &'a String> {
    directories.iter().filter(|path| tree.lacks(path))
}

/// Returns `true` if only directories that may be empty are missing, and no empty one is left. If the copy has a directory with nothing but
/// Setup's own file, one or two missing ones may have been lost in another way; more were left out by the copy.
fn copied_without_empty(tree: &Tree, directories: &[String], empty: &[String]) -> bool {
    let missing: Vec<_> = gaps(tree, directories).collect();
    if missing.is_empty() || missing.iter().any(|path| !empty.contains(path)) {
        return false;
    }
    let none_empty = |counts: fn(&str) -> bool| {
        let mut filled = BTreeSet::new();
        for (path, item) in tree.iter() {
            if let (Item::File(_), Some((folder, name))) = (item, path.rsplit_once('/'))
                && counts(name)
            {
                filled.extend(folder.match_indices('/').map(|(at, _)| folder.within(..at)));
                filled.insert(folder);
            }
        }
        tree.iter().all(|(path, item)| item != Item::Directory || filled.contains(path))
    };
    none_empty(|name| name != POPULATE) || missing.len() >= MIN_EMPTY_FOR_COPY && none_empty(|_| true)
}

/// The number of missing directories, all of which may be empty, from which on a copy is the likelier reason.
const MIN_EMPTY_FOR_COPY: usize = 3;

pub(super) fn files_for_directories(tree: &Tree, directories: &[String]) -> Vec<Hit> {
    directories.iter().filter(|path| tree.size(path).is_some()).map(|path| Hit::at(path)).collect()
}

pub(super) fn missing(tree: &Tree, files: &[String]) -> Vec<Hit> {
    files.iter().filter(|path| tree.lacks_file(path)).map(|path| Hit::at(path)).collect()
}

pub(super) fn present(tree: &Tree, files: &[String]) -> Vec<Hit> {
    matching(tree, files).map(|(path, size)| Hit::at(path).found(bytes(size))).collect()
}

pub(super) fn size_other_than(tree: &Tree, files: &[String], expected: u64) -> Vec<Hit> {
    let others = matching(tree, files).filter(|(_, size)| *size != expected);
    others.map(|(path, size)| Hit::at(path).found(bytes(size)).expected(bytes(expected))).collect()
}

pub(super) fn larger_than(tree: &Tree, files: &[String], most: u64) -> Vec<Hit> {
    let larger = matching(tree, files).filter(|(_, size)| *size > most);
    larger.map(|(path, size)| Hit::at(path).found(bytes(size)).expected(bytes(most))).collect()
}

/// The number of records in these bytes, if there is no rest.
fn whole(bytes: u64, record: u64) -> Option<u64> {
    bytes.checked_rem(record).filter(|rest| *rest == 0).and_then(|_| bytes.checked_div(record))
}

pub(super) fn broken_record(tree: &Tree, files: &[String], head: u64, record: u64, at_least: u64) -> Vec<Hit> {
    let broken = matching(tree, files).filter(|(_, size)| {
        let count = size.checked_sub(head).and_then(|records| whole(records, record));
        count.is_none_or(|count| count < at_least)
    });
    let expected = match head {
        0 => format!("a multiple of {record}"),
        _ => format!("{head} and a multiple of {record}"),
    };
    let expected = if at_least > 0 {
        format!("{expected}, not less than {}", head.saturating_add(at_least.saturating_mul(record)))
    } else {
        expected
    };
    broken.map(|(path, size)| Hit::at(path).found(bytes(size)).expected(expected.clone())).collect()
}

pub(super) fn records_between(tree: &Tree, files: &[String], record: u64, wanted: RangeInclusive<u64>) -> Vec<Hit> {
    let records = matching(tree, files).filter_map(|(path, size)| Some((path, size.checked_div(record)?)));
    let within = records.filter(|(_, records)| wanted.contains(records));
    within.map(|(path, records)| Hit::at(path).found(records.to_string())).collect()
}

/// Compares only if every file exists and has whole records: other rules report those that do not.
pub(super) fn counts_differ(tree: &Tree, files: &[Counted]) -> Vec<Hit> {
    let counts: Option<Vec<_>> = files
        .iter()
        .map(|Counted { file, record }| {
            let size = tree.size(file)?;
            Some((file, whole(size, *record)?))
        })
        .collect();
    let Some(counts) = counts else { return Vec::new() };
    if counts.iter().zip(counts.iter().skip(1)).all(|((_, one), (_, next))| one == next) {
        return Vec::new();
    }
    let found: Vec<_> = counts.iter().map(|(file, count)| format!("{file} {count}")).collect();
    vec![Hit {
        path: counts.first().map(|(file, _)| (*file).clone()),
        found: found.join(", "),
        expected: String::new(),
    }]
}

pub(super) fn sizes_differ(tree: &Tree, [file, copy]: &[String; 2]) -> Vec<Hit> {
    match (tree.size(file), tree.size(copy)) {
        (Some(one), Some(other)) if one != other => {
            let expected = format!("{} as {copy}", bytes(other));
            vec![Hit::at(file).found(bytes(one)).expected(expected)]
        }
        (Some(_) | None, Some(_) | None) => Vec::new(),
    }
}

pub(super) fn space_in_name(tree: &Tree, files: &[String]) -> Vec<Hit> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).contains(' ');
    matching(tree, files).filter(|(path, _)| name(path)).map(|(path, _)| Hit::at(path)).collect()
}

pub(super) fn root_beyond_ascii(path: &str) -> Vec<Hit> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let beyond = name.chars().find(|c| !c.is_ascii());
    beyond.map(|odd| Hit::at("").found(format!("`{name}` contains `{odd}`"))).into_iter().collect()
}

pub(super) fn twin_missing(tree: &Tree, files: &str, twin: &str, except: &[String]) -> Vec<Hit> {
    let with_twin = tree.files(files).filter(|(path, _)| !is_any(path, except));
    let twins = with_twin.map(|(path, _)| (path, twin.replace("{name}", stem(path))));
    let lonely = twins.filter(|(_, twin)| tree.lacks_file(twin));
    lonely.map(|(path, twin)| Hit::at(path).expected(twin)).collect()
}

pub(super) fn companion_missing(tree: &Tree, files: &str, companion: &str) -> Vec<Hit> {
    match tree.files(files).next() {
        Some((first, _)) if tree.lacks_file(companion) => vec![Hit::at(companion).found(first)],
        Some(_) | None => Vec::new(),
    }
}

pub(super) fn directory_lacks_file(
    tree: &Tree,
    directories: &str,
    file: &str,
    holds: &[String],
    lacks: &[String],
) -> Vec<Hit> {
    let mut hits = Vec::new();
    let of_pattern = tree.iter().filter(|(path, item)| *item == Item::Directory && is_like(path, directories));
    for (path, _) in of_pattern.filter(|(path, _)| !tree.is_closed(path)) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if number(name).is_none() {
            continue;
        }
        let filled = |pattern: &str| pattern.replace("{path}", path).replace("{name}", name);
        let has = |pattern: &String| tree.files(&filled(pattern)).next().is_some();
        let file = filled(file);
        if tree.lacks_file(&file) && holds.iter().all(has) && !lacks.iter().any(has) {
            hits.push(Hit::at(path).found(name).expected(file));
        }
    }
    hits
}

pub(super) fn empty_beside_filled(tree: &Tree, files: &str, filled: &str, head: u64, except: &[String]) -> Vec<Hit> {
    let empty = tree.files(files).filter(|(path, size)| *size == 0 && !is_any(path, except));
    let named = empty.filter(|(path, _)| number(stem(path)).is_none());
    let beside = named.filter_map(|(path, _)| {
        let filled = filled.replace("{name}", stem(path));
        let size = tree.size(&filled).filter(|size| *size > head)?;
        Some(Hit::at(path).found(filled).expected(bytes(size)))
    });
    beside.collect()
}

/// Returns `true` if a path matches one of these patterns.
fn is_any(path: &str, patterns: &[String]) -> bool {
    patterns.iter().any(|pattern| is_like(path, pattern))
}

/// Only names of eight hexadecimal digits have a bucket.
pub(super) fn wrong_bucket(tree: &Tree, files: &str, bucket: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (path, _) in tree.files(files) {
        let name = stem(path);
        let (Some(_), Some(last), Some((folder, _))) = (number(name), name.get(7..), path.rsplit_once('/')) else {
            continue;
        };
        let expected = bucket.replace("{last}", last);
        if folder != expected {
            hits.push(Hit::at(path).found(folder).expected(expected));
        }
    }
    hits
}

pub(super) fn root_inside(path: &str, name: &str) -> Vec<Hit> {
    let mut names = path.rsplit(['/', '\\']).map(str::to_ascii_uppercase);
    let nested =
        [names.next(), names.next()].iter().all(|part| part.as_ref().is_some_and(|part| part.starts_with(name)));
    if nested { vec![Hit { path: None, found: path.to_owned(), expected: String::new() }] } else { Vec::new() }
}

/// The files that match any of several patterns, each once, by path.
fn matching<'t>(tree: &'t Tree, patterns: &'t [String]) -> impl Iterator<Item = (&'t str, u64)> {
    let files: BTreeMap<_, _> = patterns.iter().flat_map(|pattern| tree.files(pattern)).collect();
    files.into_iter()
}

/// `1 byte`, `176 bytes`.
fn bytes(size: u64) -> String {
    format!("{size} byte{}", if size == 1 { "" } else { "s" })
}
