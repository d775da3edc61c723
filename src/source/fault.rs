//! What cannot be read of a volume, and where.

use super::Discovery;
use crate::model::severity::Severity;
use std::io::{self, ErrorKind};
use thiserror::Error;

/// Something that cannot be read, or not be trusted; a finding of the family `input/`.
#[derive(Clone, Debug, Error, PartialEq, Eq, PartialOrd, Ord)]
#[error("{}{message}", place(path, *offset))]
pub struct Fault {
    /// The path inside the volume, with `/` between names; empty when it concerns the volume as a whole.
    pub path: String,
    /// The byte where it was seen: of the image or archive, or of the file where the volume is a folder.
    pub offset: Option<u64>,
    /// The rule: `input/unreadable`, `input/truncated`, `input/corrupt-image` or `input/unsupported-image`.
    pub rule: &'static str,
    /// What was expected and what was found, as one sentence without a full stop.
    pub message: String,
}

impl Fault {
    /// The system, or the volume, refuses to give it.
    pub(super) fn unreadable(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), offset: None, rule: "input/unreadable", message: message.into() }
    }

    /// It ends before it should.
    pub(super) fn truncated(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule: "input/truncated", ..Self::unreadable(path, message) }
    }

    /// It contradicts itself.
    pub(super) fn corrupt(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule: "input/corrupt-image", ..Self::unreadable(path, message) }
    }

    /// It is something that is not read here.
    pub(super) fn unsupported(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule: "input/unsupported-image", ..Self::unreadable(path, message) }
    }

    /// How much it weighs that something could not be opened. What is known and not read is an error only where a person
    /// named it: other disks hold much that is of no use here.
    pub fn severity(&self, discovery: Discovery) -> Severity {
        match discovery {
            Discovery::Met if self.rule == "input/unsupported-image" => Severity::Note,
            Discovery::Met | Discovery::Named => Severity::Error,
        }
    }

    /// The same fault, seen at a byte.
    pub(super) fn at(self, offset: u64) -> Self {
        Self { offset: Some(offset), ..self }
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

/// For those who read a file as a stream: the kind of the error tells the rule.
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

fn place(path: &str, offset: Option<u64>) -> String {
    match (path, offset) {
        ("", None) => String::new(),
        ("", Some(offset)) => format!("byte {offset:#x}: "),
        (path, None) => format!("{path}: "),
        (path, Some(offset)) => format!("{path}, byte {offset:#x}: "),
    }
}
