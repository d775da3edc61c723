//! Determines the class of a postoffice from its files.

use crate::model::{
    postoffice::{Class, Network, SerialNumber},
    tree::Tree,
};

/// The class, and the evidence for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classified {
    /// The class.
    pub class: Class,
    /// The evidence, as a phrase.
    pub because: &'static str,
}

/// The kind of record that every connector's postoffice has in `NETWORK.GLB` (Q201120).
const MSMAIL: u8 = 0x10;

/// Classifies a postoffice. The name of its root is no evidence, except for the connector's own folder.
///
/// The order is that of the evidence: the connector's number (Q151228) and folder (Q171259); modem scripts (Q150688), the
/// folders that the connector's postoffice lacks (Q181951), other
/// postoffices or the Connection gateway's folder, which only a full one has (Q95996); the templates that every workgroup
/// postoffice has (Q132560).
pub fn classify(path: &str, tree: &Tree, networks: Option<&[Network]>, serial: Option<SerialNumber>) -> Classified {
    let is = |class, because| Classified { class, because };
    if serial == Some(SerialNumber::CONNECTOR) {
        return is(Class::Connector, "it has the connector's serial");
    }
    if ends_with(path, &["MSMCON", "MAILDATA"]) {
        return is(Class::Connector, "it is in the connector's folder");
    }
    let scripts = ["GLB/*.MDM", "GLB/*.SCR"].iter().any(|pattern| tree.files(pattern).next().is_some());
    if scripts {
        return is(Class::Full, "it has modem scripts");
    }
    let msmail = networks.unwrap_or_default().iter().any(|network| network.active && network.kind == MSMAIL);
    if msmail && is_shadow(tree) {
        return is(
            Class::Connector,
            "it is defined to the connector, and lacks the folders that a shadow postoffice does without",
        );
    }
    let externals = tree.files("XTN/*.XTN").any(|(_, size)| size > 0);
    let macgate = tree.item("MACGATE").is_some();
    match externals || macgate {
        // A connector's postoffice at another place looks the same.
        true if msmail && !macgate => is(Class::Unknown, "it has no modem scripts, but others connect to it"),
        true if macgate => is(Class::Full, "it has the Connection gateway's folder"),
        true => is(Class::Full, "it defines other postoffices"),
        false if tree.size("TPL/ADMIN.TPL").is_some() && tree.size("INF/ADMIN.INF").is_some() => {
            is(Class::Workgroup, "it has ADMIN.TPL and ADMIN.INF, and no modem scripts")
        }
        false => is(Class::Unknown, "it has neither modem scripts nor ADMIN.TPL with ADMIN.INF"),
    }
}

/// Returns `true` if a postoffice has the folders of the connector's shadow postoffice, and none of the five that it lacks (Q181951).
fn is_shadow(tree: &Tree) -> bool {
    const ABSENT_FOLDERS: [&str; 5] = ["CAL", "FOLDERS", "INI", "MEM", "MMF"];
    const PRESENT_FOLDERS: [&str; 13] =
        ["ATT", "GLB", "GRP", "INF", "KEY", "LOG", "MAI", "MBG", "NME", "P1", "TPL", "USR", "XTN"];
    ABSENT_FOLDERS.iter().all(|folder| tree.lacks(folder))
        && PRESENT_FOLDERS.iter().all(|folder| tree.item(folder).is_some())
}

/// Returns `true` if a path ends with these names, regardless of case.
fn ends_with(path: &str, names: &[&str]) -> bool {
    let mut parts = path.rsplit(['/', '\\']);
    names.iter().rev().all(|name| parts.next().is_some_and(|part| part.eq_ignore_ascii_case(name)))
}
