//! Text from anywhere, made safe for a terminal: control characters could move the cursor or change colours.

use crate::report::visible;

/// A character that is safe to show: control characters become their pictures.
pub fn character(c: char) -> char {
    match u32::from(c) {
        control @ 0..=31 => char::from_u32(control.saturating_add(0x2400)).unwrap_or(char::REPLACEMENT_CHARACTER),
        127 => char::REPLACEMENT_CHARACTER,
        _ if visible::is_unseen(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// A text that is safe to show, on one line.
///
/// ```
/// assert_eq!(jewelcase::internals::report::text::sanitize::text("a\u{1b}[31m\nb"), "a␛[31m␊b");
/// ```
pub fn text(text: &str) -> String {
    let shown = visible::text(text).chars().map(character).collect::<String>();
    not_a_command(shown)
}

/// A text that no CI server interprets as a command. Some do so at the beginning of a line and some anywhere in it.
fn not_a_command(text: String) -> String {
    let text = if text.trim_start().starts_with("::") { format!("\\{text}") } else { text };
    match text.contains("##") {
        true => CI_COMMANDS.iter().fold(text, |text, command| text.replace(command, &command.replacen('#', "#\\", 1))),
        false => text,
    }
}

/// The beginnings of commands of Azure Pipelines, TeamCity and GitHub.
const CI_COMMANDS: [&str; 3] = ["##vso[", "##teamcity[", "##["];
