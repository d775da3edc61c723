//! A TOML file as JSON text with the places of its values, so that a single deserializer reads every entry, wherever it comes from.
//!
//! The embedded entries are JSON. Reading those of a folder directly from TOML would compile every type of the catalogue a second time, for
//! a
//! deserializer that few runs use: a quarter of the code of this crate.

use crate::model::within::Within;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

/// An entry that was read, and its JSON text.
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) json: String,
}

/// A fault of a file, at an offset in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(super) offset: usize,
    pub(super) message: String,
}

/// Reads an entry.
///
/// # Errors
/// The first thing that is not TOML, or not what the type expects, with its place in `source`.
pub(super) fn read<T: DeserializeOwned>(source: &str) -> Result<Read<T>, Mistake> {
    let table = DeTable::parse(source).map_err(|error| Mistake {
        offset: error.span().map_or(0, |span| span.start),
        message: error.message().to_owned(),
    })?;
    let mut text = JsonText::default();
    text.table(table.get_ref(), table.span())?;
    match serde_json::from_str(&text.json) {
        Ok(value) => Ok(Read { value, json: text.json }),
        Err(error) => {
            Err(Mistake { offset: text.toml_offset(error.column()), message: without_place(&error.to_string()) })
        }
    }
}

/// The message of an error of `serde_json` without the position in the JSON text, which users never see.
fn without_place(message: &str) -> String {
    message.rfind(" at line ").map_or(message, |end| message.within(..end)).to_owned()
}

/// JSON on one line, written value by value.
#[derive(Default)]
struct JsonText {
    json: String,
    /// For each value, key and end of a table: its offset in `json`, and that of its source.
    places: Vec<(usize, usize)>,
}

impl JsonText {
    /// The offset in the TOML file of the text that ends at a column of the JSON text, counted from one.
    fn toml_offset(&self, column: usize) -> usize {
        let after = self.places.partition_point(|&(json, _)| json < column);
        after.checked_sub(1).and_then(|last| self.places.get(last)).map_or(0, |&(_, toml)| toml)
    }

    fn mark(&mut self, span: &Range<usize>) {
        self.places.push((self.json.len(), span.start));
    }

    fn table(&mut self, table: &DeTable<'_>, span: Range<usize>) -> Result<(), Mistake> {
        self.mark(&span);
        self.json.push('{');
        for (index, (key, value)) in table.iter().enumerate() {
            if index > 0 {
                self.json.push(',');
            }
            self.mark(&key.span());
            self.string(key.get_ref());
            self.json.push(':');
            self.value(value)?;
        }
        // A missing key is noticed at the end, and is a fault of the table.
        self.mark(&span);
        self.json.push('}');
        Ok(())
    }

    fn array(&mut self, array: &DeArray<'_>) -> Result<(), Mistake> {
        self.json.push('[');
        for (index, value) in array.iter().enumerate() {
            if index > 0 {
                self.json.push(',');
            }
            self.value(value)?;
        }
        self.json.push(']');
        Ok(())
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Result<(), Mistake> {
        let span = value.span();
        self.mark(&span);
        let refused = |message: &str| Mistake { offset: span.start, message: message.to_owned() };
        match value.get_ref() {
            DeValue::String(text) => self.string(text),
            DeValue::Integer(number) => {
                let number = i64::from_str_radix(number.as_str(), number.radix());
                self.json += &number.map_err(|_| refused("an integer that does not fit into 64 bits"))?.to_string();
            }
            DeValue::Float(number) => {
                let number = number.as_str().parse().ok().and_then(serde_json::Number::from_f64);
                self.json += &number.ok_or_else(|| refused("a number that is not finite"))?.to_string();
            }
            DeValue::Boolean(value) => self.json += if *value { "true" } else { "false" },
            DeValue::Datetime(moment) => self.string(&moment.to_string()),
            DeValue::Array(array) => self.array(array)?,
            DeValue::Table(table) => self.table(table, span)?,
        }
        Ok(())
    }

    fn string(&mut self, text: &str) {
        self.json += &serde_json::Value::from(text).to_string();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether they can be read is asked")]
    struct Entry {
        title: String,
        #[serde(default)]
        sizes: Vec<u8>,
        #[serde(default)]
        parts: BTreeMap<String, Part>,
    }

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether they can be read is asked")]
    struct Part {
        length: i64,
    }

    /// The text at the place of the fault, up to the end of its line, and the message.
    fn fault(source: &str) -> (String, String) {
        let mistake = read::<Entry>(source).err().expect("there is a fault");
        let line = source[mistake.offset..].lines().next().unwrap_or_default();
        (line.to_owned(), mistake.message)
    }

    #[test]
    fn a_good_file_is_read() {
        let read = read::<Entry>("title = \"a \\\"b\\\" é\"\nsizes = [1, 0x10]\n[parts.one]\nlength = -7\n");
        let Read { value, json } = read.expect("it is well formed");
        assert_eq!((value.title.as_str(), value.sizes.as_slice()), ("a \"b\" é", &[1, 16][..]));
        assert_eq!(json, r#"{"parts":{"one":{"length":-7}},"sizes":[1,16],"title":"a \"b\" é"}"#);
    }

    #[test]
    fn a_fault_has_its_place() {
        let (place, message) = fault("title = \"a\"\nsizes = [1, \"two\"]\n");
        assert_eq!((place.as_str(), message.as_str()), ("\"two\"]", "invalid type: string \"two\", expected u8"));
        let (place, message) = fault("title = \"a\"\nsizes = [1, 256]\n");
        assert_eq!((place.as_str(), message.as_str()), ("256]", "invalid value: integer `256`, expected u8"));
        let (place, message) = fault("title = \"a\"\n[parts.one]\nlenght = 1\n");
        assert_eq!((place.as_str(), message.as_str()), ("lenght = 1", "unknown field `lenght`, expected `length`"));
        let (place, message) = fault("title = \"a\"\n[parts.one]\n[parts.two]\nlength = 1\n");
        assert_eq!((place.as_str(), message.as_str()), ("[parts.one]", "missing field `length`"));
        let (place, message) = fault("title = \"a\"\n[parts]\none = 5\n");
        assert_eq!((place.as_str(), message.as_str()), ("5", "invalid type: integer `5`, expected struct Part"));
        let (place, message) = fault("title = 99999999999999999999\n");
        assert_eq!(
            (place.as_str(), message.as_str()),
            ("99999999999999999999", "an integer that does not fit into 64 bits")
        );
    }
}
