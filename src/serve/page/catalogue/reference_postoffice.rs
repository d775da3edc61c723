//! The pages of postoffices as Setup leaves them, and of serial locations.

use super::source;
use crate::{
    catalogue::{Catalogue, Family},
    model::{reference_postoffice::ReferencePostoffice, serial_location::SerialLocation},
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, reference: &ReferencePostoffice) -> Markup {
    html! {
        (source::section(catalogue, "Like", Family::ReferencePostoffice, reference.like.as_deref()))
        @if !reference.directories.is_empty() { p { (reference.directories.len()) " directories." } }
        ul { @for (path, size) in &reference.files { li { tt { (path) } ", " (size) " bytes" } } }
        (source::sources(catalogue, &reference.sources))
    }
}

pub(super) fn serial_location(catalogue: &Catalogue, location: &SerialLocation) -> Markup {
    html! {
        p { "At " (format!("{:#04x}", location.offset)) " of MASTER.GLB, as " (location.encoding.id()) "." }
        ul { @for proof in &location.proofs { li { "has read " (proof.serial) " from " tt { (proof.bytes) } } } }
        (source::sources(catalogue, &location.sources))
    }
}
