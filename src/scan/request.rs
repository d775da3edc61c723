//! The request: what to look at, and what to report.

use super::{columns::Columns, kind::InputKind};
use crate::{
    catalogue::Catalogue,
    model::situation::Situation,
    source::{encoding::Encoding, walk::WalkOptions},
    wire::mask::Keys,
};
use std::{num::NonZeroUsize, path::PathBuf};

/// What to look at, and what to report.
#[derive(Clone)]
pub struct Request<'c> {
    /// The rules.
    pub catalogue: &'c Catalogue,
    /// Files and folders; `-` is standard input.
    pub inputs: Vec<PathBuf>,
    /// What is known of all keys. What the input says of a key wins.
    pub situation: Situation<'c>,
    /// What is known of the keys in a file, by its path, where `situation` leaves it open.
    pub by_path: Option<&'c (dyn Fn(&str) -> Situation<'c> + Sync)>,
    /// The kind of every input; `None`: by its content.
    pub kind: Option<InputKind>,
    /// The encoding of every input; `None`: by its content.
    pub encoding: Option<Encoding>,
    /// Which column of a table holds the keys.
    pub columns: Columns,
    /// Which keys are reported.
    pub filter: ReportFilter,
    /// Whether keys that stand in several places are looked for.
    pub duplicates: bool,
    /// Whether the other columns of a table are handed on.
    pub carry: bool,
    /// Whether keys in those columns are shown.
    pub keys: Keys,
    /// Which files of a folder are looked at.
    pub walk: WalkOptions,
    /// How many threads work. The result does not depend on it.
    pub threads: NonZeroUsize,
}

/// Which keys are reported one by one; all are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportFilter {
    /// Those of which there is something to say.
    #[default]
    Findings,
    /// All.
    All,
    /// None.
    Counts,
}
