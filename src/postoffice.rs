//! Postoffices of Microsoft Mail for PC Networks on disk: volumes become facts, facts become findings.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub mod assess;
pub mod calibrate;
pub mod class;
pub mod find;
pub mod number;
pub mod specimen;

#[cfg(feature = "audit")]
pub mod collect;
#[cfg(feature = "audit")]
mod compare;
#[cfg(feature = "audit")]
mod matching;
#[cfg(feature = "audit")]
mod member;
#[cfg(feature = "audit")]
pub mod survey;
#[cfg(feature = "audit")]
pub mod walk;
