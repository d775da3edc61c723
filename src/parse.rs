//! Text in, what stands in it out. nom lives here alone. Parsing tells what is there; what is wrong with it is judged elsewhere.

pub mod form;
#[cfg(feature = "audit")]
pub mod inventory;
pub mod locator;
pub mod pack;
pub mod postoffice;
pub mod screen;
pub mod serial;
pub mod written;
