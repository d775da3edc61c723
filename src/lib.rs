//! Reads the CD keys, Product IDs and Microsoft Mail postoffice serials that 1990s Microsoft installers and mail servers
//! ask for, judges them per product and channel by rules kept as data, and says which Microsoft Knowledge Base remedy
//! applies. It never makes a key.
//!
//! # One way through
//!
//! ```text
//!  text ──parse──▶ Written ──identify──▶ Readings ──judge──▶ Subject ──report──▶ human, JSON, SARIF…
//!                                            ▲
//!                       keyrules/ ──▶ Catalogue
//! ```
//!
//! - [`Catalogue`] holds the rules: [`Catalogue::built_in`], or with a folder of your own, [`Catalogue::with_folder`].
//! - [`judge()`] takes a text and a [`Situation`] (product, channel, package) and gives a [`Subject`]: the recognised
//!   form, the [`Verdict`], the findings with their spans and remedies, and what could not be answered.
//! - [`judge_no_key`] does the same where the box holds no key.
//! - [`addpack`] says what Small Business Server Client Add Packs will do, and finds the best order.
//! - [`answer`] finds the keys in answer files and command lines, and what is wrong with how they are handed over.
//! - [`postoffice`] finds Microsoft Mail postoffices on volumes, and says what is wrong with them and their serials.
//! - [`explain()`] leads from an article's number, an id or an error text to articles and their remedies.
//! - `scan` (a feature) finds keys in lists, tables, answer files, scripts and any text, in files and folders.
//! - [`bulk`] judges many keys of one form fast, by kernels compiled from the same rules.
//! - [`source`] lists and reads what folders, archives and disk images hold, and writes nothing.
//! - [`report`] writes what was judged, as JSON, SARIF, JUnit, CSV, HTML or annotations of GitHub, and reads a saved report.
//! - `config` (with the feature `cli`) reads `jewelcase.toml` and baselines, and says what each finding weighs in a project.
//! - `serve` (a feature) puts all of this on pages and behind a JSON API.
//! - [`selftest::run_examples`] runs the examples of a folder of rule files, and [`evidence::hold`] holds its entries against the texts of the articles.
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
//! # From a key to a report
//!
//! A [`wire::Entry`] is a subject as reports show it, masked unless you say otherwise; every
//! [`report::Report`] takes entries and writes one form:
//!
//! ```
//! use jewelcase::{Catalogue, Situation, judge};
//! use jewelcase::{report::{Report, sarif}, wire::{Entry, Located, Location, Remedies, mask::Keys, summary::Summary}};
//!
//! let catalogue = Catalogue::built_in();
//! let subject = judge(catalogue, "333-1111111", &Situation { product: Some("windows-95"), ..Situation::default() })?;
//! let location = Some(Location { path: "lab/msbatch.inf".into(), line: 12, column: 11 });
//! let located = Located { subject, location };
//! let entry = Entry::of_key(&located, Keys::Masked);
//! assert_eq!(entry.label, "333-*******");
//!
//! let mut log = Vec::new();
//! let mut report = Box::new(sarif::Writer::begin(Box::new(&mut log), catalogue, Remedies::Catalogue(catalogue))?);
//! report.entry(&entry)?;
//! report.end(&Summary::of([&entry]))?;
//! assert!(String::from_utf8(log)?.contains("\"ruleId\":\"key/blocked-prefix\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A saved JSON report reads back as a [`wire::Document`] with [`wire::read::read`], so that a program of yours can go through it
//! without a parser of its own.
//!
//! # From the words on the screen to what to do
//!
//! ```
//! use jewelcase::{Catalogue, explain};
//!
//! let catalogue = Catalogue::built_in();
//! let matches = explain(catalogue, "there is something wrong with the ini file", Some("exchange-server-5.5"));
//! assert_eq!(matches[0].id, "Q175115");
//! let steps = matches[0].remedies.iter().filter_map(|id| catalogue.remedy(id)).map(|(_, _, remedy)| remedy.steps.len());
//! assert!(steps.sum::<usize>() > 0);
//! ```
//!
//! # What a verdict means
//!
//! [`Verdict::WellFormed`] says that a key passes what a Setup is known to check, and no more: the arithmetic of these keys
//! is weak, and nothing here knows who may use a key.
//!
//! # Features
//!
//! Features only add. `reports` adds the reports in CSV, JUnit and HTML with their crates; `audit` (default) the walk over postoffices, lists of
//! their serials, and `archives`; `cli` (default) the command line, its report for people, the configuration of projects
//! (`config`), and `reports`; `scan` (default) the search for keys in files, and `archives`, by which ZIP, gzip and packed images are opened; `serve` (default) the pages and the JSON API; `schema` makes the JSON Schemas anew from the types. Without them the library depends on nom, serde, serde_json,
//! toml, thiserror, once_cell, strsim, fearless_simd, memchr and yore only.
//!
//! # What can fail
//!
//! A bad key is a finding. An `Err` is an id that the catalogue does not have ([`UnknownId`]), a file that is no rule file, plan, report or
//! configuration, or an output that cannot be written. Nothing in the documented interface panics, whatever text it is given; tests and fuzzers hold
//! it to that.

pub mod addpack;
pub mod answer;
pub mod bulk;
pub mod catalogue;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
pub mod evidence;
pub mod explain;
pub mod identify;
pub mod judge;
pub mod model;
#[cfg(feature = "scan")]
mod parallel;
pub mod parse;
pub mod postoffice;
pub mod report;
#[cfg(feature = "scan")]
pub mod scan;
pub mod selftest;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod wire;

pub use catalogue::{Catalogue, EntryTable, UnknownId};
pub use explain::explain;
pub use identify::identify;
pub use judge::{judge, judge_no_key};
pub use model::{severity::Severity, situation::Situation, sku::Sku, subject::Subject, verdict::Verdict};

/// The Rust examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
