//! The entries of a catalogue, by family.

use super::{EntryTable, family::families};

/// Generates a table for each row of families.
macro_rules! tables {
    ($($(#[doc = $doc:literal])+ $family:ident { id: $id:literal, entry: $entry:ty, table: $table:ident, $($rest:tt)+ })+) => {
        /// The entries of a catalogue, by family.
        #[derive(Debug)]
        pub struct Tables {
            $($(#[doc = $doc])+ pub $table: EntryTable<$entry>,)+
        }

        impl Tables {
            pub(super) fn empty() -> Self {
                Self { $($table: EntryTable::new($id),)+ }
            }
        }

        /// An entry of any family.
        #[cfg_attr(not(any(feature = "cli", feature = "serve")), allow(dead_code, reason = "only reports and pages ask for every family"))]
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum AnyEntry<'c> {
            $($family(&'c $entry),)+
        }
    };
}

families!(tables);
