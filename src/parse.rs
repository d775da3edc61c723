//! Text and bytes in, their parts out; nom is used only here. Parsing returns what is there; whether it is wrong is judged elsewhere.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub mod cd;
pub mod command;
pub mod creg;
pub mod cue;
pub mod fat;
pub mod file_list;
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
pub mod regf;
pub mod remark;
pub mod screen;
pub mod serial;
pub mod serial_location;
pub mod template;
pub mod vdi;
pub mod vhd;
pub mod vmdk;
pub mod written;
#[cfg(feature = "archives")]
pub mod zip;
