//! Remedies, collapsed.

use crate::wire::Remedies;
use maud::{Markup, html};

/// The remedies with these ids.
pub(super) fn remedies(remedies: &Remedies<'_>, ids: &[String]) -> Markup {
    html! {
        @for (id, remedy) in ids.iter().filter_map(|id| Some((id, remedies.get(id)?))) {
            details {
                summary { (remedy.title) " " span.id { (id) } }
                @if !remedy.applies_to.is_empty() { p.applies { "For: " (remedy.applies_to.join(", ")) } }
                @if let Some(loses) = &remedy.loses { p.applies { "Loses: " (loses) } }
                ol { @for step in remedy.steps.iter() { li { (step) } } }
            }
        }
    }
}
