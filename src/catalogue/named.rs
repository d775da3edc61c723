//! The rules that the program names: a catalogue without one of them cannot be used.

use super::{Tables, fault::RuleFault};
use std::path::Path;

/// Every rule whose id is in the program, sorted.
pub const NAMED_RULES: &[&str] = &[
    "addpack/already-used",
    "addpack/applied",
    "addpack/convert-first",
    "addpack/converted",
    "addpack/defective",
    "addpack/other-server",
    "addpack/out-of-order",
    "addpack/over-limit",
    "addpack/restart",
    "addpack/restored",
    "addpack/tried-too-early",
    "addpack/write-protected",
    "addpack/wrong-version",
    "answer/angle-brackets",
    "config/expired-suppression",
    "config/unclear-suppression",
    "config/unused-suppression",
    "input/corrupt-image",
    "input/truncated",
    "input/unreadable",
    "input/unsupported-image",
    "key/empty",
    "key/installed-id",
    "key/look-alike",
    "key/misprint",
    "key/not-in-package",
    "key/not-needed",
    "key/not-validated",
    "key/out-of-era",
    "key/placeholder",
    "key/published",
    "key/template",
    "key/unexpected-character",
    "key/wrong-form",
    "key/wrong-grouping",
    "key/wrong-length",
    "media/channel-not-told",
    "media/evaluation",
    "media/other-product",
    "media/unknown",
    "postoffice/file-missing",
    "postoffice/not-found",
    "serial/connector",
    "serial/connector-backbone",
    "serial/duplicate",
    "serial/malformed",
    "serial/not-read",
    "serial/placeholder",
    "serial/same-postoffice-twice",
    "serial/workgroup",
];

/// A fault of the folder for every named rule that the tables lack.
pub(super) fn missing(tables: &Tables, folder: &Path) -> Vec<RuleFault> {
    let missing = NAMED_RULES.iter().filter(|id| tables.rules.position(id).is_none());
    let fault = |id: &&str| RuleFault {
        path: folder.to_owned(),
        line: 1,
        column: 1,
        message: format!("expected the rule `{id}`, which the program names"),
    };
    missing.map(fault).collect()
}
