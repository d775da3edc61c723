//! Tells which product an install disc holds, by its names, sizes, dates and label, and which key its Setup asks for.
//!
//! Only the folders that some marker names are listed, and only small text files are read, so that an image is recognised by a thousandth
//! of its bytes.

mod contents;
mod entries;
mod files;
mod marker;
mod merge;
mod prompts;
mod recognise;
pub mod specimen;
mod volume;

pub use contents::{Contents, Found, FoundKind};
pub use recognise::{compare, recognise};
pub use volume::VolumeContents;
