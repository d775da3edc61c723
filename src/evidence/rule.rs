//! Checks a rule against the articles that it cites: the numbers and files of its checks, the values that it names, its explanation.

use super::{
    claim::claims,
    documented,
    holder::{Cited, Holder, top},
};
use crate::{
    catalogue::lint::Step::{Index, Key},
    model::{
        check::{FileCheck, FileCondition},
        rule::Rule,
        source::Basis,
    },
};

pub(super) fn hold(holder: &mut Holder<'_>, rule: &Rule) {
    let cited = documented(&rule.sources);
    for (index, check) in rule.checks.iter().enumerate() {
        if check.basis.unwrap_or(rule.basis) == Basis::Documented {
            self::check(holder, rule, index, check, &cited);
        }
    }
    for (index, value) in rule.values.iter().enumerate().filter(|(_, value)| !rule.ours.contains(&value.text)) {
        let article = Cited::new([value.article.as_str()]);
        // An article may print a key without its hyphens.
        let digits = value.text.replace('-', "");
        holder.any(&[Key("values"), Index(index), Key("text")], &[&value.text, &digits], &article);
    }
    for (index, quiet) in rule.quiet.iter().enumerate() {
        let article = quiet.article.as_deref();
        let way = vec![Key("quiet"), Index(index), Key("paths")];
        holder.list(&way, &quiet.paths, &rule.ours, &cited.and(article));
    }
    if rule.basis == Basis::Documented {
        holder.prose(&top("explanation"), &rule.explanation, &rule.ours, &cited);
        holder.list(&top("conflicts"), &rule.conflicts, &rule.ours, &cited);
    }
}

/// The numbers of a check are in its own article; its files are in that or in another source of the rule.
fn check(holder: &mut Holder<'_>, rule: &Rule, index: usize, check: &FileCheck, cited: &Cited) {
    let way = [Key("checks"), Index(index), Key("fires_if")];
    let Some(article) = &check.article else { return };
    let own = Cited::new([article.as_str()]);
    let ours = |number: &String| rule.ours.contains(number);
    for written in numbers(&check.fires_if).into_iter().filter(|written| !written.iter().any(ours)) {
        let written: Vec<_> = written.iter().map(String::as_str).collect();
        holder.any(&way, &written, &own);
    }
    let all = cited.and(Some(article));
    for path in files(&check.fires_if).into_iter().flat_map(claims).filter(|name| !ours(name)) {
        holder.claim(&way, &path, &all);
    }
    for (path, size) in &check.given_sizes {
        for claim in claims(path).into_iter().chain([size.to_string()]).filter(|claim| !ours(claim)) {
            holder.claim(&[Key("checks"), Index(index), Key("given_sizes")], &claim, &all);
        }
    }
}

