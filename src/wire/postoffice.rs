//! A postoffice of an audit as an entry of the document.

use super::{Entry, Finding, Location, PostofficeProperties, Properties, SubjectKind, Unanswered};
use crate::model::{audit::Audit, finding::PostofficeFinding};
use std::borrow::Cow;

/// A postoffice, with the files that show its findings.
impl<'a> From<&'a Audit> for Entry<'a> {
    fn from(audit: &'a Audit) -> Self {
        Self {
            kind: SubjectKind::Postoffice,
            label: Cow::Owned(audit.name()),
            location: audit.line.as_ref().map(|line| Location {
                path: Cow::Borrowed(&line.file),
                line: line.line,
                column: line.column,
            }),
            form: None,
            product: audit.class.product().map(Cow::Borrowed),
            sku: None,
            from: None,
            verdict: audit.verdict(),
            findings: audit.findings.iter().map(|found| finding(audit, found)).collect(),
            unanswered: audit.unanswered.iter().map(Unanswered::from).collect(),
            properties: Properties::Postoffice(PostofficeProperties {
                path: Some(Cow::Borrowed(audit.path.as_str())).filter(|path| !path.is_empty()),
                network: audit.network.as_deref().map(Cow::Borrowed),
                postoffice: audit.postoffice.as_deref().map(Cow::Borrowed),
                class: audit.class,
                class_because: Cow::Borrowed(&audit.because),
                serial: audit.serial.as_ref().map(|serial| Cow::Borrowed(serial.text.as_str())),
                serial_source: audit.serial.as_ref().map(|serial| Cow::Borrowed(serial.source.id())),
                serial_evidence: audit.serial.as_ref().map(|serial| Cow::Borrowed(serial.evidence.as_str())),
                users: audit.users,
                volume: Cow::Borrowed(&audit.volume),
            }),
        }
    }
}

/// A finding with the file that shows it; a file of bytes has one line only.
fn finding<'a>(audit: &Audit, found: &'a PostofficeFinding) -> Finding<'a> {
    let path = |path: &'a String| match audit.path.is_empty() {
        true => Cow::Borrowed(path.as_str()),
        false => Cow::Owned(format!("{}/{path}", audit.path.trim_end_matches('/'))),
    };
    let location = found.path.as_ref().map(|found| Location { path: path(found), line: 1, column: 1 });
    Finding { location, ..Finding::from(&found.finding) }
}
