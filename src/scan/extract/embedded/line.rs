//! The lines of an answer file, as far as they distinguish it from the surrounding text.

use crate::model::within::Within;

/// The longest name of a section or entry, in bytes.
const MAX_NAME: usize = 48;

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    Blank,
    Section,
    Entry,
    Comment,
    /// A single word, as in lists of files.
    Token,
    /// A line of a template that disappears when the template is filled in.
    Control,
    /// Something else.
    Other,
}

impl LineKind {
    /// Returns `true` if only a file of sections and entries has such a line.
    pub(super) fn is_content(self) -> bool {
        match self {
            Self::Section | Self::Entry | Self::Comment => true,
            Self::Blank | Self::Token | Self::Control | Self::Other => false,
        }
    }
}

/// The kind of a line.
pub(super) fn kind(line: &[u8]) -> LineKind {
    const CONTROLS: [&[u8]; 5] = [b"{%", b"<%", b"%{", b"{{", b"<#"];
    let line = line.trim_ascii();
    match line {
        [] => LineKind::Blank,
        [b';', ..] => LineKind::Comment,
        [b'[', rest @ ..] if is_section(rest) => LineKind::Section,
        _ if CONTROLS.iter().any(|mark| line.starts_with(mark)) => LineKind::Control,
        _ if is_entry(line) => LineKind::Entry,
        _ if is_token(line) => LineKind::Token,
        _ => LineKind::Other,
    }
}

/// The name of the section whose opening bracket is before `rest`.
pub(super) fn section_name(rest: &[u8]) -> Option<&[u8]> {
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-' | b'.' | b':' | b'$');
    let end = rest.iter().take(MAX_NAME).position(|byte| !belongs(*byte))?;
    (end > 0 && rest.get(end) == Some(&b']')).then(|| rest.within(..end).trim_ascii())
}

/// Returns `false` for a Markdown link and an array element, which continue after the bracket.
fn is_section(rest: &[u8]) -> bool {
    let Some(end) = rest.iter().take(MAX_NAME).position(|byte| *byte == b']') else { return false };
    end > 0
        && matches!(
            rest.within(end.saturating_add(1)..).trim_ascii_start(),
            [] | [b';' | b'"' | b'\'' | b'\\' | b'<', ..]
        )
}

/// Recognises `name = value`, unless it is a statement of a program.
fn is_entry(line: &[u8]) -> bool {
    const STATEMENTS: [&[u8]; 13] = [
        b"const",
        b"echo",
        b"export",
        b"if",
        b"let",
        b"local",
        b"my",
        b"our",
        b"readonly",
        b"return",
        b"set",
        b"var",
        b"while",
    ];
    let Some(end) = line.iter().take(MAX_NAME).position(|byte| *byte == b'=') else { return false };
    let name = line.within(..end).trim_ascii_end();
    let belongs =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-' | b'.' | b'"' | b'*' | b'%');
    let name = name.strip_prefix(b"!").unwrap_or(name);
    let mut words = name.split(|byte| *byte == b' ');
    let first = words.next().unwrap_or_default();
    !first.is_empty()
        && name.iter().all(belongs)
        && words.count() < 4
        && line.get(end.saturating_add(1)).is_none_or(|next| !matches!(next, b'=' | b'>' | b'~'))
        && !STATEMENTS.iter().any(|word| word.eq_ignore_ascii_case(first))
}

fn is_token(line: &[u8]) -> bool {
    let marked = line.starts_with(b"\"") || line.within(1..).iter().any(|byte| matches!(byte, b'.' | b'\\'));
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'\\' | b'_' | b'-' | b'"' | b'$');
    marked && line.iter().all(belongs) && line.iter().any(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::{LineKind, kind};

    #[test]
    fn lines_are_told_apart() {
        for (line, expected) in [
            ("  [UserData]", LineKind::Section),
            ("[UserData] ; x", LineKind::Section),
            ("[text](a.html)", LineKind::Other),
            ("ProductID = \"1\"", LineKind::Entry),
            ("!ProductId=1", LineKind::Entry),
            ("export A=1", LineKind::Other),
            ("if (a == b) {", LineKind::Other),
            ("a == b", LineKind::Other),
            ("; note", LineKind::Comment),
            ("oemboot.sys", LineKind::Token),
            ("EOF", LineKind::Other),
            ("```", LineKind::Other),
            ("\"@", LineKind::Other),
            ("\"\"\"", LineKind::Other),
            ("....", LineKind::Other),
            ("{% endif %}", LineKind::Control),
            ("Then restart.", LineKind::Other),
            ("", LineKind::Blank),
        ] {
            assert_eq!(kind(line.as_bytes()), expected, "{line}");
        }
    }
}
