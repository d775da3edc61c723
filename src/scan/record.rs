//! NDJSON: an object on each line, with the same names as the columns of a table, at any depth.

use super::{
    gather::{Before, Gathering, Place},
    people::Spoken,
    table::{Column, Columns, Role, is_plainly_a_key, is_sure, plain, role},
};
use crate::bulk::Matcher;
use memchr::memchr;
use serde_json::{Map, Value};

/// Looks at the lines of a chunk.
pub(super) fn read(chunk: &[u8], columns: &Columns, gathering: &mut Gathering<'_, '_, '_>) {
    let mut rest = chunk;
    let mut line = 0;
    while !rest.is_empty() {
        let (text, after) = match memchr(b'\n', rest) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, &[][..]),
        };
        if !text.trim_ascii().is_empty() {
            match serde_json::from_slice::<Map<String, Value>>(text) {
                Ok(object) => {
                    let mut keys = Vec::new();
                    collect(&object, Spoken::default(), columns, &mut keys);
                    told(&keys, text, line, gathering);
                }
                // serde_json's own sentence can repeat the text, which may be a key.
                Err(error) => gathering.fault(line, error.column().max(1) as u64, "this line is no JSON object"),
            }
        }
        line += 1;
        rest = after;
    }
    gathering.lines(line);
}

/// Whether the first of some lines hold what goes by the name of a key and looks like one, or the column that the user named.
pub(super) fn name_a_key<'l>(lines: impl Iterator<Item = &'l [u8]>, columns: &Columns, matcher: &Matcher<'_>) -> bool {
    const LOOKED_AT: usize = 64;
    lines.take(LOOKED_AT).any(|line| {
        let Ok(object) = serde_json::from_slice(line) else { return false };
        let mut keys = Vec::new();
        collect(&object, Spoken::default(), columns, &mut keys);
        let named = columns.key != Column::Any;
        keys.iter().any(|key| named || is_sure(&plain(key.name)) || is_plainly_a_key(&key.value, matcher))
    })
}

/// What stands in the place of a key.
struct Key<'o> {
    name: &'o str,
    value: String,
    spoken: Spoken<'o>,
    object: &'o Map<String, Value>,
}

/// The keys of an object and of the objects and lists in it. What an object says of a product holds for those inside it.
fn collect<'o>(object: &'o Map<String, Value>, outer: Spoken<'o>, columns: &Columns, keys: &mut Vec<Key<'o>>) {
    let named = |wanted: Role| {
        let found = object.iter().find(|(name, _)| role(&plain(name)) == wanted);
        found.and_then(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    };
    let spoken = Spoken {
        product: named(Role::Product).or(outer.product),
        sku: named(Role::Sku).or(outer.sku),
        package: named(Role::Package).or(outer.package),
    };
    for (at, (name, value)) in object.iter().enumerate() {
        let is_key = match &columns.key {
            Column::Any => role(&plain(name)) == Role::Key,
            Column::Named(wanted) => plain(name) == plain(wanted),
            Column::Numbered(number) => at + 1 == *number,
        };
        let mut scalar = |value: &Value| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if !value.trim().is_empty() {
                keys.push(Key { name, value, spoken, object });
            }
        };
        match value {
            Value::String(_) | Value::Number(_) if is_key => scalar(value),
            Value::Array(values) => {
                values.iter().filter(|value| is_key && (value.is_string() || value.is_number())).for_each(&mut scalar);
                values.iter().filter_map(Value::as_object).for_each(|inner| collect(inner, spoken, columns, keys));
            }
            Value::Object(inner) => collect(inner, spoken, columns, keys),
            Value::String(_) | Value::Number(_) | Value::Null | Value::Bool(_) => {}
        }
    }
}

/// Judges the keys of a line, each at its place.
fn told(keys: &[Key<'_>], text: &[u8], line: u64, gathering: &mut Gathering<'_, '_, '_>) {
    for (at, key) in keys.iter().enumerate() {
        // Of several that read the same, each has its own place.
        let before = keys[..at].iter().filter(|other| other.name == key.name && other.value == key.value).count();
        let start = start(text, key.name, key.value.trim(), before);
        let record = gathering.carries().then(|| {
            let others = key.object.iter().filter(|(other, _)| *other != key.name);
            let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            others.map(|(name, value)| (name.clone(), shown(value))).collect()
        });
        let place = Place { line, before: Before::Bytes(&text[..start]) };
        gathering.key(key.value.trim(), place, &key.spoken, record);
    }
}

/// Where a value stands behind its name, of those that read the same the one behind so many others. One that is written with escapes is not
/// found letter by letter: its line is all that is known.
fn start(text: &[u8], name: &str, value: &str, behind: usize) -> usize {
    let quoted = format!("\"{name}\"");
    let values = memchr::memmem::find_iter(text, quoted.as_bytes()).filter_map(|at| {
        let named = at + quoted.len();
        let is_name = text[named..].trim_ascii_start().starts_with(b":");
        let found = memchr::memmem::find(&text[named..], value.as_bytes())?;
        // In a list the value can come later; another name in between has a value of its own.
        let between = &text[named..named + found];
        (is_name && memchr::memchr_iter(b':', between).count() == 1).then_some(named + found)
    });
    let mut places: Vec<usize> = values.collect();
    // In one list the same value can stand several times.
    if let Some(last) = places.last().copied() {
        places.extend(memchr::memmem::find_iter(&text[last + 1..], value.as_bytes()).map(|at| last + 1 + at));
    }
    places.get(behind).or(places.first()).copied().unwrap_or(0)
}
