//! The tree of a registry file: the key that is being read, its path, and the faults met on the way.

use super::{
    Registry, fault, installed,
    value::{Format, Value, Wanted},
};
use crate::source::{Fault, encoding::Encoding};

/// The deepest key that is read. Windows allows 512.
pub(super) const MAX_DEPTH: usize = 512;

/// The longest text, in characters, that can be of interest.
const MAX_TEXT: usize = 300;

/// The walk through a tree.
pub(super) struct Tree {
    format: Format,
    path: Vec<String>,
    values: Vec<Value>,
    registry: Registry,
    /// The first damaged place, and the number of all.
    damaged: Option<(usize, usize)>,
}

impl Tree {
    pub(super) fn new(format: Format) -> Self {
        Self { format, path: Vec::new(), values: Vec::new(), registry: Registry::default(), damaged: None }
    }

    /// Begins with a key: `depth` keys are above it.
    pub(super) fn enter(&mut self, depth: usize, name: String) {
        self.path.truncate(depth);
        self.path.push(name);
    }

    /// Adds a value of the current key.
    pub(super) fn value(&mut self, wanted: Wanted, name: String, text: String, offset: usize) {
        if text.chars().count() <= MAX_TEXT {
            self.values.push(Value { wanted, name, text, offset: offset as u64 });
        }
    }

    /// Ends the current key, whose values were all added.
    pub(super) fn leave(&mut self) {
        if !self.values.is_empty() {
            installed::collect(self.format, &self.path, &self.values, &mut self.registry.installed);
            self.values.clear();
        }
    }

    /// Counts a place that leads nowhere.
    pub(super) fn damaged(&mut self, offset: usize) {
        let (first, count) = self.damaged.unwrap_or((offset, 0));
        self.damaged = Some((first, count + 1));
    }

    /// Adds a fault.
    pub(super) fn fault(&mut self, fault: Fault) {
        self.registry.faults.push(fault);
    }

    /// Everything that was found.
    pub(super) fn end(mut self) -> Registry {
        if let Some((first, count)) = self.damaged {
            let message = match count {
                1 => "expected a key or value of the registry here; the rest was read".to_owned(),
                _ => format!(
                    "expected a key or value of the registry here and at {} other places; the rest was read",
                    count - 1
                ),
            };
            self.fault(fault("input/corrupt-image", Some(first), message));
        }
        installed::name_systems(&mut self.registry.installed);
        self.registry
    }
}

/// A text of one byte a character, up to its first NUL.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    Encoding::Windows1252.decode(text).into_owned()
}

/// A text of UTF-16, little-endian, up to its first NUL.
pub(super) fn of_utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [low, high] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    });
    char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
