//! Plain data, no input or output: the entries of the catalogue, what was read, and what was found.

pub mod article;
pub mod audit;
pub mod check;
pub mod example;
pub mod finding;
pub mod form;
pub mod inventory;
pub mod licence;
pub mod locator;
pub mod pack;
pub mod package;
pub mod plan;
pub mod postoffice;
pub mod product;
pub mod reading;
pub mod rule;
pub mod severity;
pub mod situation;
pub mod sku;
pub mod source;
pub mod specimen;
pub mod subject;
pub mod tree;
pub mod verdict;
pub mod written;
