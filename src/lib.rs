//! Reads the CD keys, Product IDs and Microsoft Mail postoffice serials that 1990s Microsoft installers and mail servers
//! ask for, judges them per product and channel by rules kept as data, and says which Microsoft Knowledge Base remedy
//! applies. It never makes a key.
//!
//! # One way through
//!
//! ```text
//!  text ──parse──▶ Written ──identify──▶ Readings ──judge──▶ Subject ──report──▶ human, JSON, NDJSON
//!                                            ▲
//!                       keyrules/ ──▶ Catalogue
//! ```
//!
//! - [`Catalogue`] holds the rules: [`Catalogue::built_in`], or with a folder of your own, [`Catalogue::with_folder`].
//! - [`judge()`] takes a text and a [`Situation`] (product, channel, package) and gives a [`Subject`]: the recognised
//!   form, the [`Verdict`], the findings with their spans and remedies, and what could not be answered.
//! - [`judge_absence`] does the same where the box holds no key.
//! - [`addpack`] says what Small Business Server Client Add Packs will do, and finds the best order.
//! - [`answer`] finds the keys in answer files and command lines, and what is wrong with how they are handed over.
//! - [`explain()`] leads from an article's number, an id or an error text to articles and their remedies.
//! - [`volume`] lists and reads what folders, archives and disk images hold, and writes nothing.
//! - [`report`] writes subjects; [`proof::prove`] runs the examples of a folder of rule files.
//!
//! # In a test of your own
//!
//! Everything is plain data with a fixed order, so it can be compared or snapshotted:
//!
//! ```
//! use jewelcase::{Catalogue, Situation, Sku, Verdict, judge};
//!
//! let situation = Situation {
//!     product: Some("outlook-97"),
//!     sku: Some(Sku::Nfr),
//!     package: Some("backoffice-server-4.0"),
//! };
//! let subject = judge(Catalogue::built_in(), "932-9619111", &situation)?;
//!
//! assert_eq!(subject.verdict, Verdict::Rejected);
//! assert_eq!(subject.findings[0].rule, "key/wrong-form");
//! assert_eq!(subject.findings[0].remedies, ["Q180399/nfr"]);
//! # Ok::<(), jewelcase::UnknownId>(())
//! ```
//!
//! # What a verdict means
//!
//! [`Verdict::WellFormed`] says that a key passes what a Setup is known to check, and no more: the arithmetic of these keys
//! is weak, and nothing here knows who may use a key.
//!
//! # Features
//!
//! - `cli` (default) adds the command line, its human report and their crates.
//! - `audit` (default) adds ZIP archives to the volumes, and the crate that unpacks them; without it they are reported as
//!   unsupported, and folders, FAT and ISO 9660 images are read all the same.
//!
//! Features only add. Without any the library depends on nom, serde, serde_json, schemars, toml, thiserror, once_cell, strsim
//! and yore only.

pub mod addpack;
pub mod answer;
pub mod bulk;
pub mod catalogue;
#[cfg(feature = "cli")]
pub mod cli;
pub mod explain;
pub mod identify;
pub mod judge;
pub mod model;
pub mod parse;
pub mod postoffice;
pub mod proof;
pub mod report;
#[cfg(feature = "scan")]
pub mod scan;
pub mod volume;

pub use catalogue::{Catalogue, Shelf, UnknownId};
pub use explain::explain;
pub use identify::identify;
pub use judge::{judge, judge_absence};
pub use model::{severity::Severity, situation::Situation, sku::Sku, subject::Subject, verdict::Verdict};

/// The Rust examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
