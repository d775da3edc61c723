//! NDJSON: an object on each line, with the same names as the columns of a table, at any depth.

use crate::{
    bulk::Matcher,
    scan::{
        collect::{
            collector::{Before, Collector, Place},
            findings::RawRecord,
        },
        columns::{Column, Columns, Role, is_sure, plain, role},
        row_context::RowContext,
        sniff::is_plainly_a_key,
    },
};
use memchr::memchr;
use once_cell::unsync::OnceCell;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::fmt;

/// So many objects may lie within each other; serde_json takes no more either.
const MAX_DEPTH: usize = 127;

/// Looks at the lines of a chunk.
pub(in crate::scan) fn read(chunk: &[u8], columns: &Columns, collector: &mut Collector<'_, '_, '_>) {
    let mut rest = chunk;
    let mut line = 0;
    while !rest.is_empty() {
        let (text, after) = match memchr(b'\n', rest) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, &[][..]),
        };
        if !text.trim_ascii().is_empty() {
            let carries = collector.carries();
            let told = keys(text, columns, &mut |key| {
                let place = Place { line, before: Before::Bytes(&text[..key.at]) };
                let record = carries.then(|| key.record());
                collector.key(key.value.trim(), place, &key.spoken, record);
            });
            if let Err(fault) = told {
                collector.fault(line, fault.column, fault.message);
            }
        }
        line += 1;
        rest = after;
    }
    collector.lines(line);
}

/// Whether the first of some lines hold what goes by the name of a key and looks like one, or the column that the user named.
pub(in crate::scan) fn name_a_key<'l>(
    lines: impl Iterator<Item = &'l [u8]>,
    columns: &Columns,
    matcher: &Matcher<'_>,
) -> bool {
    const LOOKED_AT: usize = 64;
    let named = columns.key != Column::Any;
    lines.take(LOOKED_AT).any(|line| {
        let mut found = false;
        let read = keys(line, columns, &mut |key| {
            found = found || named || is_sure(&plain(key.name)) || is_plainly_a_key(key.value, matcher);
        });
        read.is_ok() && found
    })
}

/// Why a line is not read.
struct JsonFault {
    column: u64,
    message: &'static str,
}

/// What stands in the place of a key.
struct JsonKey<'k> {
    name: &'k str,
    value: &'k str,
    /// Where it begins, in bytes of its line.
    at: usize,
    spoken: RowContext<'k>,
    object: &'k Object<'k>,
    /// The record of all values of this name, made for the first.
    record: &'k OnceCell<RawRecord>,
}

impl JsonKey<'_> {
    /// What else its object says.
    fn record(&self) -> RawRecord {
        let others = || self.object.0.iter().filter(|(name, _)| name != self.name);
        let shown = |raw: &RawValue| text(raw).unwrap_or_else(|| raw.get().to_owned());
        self.record.get_or_init(|| others().map(|(name, raw)| (name.clone(), shown(raw))).collect()).clone()
    }
}

/// The keys of the object on a line and of the objects and lists in it, in their order.
fn keys(line: &[u8], columns: &Columns, told: &mut dyn FnMut(&JsonKey<'_>)) -> Result<(), JsonFault> {
    // serde_json's own sentence can repeat the text, which may be a key.
    let no_object = |column: usize| JsonFault { column: column.max(1) as u64, message: "this line is no JSON object" };
    let object: Object<'_> = serde_json::from_slice(line).map_err(|error| no_object(error.column()))?;
    let keys = JsonKeys { line, columns };
    keys.of(&object, RowContext::default(), 1, told)
}

/// The search for keys on a line.
struct JsonKeys<'l> {
    line: &'l [u8],
    columns: &'l Columns,
}

