//! A postoffice of an audit as an entry of the document.

use super::{Entry, Finding, Kind, Location, PostofficeProperties, Properties, Unanswered};
use crate::model::{audit::Audit, finding::PostofficeFinding};

impl Entry {
    /// A postoffice, with the files that show what was found.
    pub fn of_audit(audit: &Audit) -> Self {
        Self {
            kind: Kind::Postoffice,
            label: audit.name(),
            location: audit.line.as_ref().map(|line| Location {
                path: line.file.clone(),
                line: line.line,
                column: line.column,
            }),
            form: None,
            product: audit.class.product().map(str::to_owned),
            sku: None,
            from: None,
            verdict: audit.verdict(),
            findings: audit.findings.iter().map(|found| finding(audit, found)).collect(),
            unanswered: audit.unanswered.iter().map(Unanswered::of).collect(),
            properties: Properties::Postoffice(PostofficeProperties {
                path: Some(audit.path.clone()).filter(|path| !path.is_empty()),
                network: audit.network.clone(),
                postoffice: audit.postoffice.clone(),
                class: audit.class,
                class_because: audit.because.clone(),
                serial: audit.serial.as_ref().map(|serial| serial.text.clone()),
                serial_source: audit.serial.as_ref().map(|serial| serial.source.id().to_owned()),
                serial_evidence: audit.serial.as_ref().map(|serial| serial.evidence.clone()),
                users: audit.users,
                volume: audit.volume.clone(),
            }),
        }
    }
}

/// A finding with the file that shows it; a file of bytes has one line only.
fn finding(audit: &Audit, found: &PostofficeFinding) -> Finding {
    let place = |path: &String| match audit.path.is_empty() {
        true => path.clone(),
        false => format!("{}/{path}", audit.path.trim_end_matches('/')),
    };
    let location = found.path.as_ref().map(|path| Location { path: place(path), line: 1, column: 1 });
    Finding { location, ..Finding::of(&found.finding, 0) }
}
