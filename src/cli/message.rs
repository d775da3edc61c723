//! Messages on standard error. They are cleaned like a report, because they contain names and texts from anywhere.

use crate::{
    catalogue::Catalogue,
    report::text::sanitize,
    wire::mask::{self, Keys},
};
use std::fmt::Display;

/// Prints a message: one line, or several that belong together.
pub(super) fn say(message: impl Display, keys: Keys) {
    eprintln!("{}", cleaned(&format!("jewelcase: {message}"), keys));
}

/// A text that is safe on a terminal and in the log of a CI server, with possible keys masked.
pub(super) fn cleaned(text: &str, keys: Keys) -> String {
    let line = |line: &str| sanitize::text(&mask::text(Catalogue::built_in(), line, keys));
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
