//! Tells the names that stand where a key belongs from keys that were mistyped.

use super::form::is_template;

/// Words that people write where a key is to be put in.
const WORDS: [&str; 24] = [
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

/// Letters that are easily taken for digits: a text of nothing else can be a key that was read wrongly.
const CONFUSABLE: &str = "OoIlLiSsBbZzQqGgDd";

/// No form has fewer letters and digits.
const SHORTEST: usize = 6;

/// So few digits can be part of a name: every form has more.
const FEW_DIGITS: usize = 4;

/// Whether a text is a name that stands for a key: `REPLACE_ME`, `__PRODUCT_ID__`, `your product id`, `#{nt4_key}`, `TBD`.
///
/// What has no digit is no mistyped key, unless all its letters look like digits. With a few digits it takes the marks of a template, or one of
/// the words that people write there. The letters of a pattern (`xxx-xxxxxxx`) are none: they show the form.
///
/// ```
/// use jewelcase::parse::stand_in::is_stand_in;
/// assert!(is_stand_in("KVM_TEST_CDKEY") && is_stand_in("~KEY~") && is_stand_in("WIN95_KEY"));
/// assert!(!is_stand_in("1ll-lllllll") && !is_stand_in("xxx-xxxxxxx") && !is_stand_in("ABC-1234567"));
/// ```
pub fn is_stand_in(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    match text.chars().filter(|c| c.is_numeric()).count() {
        0 => {
            let misread = letters().count() >= SHORTEST && letters().all(|c| CONFUSABLE.contains(c));
            !letters().all(is_template) && !misread
        }
        1..=FEW_DIGITS => {
            letters().count() > 2 && (is_marked(text) || text.split(|c: char| !c.is_alphabetic()).any(is_word))
        }
        _ => false,
    }
}

/// Whether a text bears the marks of a template, which somebody fills in by program: `__KEY__`, `#{key}`, `{{ key }}`, `~KEY~`, `@KEY@`.
///
/// ```
/// use jewelcase::parse::stand_in::is_marked;
/// assert!(is_marked("#{key}") && is_marked("__PRODUCT_ID__") && !is_marked("REPLACE_ME"));
/// ```
pub fn is_marked(text: &str) -> bool {
    let around = |mark: &str| text.len() > 2 * mark.len() && text.starts_with(mark) && text.ends_with(mark);
    ["__", "~", "@", "%", "$", "##"].into_iter().any(around)
        || text.contains(['{', '}'])
        || text.contains("<%")
        || text.contains("$(")
}

fn is_word(word: &str) -> bool {
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
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
        ];
        for name in names {
            assert!(is_stand_in(name), "{name}");
        }
        let others = [
            "111-1111111",
            "OOO-OOOOOOO",
            "lll-lllllll",
            "xxx-xxxxxxx",
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
            assert!(!is_stand_in(other), "{other}");
        }
    }
}
