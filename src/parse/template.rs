//! Recognises the names that templates have in place of a key, and distinguishes them from mistyped keys.

use super::form::is_template;

/// The words that people write in place of a key.
const PLACEHOLDER_WORDS: [&str; 24] = [
    "cdkey",
    "change",
    "changeme",
    "enter",
    "here",
    "id",
    "insert",
    "key",
    "keys",
    "licence",
    "license",
    "none",
    "number",
    "pid",
    "placeholder",
    "product",
    "productid",
    "productkey",
    "replace",
    "serial",
    "serialnumber",
    "tbd",
    "todo",
    "your",
];

/// The letters that resemble digits: a text of nothing else can be a misread key.
const CONFUSABLE: &str = "OoIlLiSsBbZzQqGgDd";

/// The length of the shortest form, in characters.
const MIN_CHARACTERS: usize = 6;

/// The maximum number of digits in a name: every form has more.
const MAX_DIGITS: usize = 4;

/// Returns `true` if a text is a name in place of a key: `REPLACE_ME`, `__PRODUCT_ID__`, `your product id`, `#{nt4_key}`, `TBD`, `<key>`.
///
/// A text without a digit is not a mistyped key, unless all its letters look like digits. A text with a few digits is a name if it has the
/// marks of a
/// template, or one of the words that people write there. The letters of a pattern (`xxx-xxxxxxx`) are not a name: they show the form.
///
/// ```
/// use jewelcase::internals::parse::template::is_template_value;
/// assert!(is_template_value("KVM_TEST_CDKEY") && is_template_value("~KEY~") && is_template_value("WIN95_KEY"));
/// assert!(!is_template_value("1ll-lllllll") && !is_template_value("xxx-xxxxxxx") && !is_template_value("ABC-1234567"));
/// ```
pub fn is_template_value(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let has_mark = is_marked(text) || text.contains(['{', '}', '%', '$', '@', '~']);
    match text.chars().filter(|c| c.is_numeric()).count() {
        0 if letters().next().is_none() => is_blank_to_fill(text),
        0 if has_mark => true,
        0 => {
            let misread = letters().count() >= MIN_CHARACTERS && letters().all(|c| CONFUSABLE.contains(c));
            !is_pattern(text) && !misread
        }
        1..=MAX_DIGITS => {
            let has_word = || text.split(|c: char| !c.is_alphabetic()).any(is_word);
            has_mark || letters().count() > 2 && has_word()
        }
        _ => false,
    }
}

/// Returns `true` if a text has the marks of a template, which a program fills in: `__KEY__`, `#{key}`, `{{ key }}`, `~KEY~`, `@KEY@`, `[[key]]`.
///
/// ```
/// use jewelcase::internals::parse::template::is_marked;
/// assert!(is_marked("#{key}") && is_marked("__PRODUCT_ID__") && !is_marked("REPLACE_ME"));
/// ```
pub fn is_marked(text: &str) -> bool {
    let is_named = text.contains(char::is_alphanumeric);
    let around =
        |mark: &str| text.len() > mark.len().saturating_mul(2) && text.starts_with(mark) && text.ends_with(mark);
    is_named && ["__", "~", "@", "%", "$", "!", "##", "::"].into_iter().any(around)
        || text.contains(['{', '}'])
        || text.starts_with("[[") && text.ends_with("]]")
        || text.contains("<%")
        || text.contains("$(")
}

/// Returns `true` if a text has no digits, and no other letters than those of a pattern and OEM: `xxx-xxxxxxx`, `xxxyy-OEM-xxxxxxx-xxxxx`.
pub fn is_pattern(text: &str) -> bool {
    let mut groups = text.split(|c: char| !c.is_alphabetic());
    !text.contains(char::is_numeric)
        && groups.all(|group| group.eq_ignore_ascii_case("oem") || group.chars().all(is_template))
}

/// Returns `true` if a text is a blank to fill in: `___-_______`, `...`, `<…>`.
fn is_blank_to_fill(text: &str) -> bool {
    let marks = text.chars().filter(|c| matches!(c, '_' | '.' | '\u{2026}' | '<')).count();
    let belongs = |c: char| matches!(c, '_' | '.' | '\u{2026}' | '<' | '>' | '-' | '"') || c.is_whitespace();
    marks > 0 && text.chars().all(belongs)
}

fn is_word(word: &str) -> bool {
    PLACEHOLDER_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_keys() {
        let names = [
            "KVM_TEST_CDKEY",
            "REPLACE_ME",
            "PRODUCTKEY",
            "__PRODUCT_ID__",
            "your-product-id",
            "INSERT_KEY_HERE",
            "#{key}",
            "~KEY~",
            "TBD",
            "none",
            "n/a",
            "see sticker",
            "__PID95__",
            "{{ nt4_key }}",
            "KEY1",
            "your NT 4 key",
            "[[serial]]",
            "Schlüssel",
            "ABCDE-FGHJK-MNPQR-TVWXY",
            "${X}",
            "%X%",
            "$(X)",
            "{0}",
            "%(key)s",
            "<...>",
            "<\u{2026}>",
            "___-_______",
            "[[x]]",
            "нет",
        ];
        for name in names {
            assert!(is_template_value(name), "{name}");
        }
        let others = [
            "111-1111111",
            "OOO-OOOOOOO",
            "lll-lllllll",
            "xxx-xxxxxxx",
            "xxxxx-OEM-xxxxxxx-xxxxx",
            "nnn-nnnnnnn",
            "###-#######",
            "",
            "-",
            "１１１-1111111",
            "ABCDEFGHI1234",
            "X2Y23-W2B2A-XYZRA-ZEBRA-LAST5",
            "OEM-0011111-99999",
            "11l-1llO111",
        ];
        for other in others {
            assert!(!is_template_value(other), "{other}");
        }
    }
}