/// The numbers of a condition, each in the ways in which an article can print it.
fn numbers(condition: &FileCondition) -> Vec<Vec<String>> {
    let decimal = |number: u64| vec![number.to_string()];
    let hexadecimal = |number: u32| {
        vec![
            format!("{number:X}"),
            format!("{number:08X}"),
            format!("0x{number:X}"),
            format!("{number:X}h"),
            number.to_string(),
        ]
    };
    match condition {
        FileCondition::SizeOtherThan { bytes, .. } | FileCondition::LargerThan { bytes, .. } => vec![decimal(*bytes)],
        FileCondition::EmptyBesideFilled { head, .. } => vec![decimal(*head)],
        FileCondition::BrokenRecord { record, head, .. } => {
            let head = Some(*head).filter(|head| *head > 0).map(decimal);
            [decimal(*record)].into_iter().chain(head).collect()
        }
        // A limit is printed as the last valid number or as the first invalid one.
        FileCondition::RecordsBetween { least, .. } => {
            vec![vec![least.to_string(), least.saturating_sub(1).to_string()]]
        }
        FileCondition::CountsDiffer { files } => files.iter().map(|file| decimal(file.record)).collect(),
        FileCondition::CounterAbove { limit, .. } => vec![hexadecimal(*limit)],
        FileCondition::NameUnfit { longest, .. } | FileCondition::OwnNameUnfit { longest, .. } => {
            vec![vec![longest.to_string()]]
        }
        FileCondition::OwnNameAmong { names, .. } => names.iter().map(|name| vec![name.clone()]).collect(),
        FileCondition::FlagAndRecordDiffer { flag, kind } => {
            vec![hexadecimal(u32::from(*flag)), hexadecimal(u32::from(*kind))]
        }
        FileCondition::DirectoryMissing { .. }
        | FileCondition::DirectoryIsFile { .. }
        | FileCondition::EmptyLeftOut { .. }
        | FileCondition::FileMissing { .. }
        | FileCondition::FilePresent { .. }
        | FileCondition::SizesDiffer { .. }
        | FileCondition::DatesDiffer { .. }
        | FileCondition::SpaceInName { .. }
        | FileCondition::AddressWithoutMailbag { .. }
        | FileCondition::IndexedFileMissing { .. }
        | FileCondition::TwinMissing { .. }
        | FileCondition::CompanionMissing { .. }
        | FileCondition::DirectoryLacksFile { .. }
        | FileCondition::CounterNotAboveNames { .. }
        | FileCondition::NamedFileMissing { .. }
        | FileCondition::NameTwice { .. }
        | FileCondition::WrongBucket { .. }
        | FileCondition::IndirectAboveOthers {}
        | FileCondition::HeaderWithoutMessage { .. }
        | FileCondition::MessageWithoutHeader { .. }
        | FileCondition::OwnersOutOfRange { .. }
        | FileCondition::RootInside { .. }
        | FileCondition::RootBeyondAscii {} => Vec::new(),
    }
}

/// The files that a condition is about. Directories are in every list of the postoffice, and prove nothing.
fn files(condition: &FileCondition) -> Vec<&str> {
    match condition {
        FileCondition::FileMissing { files }
        | FileCondition::FilePresent { files }
        | FileCondition::SizeOtherThan { files, .. }
        | FileCondition::LargerThan { files, .. }
        | FileCondition::BrokenRecord { files, .. }
        | FileCondition::RecordsBetween { files, .. } => files.iter().map(String::as_str).collect(),
        FileCondition::CompanionMissing { companion, .. } => vec![companion],
        FileCondition::SizesDiffer { files } | FileCondition::DatesDiffer { files, .. } => {
            files.iter().map(String::as_str).collect()
        }
        FileCondition::SpaceInName { files } => files.iter().map(String::as_str).collect(),
        FileCondition::CountsDiffer { files } => files.iter().map(|file| file.file.as_str()).collect(),
        FileCondition::CounterAbove { counter, .. } | FileCondition::CounterNotAboveNames { counter, .. } => {
            vec![counter.path()]
        }
        FileCondition::DirectoryMissing { .. }
        | FileCondition::DirectoryIsFile { .. }
        | FileCondition::EmptyLeftOut { .. }
        | FileCondition::TwinMissing { .. }
        | FileCondition::DirectoryLacksFile { .. }
        | FileCondition::EmptyBesideFilled { .. }
        | FileCondition::NamedFileMissing { .. }
        | FileCondition::NameTwice { .. }
        | FileCondition::NameUnfit { .. }
        | FileCondition::WrongBucket { .. }
        | FileCondition::FlagAndRecordDiffer { .. }
        | FileCondition::IndirectAboveOthers {}
        | FileCondition::HeaderWithoutMessage { .. }
        | FileCondition::MessageWithoutHeader { .. }
        | FileCondition::OwnersOutOfRange { .. }
        | FileCondition::AddressWithoutMailbag { .. }
        | FileCondition::IndexedFileMissing { .. }
        | FileCondition::OwnNameAmong { .. }
        | FileCondition::OwnNameUnfit { .. }
        | FileCondition::RootInside { .. }
        | FileCondition::RootBeyondAscii {} => Vec::new(),
    }
}
