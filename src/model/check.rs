//! The checks that a rule makes in a postoffice: a small closed list of conditions, filled in by the rule files.

use super::{postoffice::Class, severity::Severity, source::Basis, tree::is_like};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One check of a rule of the family `postoffice/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileCheck {
    /// The condition for a finding.
    pub fires_if: FileCondition,
    /// The sentence of the finding, if it is not the rule's; `{path}`, `{found}` and `{expected}` are filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The article that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The classes of postoffices to which it applies; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// Applies only if each of these files or directories exists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<String>,
    /// Applies only if none of these files or directories exists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Applies only if these files have these sizes in bytes, which identifies a version.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given_sizes: BTreeMap<String, u64>,
    /// Applies only if `GLB/ACCESS.GLB` has at least this many records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least_users: Option<u64>,
    /// The severity, if it is not the rule's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// The basis, if it is not the rule's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// A false alarm of another checker that this rule does not repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// The files or directories that the other checker reports.
    pub paths: Vec<String>,
    /// The other checker.
    pub reported_by: String,
    /// The article that shows it, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The reason why it is not a fault.
    pub why: String,
}

/// A condition on a postoffice. Paths are in upper case and below its root; `*` matches a name, `**` any path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FileCondition {
    /// There is nothing at one of these paths, and not because a copy left out empty directories.
    DirectoryMissing {
        /// The directories.
        directories: Vec<String>,
    },
    /// There is a file where one of these directories should be.
    DirectoryIsFile {
        /// The directories.
        directories: Vec<String>,
    },
    /// Some of these directories are missing, all of which may be empty, and there is no empty directory at all:
    /// whoever made the copy left them out.
    EmptyLeftOut {
        /// The directories.
        directories: Vec<String>,
        /// Those of them that contain nothing of their own on a new postoffice.
        empty: Vec<String>,
    },
    /// There is no file at one of these paths.
    FileMissing {
        /// The files.
        files: Vec<String>,
    },
    /// A file of one of these patterns is there.
    FilePresent {
        /// Patterns of files.
        files: Vec<String>,
    },
    /// A file has another size.
    SizeOtherThan {
        /// Patterns of files.
        files: Vec<String>,
        /// The size in bytes.
        bytes: u64,
    },
    /// A file is larger.
    LargerThan {
        /// Patterns of files.
        files: Vec<String>,
        /// The size in bytes.
        bytes: u64,
    },
    /// The part of a file after its header is not a whole number of records.
    BrokenRecord {
        /// Patterns of files.
        files: Vec<String>,
        /// The size of a record in bytes.
        record: u64,
        /// The size of the header in bytes.
        #[serde(default)]
        head: u64,
        /// The minimum number of records.
        #[serde(default)]
        at_least: u64,
    },
    /// A file has this many records.
    RecordsBetween {
        /// Patterns of files.
        files: Vec<String>,
        /// The size of a record in bytes.
        record: u64,
        /// From this number on.
        least: u64,
        /// Up to this number; without it, any number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u64>,
    },
    /// Files that describe the same things have different numbers of records.
    CountsDiffer {
        /// The files.
        files: Vec<Counted>,
    },
    /// Two files that are copies of each other differ in size.
    SizesDiffer {
        /// The file and its copy.
        files: [String; 2],
    },
    /// Two files that are copies of each other were written more than some days apart.
    DatesDiffer {
        /// The file and its copy.
        files: [String; 2],
        /// The most days that may lie between them.
        days: u64,
    },
    /// The name of a file holds a space.
    SpaceInName {
        /// Patterns of files.
        files: Vec<String>,
    },
    /// A file has no counterpart of the same name.
    TwinMissing {
        /// A pattern of files.
        files: String,
        /// The path of the counterpart, with `{name}` for the name.
        twin: String,
        /// Files of the pattern that need no counterpart.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        except: Vec<String>,
    },
    /// There are files of a pattern, but not the one file that all of them need.
    CompanionMissing {
        /// A pattern of files.
        files: String,
        /// The path of the file that they need.
        companion: String,
    },
    /// A directory whose name is eight hexadecimal digits has no file that belongs to it.
    DirectoryLacksFile {
        /// A pattern of directories.
        directories: String,
        /// The path of the file, with `{path}` for the directory and `{name}` for its name.
        file: String,
        /// Applies only to directories with a file of each of these patterns, with `{path}` and `{name}`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        holds: Vec<String>,
        /// Applies only to directories without a file of these patterns, with `{path}` and `{name}`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lacks: Vec<String>,
    },
    /// A file is empty, while the file whose entries it names is not. Files of users, whose names are eight
    /// hexadecimal digits, are left out.
    EmptyBesideFilled {
        /// A pattern of files.
        files: String,
        /// The path of the other file, with `{name}` for the name.
        filled: String,
        /// The size in bytes of the other file when it has no entry.
        head: u64,
        /// Files of the pattern that are left out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        except: Vec<String>,
    },
    /// A counter is not greater than a number that is already used as a name.
    CounterNotAboveNames {
        /// The counter.
        counter: Counter,
        /// Patterns of the files that get their names from it.
        names: Vec<String>,
    },
    /// A counter has left the range that a program can use.
    CounterAbove {
        /// The counter.
        counter: Counter,
        /// The last number that can be used.
        limit: u32,
    },
    /// A record names a file that is not there.
    NamedFileMissing {
        /// The records.
        named_by: NamedBy,
        /// The paths of the files, with `{name}` for the name, `{last}` for its last character.
        files: Vec<String>,
    },
    /// A record of `NME/ADMIN.NME` has the mark of a local user and names a mailbag that is not there. The mark is that of the
    /// records whose mailbags are there: its values are published nowhere.
    AddressWithoutMailbag {
        /// The paths of the files of a mailbag, with `{name}` for its number; one of them is enough.
        files: Vec<String>,
    },
    /// An index has a name of eight hexadecimal digits for which there is neither a folder file nor an owner.
    IndexedFileMissing {
        /// A pattern of indexes.
        indexes: String,
        /// The paths of the files, with `{folder}` for the index's folder and `{name}` for the name; one of them is enough.
        files: Vec<String>,
    },
    /// A name of the postoffice itself, as an inventory has it, is one of these, in any case of its letters.
    OwnNameAmong {
        /// Which name.
        of: OwnName,
        /// The names.
        names: Vec<String>,
    },
    /// A name of the postoffice itself, as an inventory has it, holds something that names cannot hold.
    OwnNameUnfit {
        /// Which name.
        of: OwnName,
        /// The longest name in characters.
        longest: usize,
    },
    /// Two active records have the same name, regardless of case.
    NameTwice {
        /// The records.
        of: Named,
    },
    /// An active record's name contains something that names cannot contain.
    NameUnfit {
        /// The records.
        of: Named,
        /// The longest name in characters.
        longest: usize,
    },
    /// A file with a hexadecimal name is in another folder than its name requires.
    WrongBucket {
        /// A pattern of files.
        files: String,
        /// The folder, with `{last}` for the last character of the name.
        bucket: String,
    },
    /// The gateway's bit in `MASTER.GLB` and its record in `NETWORK.GLB` contradict each other: only one of them is there.
    FlagAndRecordDiffer {
        /// The bit at 0x93 of `MASTER.GLB`.
        flag: u8,
        /// The kind of the record in `NETWORK.GLB`.
        kind: u8,
    },
    /// A record says that more postoffices are reached through one than there are others.
    IndirectAboveOthers {},
    /// Headers of a mailbag name messages that are not there.
    HeaderWithoutMessage {
        /// The path of a message, with `{name}` for the name, `{last}` for its last character.
        message: String,
    },
    /// No header names a message's file.
    MessageWithoutHeader {
        /// A pattern of messages.
        files: String,
    },
    /// The owner count of a message is zero, or greater than the number of mailbags.
    OwnersOutOfRange {
        /// A pattern of mailbags.
        mailbags: String,
    },
    /// The root is in a folder that begins with the same letters as its own name.
    RootInside {
        /// The beginning of both names.
        name: String,
    },
    /// The name of the root's folder holds letters beyond ASCII.
    RootBeyondAscii {},
}

impl FileCondition {
    /// Returns `true` if the condition can be met at this path.
    pub fn looks_at(&self, path: &str) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| is_like(path, pattern));
        let named = |pattern: &str| is_like(path, &pattern.replace("{name}", "*").replace("{last}", "*"));
        match self {
            Self::DirectoryMissing { directories }
            | Self::DirectoryIsFile { directories }
            | Self::EmptyLeftOut { directories, .. } => any(directories),
            Self::FileMissing { files }
            | Self::FilePresent { files }
            | Self::SizeOtherThan { files, .. }
            | Self::LargerThan { files, .. }
            | Self::BrokenRecord { files, .. }
            | Self::RecordsBetween { files, .. } => any(files),
            Self::CompanionMissing { companion, .. } => path == companion,
            Self::DirectoryLacksFile { directories, .. } => is_like(path, directories),
            Self::CountsDiffer { files } => files.iter().any(|counted| is_like(path, &counted.file)),
            Self::SizesDiffer { files } | Self::DatesDiffer { files, .. } => any(files),
            Self::SpaceInName { files } => any(files),
            Self::AddressWithoutMailbag { .. } => path == "NME/ADMIN.NME",
            Self::IndexedFileMissing { indexes, .. } => is_like(path, indexes),
            Self::TwinMissing { files, .. }
            | Self::EmptyBesideFilled { files, .. }
            | Self::WrongBucket { files, .. }
            | Self::MessageWithoutHeader { files } => is_like(path, files),
            Self::CounterNotAboveNames { counter, .. } | Self::CounterAbove { counter, .. } => path == counter.path(),
            Self::NamedFileMissing { files, .. } => files.iter().any(|file| named(file)),
            Self::NameTwice { of } | Self::NameUnfit { of, .. } => match of {
                Named::Networks => path == "GLB/NETWORK.GLB",
                Named::Externals => is_like(path, "XTN/*.XTN"),
            },
            Self::FlagAndRecordDiffer { .. } => matches!(path, "GLB/MASTER.GLB" | "GLB/NETWORK.GLB"),
            Self::IndirectAboveOthers {} => is_like(path, "XTN/*.XTN"),
            Self::HeaderWithoutMessage { .. } => is_like(path, "MBG/*.MBG"),
            Self::OwnersOutOfRange { .. } => is_like(path, "MAI/**"),
            Self::RootInside { .. }
            | Self::RootBeyondAscii {}
            | Self::OwnNameAmong { .. }
            | Self::OwnNameUnfit { .. } => false,
        }
    }
}

/// A name of the postoffice itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OwnName {
    /// Its network.
    Network,
    /// Itself.
    Postoffice,
}

/// A file and the size of its records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The file.
    pub file: String,
    /// The size of a record in bytes.
    pub record: u64,
}

/// A counter that gives names to files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Counter {
    /// Of mailbags, in `CONTROL.GLB`.
    Mailbags,
    /// Of messages and attachments, in `CONTROL.GLB`.
    Letters,
    /// Of folder files, in `SERIALNO.IDX`.
    Folders,
}

impl Counter {
    /// The file that contains it.
    pub fn path(self) -> &'static str {
        match self {
            Self::Mailbags | Self::Letters => "GLB/CONTROL.GLB",
            Self::Folders => "FOLDERS/SERIALNO.IDX",
        }
    }
}

/// Records that name a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NamedBy {
    /// Networks, by the file that defines their postoffices.
    Definition,
    /// Networks and external postoffices, by their queue.
    Queue,
}

/// Records that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// The records of `NETWORK.GLB`.
    Networks,
    /// The records of one file below `XTN`.
    Externals,
}
