//! The kinds of input.

/// The kind of an input, which decides how keys are found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputKind {
    /// A key on each line.
    List,
    /// A table with a header or at least a column of keys.
    Table {
        /// The byte between two fields.
        delimiter: u8,
    },
    /// A JSON object on each line.
    Ndjson,
    /// An answer file, or a batch file.
    Answers,
    /// Anything else: a number is a key only if the words around it say so.
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
