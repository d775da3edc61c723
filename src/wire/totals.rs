//! The counts of the whole input, including keys that are not listed.

use super::RepeatedKeys;
use crate::model::verdict::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The counts of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// The files that were read.
    pub files: u64,
    /// The answer files among them.
    #[serde(default)]
    pub answer_files: u64,
    /// The files that were skipped because they are not text.
    pub binary: u64,
    /// The keys by form; those of no known form under the empty name.
    pub forms: BTreeMap<String, FormTotals>,
    /// The number of keys in which each rule was found.
    pub rules: BTreeMap<String, u64>,
    /// The number of keys for which each rule could not be answered.
    pub unanswered: BTreeMap<String, u64>,
    /// Keys that are in several places; `null` if they were not looked for.
    pub repeated: Option<RepeatedKeys>,
    /// The keys that are listed among the subjects.
    #[serde(default)]
    pub listed: Listed,
    /// The files that ignore lists exclude, by rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_out: Vec<KeptOut>,
}

/// The files that a rule of `.gitignore`, `.ignore` or a similar list excludes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeptOut {
    /// The list that contains the rule.
    pub path: String,
    /// The line of the rule, counted from one.
    pub line: u64,
    /// The rule as written.
    pub pattern: String,
    /// The number of files that it excludes.
    pub files: u64,
    /// The number of folders that it excludes whose files are too many to count.
    #[serde(default)]
    pub uncounted_folders: u64,
    /// True if the list is in the folder that is read, and not above it.
    pub inside: bool,
}

/// The keys that a scan lists among the subjects; all are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// Those with findings or unanswered checks.
    #[default]
    Findings,
    /// All.
    All,
    /// None.
    None,
}

/// The keys of one form by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FormTotals {
    /// All of them.
    pub keys: u64,
    /// Well formed.
    pub well_formed: u64,
    /// Rejected.
    pub rejected: u64,
    /// Undecided.
    pub undecided: u64,
    /// Of no known form.
    pub unrecognized: u64,
}

impl FormTotals {
    /// Adds keys of one verdict.
    pub fn add(&mut self, verdict: Verdict, keys: u64) {
        self.keys = self.keys.saturating_add(keys);
        match verdict {
            Verdict::WellFormed => self.well_formed = self.well_formed.saturating_add(keys),
            Verdict::Rejected => self.rejected = self.rejected.saturating_add(keys),
            Verdict::Undecided => self.undecided = self.undecided.saturating_add(keys),
            Verdict::Unrecognized => self.unrecognized = self.unrecognized.saturating_add(keys),
        }
    }
}
