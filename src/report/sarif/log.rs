//! The parts of a SARIF 2.1.0 log that this program writes.

use crate::model::severity::Severity;
use serde::Serialize;

/// The schema that a log names.
pub(super) const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult<'a> {
    pub(super) rule_id: &'a str,
    pub(super) rule_index: usize,
    pub(super) level: Level,
    pub(super) message: Text,
    pub(super) locations: [Location; 1],
    pub(super) partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline_state: Option<BaselineState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) suppressions: Option<[Suppression<'a>; 1]>,
    pub(super) properties: ResultProperties<'a>,
}

/// The severity of a result.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Level {
    Note,
    Warning,
    Error,
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::Note,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

/// The relation of a result to the baseline.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum BaselineState {
    New,
    Unchanged,
}

/// The reason why a result does not count.
#[derive(Serialize)]
pub(super) struct Suppression<'a> {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) justification: &'a str,
}

#[derive(Serialize)]
pub(super) struct Text {
    pub(super) text: String,
}

/// Plain text, and the same in Markdown.
#[derive(Serialize)]
pub(super) struct Help {
    pub(super) text: String,
    pub(super) markdown: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    pub(super) physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) region: Region,
}

#[derive(Serialize)]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_column: Option<u64>,
}

/// A fingerprint under the name that GitHub expects. Without it the upload would hash the line, and so the key.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fingerprint {
    pub(super) primary_location_line_hash: String,
}

#[derive(Serialize)]
pub(super) struct ResultProperties<'a> {
    pub(super) basis: &'a str,
    pub(super) verdict: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) form: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) product: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) remedies: &'a [String],
}

/// The program, written after its results because the rules are known only then.
#[derive(Serialize)]
pub(super) struct Tool {
    pub(super) driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    pub(super) name: &'static str,
    pub(super) semantic_version: &'static str,
    pub(super) information_uri: &'static str,
    pub(super) rules: Vec<Descriptor>,
}

/// One rule with a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    pub(super) id: String,
    pub(super) short_description: Text,
    pub(super) full_description: Text,
    pub(super) help: Help,
    pub(super) help_uri: String,
    pub(super) default_configuration: Configuration,
    pub(super) properties: DescriptorProperties,
}

#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) level: Level,
}

/// The properties by which GitHub ranks alerts.
#[derive(Serialize)]
pub(super) struct DescriptorProperties {
    pub(super) tags: Vec<String>,
    pub(super) precision: &'static str,
    #[serde(rename = "problem.severity")]
    pub(super) problem_severity: &'static str,
}
