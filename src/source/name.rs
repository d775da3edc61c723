//! File names as the bytes of old systems encode them.

use super::CodePage;

/// Decodes the bytes of a name. Characters that would break a path or a terminal become U+FFFD.
pub(super) fn decode(bytes: &[u8], code_page: CodePage) -> String {
    let text = match code_page {
        CodePage::Cp437 => yore::code_pages::CP437.decode(bytes),
        CodePage::Cp850 => yore::code_pages::CP850.decode(bytes),
    };
    text.chars().map(without_control).collect()
}

/// Decodes the UTF-16 of a long name; `None` if it is empty or cannot be a name.
pub(super) fn decode_long(units: &[u16]) -> Option<String> {
    let name: String = char::decode_utf16(units.iter().copied())
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .map(|c| if is_separator(c) { c } else { without_control(c) })
        .collect();
    (is_usable(&name) && !name.contains(is_separator)).then_some(name)
}

/// Returns `true` if it names something: an empty name, or one of dots, means another folder.
pub(super) fn is_usable(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
}

/// An 8.3 name, with its dot, in lower case as far as Windows NT recorded it.
pub(super) fn decode_short(name: &[u8; 11], code_page: CodePage) -> String {
    let stem = decode(name[..8].trim_ascii_end(), code_page);
    let extension = decode(name[8..].trim_ascii_end(), code_page);
    if extension.is_empty() { stem } else { format!("{stem}.{extension}") }
}

/// The 8.3 name with the lower-case letters that Windows NT recorded for it.
pub(super) fn shown(short: &str, small: u8) -> String {
    const STEM: u8 = 8;
    const EXTENSION: u8 = 16;
    let lower = |text: &str, bit| if small & bit == 0 { text.to_owned() } else { text.to_lowercase() };
    match short.rsplit_once('.') {
        Some((stem, extension)) => format!("{}.{}", lower(stem, STEM), lower(extension, EXTENSION)),
        None => lower(short, STEM),
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '\\')
}

fn without_control(c: char) -> char {
    if is_separator(c) || c.is_control() { char::REPLACEMENT_CHARACTER } else { c }
}

#[cfg(test)]
mod tests {
    use super::{CodePage, decode_long, decode_short, shown};

    #[test]
    fn code_pages_differ() {
        let name = b"\x9BBER\xF5   GLB";
        assert_eq!(decode_short(name, CodePage::Cp437), "¢BER⌡.GLB");
        assert_eq!(decode_short(name, CodePage::Cp850), "øBER§.GLB");
    }

    #[test]
    fn no_name_leads_elsewhere() {
        assert_eq!(decode_short(b"A/B\\C\x01\x7F .. ", CodePage::Cp437), "A\u{FFFD}B\u{FFFD}C\u{FFFD}\u{FFFD}...");
        let utf16 = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        assert_eq!(decode_long(&utf16("GLB/MASTER.GLB")), None);
        assert_eq!(decode_long(&utf16("..")), None);
        assert_eq!(decode_long(&[0xD800, 0x0041]), Some("\u{FFFD}A".to_owned()));
    }

    #[test]
    fn small_letters_are_a_note_of_windows_nt() {
        assert_eq!(shown("MASTER.GLB", 0), "MASTER.GLB");
        assert_eq!(shown("MASTER.GLB", 8), "master.GLB");
        assert_eq!(shown("MASTER.GLB", 24), "master.glb");
        assert_eq!(shown("GLB", 8), "glb");
    }
}
