//! Plain data, no input or output: the entries of the catalogue, what was read, and what was found.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub mod answer_source;
pub mod article;
pub mod audit;
pub mod check;
pub mod disc;
pub mod disc_specimen;
pub mod example;
pub mod file_list;
pub mod finding;
pub mod form;
pub mod inventory;
pub mod judgement;
pub mod language;
pub(crate) mod name;
pub mod pack;
pub mod package;
pub mod plan;
pub mod postoffice;
pub mod product;
pub mod reading;
pub mod recognition;
pub mod reference_postoffice;
pub mod rule;
pub mod screen;
pub mod serial_location;
pub mod server;
pub mod severity;
pub mod situation;
pub mod sku;
pub mod source;
pub mod specimen;
pub mod subject;
pub mod term;
pub mod tree;
pub mod verdict;
pub(crate) mod within;
pub mod written;
