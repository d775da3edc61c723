//! The faults of a volume: something that cannot be read, and its place.

use super::Discovery;
use crate::model::severity::Severity;
use std::io::{self, ErrorKind};
use thiserror::Error;

/// Something that cannot be read, or cannot be trusted: a finding of the family `input/`, with its place.
#[derive(Clone, Debug, Error, PartialEq, Eq, PartialOrd, Ord)]
#[error("{}{message}", prefix(path, *offset))]
pub struct Fault {
    /// The path inside the volume, with `/` between names; empty if it concerns the whole volume.
    pub path: String,
    /// The byte at which it was found: in the image or archive, or in the file if the volume is a folder.
    pub offset: Option<u64>,
    /// The rule: `input/unreadable`, `input/truncated`, `input/corrupt-image` or `input/unsupported-image`.
    pub rule: &'static str,
    /// The expectation and what was found instead, as one sentence without a full stop.
    pub message: String,
    /// Whether something was not read because of it.
    pub loss: Loss,
}

/// Whether something of an input was not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Something was not read.
    #[default]
    Unread,
    /// All that belongs to the input was read; a person should know what is odd about it.
    None,
}

impl Fault {
    /// The system, or the volume, refuses to return it.
    pub(crate) fn unreadable(path: impl Into<String>, message: impl Into<String>) -> Self {
        let (path, message) = (path.into(), message.into());
        Self { path, offset: None, rule: "input/unreadable", message, loss: Loss::Unread }
    }

    /// It ends before it should.
    pub(super) fn truncated(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule: "input/truncated", ..Self::unreadable(path, message) }
    }

    /// It contradicts itself.
    pub(super) fn corrupt(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule: "input/corrupt-image", ..Self::unreadable(path, message) }
    }

    /// It has a format that is not read here.
    pub(super) fn unsupported(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule: "input/unsupported-image", ..Self::unreadable(path, message) }
    }

    /// A remark on the input; nothing was lost.
    #[cfg(feature = "archives")]
    pub(super) fn remark(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { loss: Loss::None, ..Self::corrupt(path, message) }
    }

    /// The severity of not being able to open something. A known format that is not read is an error only if the user named the file: other
    /// disks contain much that does not matter here.
    pub fn severity(&self, discovery: Discovery) -> Severity {
        match discovery {
            Discovery::Met if self.rule == "input/unsupported-image" => Severity::Note,
            Discovery::Met | Discovery::Named => self.severity_within(),
        }
    }

    /// The severity of something that could not be read of what was opened.
    pub fn severity_within(&self) -> Severity {
        match self.loss {
            Loss::Unread => Severity::Error,
            Loss::None => Severity::Note,
        }
    }

    /// The same fault, found at a byte.
    pub(super) fn at(self, offset: u64) -> Self {
        Self { offset: Some(offset), ..self }
    }
}

#[cfg(any(feature = "audit", feature = "scan"))]
impl Fault {
    /// Returns `true` if the path has a part that leads upwards.
    pub(crate) fn leads_out(&self) -> bool {
        self.path.split(['/', '\\']).any(|name| name == "..")
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(fault) => fault,
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Self::truncated("", error.to_string()),
            Err(error) => Self::unreadable("", error.to_string()),
        }
    }
}

/// For callers that read a file as a stream: the kind of the error represents the rule.
impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        let kind = match fault.rule {
            "input/truncated" => ErrorKind::UnexpectedEof,
            "input/corrupt-image" => ErrorKind::InvalidData,
            "input/unsupported-image" => ErrorKind::Unsupported,
            _ => ErrorKind::Other,
        };
        Self::new(kind, fault)
    }
}

fn prefix(path: &str, offset: Option<u64>) -> String {
    match (path, offset) {
        ("", None) => String::new(),
        ("", Some(offset)) => format!("byte {offset:#x}: "),
        (path, None) => format!("{path}: "),
        (path, Some(offset)) => format!("{path}, byte {offset:#x}: "),
    }
}
