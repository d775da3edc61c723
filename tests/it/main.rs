//! The tests of the program and the library, in one binary: a module per subject, and the helpers that they share.

mod addpack;
mod allowances;
mod answer;
mod answer_eras;
mod architecture;
mod audit;
mod audit_images;
mod calibration;
mod circles;
mod code_scanning;
mod command;
mod convert;
mod embedded_answers;
mod error_texts;
mod evidence;
mod exhaustive;
mod fixtures;
mod fuzz_corpus;
mod guarantee;
mod installed_ids;
mod languages;
mod long_lines;
mod masks;
mod meant;
mod media;
mod message_numbers;
mod named_inputs;
mod names;
mod not_keys;
mod outer_names;
mod outputs;
mod passages;
mod plain_english;
mod postoffice_records;
mod postoffice_rules;
mod project;
mod public_face;
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
mod statistics;
mod template_values;
mod typed_input;
mod wrapped;

#[cfg(unix)]
mod hostile_archives;
#[cfg(unix)]
mod hostile_inputs;
#[cfg(unix)]
mod hostile_rules;
mod hostile_trees;
mod image;
mod postoffice;
mod program;
mod registry;
#[cfg(feature = "serve")]
mod site;
mod source;
