//! The entry of a disc, as a report may show it.

use crate::{
    catalogue::Catalogue,
    wire::{
        Entry, Properties,
        mask::{self, Keys},
    },
};
use std::borrow::Cow;

/// An entry for a disc in whose names possible keys are masked.
pub(super) fn masked<'a>(mut entry: Entry<'a>, catalogue: &Catalogue, keys: Keys) -> Entry<'a> {
    let mask = |text: &mut Cow<'a, str>| *text = Cow::Owned(mask::text(catalogue, text, keys).into_owned());
    entry.label = Cow::Owned(mask::path(catalogue, &entry.label, keys).into_owned());
    entry.findings.iter_mut().for_each(|finding| mask(&mut finding.message));
    if let Properties::Media(media) = &mut entry.properties {
        media.label.iter_mut().for_each(mask);
        for marker in &mut media.markers {
            marker.path = Cow::Owned(mask::path(catalogue, &marker.path, keys).into_owned());
        }
    }
    entry
}
