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
//! - [`Catalogue`] has the rules: [`Catalogue::built_in`], or with a folder of your own, [`Catalogue::with_folder`]. Its
//!   entries are in [`entries`].
//! - [`judge()`] takes a text and a [`Situation`] (product, channel, package) and returns a [`Subject`]: the recognised
//!   form, the [`Verdict`], the findings with their spans and remedies, and the checks that could not be made.
//! - [`judge_no_key`] does the same if the box has no key.
//! - [`scan()`] finds keys in lists, tables, answer files, scripts and any text, in files, folders, archives and disk images.
//! - [`Survey`] finds Microsoft Mail postoffices in folders, archives and disk images, opened by [`open()`], and reports their faults and those of their serials.
//! - [`simulate`] forecasts the effect of Small Business Server Client Add Packs, and [`suggest`] finds the best order.
//! - [`explain()`] leads from an article's number, an id or an error text to articles and their remedies.
//! - [`document`] has the types of a report, and [`mod@format`] writes it as JSON, SARIF, JUnit, CSV, HTML or annotations of GitHub.
//! - [`Server`] offers all of this as pages and as a JSON API.
//! - [`run_examples`] runs the examples of a folder of rule files.
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
//!     ..Situation::default()
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
//! An [`Entry`](document::Entry) is a subject as reports show it, masked unless you say otherwise; every
//! [`Report`](format::Report) takes entries and writes one format:
//!
//! ```
//! use jewelcase::{
//!     Catalogue, Situation,
//!     document::{Entry, Keys, Located, Location, Remedies, Summary},
//!     format::{Report, Sarif},
//!     judge,
//! };
//!
//! let catalogue = Catalogue::built_in();
//! let subject = judge(catalogue, "333-1111111", &Situation { product: Some("windows-95"), ..Situation::default() })?;
//! let location = Some(Location { path: "lab/msbatch.inf".into(), line: 12, column: 11 });
//! let located = Located { subject, location };
//! let entry = Entry::of_key(&located, Keys::Masked);
//! assert_eq!(entry.label, "333-*******");
//!
//! let mut log = Vec::new();
//! let mut report = Box::new(Sarif::begin(Box::new(&mut log), catalogue, Remedies::Catalogue(catalogue))?);
//! report.entry(&entry)?;
//! report.end(&Summary::of([&entry]))?;
//! assert!(String::from_utf8(log)?.contains("\"ruleId\":\"key/blocked-prefix\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A saved JSON report reads back as a [`Document`](document::Document) with [`document::read`], so that a program of yours
//! can read it without a parser of its own.
//!
//! # From the words on the screen to the remedy
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
//! Features only add. `scan` (default) adds the search for keys in files, `audit` (default) the walk over postoffices and the lists of their serials;
//! both bring `archives`, which opens ZIP, gzip and packed images. `reports` adds the formats CSV, JUnit and HTML; `cli` (default) the command line,
//! with `reports`; `serve` (default) the pages and the JSON API; `schema` generates the JSON Schemas from the types. Without them the library depends on nom,
//! serde, serde_json, toml, thiserror, once_cell, strsim, fearless_simd, memchr and yore only, and on Unix on libc.
//!
//! # What can fail
//!
//! A bad key is a finding. An `Err` is an id that the catalogue does not have ([`UnknownId`]), a file that is not a rule file or report, or an output
//! that cannot be written. Nothing here panics, whatever text it is given; tests and fuzzers see to that.

// An input can be anything, so no line may rest on what an input is thought to be; where the program's own data allow one, it says why.
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

mod addpack;
mod answer;
mod bulk;
mod catalogue;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod config;
mod evidence;
mod explain;
mod identify;
mod judge;
mod media;
mod model;
#[cfg(feature = "scan")]
mod parallel;
mod parse;
mod postoffice;
#[cfg(feature = "scan")]
mod registry;
mod report;
#[cfg(feature = "scan")]
mod scan;
mod selftest;
#[cfg(feature = "serve")]
mod serve;
mod small_file;
mod source;
mod wire;

pub use addpack::{PlanError, simulate, suggest};
pub use bulk::Tally;
pub use catalogue::{Catalogue, EntryTable, RuleFileError, Tables, UnknownId, fault::RuleFault};
pub use explain::{Match, MatchKind, explain, explain_nothing};
pub use judge::{judge, judge_no_key};
pub use model::{
    audit::Audit,
    finding::{Finding, PostofficeFinding, Unanswered},
    inventory::Inventory,
    pack::Pack,
    plan::{Forecast, Plan, Step, StepOutcome},
    postoffice::{Postoffice, SerialNumber},
    severity::Severity,
    situation::{Purpose, Situation},
    sku::Sku,
    source::Basis,
    subject::{AtProduct, Candidate, Subject},
    verdict::Verdict,
};
#[cfg(feature = "audit")]
pub use postoffice::survey::{Origin, Survey};
#[cfg(feature = "scan")]
pub use scan::{
    Event, InputKind, Record, ReportFilter, Request, Totals,
    columns::{Column, Columns},
    encoding::Encoding,
    scan,
    walk::{Hidden, Ignored, WalkOptions},
};
pub use selftest::{Tested, run_built_in_examples, run_examples};
#[cfg(feature = "serve")]
pub use serve::{Counted, Limits, Log, Server, Settings};
pub use source::{CodePage, Fault, Opened, Part, open};

/// The types of the catalogue's entries, each a file in `keyrules`.
pub mod entries {
    pub use crate::model::{
        article::{Action, Article, Message, Remedy, When},
        form::{Form, Group, KeyCheck, KeyCondition, KeyKind},
        package::Package,
        product::{Asks, Product, Prompt},
        rule::{Rule, Value},
        source::Source,
    };
}

/// The document `jewelcase/1`: every report is written from it, and a saved JSON report is read into it.
pub mod document {
    pub use crate::wire::{
        Command, Document, Entry, Field, Finding, Located, Location, Remedies, Remedy, Span, SubjectKind, Tool,
        Unanswered,
        mask::Keys,
        read::{SavedReportError, read},
        summary::Summary,
    };
}

/// The formats of a report.
pub mod format {
    #[cfg(feature = "reports")]
    pub use crate::report::csv::Writer as Csv;
    pub use crate::report::{Output, Report, github::Writer as Github, json::Writer as Json, sarif::Writer as Sarif};
    #[cfg(feature = "reports")]
    pub use crate::report::{html::Writer as Html, junit::Writer as Junit};
}

/// The modules, for the tests, the fuzz targets and the program. Anything here may change without notice.
#[doc(hidden)]
pub mod internals {
    macro_rules! rooms {
        ($($(#[$condition:meta])? $room:ident)+) => {
            $($(#[$condition])? pub mod $room { pub use crate::$room::*; })+
        };
    }

    rooms! {
        addpack answer bulk catalogue
        #[cfg(feature = "cli")] cli
        #[cfg(feature = "cli")] config
        evidence explain identify judge media model
        #[cfg(feature = "scan")] parallel
        parse postoffice
        #[cfg(feature = "scan")] registry
        report
        #[cfg(feature = "scan")] scan
        selftest
        #[cfg(feature = "serve")] serve
        source wire
    }
}

/// The Rust examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
