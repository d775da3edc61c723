//! Answers a condition of a rule from the facts of a postoffice.

mod files;
mod lists;
mod records;

pub(super) use files::left_out;
pub use lists::OwnNames;
pub(super) use lists::{own_name_among, own_name_unfit};

use crate::model::{check::FileCondition, postoffice::Postoffice};

/// Returns `true` if a postoffice meets a condition, and meets it at the path of the finding if the condition concerns paths.
pub(in crate::judge) fn meets(postoffice: &Postoffice, condition: &FileCondition, path: Option<&str>) -> bool {
    let Answer::Hits(hits) = answer(condition, postoffice) else { return false };
    match path.filter(|path| condition.looks_at(path)) {
        Some(path) => hits.iter().any(|hit| hit.path.as_deref() == Some(path)),
        None => !hits.is_empty(),
    }
}

/// The answer to a condition for a postoffice.
pub(super) enum Answer {
    Hits(Vec<Hit>),
    Unanswered(String),
}

/// One place at which a condition is met.
pub(super) struct Hit {
    /// The file or directory.
    pub(super) path: Option<String>,
    /// The actual state.
    pub(super) found: String,
    /// The expected state.
    pub(super) expected: String,
}

impl Hit {
    fn at(path: &str) -> Self {
        Self { path: Some(path.to_owned()), found: String::new(), expected: String::new() }
    }

    fn found(self, found: impl Into<String>) -> Self {
        Self { found: found.into(), ..self }
    }

    fn expected(self, expected: impl Into<String>) -> Self {
        Self { expected: expected.into(), ..self }
    }
}

/// Answers a condition.
pub(super) fn answer(condition: &FileCondition, postoffice: &Postoffice) -> Answer {
    let tree = &postoffice.tree;
    match condition {
        FileCondition::DirectoryMissing { directories } => Answer::Hits(files::missing_directories(tree, directories)),
        FileCondition::EmptyLeftOut { directories, empty } => Answer::Hits(files::left_out(tree, directories, empty)),
        FileCondition::DirectoryIsFile { directories } => Answer::Hits(files::files_for_directories(tree, directories)),
        FileCondition::FileMissing { files } => Answer::Hits(files::missing(tree, files)),
        FileCondition::FilePresent { files } => Answer::Hits(files::present(tree, files)),
        FileCondition::SizeOtherThan { files, bytes } => Answer::Hits(files::size_other_than(tree, files, *bytes)),
        FileCondition::LargerThan { files, bytes } => Answer::Hits(files::larger_than(tree, files, *bytes)),
        FileCondition::BrokenRecord { files, record, head, at_least } => {
            Answer::Hits(files::broken_record(tree, files, *head, *record, *at_least))
        }
        FileCondition::RecordsBetween { files, record, least, most } => {
            Answer::Hits(files::records_between(tree, files, *record, *least..=most.unwrap_or(u64::MAX)))
        }
        FileCondition::CountsDiffer { files } => Answer::Hits(files::counts_differ(tree, files)),
        FileCondition::SizesDiffer { files } => Answer::Hits(files::sizes_differ(tree, files)),
        FileCondition::DatesDiffer { files, days } => Answer::Hits(lists::dates_differ(postoffice, files, *days)),
        FileCondition::SpaceInName { files } => Answer::Hits(files::space_in_name(tree, files)),
        FileCondition::AddressWithoutMailbag { files } => lists::address_without_mailbag(postoffice, files),
        FileCondition::IndexedFileMissing { indexes, files } => lists::indexed_file_missing(postoffice, indexes, files),
        FileCondition::RootBeyondAscii {} => Answer::Hits(files::root_beyond_ascii(&postoffice.path)),
        // No file of a postoffice is known to have its names: they are judged where an inventory has them.
        FileCondition::OwnNameAmong { .. } | FileCondition::OwnNameUnfit { .. } => Answer::Hits(Vec::new()),
        FileCondition::TwinMissing { files, twin, except } => {
            Answer::Hits(files::twin_missing(tree, files, twin, except))
        }
        FileCondition::CompanionMissing { files, companion } => {
            Answer::Hits(files::companion_missing(tree, files, companion))
        }
        FileCondition::DirectoryLacksFile { directories, file, holds, lacks } => {
            Answer::Hits(files::directory_lacks_file(tree, directories, file, holds, lacks))
        }
        FileCondition::EmptyBesideFilled { files, filled, head, except } => {
            Answer::Hits(files::empty_beside_filled(tree, files, filled, *head, except))
        }
        FileCondition::WrongBucket { files, bucket } => Answer::Hits(files::wrong_bucket(tree, files, bucket)),
        FileCondition::RootInside { name } => Answer::Hits(files::root_inside(&postoffice.path, name)),
        FileCondition::CounterNotAboveNames { counter, names } => records::counter_behind(postoffice, *counter, names),
        FileCondition::CounterAbove { counter, limit } => records::counter_above(postoffice, *counter, *limit),
        FileCondition::NamedFileMissing { named_by, files } => records::named_missing(postoffice, *named_by, files),
        FileCondition::NameTwice { of } => records::name_twice(postoffice, *of),
        FileCondition::NameUnfit { of, longest } => records::name_unfit(postoffice, *of, *longest),
        FileCondition::FlagAndRecordDiffer { flag, kind } => records::flag_and_record(postoffice, *flag, *kind),
        FileCondition::IndirectAboveOthers {} => records::indirect_above_others(postoffice),
        FileCondition::HeaderWithoutMessage { message } => records::header_without_message(postoffice, message),
        FileCondition::MessageWithoutHeader { files } => records::message_without_header(postoffice, files),
        FileCondition::OwnersOutOfRange { mailbags } => records::owners_out_of_range(postoffice, mailbags),
    }
}
