//! The document `jewelcase/1`: every report is written from it, and a saved report is read into it.
//!
//! These structs are separate from the program's own, so that neither changes with the other. They borrow what was judged, or own what
//! was read. Everything in them is masked already, unless keys are shown. Reading a document that was written returns the same value.
//! was read. Everything in them is masked already, unless keys were to be shown. A document that was written reads back as the same value.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub mod listing;
pub mod mask;
pub mod position;
pub mod read;
pub mod schema;
mod secret;
pub mod statistics;
pub mod summary;
pub mod topic;

mod document;
mod entry;
mod finding;
mod key;
mod kind;
mod location;
mod media;
mod owned;
mod plan;
mod postoffice;
mod properties;
mod remedy;
pub(crate) mod repeated;
mod state;
mod totals;

pub use document::{Command, Document, Tool};
pub use entry::Entry;
pub use finding::{Finding, Span, Unanswered};
pub use key::Located;
pub use kind::SubjectKind;
pub use location::Location;
pub use properties::{
    AtProduct, Candidate, DiscMarker, DiscPrompt, Field, FileProperties, KeyProperties, LeftOut, MediaProperties,
    PlanProperties, PostofficeProperties, Properties, Step,
};
pub use remedy::{Remedies, Remedy};
pub use repeated::{Repeated, RepeatedKeys, Spot};
pub use state::State;
pub use totals::{FormTotals, KeptOut, Listed, Totals};

/// The name and number of the document.
pub const SCHEMA: &str = "jewelcase/1";
