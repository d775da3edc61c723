//! The pages of postoffices as Setup leaves them, and of places of the serial.

use super::source;
use crate::{
    catalogue::Catalogue,
    explain::Kind,
    model::{locator::Locator, specimen::Baseline},
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

pub(super) fn locator(catalogue: &Catalogue, locator: &Locator) -> Markup {
    html! {
        p { "At " (format!("{:#04x}", locator.offset)) " of MASTER.GLB, as " (locator.encoding.id()) "." }
        ul { @for proof in &locator.proofs { li { "has read " (proof.serial) " from " tt { (proof.bytes) } } } }
        (source::sources(catalogue, &locator.sources))
    }
}
