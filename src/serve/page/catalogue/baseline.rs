//! The pages of postoffices as Setup leaves them, and of places of the serial.

use super::source;
use crate::{
    catalogue::Catalogue,
    explain::Kind,
    model::{serial_location::SerialLocation, specimen::Baseline},
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, baseline: &Baseline) -> Markup {
    html! {
        (source::section(catalogue, "Like", Kind::Baseline, baseline.like.as_deref()))
        @if !baseline.directories.is_empty() { p { (baseline.directories.len()) " directories." } }
        ul { @for (path, size) in &baseline.files { li { tt { (path) } ", " (size) " bytes" } } }
        (source::sources(catalogue, &baseline.sources))
    }
}

pub(super) fn serial_location(catalogue: &Catalogue, location: &SerialLocation) -> Markup {
    html! {
        p { "At " (format!("{:#04x}", location.offset)) " of MASTER.GLB, as " (location.encoding.id()) "." }
        ul { @for proof in &location.proofs { li { "has read " (proof.serial) " from " tt { (proof.bytes) } } } }
        (source::sources(catalogue, &location.sources))
    }
}
