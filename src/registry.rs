//! Registry files of Windows: what they say about installed products, and nothing else of them.
//!
//! The readers follow public descriptions of the formats: the CREG and REGF documents of the libyal project and the regf specification of
//! M. Suhanov. They read the tree of keys once, and return only values that can be Product IDs or keys: passwords and names of owners
//! never leave this room. A damaged file ends no walk: what can be read is returned with a [`Fault`].

mod bits;
mod creg;
mod installed;
mod regf;
mod tree;
mod value;

pub use installed::{Installed, NumberKind};

use crate::{
    parse,
    source::{Fault, Loss},
};

/// The longest registry file, in bytes, that is read: those of the 1990s have at most some ten million.
pub const MAX_LENGTH: usize = 64 << 20;

/// The number of first bytes that show whether a file is a registry file.
pub const MARK_LENGTH: usize = 8;

/// The contents of a registry file.
#[derive(Debug, Default)]
pub struct Registry {
    /// The numbers of installed products, in the order of the tree.
    pub installed: Vec<Installed>,
    /// What could not be read.
    pub faults: Vec<Fault>,
}

/// Returns `true` if a file with this beginning is a registry file, of whatever version.
pub fn is_registry(head: &[u8]) -> bool {
    let is_creg = head.starts_with(parse::creg::MARK) && head.get(4..6) == Some(&[0, 0]);
    head.len() >= MARK_LENGTH && (is_creg || head.starts_with(parse::regf::MARK))
}

/// Reads a registry file: its bytes up to [`MAX_LENGTH`].
pub fn read(bytes: &[u8]) -> Registry {
    if bytes.starts_with(parse::regf::MARK) { regf::read(bytes) } else { creg::read(bytes) }
}

/// A fault of a whole file.
fn fault(rule: &'static str, offset: Option<usize>, message: String) -> Fault {
    let offset = offset.and_then(|offset| u64::try_from(offset).ok());
    Fault { path: String::new(), offset, rule, message, loss: Loss::Unread }
}
