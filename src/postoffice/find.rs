//! The signs by which a folder is recognised as a postoffice.

/// The file by which a folder is recognised as a postoffice (Q132744).
pub const MASTER: &str = "MASTER.GLB";

/// Core files that show that a folder was a postoffice, though `MASTER.GLB` is lost.
const TRACES: [&str; 4] = ["ACCESS.GLB", "ACCESS2.GLB", "CONTROL.GLB", "NETWORK.GLB"];

/// Returns `true` if the names in a folder `GLB` are those of a postoffice, regardless of case.
pub fn is_postoffice<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|name| [MASTER].iter().chain(&TRACES).any(|core| name.eq_ignore_ascii_case(core)))
}
