//! NDJSON: an object on each line, with the same names as the columns of a table, at any depth.

use crate::{
    bulk::Matcher,
    model::within::Within,
    scan::{
        collect::{
            collector::{Before, Collector, Faulty, TextStart},
            findings::RawRecord,
        },
        columns::{Column, Columns, Role, is_sure, normalize, role},
        row_context::RowContext,
        sniff::{Look, look},
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

/// The maximum depth of nested objects; serde_json accepts no more either.
const MAX_DEPTH: usize = 127;

/// Reads the lines of a chunk.
pub(in crate::scan) fn read(chunk: &[u8], columns: &Columns, collector: &mut Collector<'_, '_, '_>) {
    let mut rest = chunk;
    let mut line = 0;
    while !rest.is_empty() {
        let (text, after) = match memchr(b'\n', rest) {
            Some(at) => (rest.within(..at), rest.within(at.saturating_add(1)..)),
            None => (rest, &[][..]),
        };
        if !text.trim_ascii().is_empty() {
            let carries = collector.carries();
            let told = keys(text, columns, &mut |key| {
                let place = TextStart { line, before: Before::Bytes(text.within(..key.at)) };
                let record = carries.then(|| key.record());
                let value = key.value.trim();
                match key.role {
                    Role::KeyWord => collector.hinted(value, place, &key.spoken, record, Faulty::IsKey),
                    Role::Serial => collector.hinted(value, place, &key.spoken, record, Faulty::IsNone),
                    Role::Key | Role::Product | Role::Sku | Role::Package | Role::Other => {
                        collector.key(value, place, &key.spoken, record);
                    }
                }
            });
            if let Err(fault) = told {
                collector.fault(line, fault.column, fault.message);
            }
        }
        line = line.saturating_add(1);
        rest = after;
    }
    collector.lines(line);
}

/// Returns `true` if the first of some lines hold what goes by the name of a key and looks like one, or the column that the user named.
pub(in crate::scan) fn name_a_key<'l>(
    lines: impl Iterator<Item = &'l [u8]>,
    columns: &Columns,
    matcher: &Matcher<'_>,
) -> bool {
    const SAMPLE_LINES: usize = 64;
    let named = columns.key != Column::Any;
    lines.take(SAMPLE_LINES).any(|line| {
        let mut found = false;
        let read = keys(line, columns, &mut |key| {
            let looks = || match look(key.value, matcher) {
                (Look::Groups, clean) => clean || key.role != Role::Serial,
                (Look::Digits, clean) => clean || key.role == Role::Key,
                (Look::Near | Look::Other, _) => false,
            };
            found = found || named || is_sure(&normalize(key.name)) || looks();
        });
        read.is_ok() && found
    })
}

/// A line that could not be read.
struct JsonFault {
    column: u64,
    message: &'static str,
}

/// A value in a field for keys.
struct JsonKey<'k> {
    name: &'k str,
    /// The role of its name; `Key` if the user named the column.
    role: Role,
    value: &'k str,
    /// The offset of its beginning in the line, in bytes.
    at: usize,
    spoken: RowContext<'k>,
    object: &'k Object<'k>,
    /// The record shared by all values of this name, made for the first of them.
    record: &'k OnceCell<RawRecord>,
}

impl JsonKey<'_> {
    /// The other fields of its object.
    fn record(&self) -> RawRecord {
        let others = || self.object.0.iter().filter(|(name, _)| name != self.name);
        let shown = |raw: &RawValue| text(raw).unwrap_or_else(|| raw.get().to_owned());
        self.record.get_or_init(|| others().map(|(name, raw)| (name.clone(), shown(raw))).collect()).clone()
    }
}

/// Finds the keys of the object on a line, and of the objects and lists in it, in their order.
fn keys(line: &[u8], columns: &Columns, told: &mut dyn FnMut(&JsonKey<'_>)) -> Result<(), JsonFault> {
    // serde_json's own message can repeat the text, which may be a key.
    let no_object =
        |column: usize| JsonFault { column: column.max(1) as u64, message: "this line is not a JSON object" };
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
    /// Finds the keys of an object. A product that it names applies to the objects inside it too. `depth` counts the objects around its
    /// values.
    fn of(
        &self,
        object: &Object<'_>,
        outer: RowContext<'_>,
        depth: usize,
        told: &mut dyn FnMut(&JsonKey<'_>),
    ) -> Result<(), JsonFault> {
        let names: Vec<String> = object.0.iter().map(|(name, _)| normalize(name)).collect();
        let roles: Vec<Role> = names.iter().map(|name| role(name)).collect();
        let named = |wanted: Role| {
            let at = roles.iter().position(|role| *role == wanted)?;
            text(object.0.get(at)?.1).filter(|value| !value.trim().is_empty())
        };
        let (product, sku, package) = (named(Role::Product), named(Role::Sku), named(Role::Package));
        let spoken = RowContext {
            product: product.as_deref().or(outer.product),
            sku: sku.as_deref().or(outer.sku),
            package: package.as_deref().or(outer.package),
        };
        for (at, ((name, raw), (plain_name, role))) in object.0.iter().zip(names.iter().zip(&roles)).enumerate() {
            let wanted = match &self.columns.key {
                Column::Any => role.is_of_keys(),
                Column::Named(wanted) => *plain_name == normalize(wanted),
                Column::Numbered(number) => at.saturating_add(1) == *number,
            };
            let role = if self.columns.key == Column::Any { *role } else { Role::Key };
            let record = OnceCell::new();
            let mut scalar = |raw: &RawValue| {
                let decoded = text(raw);
                let value = decoded.as_deref().unwrap_or(raw.get());
                if wanted && !value.trim().is_empty() {
                    told(&JsonKey { name, role, value, at: self.offset(raw), spoken, object, record: &record });
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

    /// Finds the keys of an object inside `depth` others.
    fn inside(
        &self,
        raw: &RawValue,
        outer: RowContext<'_>,
        depth: usize,
        told: &mut dyn FnMut(&JsonKey<'_>),
    ) -> Result<(), JsonFault> {
        if depth >= MAX_DEPTH {
            let message = "too many JSON objects lie within each other here";
            return Err(JsonFault { column: (self.offset(raw) as u64).saturating_add(1), message });
        }
        self.of(&self.inner(raw)?, outer, depth.saturating_add(1), told)
    }

    /// Parses a value that was skipped at first.
    fn inner<'t, T: Deserialize<'t>>(&self, raw: &'t RawValue) -> Result<T, JsonFault> {
        let fault = |_| JsonFault {
            column: (self.offset(raw) as u64).saturating_add(1),
            message: "this line is not a JSON object",
        };
        serde_json::from_str(raw.get()).map_err(fault)
    }

    /// The offset of a value's text in the line, after its quote and spaces.
    fn offset(&self, raw: &RawValue) -> usize {
        let at = raw.get().as_ptr().addr().saturating_sub(self.line.as_ptr().addr());
        let quoted = raw.get().strip_prefix('"');
        at.saturating_add(quoted.map_or(0, |text| text.len().saturating_add(1).saturating_sub(text.trim_start().len())))
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

/// The text of a JSON string.
fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}
