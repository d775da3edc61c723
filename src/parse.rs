//! Text and bytes in, what stands in it out. nom lives here alone. Parsing tells what is there; what is wrong with it is judged elsewhere.

pub mod fat;
pub mod form;
pub mod iso;
pub mod pack;
pub mod partition;
pub mod screen;
pub mod vhd;
pub mod written;
