//! The operations on a table of entries, whatever their type.

use super::{
    EntryTable, Family, UnknownId,
    family::families,
    lint::{self, Complaint},
    tables::{AnyEntry, Tables},
    toml_entry::{self, Mistake},
};
use crate::model::example::Example;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// An entry of one family, as its row describes it.
pub(crate) trait FamilyEntry: Serialize + DeserializeOwned {
    /// The title, on one line.
    fn title(&self) -> &str;

    /// Inputs with their expected results.
    fn examples(&self) -> &[Example];

    /// The faults that its type cannot exclude.
    fn complaints(&self, catalogue: &Tables, id: &str) -> Vec<Complaint>;

    /// The entry as one of any family.
    fn any(&self) -> AnyEntry<'_>;
}

/// Generates the operations on tables and their entries from the rows of families.
macro_rules! entries {
    ($($(#[doc = $doc:literal])+ $family:ident {
        id: $id:literal, entry: $entry:ty, table: $table:ident, folders: $folders:expr, heading: $heading:literal, about: $about:literal,
        examples: $examples:expr, lint: $lint:expr,
    })+) => {
        impl Tables {
            /// The table of a family.
            pub(crate) fn table(&self, family: Family) -> &dyn Table {
                match family { $(Family::$family => &self.$table,)+ }
            }

            pub(super) fn table_mut(&mut self, family: Family) -> &mut dyn Table {
                match family { $(Family::$family => &mut self.$table,)+ }
            }
        }

        impl Family {
            /// The JSON Schema of its files, generated from the types.
            #[cfg(feature = "schema")]
            pub fn generated_schema(self) -> String {
                match self {
                    $(Self::$family => format!("{:#}\n", schemars::schema_for!($entry).as_value()),)+
                }
            }
        }

        $(impl FamilyEntry for $entry {
            fn title(&self) -> &str {
                &self.title
            }

            fn examples(&self) -> &[Example] {
                let examples: fn(&Self) -> &[Example] = $examples;
                examples(self)
            }

            fn complaints(&self, catalogue: &Tables, id: &str) -> Vec<Complaint> {
                let lint: fn(&Tables, &str, &Self) -> Vec<Complaint> = $lint;
                lint(catalogue, id, self)
            }

            fn any(&self) -> AnyEntry<'_> {
                AnyEntry::$family(self)
            }
        })+
    };
}

families!(entries);

/// A table of entries of one type.
#[cfg_attr(
    not(all(feature = "cli", feature = "serve")),
    allow(dead_code, reason = "the command line and the pages each use a part of this")
)]
pub(crate) trait Table {
    /// Every id, in order.
    fn ids(&self) -> Vec<&str>;

    /// Returns `true` if there is an entry of this id; it is not read.
    fn has(&self, id: &str) -> bool;

    /// The entry of this id, with the id as stored in the catalogue.
    fn any(&self, id: &str) -> Option<(&str, AnyEntry<'_>)>;

    /// Every entry's id and title, in order of the ids.
    fn titles(&self) -> Vec<(&str, &str)>;

    /// The title of an entry.
    fn title(&self, id: &str) -> Option<&str>;

    /// The examples of an entry.
    fn examples(&self, id: &str) -> &[Example];

    /// An entry as JSON.
    fn json(&self, id: &str) -> Option<Value>;

    /// An unknown id, with the known ids that resemble it.
    fn unknown(&self, id: &str) -> UnknownId;

    /// Adds the embedded entries of one folder.
    fn embed(&mut self, prefix: &str, entries: &'static [(&'static str, &'static str)]);

    /// Reads a file's text as an entry and adds it.
    fn read(&mut self, id: &str, source: &str) -> Result<(), Mistake>;

    /// The faults of an entry that its type cannot exclude.
    fn complaints(&self, catalogue: &Tables, id: &str) -> Vec<Complaint>;
}

impl<T: FamilyEntry> Table for EntryTable<T> {
    fn ids(&self) -> Vec<&str> {
        Self::ids(self).collect()
    }

    fn has(&self, id: &str) -> bool {
        self.position(id).is_some()
    }

    fn any(&self, id: &str) -> Option<(&str, AnyEntry<'_>)> {
        self.entry(id).map(|(id, entry)| (id, entry.any()))
    }

    fn titles(&self) -> Vec<(&str, &str)> {
        self.iter().map(|(id, entry)| (id, entry.title())).collect()
    }

    fn title(&self, id: &str) -> Option<&str> {
        self.get(id).map(T::title)
    }

    fn examples(&self, id: &str) -> &[Example] {
        self.get(id).map_or(&[], T::examples)
    }

    fn json(&self, id: &str) -> Option<Value> {
        serde_json::to_value(self.get(id)?).ok()
    }

    fn unknown(&self, id: &str) -> UnknownId {
        Self::unknown(self, id)
    }

    fn embed(&mut self, prefix: &str, entries: &'static [(&'static str, &'static str)]) {
        Self::embed(self, prefix, entries);
    }

    fn read(&mut self, id: &str, source: &str) -> Result<(), Mistake> {
        let toml_entry::Read { value, json } = toml_entry::read(source)?;
        self.put(id.to_owned(), json, value);
        Ok(())
    }

    fn complaints(&self, catalogue: &Tables, id: &str) -> Vec<Complaint> {
        self.get(id).map_or(Vec::new(), |entry| entry.complaints(catalogue, id))
    }
}
