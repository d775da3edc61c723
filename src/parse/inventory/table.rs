//! Tables with headings in any order: CSV with commas or semicolons, or tabs.

use super::Places;
use crate::model::{
    inventory::{Inventory, LineFault, Row},
    postoffice::{Class, SerialSource},
    within::Within,
};
use csv::{Position, ReaderBuilder, StringRecord};

/// The contents of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Network,
    Postoffice,
    Serial,
    Path,
    Class,
}

/// Reads a table; `None` if the first line has no such headings.
pub(super) fn read(text: &str) -> Option<Inventory> {
    let lead = text.len().saturating_sub(text.trim_start().len());
    let first = text.within(lead..).lines().next()?;
    let delimiter = [b'\t', b';', b','].into_iter().find(|delimiter| first.contains(char::from(*delimiter)))?;
    // The reader reports a record as beginning at the end of the line break before it, or in the middle of it.
    let mut places = Places::of(text);
    let mut line_of = |position: Option<&Position>| {
        let begin =
            lead.saturating_add(position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX)));
        let breaks =
            text.get(begin..).map_or(0, |rest| rest.len().saturating_sub(rest.trim_start_matches(['\r', '\n']).len()));
        places.at(begin.saturating_add(breaks)).0
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes().within(lead..));
    let mut records = reader.records();
    let headings = records.next()?.ok()?;
    let columns: Vec<_> = headings.iter().map(column).collect();
    let has = |wanted| columns.contains(&Some(wanted));
    let names = has(Column::Network) || has(Column::Postoffice) || has(Column::Path);
    if !(names && (has(Column::Serial) || has(Column::Path))) {
        return None;
    }
    let mut inventory = Inventory::default();
    for record in records {
        match record {
            Ok(record) => {
                let line = line_of(record.position());
                match row(&columns, &record, line) {
                    Some(row) => inventory.rows.push(row),
                    None if record.iter().all(|field| field.trim().is_empty()) => {}
                    None => inventory.faults.push(LineFault {
                        line,
                        message: "expected the name or the path of a postoffice; found neither".to_owned(),
                    }),
                }
            }
            Err(error) => {
                let line = line_of(error.position());
                inventory.faults.push(LineFault { line, message: error.to_string() });
            }
        }
    }
    Some(inventory)
}

/// The column of a heading, whatever its case and its punctuation.
fn column(heading: &str) -> Option<Column> {
    let letters: String = heading.chars().filter(char::is_ascii_alphabetic).collect();
    match letters.to_ascii_lowercase().as_str() {
        "network" | "net" | "networkname" => Some(Column::Network),
        "postoffice" | "po" | "postofficename" => Some(Column::Postoffice),
        "serial" | "serialnumber" | "serialno" | "sn" => Some(Column::Serial),
        "path" | "share" | "location" | "directory" | "folder" => Some(Column::Path),
        "class" | "type" | "kind" => Some(Column::Class),
        _ => None,
    }
}

fn row(columns: &[Option<Column>], record: &StringRecord, line: u64) -> Option<Row> {
    let field = |wanted| {
        let at = columns.iter().position(|column| *column == Some(wanted))?;
        record.get(at).map(str::trim).filter(|field| !field.is_empty()).map(str::to_owned)
    };
    let row = Row {
        network: field(Column::Network),
        postoffice: field(Column::Postoffice),
        serial: field(Column::Serial),
        path: field(Column::Path),
        class: field(Column::Class).and_then(|text| class(&text)),
        source: SerialSource::Inventory,
        complaint: None,
        line,
        column: 1,
    };
    (row.network.is_some() || row.postoffice.is_some() || row.path.is_some()).then_some(row)
}

/// A class as people write it.
fn class(text: &str) -> Option<Class> {
    let has = |word: &str| text.to_ascii_lowercase().contains(word);
    match () {
        () if has("workgroup") || has("wgpo") || has("single") => Some(Class::Workgroup),
        () if has("connector") || has("exchange") || has("shadow") => Some(Class::Connector),
        () if has("full") || has("internetwork") || has("server") => Some(Class::Full),
        () => None,
    }
}
