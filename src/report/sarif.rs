//! SARIF 2.1.0, for code-scanning pages: results as they come, then the rules that they name.

mod log;
mod rule;

use super::{Output, Report, fingerprint::Fingerprints, json::line};
use crate::{
    catalogue::Catalogue,
    model::severity::Severity,
    wire::{Entry, Finding, Remedies, State, position::Position, summary::Summary},
};
use log::{
    ArtifactLocation, BaselineState, Driver, Fingerprint, Level, Location, PhysicalLocation, Region, ResultProperties,
    SarifResult, Suppression, Text, Tool,
};
use std::{
    collections::HashMap,
    io::{self, Write},
};

/// Writes a log with one run.
///
/// Every result has a place, because GitHub accepts none without: input from the command line or from standard input is at
/// line 1 of a path with that name. Checks that could not be answered are not results.
pub struct Writer<'c> {
    out: Output<'c>,
    catalogue: &'c Catalogue,
    remedies: Remedies<'c>,
    fingerprints: Fingerprints,
    /// The index of each rule in `rules`.
    indices: HashMap<String, usize>,
    /// The rules found so far, each with the severity of its first finding.
    rules: Vec<(String, Severity)>,
    results: u64,
}

impl<'c> Writer<'c> {
    /// Starts a log; the rules are explained from the catalogue, the remedies are those of `remedies`.
    ///
    /// # Errors
    /// Any I/O error of the output.
    pub fn begin(mut out: Output<'c>, catalogue: &'c Catalogue, remedies: Remedies<'c>) -> io::Result<Self> {
        writeln!(out, "{{\n\"$schema\": \"{}\",\n\"version\": \"2.1.0\",\n\"runs\": [{{", log::SCHEMA)?;
        write!(out, "\"columnKind\": \"unicodeCodePoints\",\n\"results\": [")?;
        let (fingerprints, indices) = (Fingerprints::default(), HashMap::new());
        Ok(Self { out, catalogue, remedies, fingerprints, indices, rules: Vec::new(), results: 0 })
    }

    fn result(&mut self, entry: &Entry<'_>, finding: &Finding<'_>) -> io::Result<()> {
        let place = Position::of(entry, Some(finding));
        let result = SarifResult {
            rule_id: &finding.rule,
            rule_index: self.index(finding),
            level: Level::from(finding.severity),
            message: self.message(entry, finding),
            partial_fingerprints: Fingerprint {
                primary_location_line_hash: self.fingerprints.next(&finding.rule, &place.path),
            },
            locations: [location(&place)],
            baseline_state: match finding.state {
                Some(State::New) => Some(BaselineState::New),
                Some(State::Known) => Some(BaselineState::Unchanged),
                None | Some(State::Suppressed { .. }) => None,
            },
            suppressions: match &finding.state {
                Some(State::Suppressed { reason, .. }) => {
                    Some([Suppression { kind: "external", status: "accepted", justification: reason }])
                }
                None | Some(State::New | State::Known) => None,
            },
            properties: ResultProperties {
                basis: finding.basis.id(),
                verdict: entry.verdict.id(),
                form: entry.form.as_deref(),
                product: entry.product.as_deref(),
                remedies: &finding.remedies,
            },
        };
        self.results = self.results.saturating_add(1);
        write!(self.out, "{}", if self.results == 1 { "\n" } else { "," })?;
        line(&mut *self.out, &result)
    }

    fn index(&mut self, finding: &Finding<'_>) -> usize {
        if let Some(index) = self.indices.get(&*finding.rule) {
            return *index;
        }
        self.rules.push((finding.rule.to_string(), finding.severity));
        self.indices.insert(finding.rule.to_string(), self.rules.len().saturating_sub(1));
        self.rules.len().saturating_sub(1)
    }

    /// The finding and its remedies.
    fn message(&self, entry: &Entry<'_>, finding: &Finding<'_>) -> Text {
        let label = if entry.label.is_empty() { String::new() } else { format!("{}: ", entry.label) };
        let mut text = format!("{label}{}", finding.message);
        for id in finding.remedies.iter() {
            let Some(remedy) = self.remedies.get(id) else { continue };
            text += &format!("\n\nRemedy {id}: {}", remedy.title);
            if let Some(loses) = &remedy.loses {
                text += &format!("\nLoses: {loses}");
            }
            for (number, step) in (1..).zip(remedy.steps.iter()) {
                text += &format!("\n{number}. {step}");
            }
        }
        Text { text }
    }
}

impl Report for Writer<'_> {
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        entry.findings.iter().try_for_each(|finding| self.result(entry, finding))
    }

    fn end(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        let rules = self.rules.iter().map(|(id, severity)| rule::descriptor(self.catalogue, id, *severity)).collect();
        let driver = Driver {
            name: env!("CARGO_PKG_NAME"),
            semantic_version: env!("CARGO_PKG_VERSION"),
            information_uri: concat!("https://crates.io/crates/", env!("CARGO_PKG_NAME")),
            rules,
        };
        write!(self.out, "],\n\"tool\": ")?;
        serde_json::to_writer_pretty(&mut self.out, &Tool { driver })?;
        writeln!(self.out, "\n}}]\n}}")?;
        self.out.flush()
    }
}

fn location(place: &Position) -> Location {
    let region = Region { start_line: place.line.unwrap_or(1), start_column: place.column, end_column: place.end };
    let artifact_location = ArtifactLocation { uri: uri(&place.path) };
    Location { physical_location: PhysicalLocation { artifact_location, region } }
}

/// A path as a URI reference (RFC 3986); a relative path becomes a relative reference.
fn uri(path: &str) -> String {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let mut uri = String::from(match (path.starts_with('/'), drive) {
        (true, _) => "file://",
        (false, true) => "file:///",
        (false, false) => "",
    });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris_that_lead_back_to_them() {
        assert_eq!(uri("lab/msbatch.inf"), "lab/msbatch.inf");
        assert_eq!(uri("/srv/lab/a b.txt"), "file:///srv/lab/a%20b.txt");
        assert_eq!(uri("C:/lab/#1.txt"), "file:///C%3A/lab/%231.txt");
        assert_eq!(uri("größe?.txt"), "gr%C3%B6%C3%9Fe%3F.txt");
    }
}
