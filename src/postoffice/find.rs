//! What makes a folder a postoffice.

/// The file that makes a folder a postoffice (Q132744).
pub const MASTER: &str = "MASTER.GLB";

/// Core files that show that a folder was a postoffice, though it has lost `MASTER.GLB`.
const TRACES: [&str; 4] = ["ACCESS.GLB", "ACCESS2.GLB", "CONTROL.GLB", "NETWORK.GLB"];

/// Whether the names in a folder `GLB` are those of a postoffice, in any case of their letters.
pub fn is_postoffice<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|name| [MASTER].iter().chain(&TRACES).any(|core| name.eq_ignore_ascii_case(core)))
}
