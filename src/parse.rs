//! Text in, what stands in it out. nom lives here alone. Parsing tells what is there; what is wrong with it is judged elsewhere.

pub mod command;
pub mod form;
pub mod ini;
pub mod pack;
pub mod screen;
pub mod written;
