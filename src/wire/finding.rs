//! The findings in a subject, and the checks that could not be made.

use super::{Location, State};
use crate::model::{self, severity::Severity, source::Basis};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A finding as reports show it, with its state in the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Finding<'a> {
    /// The rule's id.
    pub rule: Cow<'a, str>,
    /// The severity.
    pub severity: Severity,
    /// The basis: documented by Microsoft, independent of it, or inferred.
    pub basis: Basis,
    /// One sentence, without a digit of the key.
    pub message: Cow<'a, str>,
    /// The part of the label that it is about, in bytes; `null` if it concerns no part of it.
    pub span: Option<Span>,
    /// The ids of the remedies that answer it, most specific first.
    pub remedies: Cow<'a, [String]>,
    /// The place in the input, if that is not the subject's own; `null` otherwise.
    #[serde(default)]
    pub location: Option<Location<'a>>,
    /// The article or work that supports the basis here; `null` if no source says exactly this.
    #[serde(default)]
    pub source: Option<Cow<'a, str>>,
    /// The state of the finding in the project's configuration and baseline; absent if they do not mention it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
}

impl Finding<'_> {
    /// Returns `true` if it counts: it is neither suppressed nor in the baseline.
    pub fn counts(&self) -> bool {
        match self.state {
            None | Some(State::New) => true,
            Some(State::Known | State::Suppressed { .. }) => false,
        }
    }
}

/// A finding that concerns no part of a label.
impl<'a> From<&'a model::finding::Finding> for Finding<'a> {
    fn from(finding: &'a model::finding::Finding) -> Self {
        Self {
            rule: Cow::Borrowed(&finding.rule),
            severity: finding.severity,
            basis: finding.basis,
            message: Cow::Borrowed(&finding.message),
            span: None,
            remedies: Cow::Borrowed(&finding.remedies),
            location: None,
            source: finding.source.as_deref().map(Cow::Borrowed),
            state: None,
        }
    }
}

/// A range of bytes of the label; the end is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A check that could not be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unanswered<'a> {
    /// The rule's id.
    pub rule: Cow<'a, str>,
    /// The missing fact.
    pub reason: Cow<'a, str>,
}

impl<'a> From<&'a model::finding::Unanswered> for Unanswered<'a> {
    fn from(unanswered: &'a model::finding::Unanswered) -> Self {
        Self { rule: Cow::Borrowed(&unanswered.rule), reason: Cow::Borrowed(&unanswered.reason) }
    }
}
