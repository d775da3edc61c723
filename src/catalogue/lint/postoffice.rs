//! The checks of rules, reference postoffices and serial locations of postoffices.

use super::{
    Complaint, Step,
    Step::{Index, Key},
    common, complaint, is_number, too_heavy, unknown,
};
use crate::{
    catalogue::Tables,
    model::{
        check::FileCondition, example::Example, reference_postoffice::ReferencePostoffice, rule::Rule,
        serial_location::SerialLocation,
    },
};

pub(in crate::catalogue) fn reference_postoffice(
    tables: &Tables,
    _: &str,
    reference: &ReferencePostoffice,
) -> Vec<Complaint> {
    let mut complaints = common(tables, &reference.sources, &reference.examples);
    if let Some(like) = &reference.like {
        match tables.reference_postoffices.find(like) {
            Ok((_, other)) if other.like.is_some() => {
                complaints.push(complaint([Key("like")], "expected a baseline that is not like another itself"));
            }
            Ok(_) => {}
            Err(error) => complaints.extend(unknown(Some(error), [Key("like")])),
        }
    }
    let paths = reference.files.keys().chain(&reference.directories).chain(&reference.lacks);
    complaints.extend(paths.filter_map(|path| not_a_path(path, vec![Key("files")])));
    complaints
}

/// The bytes of a serial location are checked in the self-test: the catalogue is below the code that reads them.
pub(in crate::catalogue) fn serial_location(_: &Tables, _: &str, location: &SerialLocation) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    if location.sources.is_empty() {
        complaints.push(complaint([Key("sources")], "expected at least one [[sources]]"));
    }
    if location.offset >= MASTER {
        complaints
            .push(complaint([Key("offset")], format!("expected an offset below {MASTER}, the size of MASTER.GLB")));
    }
    let mut serials: Vec<_> = location.proofs.iter().map(|proof| proof.serial.trim_start_matches('0')).collect();
    serials.sort_unstable();
    serials.dedup();
    if serials.len() < 2 {
        complaints.push(complaint([Key("proofs")], "expected [[proofs]] from at least two different serials"));
    }
    complaints
}

/// The size of `MASTER.GLB` in bytes (Q77926).
const MASTER: usize = 176;

/// A rule of the family `postoffice/` has checks, unless it is about something other than a postoffice; no other rule has any.
pub(super) fn checks(id: &str, rule: &Rule) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    if !id.starts_with("postoffice/") && !rule.checks.is_empty() {
        complaints.push(complaint([Key("checks")], "expected [[checks]] only in the family postoffice"));
    }
    for (index, check) in rule.checks.iter().enumerate() {
        let at = |key| vec![Key("checks"), Index(index), Key(key)];
        if check.article.as_deref().is_some_and(|article| !is_number(article)) {
            complaints.push(complaint(at("article"), "expected an article's number, Q and digits"));
        }
        let (severity, basis) = (check.severity.unwrap_or(rule.severity), check.basis.unwrap_or(rule.basis));
        complaints.extend(too_heavy(severity, basis, at("severity")));
        complaints.extend(
            sizes(&check.fires_if)
                .filter(|size| *size == 0)
                .map(|_| complaint(at("fires_if"), "expected a record of at least one byte")),
        );
        let paths = paths(&check.fires_if)
            .into_iter()
            .chain(&check.given)
            .chain(&check.without)
            .chain(check.given_sizes.keys());
        complaints.extend(paths.filter_map(|path| not_a_path(path, at("fires_if"))));
    }
    complaints
}

/// The reference postoffice of an example exists, and so do the rules that explain why something is not read.
pub(super) fn example(tables: &Tables, index: usize, example: &Example) -> Vec<Complaint> {
    let Some(specimen) = &example.postoffice else {
        return Vec::new();
    };
    let at = |key| [Key("examples"), Index(index), Key("postoffice"), Key(key)];
    let base = unknown(tables.reference_postoffices.find(&specimen.base).err(), at("base"));
    let unread = specimen.unread.values().filter_map(|rule| unknown(tables.rules.find(rule).err(), at("unread")));
    base.into_iter().chain(unread).collect()
}

/// Paths are compared unchanged, so one in lower case would never match.
fn not_a_path(path: &str, steps: Vec<Step<'static>>) -> Option<Complaint> {
    let words = ["{path}", "{folder}", "{name}", "{last}"];
    let outside_braces = words.iter().fold(path.to_owned(), |path, word| path.replace(word, "X"));
    let fits = !path.is_empty()
        && !path.starts_with('/')
        && !path.ends_with('/')
        && !outside_braces.contains(|c: char| c == '\\' || c.is_ascii_lowercase());
    (!fits).then(|| complaint(steps, format!("expected an upper-case path with `/` between the names, found `{path}`")))
}

