//! The position of a finding in a file, for formats that require one.

use super::{Entry, Finding, Properties};

/// The path in reports for the arguments of the command line.
const COMMAND_LINE: &str = "command-line";

/// The path in reports for standard input.
const STANDARD_INPUT: &str = "standard-input";

/// A place in a file, or a substitute for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, with forward slashes; `command-line` or `standard-input` if there is none.
    pub path: String,
    /// The line, counted from one; `None` if only the file is known.
    pub line: Option<u64>,
    /// The column in characters, counted from one; `None` if only the line is known.
    pub column: Option<u64>,
    /// The column after the last character.
    pub end: Option<u64>,
}

impl Position {
    /// The position of an entry, or of one finding of it.
    pub fn of(entry: &Entry<'_>, finding: Option<&Finding<'_>>) -> Self {
        if let Some(location) = finding.and_then(|finding| finding.location.as_ref()) {
            let (line, column) = (Some(location.line), Some(location.column));
            return Self { path: path(&location.path), line, column, end: None };
        }
        if let Some(location) = &entry.location {
            // The label of other subjects is a name, not the text in the file.
            let (start, end) = if entry.kind.is_text() { columns(entry, finding) } else { (0, 0) };
            let column = location.column.saturating_add(start);
            let end = Some(location.column.saturating_add(end)).filter(|end| *end > column);
            return Self { path: path(&location.path), line: Some(location.line), column: Some(column), end };
        }
        let named = match &entry.properties {
            Properties::File(file) => path(&file.path),
            Properties::Postoffice(postoffice) => {
                postoffice.path.as_deref().map_or_else(|| COMMAND_LINE.to_owned(), path)
            }
            Properties::Media(_) => path(&entry.label),
            Properties::Key(_) | Properties::Plan(_) => COMMAND_LINE.to_owned(),
        };
        Self { path: named, line: None, column: None, end: None }
    }

    /// Returns `true` if it is in a file, so that a link to it leads somewhere.
    pub fn is_in_a_file(&self) -> bool {
        self.path != COMMAND_LINE && self.path != STANDARD_INPUT
    }
}

/// The columns of the label, in characters: of the part that the finding marks, or of the whole label.
fn columns(entry: &Entry<'_>, finding: Option<&Finding<'_>>) -> (u64, u64) {
    let characters = |end: usize| entry.label.char_indices().take_while(|(at, _)| *at < end).count() as u64;
    match finding.and_then(|finding| finding.span) {
        Some(span) => (characters(span.start), characters(span.end)),
        None => (0, characters(entry.label.len())),
    }
}

/// A path in the style of other tools: forward slashes, without `./` in front.
fn path(path: &str) -> String {
    if path == "-" {
        return STANDARD_INPUT.to_owned();
    }
    // A backslash is a separator only in a Windows path.
    let windows = cfg!(windows) || path.as_bytes().get(1) == Some(&b':');
    let path = if windows { path.replace('\\', "/") } else { path.to_owned() };
    path.trim_start_matches("./").to_owned()
}
