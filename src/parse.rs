//! Text and bytes in, what stands in it out. nom lives here alone. Parsing tells what is there; what is wrong with it is judged elsewhere.

pub mod cd;
pub mod command;
pub mod cue;
pub mod fat;
pub mod form;
#[cfg(feature = "archives")]
pub mod gzip;
pub mod ini;
#[cfg(feature = "audit")]
pub mod inventory;
pub mod iso;
pub mod pack;
pub mod partition;
pub mod postoffice;
pub mod qcow2;
pub mod screen;
pub mod serial;
pub mod serial_location;
pub mod vdi;
pub mod vhd;
pub mod vmdk;
pub mod written;
#[cfg(feature = "archives")]
pub mod zip;