fn sizes(condition: &FileCondition) -> impl Iterator<Item = u64> {
    let sizes = match condition {
        FileCondition::BrokenRecord { record, .. } | FileCondition::RecordsBetween { record, .. } => vec![*record],
        FileCondition::CountsDiffer { files } => files.iter().map(|file| file.record).collect(),
        FileCondition::DirectoryMissing { .. }
        | FileCondition::DirectoryIsFile { .. }
        | FileCondition::EmptyLeftOut { .. }
        | FileCondition::FileMissing { .. }
        | FileCondition::FilePresent { .. }
        | FileCondition::SizeOtherThan { .. }
        | FileCondition::LargerThan { .. }
        | FileCondition::SizesDiffer { .. }
        | FileCondition::DatesDiffer { .. }
        | FileCondition::SpaceInName { .. }
        | FileCondition::AddressWithoutMailbag { .. }
        | FileCondition::IndexedFileMissing { .. }
        | FileCondition::OwnNameAmong { .. }
        | FileCondition::OwnNameUnfit { .. }
        | FileCondition::TwinMissing { .. }
        | FileCondition::CompanionMissing { .. }
        | FileCondition::DirectoryLacksFile { .. }
        | FileCondition::EmptyBesideFilled { .. }
        | FileCondition::CounterNotAboveNames { .. }
        | FileCondition::CounterAbove { .. }
        | FileCondition::NamedFileMissing { .. }
        | FileCondition::NameTwice { .. }
        | FileCondition::NameUnfit { .. }
        | FileCondition::WrongBucket { .. }
        | FileCondition::FlagAndRecordDiffer { .. }
        | FileCondition::IndirectAboveOthers {}
        | FileCondition::HeaderWithoutMessage { .. }
        | FileCondition::MessageWithoutHeader { .. }
        | FileCondition::OwnersOutOfRange { .. }
        | FileCondition::RootInside { .. }
        | FileCondition::RootBeyondAscii {} => Vec::new(),
    };
    sizes.into_iter()
}

fn paths(condition: &FileCondition) -> Vec<&String> {
    match condition {
        FileCondition::EmptyLeftOut { directories, empty } => directories.iter().chain(empty).collect(),
        FileCondition::DirectoryMissing { directories } | FileCondition::DirectoryIsFile { directories } => {
            directories.iter().collect()
        }
        FileCondition::FileMissing { files }
        | FileCondition::FilePresent { files }
        | FileCondition::SizeOtherThan { files, .. }
        | FileCondition::LargerThan { files, .. }
        | FileCondition::BrokenRecord { files, .. }
        | FileCondition::RecordsBetween { files, .. }
        | FileCondition::SpaceInName { files }
        | FileCondition::AddressWithoutMailbag { files }
        | FileCondition::NamedFileMissing { files, .. } => files.iter().collect(),
        FileCondition::IndexedFileMissing { indexes, files } => [indexes].into_iter().chain(files).collect(),
        FileCondition::CountsDiffer { files } => files.iter().map(|file| &file.file).collect(),
        FileCondition::SizesDiffer { files } | FileCondition::DatesDiffer { files, .. } => files.iter().collect(),
        FileCondition::TwinMissing { files, twin, except } => [files, twin].into_iter().chain(except).collect(),
        FileCondition::CompanionMissing { files, companion } => vec![files, companion],
        FileCondition::DirectoryLacksFile { directories, file, holds, lacks } => {
            [directories, file].into_iter().chain(holds).chain(lacks).collect()
        }
        FileCondition::EmptyBesideFilled { files, filled, except, .. } => {
            [files, filled].into_iter().chain(except).collect()
        }
        FileCondition::CounterNotAboveNames { names, .. } => names.iter().collect(),
        FileCondition::WrongBucket { files, bucket } => vec![files, bucket],
        FileCondition::HeaderWithoutMessage { message } => vec![message],
        FileCondition::MessageWithoutHeader { files } => vec![files],
        FileCondition::OwnersOutOfRange { mailbags } => vec![mailbags],
        FileCondition::CounterAbove { .. }
        | FileCondition::NameTwice { .. }
        | FileCondition::NameUnfit { .. }
        | FileCondition::FlagAndRecordDiffer { .. }
        | FileCondition::IndirectAboveOthers {}
        | FileCondition::OwnNameAmong { .. }
        | FileCondition::OwnNameUnfit { .. }
        | FileCondition::RootInside { .. }
        | FileCondition::RootBeyondAscii {} => Vec::new(),
    }
}
