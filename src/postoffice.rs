//! Postoffices of Microsoft Mail for PC Networks on disk: volumes become facts, facts become findings.

pub mod assess;
pub mod class;
pub mod find;
pub mod number;
pub mod specimen;
