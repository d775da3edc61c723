//! A list of postoffices with their serials, as somebody wrote it down or a program printed it.

use super::postoffice::{Class, SerialSource};

/// What stands in an inventory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The postoffices, in the order of the text.
    pub rows: Vec<Row>,
    /// Lines that could not be read.
    pub faults: Vec<LineFault>,
}

/// One postoffice of an inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name of its network.
    pub network: Option<String>,
    /// Its own name.
    pub postoffice: Option<String>,
    /// Its serial, as it stands there.
    pub serial: Option<String>,
    /// Where it lies: a share, a path, a drive.
    pub path: Option<String>,
    /// Its class, where the list tells it.
    pub class: Option<Class>,
    /// What kind of text it stands in.
    pub source: SerialSource,
    /// Rows with one number are served by one transfer agent, which complained of them.
    pub complaint: Option<u64>,
    /// The line, counted from one.
    pub line: u64,
    /// The column in characters, counted from one.
    pub column: u64,
}

/// A line that is not what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// The line, counted from one.
    pub line: u64,
    /// What was expected and what was found.
    pub message: String,
}
