//! The counts of everything that was looked at, also of what is not reported one by one.

use super::RepeatedKeys;
use crate::model::verdict::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The counts of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// The files that were looked at.
    pub files: u64,
    /// The files that were passed over because they hold no text.
    pub binary: u64,
    /// The keys by form; those of no known form under the empty name.
    pub forms: BTreeMap<String, FormTotals>,
    /// How many keys each rule was found in.
    pub rules: BTreeMap<String, u64>,
    /// How many keys each rule could not be answered for.
    pub unanswered: BTreeMap<String, u64>,
    /// Keys that stand in several places; `null` if they were not looked for.
    pub repeated: Option<RepeatedKeys>,
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
    /// Counts so many keys more.
    pub fn add(&mut self, verdict: Verdict, keys: u64) {
        self.keys += keys;
        match verdict {
            Verdict::WellFormed => self.well_formed += keys,
            Verdict::Rejected => self.rejected += keys,
            Verdict::Undecided => self.undecided += keys,
            Verdict::Unrecognized => self.unrecognized += keys,
        }
    }
}