impl JsonKeys<'_> {
    /// Those of an object. What it says of a product holds for the objects inside it, too. `depth` objects lie around what is in it.
    fn of(
        &self,
        object: &Object<'_>,
        outer: RowContext<'_>,
        depth: usize,
        told: &mut dyn FnMut(&JsonKey<'_>),
    ) -> Result<(), JsonFault> {
        let names: Vec<String> = object.0.iter().map(|(name, _)| plain(name)).collect();
        let roles: Vec<Role> = names.iter().map(|name| role(name)).collect();
        let named = |wanted: Role| {
            let at = roles.iter().position(|role| *role == wanted)?;
            text(object.0[at].1).filter(|value| !value.trim().is_empty())
        };
        let (product, sku, package) = (named(Role::Product), named(Role::Sku), named(Role::Package));
        let spoken = RowContext {
            product: product.as_deref().or(outer.product),
            sku: sku.as_deref().or(outer.sku),
            package: package.as_deref().or(outer.package),
        };
        for (at, (name, raw)) in object.0.iter().enumerate() {
            let is_key = match &self.columns.key {
                Column::Any => roles[at] == Role::Key,
                Column::Named(wanted) => names[at] == plain(wanted),
                Column::Numbered(number) => at + 1 == *number,
            };
            let record = OnceCell::new();
            let mut scalar = |raw: &RawValue| {
                let decoded = text(raw);
                let value = decoded.as_deref().unwrap_or(raw.get());
                if is_key && !value.trim().is_empty() {
                    told(&JsonKey { name, value, at: self.place(raw), spoken, object, record: &record });
                }
            };
            match kind(raw) {
                JsonKind::Scalar => scalar(raw),
                JsonKind::List => {
                    let values: Vec<&RawValue> = self.inner(raw)?;
                    values.iter().filter(|raw| kind(raw) == JsonKind::Scalar).for_each(|raw| scalar(raw));
                    for raw in values.iter().filter(|raw| kind(raw) == JsonKind::Object) {
                        self.inside(raw, spoken, depth, told)?;
                    }
                }
                JsonKind::Object => self.inside(raw, spoken, depth, told)?,
                JsonKind::Other => {}
            }
        }
        Ok(())
    }

    /// Those of an object within `depth` others.
    fn inside(
        &self,
        raw: &RawValue,
        outer: RowContext<'_>,
        depth: usize,
        told: &mut dyn FnMut(&JsonKey<'_>),
    ) -> Result<(), JsonFault> {
        if depth >= MAX_DEPTH {
            let message = "too many JSON objects lie within each other here";
            return Err(JsonFault { column: self.place(raw) as u64 + 1, message });
        }
        self.of(&self.inner(raw)?, outer, depth + 1, told)
    }

    /// A value that was passed over at first.
    fn inner<'t, T: Deserialize<'t>>(&self, raw: &'t RawValue) -> Result<T, JsonFault> {
        let fault = |_| JsonFault { column: self.place(raw) as u64 + 1, message: "this line is no JSON object" };
        serde_json::from_str(raw.get()).map_err(fault)
    }

    /// Where what a value says begins on the line: a text, behind its quote and blanks.
    fn place(&self, raw: &RawValue) -> usize {
        let at = raw.get().as_ptr().addr() - self.line.as_ptr().addr();
        let quoted = raw.get().strip_prefix('"');
        at + quoted.map_or(0, |text| 1 + text.len() - text.trim_start().len())
    }
}

/// The fields of an object, in their order, as they are written.
struct Object<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Object<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Fields).map(Self)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonKind {
    /// A text or a number.
    Scalar,
    List,
    Object,
    /// `true`, `false` or `null`.
    Other,
}

fn kind(raw: &RawValue) -> JsonKind {
    match raw.get().as_bytes().first() {
        Some(b'[') => JsonKind::List,
        Some(b'{') => JsonKind::Object,
        Some(b'"' | b'-' | b'0'..=b'9') => JsonKind::Scalar,
        Some(_) | None => JsonKind::Other,
    }
}

/// What a text says.
fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}
