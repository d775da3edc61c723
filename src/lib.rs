//! Reads the CD keys, Product IDs and Microsoft Mail postoffice serials of 1990s Microsoft installers.

pub mod catalogue;
#[cfg(feature = "cli")]
pub mod cli;
pub mod explain;
pub mod identify;
pub mod judge;
pub mod model;
pub mod parse;
pub mod proof;
pub mod report;

pub use catalogue::{Catalogue, Shelf, UnknownId};
pub use explain::explain;
pub use identify::identify;
pub use judge::{judge, judge_absence};
pub use model::{severity::Severity, situation::Situation, sku::Sku, subject::Subject, verdict::Verdict};
