//! Reads lists of postoffices: tables with headings, `NET/PO serial` lines, event 4188, the status screens of EXTERNAL.

mod event;
mod list;
mod screen;
mod table;

use crate::model::inventory::{Inventory, LineFault};

/// Reads a list of any of these kinds.
///
/// # Errors
/// The line that shows that the text is not such a list: a report of the AppleTalk product, or something unknown.
///
/// ```
/// let inventory = jewelcase::internals::parse::inventory::read("Postoffice,Network,Serial\nNORTH,SALES,32-64537\n").unwrap();
/// assert_eq!(inventory.rows[0].serial.as_deref(), Some("32-64537"));
/// ```
pub fn read(text: &str) -> Result<Inventory, LineFault> {
    let text = text.trim_start_matches('\u{FEFF}');
    if let Some(line) = macintosh_report(text) {
        let message =
            "this is a server report of Mail for AppleTalk Networks, another product; its serials are of another kind";
        return Err(LineFault { line, message: message.to_owned() });
    }
    if let Some(inventory) = table::read(text) {
        return Ok(inventory);
    }
    let mut inventory = Inventory::default();
    event::read(text, &mut inventory);
    screen::read(text, &mut inventory);
    if inventory.rows.is_empty() {
        list::read(text, &mut inventory);
    }
    if inventory.rows.is_empty() {
        let message = "expected a table with the headings network, postoffice, serial or path, lines `NET/PO serial`, event 4188, or a status screen of EXTERNAL";
        return Err(LineFault { line: 1, message: message.to_owned() });
    }
    Ok(inventory)
}

/// Decodes bytes: UTF-16 by its byte order mark, UTF-8, or else one character for each byte.
pub fn text(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks().0.iter().map(|pair| of(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
        },
    }
}

/// Returns `true` if some bytes can be a text.
pub fn is_text(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || !bytes.contains(&0)
}

/// The line that identifies a server report of the AppleTalk product (Q140077).
fn macintosh_report(text: &str) -> Option<u64> {
    let starts =
        |line: &str, label: &str| line.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    let labelled = |label| text.lines().position(|line| starts(line.trim_start(), label));
    let serial = labelled("Serial number :").or_else(|| labelled("Serial number:"))?;
    let zone = labelled("Zone name :").or_else(|| labelled("Zone name:"));
    zone.map(|_| (serial as u64).saturating_add(1))
}

/// Finds lines and columns of ascending offsets, reading a long list only once.
struct Places<'t> {
    text: &'t str,
    /// The beginning of the line found last.
    start: usize,
    line: u64,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, start: 0, line: 1 }
    }

    /// The line and column of a byte, both counted from one. The offset must not be before the previous one.
    fn at(&mut self, offset: usize) -> (u64, u64) {
        let passed = self.text.get(self.start..offset).unwrap_or_default();
        if let Some(newline) = passed.rfind('\n') {
            self.line = self.line.saturating_add(passed.matches('\n').count() as u64);
            self.start = self.start.saturating_add(newline.saturating_add(1));
        }
        let before = self.text.get(self.start..offset).unwrap_or_default();
        (self.line, (before.chars().count() as u64).saturating_add(1))
    }
}
