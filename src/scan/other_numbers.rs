//! Numbers that are not keys, by the words of headings, labels and sentences: a telephone number, an order, a time, the serial number of a
//! printer.

use crate::catalogue::{Lexicon, words::spoken};

/// The end of the last word that says that a number is something other than a key.
pub(super) fn last_claim(lexicon: &Lexicon, text: &str) -> Option<usize> {
    lexicon.vetoes.last(text)
}

/// Returns `true` if a heading, in lower case, names something other than keys.
pub(super) fn claims_heading(lexicon: &Lexicon, heading: &str) -> bool {
    lexicon.vetoes.is_in(heading) || lexicon.headings.is_in(heading)
}

/// Returns `true` if the name of a column or field is of something other than keys: `phone`, `OrderNumber`, `osm_id`.
pub(super) fn claims_column(lexicon: &Lexicon, name: &str) -> bool {
    claims_heading(lexicon, &spoken(name))
}

/// Returns `true` if a text, in lower case, mentions hardware, which has serial numbers too.
pub(super) fn names_hardware(lexicon: &Lexicon, text: &str) -> bool {
    lexicon.hardware.is_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    #[test]
    fn a_column_of_something_else_is_told_by_its_name() {
        let lexicon = Catalogue::built_in().lexicon();
        for name in [
            "Phone",
            "Tel.",
            "order number",
            "OrderNumber",
            "osm_id",
            "ISBN-10",
            "time-stamp",
            "User ID",
            "zip",
            "Telefonnummer",
            "電話番号",
        ] {
            assert!(claims_column(lexicon, name), "{name}");
        }
        for name in ["Key", "CD-Key", "product_key", "Serial Number", "S/N", "Notes", "Owner", "Seriennummer"] {
            assert!(!claims_column(lexicon, name), "{name}");
        }
    }
}
