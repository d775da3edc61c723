//! The kinds of subject.

use serde::{Deserialize, Serialize};

/// The kind of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SubjectKind {
    /// A CD key or Product ID that Setup asks for.
    Key,
    /// A postoffice serial.
    Serial,
    /// A number that a product shows after Setup.
    InstalledId,
    /// A Microsoft Mail postoffice, or something named as one.
    Postoffice,
    /// A plan of add packs.
    AddPackPlan,
    /// An answer file or a script, as a whole.
    AnswerFile,
    /// An install disc, an image or folder of one, or a list of its files.
    Media,
    /// A configuration, or an input that could not be read, or not to its end.
    File,
}

impl SubjectKind {
    /// The id used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Serial => "serial",
            Self::InstalledId => "installed-id",
            Self::Postoffice => "postoffice",
            Self::AddPackPlan => "add-pack-plan",
            Self::AnswerFile => "answer-file",
            Self::Media => "media",
            Self::File => "file",
        }
    }

    /// The words for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Serial => "postoffice serial",
            Self::InstalledId => "installed Product ID",
            Self::AddPackPlan => "plan of add packs",
            Self::AnswerFile => "answer file",
            Self::Media => "disc",
            Self::Key | Self::Postoffice | Self::File => self.id(),
        }
    }

    /// Returns `true` if the label is the text itself, not the name of a subject.
    pub fn is_text(self) -> bool {
        match self {
            Self::Key | Self::Serial | Self::InstalledId => true,
            Self::Postoffice | Self::AddPackPlan | Self::AnswerFile | Self::Media | Self::File => false,
        }
    }

    /// Returns `true` if the summary counts it as a subject: files are counted beside the keys in them, never with them.
    pub fn is_counted(self) -> bool {
        match self {
            Self::Key | Self::Serial | Self::InstalledId | Self::Postoffice | Self::AddPackPlan | Self::Media => true,
            Self::AnswerFile | Self::File => false,
        }
    }
}
