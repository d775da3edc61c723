//! A list of postoffices with their serials, written down by a person or printed by a program.

use super::postoffice::{Class, SerialSource};

/// A list of postoffices with their serials, line by line, and the lines that could not be read.
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
    /// Its serial, as in the text.
    pub serial: Option<String>,
    /// Its location: a share, a path, a drive.
    pub path: Option<String>,
    /// Its class, if the list has it.
    pub class: Option<Class>,
    /// The kind of text that contains it.
    pub source: SerialSource,
    /// The number of the complaint that reports it. Rows with the same number are served by one transfer agent, which complained about
    /// them.
    pub complaint: Option<u64>,
    /// The line, counted from one.
    pub line: u64,
    /// The column in characters, counted from one.
    pub column: u64,
}

/// A line with unexpected contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// The line, counted from one.
    pub line: u64,
    /// The expectation and what was found instead.
    pub message: String,
}
