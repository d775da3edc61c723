//! Text from anywhere, made fit for a terminal: a control could move the cursor or colour what follows.

/// A character as it can be shown: controls become their pictures.
pub fn character(c: char) -> char {
    match u32::from(c) {
        control @ 0..=31 => char::from_u32(0x2400 + control).unwrap_or(char::REPLACEMENT_CHARACTER),
        127..=159 => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// A text as it can be shown, on one line.
///
/// ```
/// assert_eq!(jewelcase::report::text::sanitize::text("a\u{1b}[31m\nb"), "a␛[31m␊b");
/// ```
pub fn text(text: &str) -> String {
    text.chars().map(character).collect()
}
