//! The fast path for many keys: compiled from the same forms and checks as the explaining path, and proved equal to it.
//!
//! [`Matcher`] turns a line into a signature, a bit for every check that fires. The meaning of a signature is asked of
//! [`judge`](crate::judge()) once, with the first line that has it, so that no judgement is made in two places.
//! The tests in `bulk/equality.rs` compare both paths over every serial.

pub mod counter;
pub mod histogram;
pub mod kernel;
pub mod layout;
mod lookup;
pub mod matcher;
mod sieve;
pub mod tally;
mod template;

pub use counter::Counter;
pub use matcher::Matcher;
pub use tally::Tally;

#[cfg(test)]
mod equality;
