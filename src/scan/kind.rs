//! The kinds of input.

/// The kinds of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// A key on each line.
    List,
    /// A table with a header or at least a column of keys.
    Table {
        /// What stands between two fields.
        delimiter: u8,
    },
    /// A JSON object on each line.
    Ndjson,
    /// An answer file, or a batch file.
    Answers,
    /// Anything else: a key counts only where the words around it say so.
    Text,
}

impl InputKind {
    /// The id used in reports and by `--as`.
    pub fn id(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Table { delimiter: b'\t' } => "tsv",
            Self::Table { .. } => "csv",
            Self::Ndjson => "ndjson",
            Self::Answers => "answers",
            Self::Text => "text",
        }
    }
}
