//! The request: the inputs to read, and the keys to report.

use super::{columns::Columns, kind::InputKind};
use crate::{
    catalogue::Catalogue,
    model::situation::Situation,
    source::{encoding::Encoding, walk::WalkOptions},
    wire::mask::Keys,
};
use std::{num::NonZeroUsize, path::PathBuf};

/// A search for keys: its inputs, and the keys to report. Change the fields that [`Request::new`] sets.
#[derive(Clone)]
pub struct Request<'c> {
    /// The rules.
    pub catalogue: &'c Catalogue,
    /// Files and folders; `-` is standard input.
    pub inputs: Vec<PathBuf>,
    /// The facts about all keys. Those that the input gives win.
    pub situation: Situation<'c>,
    /// The facts about the keys in a file, by its path, where `situation` has none.
    pub by_path: Option<&'c (dyn Fn(&str) -> Situation<'c> + Sync)>,
    /// The kind of every input; `None`: by its content.
    pub kind: Option<InputKind>,
    /// The encoding of every input; `None`: by its content.
    pub encoding: Option<Encoding>,
    /// The column of a table that contains the keys.
    pub columns: Columns,
    /// The keys that are reported.
    pub filter: ReportFilter,
    /// True to look for keys that occur in several places.
    pub duplicates: bool,
    /// True to report the other columns of a table with each key.
    pub carry: bool,
    /// The treatment of keys in those columns: masked or shown.
    pub keys: Keys,
    /// The files of a folder that are searched.
    pub walk: WalkOptions,
    /// The number of threads. The result does not depend on it.
    pub threads: NonZeroUsize,
}

impl<'c> Request<'c> {
    /// A request for the keys with findings in these files and folders: kind and encoding detected, keys masked, one thread.
    pub fn new(catalogue: &'c Catalogue, inputs: Vec<PathBuf>) -> Self {
        Self {
            catalogue,
            inputs,
            situation: Situation::default(),
            by_path: None,
            kind: None,
            encoding: None,
            columns: Columns::default(),
            filter: ReportFilter::default(),
            duplicates: false,
            carry: false,
            keys: Keys::Masked,
            walk: WalkOptions::default(),
            threads: NonZeroUsize::MIN,
        }
    }
}

/// The keys that are reported individually; all are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportFilter {
    /// Keys with findings.
    #[default]
    Findings,
    /// All.
    All,
    /// None.
    Counts,
}
