//! What a rule looks at in a postoffice: a small closed list of conditions, filled in by the rule files.

use super::{postoffice::Class, severity::Severity, source::Basis, tree::is_like};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One check of a rule of the family `postoffice/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileCheck {
    /// When the rule fires.
    pub fires_if: FileCondition,
    /// The sentence of the finding, where it is not the rule's; `{path}`, `{found}` and `{expected}` are filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The article that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The classes of postoffices that it holds for; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// Holds only where each of these files or directories exists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<String>,
    /// Holds only where none of these files or directories exists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Holds only where these files have these sizes in bytes; that tells a version.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given_sizes: BTreeMap<String, u64>,
    /// Holds only where `GLB/ACCESS.GLB` has so many records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least_users: Option<u64>,
    /// The weight, where it is not the rule's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// What it rests on, where that is not what the rule rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// A false alarm of another checker, kept quiet here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// The files or directories that the other checker reports.
    pub paths: Vec<String>,
    /// Who reports them.
    pub reported_by: String,
    /// The article that shows it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Why it is no fault.
    pub why: String,
}

/// A condition on a postoffice. Paths are upper-case and below its root; `*` stands for a name, `**` for any path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FileCondition {
    /// Nothing at all stands at one of these paths, and not because a copy left out what was empty.
    DirectoryMissing {
        /// The directories.
        directories: Vec<String>,
    },
    /// A file stands where one of these directories should be.
    DirectoryIsFile {
        /// The directories.
        directories: Vec<String>,
    },
    /// Some of these directories are missing, all of them such as may be empty, and there is no empty directory at all:
    /// whoever made the copy left them out.
    EmptyLeftOut {
        /// The directories.
        directories: Vec<String>,
        /// Those of them that hold nothing of their own on a new postoffice.
        empty: Vec<String>,
    },
    /// No file stands at one of these paths.
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
    /// What follows the head of a file is not a whole number of records.
    BrokenRecord {
        /// Patterns of files.
        files: Vec<String>,
        /// The size of a record in bytes.
        record: u64,
        /// The size of the head in bytes.
        #[serde(default)]
        head: u64,
        /// The least number of records.
        #[serde(default)]
        at_least: u64,
    },
    /// A file has so many records.
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
    /// A file has no counterpart of the same name.
    TwinMissing {
        /// A pattern of files.
        files: String,
        /// The path of the counterpart, with `{name}` for the name.
        twin: String,
    },
    /// A counter is no greater than a number that is in use as a name already.
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
    /// Two active records have one name, in any case of its letters.
    NameTwice {
        /// The records.
        of: Named,
    },
    /// An active record's name holds something that names cannot hold.
    NameUnfit {
        /// The records.
        of: Named,
        /// The longest name in characters.
        longest: usize,
    },
    /// A file with a hexadecimal name lies in another folder than the name says.
    WrongBucket {
        /// A pattern of files.
        files: String,
        /// The folder, with `{last}` for the last character of the name.
        bucket: String,
    },
    /// Of the gateway's bit in `MASTER.GLB` and its record in `NETWORK.GLB` one is there without the other.
    FlagAndRecordDiffer {
        /// The bit at 0x93 of `MASTER.GLB`.
        flag: u8,
        /// The kind of the record in `NETWORK.GLB`.
        kind: u8,
    },
    /// More postoffices are said to be reached through one than there are others.
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
    /// A message counts no mailbag, or more than there are.
    OwnersOutOfRange {
        /// A pattern of mailbags.
        mailbags: String,
    },
    /// The root lies in a folder that begins with the same letters as its own name.
    RootInside {
        /// How both names begin.
        name: String,
    },
}

impl FileCondition {
    /// Whether the condition could be met at this path.
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
            Self::CountsDiffer { files } => files.iter().any(|counted| is_like(path, &counted.file)),
            Self::SizesDiffer { files } => any(files),
            Self::TwinMissing { files, .. }
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
            Self::RootInside { .. } => false,
        }
    }
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
    /// The file that it is in.
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
