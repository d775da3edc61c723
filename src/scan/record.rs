//! NDJSON: an object on each line, with the same names as the columns of a table.

use super::{
    gather::{Before, Gathering, Place},
    people::Spoken,
    table::{Column, Columns},
};
use memchr::memchr;
use serde_json::{Map, Value};

const KEYS: [&str; 7] = ["key", "cdkey", "productkey", "productid", "pid", "serial", "serialnumber"];

/// Looks at the lines of a chunk.
pub(super) fn read(chunk: &[u8], columns: &Columns, gathering: &mut Gathering<'_, '_>) {
    let mut rest = chunk;
    let mut line = 0;
    while !rest.is_empty() {
        let (text, after) = match memchr(b'\n', rest) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, &[][..]),
        };
        if !text.trim_ascii().is_empty() {
            match serde_json::from_slice::<Map<String, Value>>(text) {
                Ok(object) => of_object(&object, text, line, columns, gathering),
                // serde_json's own sentence can repeat the text, which may be a key.
                Err(error) => gathering.fault(line, error.column().max(1) as u64, "this line is no JSON object"),
            }
        }
        line += 1;
        rest = after;
    }
    gathering.lines(line);
}

fn of_object(
    object: &Map<String, Value>,
    text: &[u8],
    line: u64,
    columns: &Columns,
    gathering: &mut Gathering<'_, '_>,
) {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let named = |wanted: &[&str]| {
        let found = object.iter().find(|(name, _)| wanted.contains(&plain(name).as_str()));
        found.and_then(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    };
    let spoken =
        Spoken { product: named(&["product"]), sku: named(&["sku", "channel"]), package: named(&["package", "from"]) };
    for (at, (name, value)) in object.iter().enumerate() {
        let is_key = match &columns.key {
            Column::Any => KEYS.contains(&plain(name).as_str()),
            Column::Named(wanted) => plain(name) == plain(wanted),
            Column::Numbered(number) => at + 1 == *number,
        };
        let key = match value {
            Value::String(text) if is_key => text.clone(),
            Value::Number(number) if is_key => number.to_string(),
            Value::String(_) | Value::Number(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                continue;
            }
        };
        if key.trim().is_empty() {
            continue;
        }
        let start = start(text, name, &key);
        let record = gathering.carries().then(|| {
            let others = object.iter().filter(|(other, _)| *other != name);
            let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            others.map(|(name, value)| (name.clone(), shown(value))).collect()
        });
        gathering.key(key.trim(), Place { line, before: Before::Bytes(&text[..start]) }, &spoken, record);
    }
}

/// Where a value stands behind its name. One that is written with escapes is not found letter by letter: its line is all that is known.
fn start(text: &[u8], name: &str, value: &str) -> usize {
    let named = memchr::memmem::find(text, format!("\"{name}\"").as_bytes()).map_or(0, |at| at + name.len() + 2);
    memchr::memmem::find(&text[named..], value.trim().as_bytes()).map_or(0, |at| named + at)
}
