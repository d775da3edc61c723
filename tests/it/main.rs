//! The tests of the program and the library, in one binary: a module per subject, and the helpers that they share.

mod addpack;
mod answer;
mod architecture;
mod audit;
mod audit_images;
mod calibration;
mod circles;
mod code_scanning;
mod command;
mod convert;
mod error_texts;
mod evidence;
mod exhaustive;
mod fixtures;
mod fuzz_corpus;
mod guarantee;
mod named_inputs;
mod postoffice_records;
mod postoffice_rules;
mod project;
mod readme;
mod reports;
mod robustness;
mod rules;
mod scan;
mod scan_faults;
mod scan_reports;
#[cfg(feature = "schema")]
mod schemas;
#[cfg(feature = "serve")]
mod serve_api;
#[cfg(feature = "serve")]
mod serve_defence;
#[cfg(feature = "serve")]
mod serve_pages;
mod wrapped;

mod image;
mod postoffice;
mod program;
#[cfg(feature = "serve")]
mod site;
mod source;
